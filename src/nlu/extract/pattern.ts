import { RE2JS } from 're2js'
import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { type CodeRun, closes, codeRunOf, isSpoken } from './code-run.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

const COMPILED_MAX = 256
const PATTERN_MAX = 1_000
/** Stretches of one utterance that are tried against a pattern. */
const TRIES_MAX = 160
const CODE_MAX = 64

/** Compiled patterns, oldest use first. A pattern that does not compile is kept as undefined, so that it is not tried again. */
const compiled = new Map<string, RE2JS | undefined>()

function compiledOf(pattern: string): RE2JS | undefined {
  const known = compiled.has(pattern)
  const regex = known ? compiled.get(pattern) : compile(pattern)
  if (known) compiled.delete(pattern)
  else if (compiled.size >= COMPILED_MAX) compiled.delete(compiled.keys().next().value as string)
  compiled.set(pattern, regex)
  return regex
}

/** The template compiler has refused what does not compile; here such a pattern matches nothing. */
function compile(pattern: string): RE2JS | undefined {
  if (pattern.length > PATTERN_MAX) return undefined
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

/**
 * A code by a tenant's RE2 pattern, over the whole of a run of tokens in upper case without spaces and dashes; the longest
 * run that fits. Linear in the text whatever the pattern, but not cheap: the pool keeps it off the main thread.
 */
export function extractPattern(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { pattern } = slot.contract
  if (pattern === undefined || pattern === null) return
  const regex = compiledOf(pattern)
  if (regex === undefined) return
  const { scan } = utterance
  if (search(utterance, slot, regex, codeRunOf(scan, false), out)) return
  if (isSpoken(scan)) search(utterance, slot, regex, codeRunOf(scan, true), out)
}

function search(utterance: Utterance, slot: SlotExpectation, regex: RE2JS, run: CodeRun, out: Candidate[]): boolean {
  const { text } = run
  let tries = 0
  for (let at = 0; at < text.length && tries < TRIES_MAX; at++) {
    if (run.opens[at] !== true) continue
    for (let last = Math.min(text.length, at + CODE_MAX) - 1; last >= at && tries < TRIES_MAX; last--) {
      if (!closes(run, last)) continue
      const code = text.slice(at, last + 1)
      if (code.includes(' ')) continue
      tries++
      if (!regex.testExact(code)) continue
      if (offer(utterance, slot, run, at, last, out)) return true
    }
  }
  return false
}

function offer(utterance: Utterance, slot: SlotExpectation, run: CodeRun, at: number, last: number, out: Candidate[]): boolean {
  const { scan } = utterance
  const from = run.from[at] as number
  const named = isNamed(utterance, slot, from)
  const value = run.text.slice(at, last + 1)
  if (slot.attention === 'listening' && !named && !isEvident(value)) return false
  const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(run.end[last] as number) }
  out.push({ ...place, value, confidence: named ? SURE.evident : SURE.bare })
  return true
}

/** Letters and figures together, and many of them: nothing that is said in passing. */
function isEvident(code: string): boolean {
  if (code.length < 6) return false
  let figures = 0
  for (let i = 0; i < code.length; i++) if (code.charCodeAt(i) >= 48 && code.charCodeAt(i) <= 57) figures++
  return figures >= 2 && figures < code.length
}
