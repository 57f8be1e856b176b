import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { type CodeRun, CodeRuns, closes, isWordy } from './code-run.ts'
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
  utterance.codes ??= new CodeRuns(utterance.scan)
  const budget = { work: WORK_MAX }
  let worded: Candidate | undefined
  for (let k = 0, run = utterance.codes.at(0); run !== undefined; run = utterance.codes.at(++k)) {
    const found = search(utterance, slot, compiled, run, budget)
    if (found?.worded === false) {
      out.push(found.candidate)
      return
    }
    worded ??= found?.candidate
  }
  if (worded !== undefined) out.push(worded)
}

interface Found {
  readonly candidate: Candidate
  /** Everyday words are part of it ("please" fits `[A-Z]{6}` too), so that anything else that fits is likelier. */
  readonly worded: boolean
}

function search(
  utterance: Utterance,
  slot: SlotExpectation,
  compiled: CompiledPattern,
  run: CodeRun,
  budget: { work: number },
): Found | undefined {
  const { text } = run
  let worded: Found | undefined
  const { regex, steps } = compiled
  let tries = 0
  for (let at = 0; at < text.length && tries < TRIES_MAX; at++) {
    if (run.opens[at] !== true) continue
    for (let last = Math.min(text.length, at + CODE_MAX) - 1; last >= at && tries < TRIES_MAX; last--) {
      if (!closes(run, last)) continue
      const code = text.slice(at, last + 1)
      if (code.includes(' ')) continue
      tries++
      budget.work -= code.length * steps
      if (budget.work < 0) return worded
      if (!regex.testExact(code)) continue
      const candidate = offer(utterance, slot, run, at, last)
      if (candidate === undefined) continue
      const from = run.from[at] as number
      if (!isWordy(utterance.scan, run, from, run.end[last] as number)) return { candidate, worded: false }
      if (slot.attention === 'listening' && !isNamed(utterance, slot, from)) continue
      worded ??= { candidate, worded: true }
    }
  }
  return worded
}

function offer(utterance: Utterance, slot: SlotExpectation, run: CodeRun, at: number, last: number): Candidate | undefined {
  const { scan } = utterance
  const from = run.from[at] as number
  const named = isNamed(utterance, slot, from)
  const value = run.text.slice(at, last + 1)
  if (slot.attention === 'listening' && !named && !isEvident(value)) return undefined
  const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(run.end[last] as number) }
  return { ...place, value, confidence: named ? SURE.evident : SURE.bare }
}

/** Letters and figures together, and many of them: nothing that is said in passing. */
function isEvident(code: string): boolean {
  if (code.length < 6) return false
  let figures = 0
  for (let i = 0; i < code.length; i++) if (code.charCodeAt(i) >= 48 && code.charCodeAt(i) <= 57) figures++
  return figures >= 2 && figures < code.length
}
