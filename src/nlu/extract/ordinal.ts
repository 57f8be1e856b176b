import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, HOW } from '../lexicon/roles.ts'
import { cardinalAt, decimalAt, found, ordinalAt } from '../text/numerals.ts'
import { romanOf } from '../text/roman.ts'
import { KIND, type Scan } from '../text/scan.ts'
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
  if (groupedAt(utterance, i) || romanAt(scan, i)) return true
  if (ordinalAt(scan, i)) return found.value !== 2 || !(scan.wordAt(i - 1).how & (HOW.a | HOW.one))
  return utterance.lexicon.source.numbers.ordinalPoint === true && pointAt(utterance, i)
}

/** "1,000th", "1.000º": figures in groups. */
function groupedAt(utterance: Utterance, i: number): boolean {
  const { scan } = utterance
  if (scan.kindAt(i) !== KIND.number || scan.kindAt(i + 2) !== KIND.number || scan.at(i + 2).length !== 3) return false
  if (!decimalAt(scan, i, utterance.lexicon.source.numbers.decimalMark) || !Number.isInteger(found.value)) return false
  const end = scan.touches(found.end) && (scan.wordAt(found.end).as & AS.ordinalEnd) !== 0
  if (end) found.end++
  return end
}

/**
 * "XXI", "le XXIe siècle", "Luis XIV": of two letters and more, or with the ending of an ordinal. Within a sentence only small
 * numbers count, and not where everything is written in capitals.
 */
function romanAt(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.word || !ROMAN.has(scan.text.charAt(scan.startOf(i)))) return false
  const word = scan.source(i, i + 1)
  const value = word.length < 2 ? 0 : romanOf(word)
  if (value === 0) return false
  if (scan.size > 2 && (value > SMALL_ROMAN || scan.text === scan.text.toUpperCase())) return false
  found.value = value
  found.end = i + 1
  return true
}

const ROMAN: ReadonlySet<string> = new Set('IVXLCDM')
const SMALL_ROMAN = 49

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
