import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { SUBUNITS } from '../lexicon/units.ts'
import { fold } from '../text/fold.ts'
import { decimalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isAllowed, isNoNumber, isTakenBack, startsNumber } from './number.ts'
import { type UnitReader, unitReaderOf } from './unit.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** One quantity being read; one object, as only one is read at a time. */
const sum = { amount: 0, end: 0, unit: '' }

/**
 * `{amount, unit}`: "250 kWh", "tre chili e mezzo", "1 m 80", "a dozen boxes"; the contract's unit where none was said. A
 * unit that is another way to write the contract's is written as the contract writes it; any other noun behind a number is
 * taken as its unit only where the contract names none.
 */
export function extractQuantity(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const reader = unitReaderOf(utterance.lexicon)
  const before = out.length
  let lastEnd = 0
  let i = 0
  while (i < scan.size) {
    if (!amountAt(utterance, i)) {
      i++
      continue
    }
    const from = i
    if (isMoment(scan, i)) {
      i = sum.end + 1
      continue
    }
    const isBareArticle = (sum.end - i === 1 && isArticle(scan, i)) || isNoNumber(scan, i, sum.end)
    const said = unitBehind(utterance, reader, slot)
    i = sum.end
    const named = isNamed(utterance, slot, from)
    if (sum.unit === '' || (slot.attention === 'listening' && !named)) continue
    const whole = from <= utterance.first && sum.end >= utterance.last
    if (!said && (isBareArticle || (!whole && !named))) continue
    if (isTakenBack(scan, lastEnd, from)) out.length = before
    lastEnd = sum.end
    const confidence = said || named ? SURE.cued : SURE.bare
    const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(sum.end), confidence }
    const value = { amount: rounded(sum.amount), unit: sum.unit }
    out.push(isAllowed(slot, value.amount) ? { ...place, value } : { ...place, invalid: 'out-of-range' })
  }
}

/** A number from token `i`, or an article before a noun. */
function amountAt(utterance: Utterance, i: number): boolean {
  const { scan } = utterance
  const joined = scan.touches(i) && scan.kindAt(i - 1) === KIND.word
  if (!joined && startsNumber(scan, i) && decimalAt(scan, i, utterance.lexicon.source.numbers.decimalMark)) {
    sum.amount = found.value
    sum.end = found.end
    return true
  }
  if (!isArticle(scan, i)) return false
  sum.amount = 1
  sum.end = i + 1
  return true
}

/** "one second", "un momento": chatter. */
function isMoment(scan: Scan, i: number): boolean {
  return sum.end - i === 1 && (scan.wordAt(i).how & (HOW.a | HOW.one)) !== 0 && (scan.wordAt(i + 1).how & HOW.moment) !== 0
}

function isArticle(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  return (word.how & (HOW.a | HOW.one)) !== 0 && (word.is & (IS.article | IS.cardinal)) !== IS.cardinal
}

/** Reads the unit behind the amount, with what may follow it; whether one was said. Leaves the contract's where none was. */
function unitBehind(utterance: Utterance, reader: UnitReader, slot: SlotExpectation): boolean {
  const { scan } = utterance
  const wanted = slot.contract.unit
  sum.unit = wanted ?? ''
  let at = sum.end
  if (scan.wordAt(at).is & IS.of) at++
  if (isArticle(scan, at)) at++
  if (wanted !== undefined && isWord(scan, at, wanted)) sum.end = at + 1
  else if (reader.at(scan, at)) {
    sum.end = reader.end
    sum.unit = reader.unit
    moreBehind(utterance, reader)
    if (wanted !== undefined && reader.signOf(wanted) === sum.unit) sum.unit = wanted
  } else return wanted === undefined && nounAt(utterance, slot, at)
  return true
}

/** Whether the contract's unit stands at `i`, in its plural or singular perhaps. */
function isWord(scan: Scan, i: number, unit: string): boolean {
  const text = scan.at(i)
  const wanted = fold(unit)
  if (text === wanted) return true
  const stem = Math.max(3, Math.min(text.length, wanted.length) - 2)
  return (
    Math.abs(text.length - wanted.length) <= 2 &&
    text.length > 3 &&
    wanted.length > 3 &&
    text.slice(0, stem) === wanted.slice(0, stem)
  )
}

/** Any other noun, where a quantity was asked. */
function nounAt(utterance: Utterance, slot: SlotExpectation, i: number): boolean {
  const { scan } = utterance
  const word = scan.wordAt(i)
  if (slot.attention !== 'active' || scan.kindAt(i) !== KIND.word || scan.at(i).length < 3 || i >= utterance.last) return false
  if (word.is !== 0 || word.as & (AS.common | AS.filler | AS.firstName) || isArticle(scan, i - 1)) return false
  sum.unit = scan.source(i, i + 1)
  sum.end = i + 1
  return true
}

/** "… e mezzo", "1 m 80", "2 kg 300 g". */
function moreBehind(utterance: Utterance, reader: UnitReader): void {
  const { scan } = utterance
  const { unit, end } = sum
  const and = (scan.wordAt(end).is & IS.and) !== 0
  const at = and ? end + 1 : end
  if (!Number.isInteger(sum.amount) || !startsNumber(scan, at)) return
  if (!decimalAt(scan, at, utterance.lexicon.source.numbers.decimalMark)) return
  const { value, end: last } = found
  if (and && value > 0 && value < 1) {
    sum.amount += value
    sum.end = last
    return
  }
  const smaller = SUBUNITS.get(unit)
  if (smaller === undefined || !Number.isInteger(value) || value < 1) return
  const named = reader.at(scan, last)
  const share = smaller.shares[named ? reader.unit : smaller.bare]
  if (share === undefined || value * share >= 1) return
  const isEnd = last >= scan.size || scan.kindAt(last) === KIND.mark
  if (!named && (!isEnd || String(value).length > smaller.figures || String(value).length < Math.min(2, smaller.figures))) return
  sum.amount += value * share
  sum.end = named ? reader.end : last
}

function rounded(amount: number): number {
  return Math.round(amount * 1e6) / 1e6
}
