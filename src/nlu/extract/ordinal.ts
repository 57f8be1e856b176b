import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { HOW } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { KIND } from '../text/scan.ts'
import { isAllowed, isNoNumber, isThanks } from './number.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Places in an order: "the third", "21st", "vingt et unième", "3." in German; a bare number where one was asked. */
export function extractOrdinal(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const before = out.length
  let i = 0
  while (i < scan.size) {
    if (!isOrdinal(utterance, i) || found.value < 1) {
      i++
      continue
    }
    const { value, end } = found
    push(utterance, slot, i, end, value, SURE.bare, out)
    i = end
  }
  if (out.length === before) bareNumber(utterance, slot, out)
}

function isOrdinal(utterance: Utterance, i: number): boolean {
  const { scan } = utterance
  if (scan.touches(i) && scan.kindAt(i) !== scan.kindAt(i - 1) && scan.kindAt(i - 1) !== KIND.mark) return false
  if (isThanks(scan, i)) return false
  if (ordinalAt(scan, i)) return found.value !== 2 || !(scan.wordAt(i - 1).how & (HOW.a | HOW.one))
  return utterance.lexicon.source.numbers.ordinalPoint === true && pointAt(utterance, i)
}

/** "3." before a word, or as the whole answer. */
function pointAt(utterance: Utterance, i: number): boolean {
  const { scan } = utterance
  if (scan.kindAt(i) !== KIND.number || !scan.touches(i + 1) || scan.at(i + 1) !== '.') return false
  if (scan.kindAt(i + 2) === KIND.number || (i + 2 >= scan.size && i > utterance.first)) return false
  found.value = scan.numberAt(i)
  found.end = i + 2
  return !Number.isNaN(found.value)
}

/** "3" or "number three" where a place was asked, and nothing else was said. */
function bareNumber(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan, first, last, cues } = utterance
  if (slot.attention === 'listening' || first >= last) return
  const cued = cues.after('number', scan, first)
  const from = cued < 0 ? first : cued
  if (isThanks(scan, from) || !cardinalAt(scan, from) || found.end < last || found.value < 1) return
  if (isNoNumber(scan, from, found.end)) return
  push(utterance, slot, from, found.end, found.value, SURE.likely, out)
}

function push(
  utterance: Utterance,
  slot: SlotExpectation,
  from: number,
  end: number,
  value: number,
  sure: number,
  out: Candidate[],
): void {
  const { scan } = utterance
  const named = isNamed(utterance, slot, from)
  if (slot.attention === 'listening' && !named) return
  const whole = from <= utterance.first && end >= utterance.last
  const confidence = named ? SURE.evident : whole && sure === SURE.bare ? SURE.cued : sure
  const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end), confidence }
  out.push(isAllowed(slot, value) ? { ...place, value } : { ...place, invalid: 'out-of-range' })
}
