import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { type CodeRun, closes, codeRunOf, isSpoken } from './code-run.ts'
import { type CompiledPattern, compiledPattern } from './pattern-cache.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Stretches of one utterance that are tried against a pattern. */
const TRIES_MAX = 160
const CODE_MAX = 64

/** Characters times instructions that one utterance may cost: a few milliseconds where the pattern is made to be slow. */
const WORK_MAX = 1_000_000

/**
 * A code by a tenant's RE2 pattern, over the whole of a run of tokens in upper case without spaces and dashes; the longest
 * run that fits. Linear in the text whatever the pattern; one that is not small runs on a worker thread (`isSmallPattern`).
 */
export function extractPattern(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { pattern } = slot.contract
  if (pattern === undefined || pattern === null) return
  const compiled = compiledPattern(utterance.request.tenant, pattern)
  if (compiled === undefined) return
  const { scan } = utterance
  if (search(utterance, slot, compiled, codeRunOf(scan, false), out)) return
  if (isSpoken(scan)) search(utterance, slot, compiled, codeRunOf(scan, true), out)
}

function search(utterance: Utterance, slot: SlotExpectation, compiled: CompiledPattern, run: CodeRun, out: Candidate[]): boolean {
  const { text } = run
  const { regex, steps } = compiled
  let tries = 0
  let work = 0
  for (let at = 0; at < text.length && tries < TRIES_MAX; at++) {
    if (run.opens[at] !== true) continue
    for (let last = Math.min(text.length, at + CODE_MAX) - 1; last >= at && tries < TRIES_MAX; last--) {
      if (!closes(run, last)) continue
      const code = text.slice(at, last + 1)
      if (code.includes(' ')) continue
      tries++
      work += code.length * steps
      if (work > WORK_MAX) return false
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
