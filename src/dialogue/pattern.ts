import { RE2JS, RE2JSSyntaxException } from 're2js'
import { PATTERN_LIMITS } from './template.ts'

/**
 * Checks a tenant's pattern: RE2 syntax, so that matching is linear whatever the text (no lookaround, no backreferences).
 * It runs in `nlu/`; here it is only refused or accepted. Undefined when fine, else the fault with its position.
 */
export function patternFault(source: string): string | undefined {
  const { charsMax, programMax } = PATTERN_LIMITS
  if (source.length === 0) return 'empty'
  if (source.length > charsMax) return `${source.length} characters long, at most ${charsMax} were expected`
  try {
    const steps = RE2JS.compile(source).programSize()
    return steps > programMax ? `needs ${steps} steps, at most ${programMax} were expected: count lower, or nest less` : undefined
  } catch (error) {
    return error instanceof RE2JSSyntaxException ? syntaxFault(source, error) : String(error)
  }
}

const UNSUPPORTED = 'RE2 syntax has neither lookaround nor backreferences nor counts above 1000'

function syntaxFault(source: string, error: RE2JSSyntaxException): string {
  const lookaround = /\(\?<?[=!]/.exec(source)
  if (lookaround !== null) return `"${lookaround[0]}" at ${lookaround.index} (${UNSUPPORTED})`
  const culprit = error.getPattern() ?? ''
  const description = error.getDescription()
  if (culprit === source) return `${description} at ${openGroup(source)}`
  const at = Math.max(0, source.indexOf(culprit))
  const hint = /^(\\[1-9]|\{\d)/.test(culprit) ? ` (${UNSUPPORTED})` : ''
  return `${description} "${culprit}" at ${at}${hint}`
}

/** Where the group or class begins that is never closed; 0 when it is something else. */
function openGroup(source: string): number {
  const open: number[] = []
  for (let i = 0; i < source.length; i++) {
    const char = source.charAt(i)
    if (char === '\\') i++
    else if (char === '(') open.push(i)
    else if (char === ')') {
      if (open.length === 0) return i
      open.pop()
    }
  }
  return open.pop() ?? 0
}
