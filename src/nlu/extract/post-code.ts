import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { type CodeRun, closes, codeRunOf, isFigure, isSpoken, isUpper } from './code-run.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Figures of a post code by country; others take four to six. */
const FIGURES: ReadonlyMap<string, readonly number[]> = new Map([
  ['IT', [5]],
  ['ES', [5]],
  ['FR', [5]],
  ['DE', [5]],
  ['US', [9, 5]],
  ['AT', [4]],
  ['CH', [4]],
  ['BE', [4]],
])
const ANY: readonly number[] = [6, 5, 4]

/** Post codes: British ones in upper case without the space, others as figures. */
export function extractPostCode(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const spoken = isSpoken(scan)
  if (!scan.hasNumber && !spoken) return
  const british = (slot.contract.country ?? utterance.request.country) === 'GB'
  if (search(utterance, slot, codeRunOf(scan, false), british, out)) return
  if (spoken) search(utterance, slot, codeRunOf(scan, true), british, out)
}

function search(utterance: Utterance, slot: SlotExpectation, run: CodeRun, british: boolean, out: Candidate[]): boolean {
  const { scan } = utterance
  for (let at = 0; at < run.text.length; at++) {
    if (run.opens[at] !== true) continue
    const length = british ? britishLength(run, at) : figuresLength(run, at, slot.contract.country ?? utterance.request.country)
    if (length === 0) continue
    const from = run.from[at] as number
    const named = isNamed(utterance, slot, from)
    if (slot.attention === 'listening' && !named) continue
    const end = run.end[at + length - 1] as number
    const confidence = named ? SURE.evident : british ? SURE.cued : SURE.bare
    out.push({
      slot: slot.slot,
      start: scan.startOf(from),
      end: scan.endOf(end),
      value: run.text.slice(at, at + length),
      confidence,
    })
    return true
  }
  return false
}

/** A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A 9AA. */
function britishLength(run: CodeRun, at: number): number {
  const code = (i: number): number => run.text.charCodeAt(at + i)
  for (let outward = 4; outward >= 2; outward--) {
    const length = outward + 3
    if (at + length > run.text.length || !closes(run, at + length - 1)) continue
    if (!isUpper(code(0)) || !isFigure(code(outward)) || !isUpper(code(outward + 1)) || !isUpper(code(outward + 2))) continue
    if (outward === 2 && isFigure(code(1))) return length
    if (outward === 3 && (isFigure(code(1)) ? isFigure(code(2)) || isUpper(code(2)) : isUpper(code(1)) && isFigure(code(2))))
      return length
    if (outward === 4 && isUpper(code(1)) && isFigure(code(2)) && (isFigure(code(3)) || isUpper(code(3)))) return length
  }
  return 0
}

function figuresLength(run: CodeRun, at: number, country: string): number {
  for (const length of FIGURES.get(country) ?? ANY) {
    let i = 0
    while (i < length && isFigure(run.text.charCodeAt(at + i))) i++
    if (i === length && closes(run, at + length - 1) && !isFigure(run.text.charCodeAt(at + length))) return length
  }
  return 0
}
