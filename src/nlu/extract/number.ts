import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { IS } from '../lexicon/roles.ts'
import { decimalAt, found } from '../text/numerals.ts'
import { KIND } from '../text/scan.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

const TRIGGERS = IS.cardinal | IS.scale

/** Numbers, in figures by the locale's decimal mark or in words, within the contract's bounds. */
export function extractNumber(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  if (!scan.hasNumber && !(scan.is & TRIGGERS)) return
  const mark = utterance.lexicon.source.numbers.decimalMark
  const before = out.length
  let i = 0
  while (i < scan.size) {
    if (!startsNumber(utterance, i) || !decimalAt(scan, i, mark)) {
      i++
      continue
    }
    const { value, end } = found
    const from = i
    i = end
    const named = isNamed(utterance, slot, from)
    if (slot.attention === 'listening' && !named) continue
    if (scan.touches(end) && scan.kindAt(end) === KIND.word && !named) continue
    const whole = from <= utterance.first && end >= utterance.last
    const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end) }
    const confidence = named ? SURE.evident : whole ? SURE.cued : SURE.likely
    if (isAllowed(slot, value)) out.push({ ...place, value, confidence })
    else out.push({ ...place, confidence, invalid: 'out-of-range' })
  }
  if (out.length - before > 1) doubt(out, before)
}

/** Several numbers where one was asked ("2 or 3"): none of them is sure. */
function doubt(out: Candidate[], from: number): void {
  for (let i = from; i < out.length; i++) {
    const candidate = out[i] as Candidate
    if (candidate.confidence < SURE.evident) out[i] = { ...candidate, confidence: SURE.weak }
  }
}

/** A minus counts only before figures or words, and not between two numbers. */
function startsNumber(utterance: Utterance, i: number): boolean {
  const { scan } = utterance
  if (scan.kindAt(i) === KIND.number) return !(scan.touches(i) && scan.kindAt(i - 1) === KIND.word)
  if (scan.kindAt(i) === KIND.mark) return isSign(scan.at(i)) && !scan.touches(i) && scan.kindAt(i + 1) === KIND.number
  return (scan.wordAt(i).is & (TRIGGERS | IS.minus | IS.article | IS.point)) !== 0
}

function isSign(mark: string): boolean {
  return mark === '-' || mark === '+' || mark === '.' || mark === ','
}

export function isAllowed(slot: SlotExpectation, value: number): boolean {
  const { min, max, integer } = slot.contract
  if (min !== undefined && value < min) return false
  if (max !== undefined && value > max) return false
  return integer !== true || Number.isInteger(value)
}
