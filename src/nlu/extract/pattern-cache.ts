import { RE2JS } from 're2js'
import { PATTERN_LIMITS } from '../../dialogue/template.ts'

/** Tenants whose patterns are kept, and patterns of one tenant; the one used longest ago goes first. */
const KEPT = { tenantsMax: 256, patternsMax: 64 } as const

/**
 * A pattern that is matched on the caller's thread: so small that even the texts made to tire it cost microseconds. The
 * numbers behind it stand in docs/NLU.md; larger patterns run on a worker thread, which can be killed.
 */
const SMALL = { programMax: 64, charsMax: 120 } as const

export interface CompiledPattern {
  readonly regex: RE2JS
  /** Instructions of the compiled program: what one character may cost at most. */
  readonly steps: number
}

/** By tenant, so that one with many patterns pushes out its own only. Undefined stands for a pattern that does not compile. */
const tenants = new Map<string, Map<string, CompiledPattern | undefined>>()

/** The compiled pattern of a tenant, or undefined where it does not compile (the template compiler refuses such). */
export function compiledPattern(tenant: string, pattern: string): CompiledPattern | undefined {
  const patterns = touched(tenants, tenant, KEPT.tenantsMax, newPatterns)
  return touched(patterns, pattern, KEPT.patternsMax, compile)
}

/** Whether the pattern over a text of so many characters is cheap enough for the caller's thread. */
export function isSmallPattern(tenant: string, pattern: string, chars: number): boolean {
  if (chars > SMALL.charsMax) return false
  const compiled = compiledPattern(tenant, pattern)
  return compiled === undefined || compiled.steps <= SMALL.programMax
}

/** Finds or makes an entry and makes it the one used last. */
function touched<V>(map: Map<string, V>, key: string, max: number, make: (key: string) => V): V {
  if (map.size > 0 && map.has(key)) {
    const known = map.get(key) as V
    map.delete(key)
    map.set(key, known)
    return known
  }
  if (map.size >= max) map.delete(map.keys().next().value as string)
  const made = make(key)
  map.set(key, made)
  return made
}

function newPatterns(): Map<string, CompiledPattern | undefined> {
  return new Map()
}

function compile(pattern: string): CompiledPattern | undefined {
  if (pattern.length > PATTERN_LIMITS.charsMax) return undefined
  try {
    const regex = RE2JS.compile(pattern)
    const steps = regex.programSize()
    return steps > PATTERN_LIMITS.programMax ? undefined : { regex, steps }
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}
