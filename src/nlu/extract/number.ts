import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Word } from '../lexicon/lexicon.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { decimalAt, found, wordsAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { slippedNumber } from './number-slip.ts'
import { findTimes } from './time-grammar.ts'
import { unitReaderOf } from './unit.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

const TRIGGERS = IS.cardinal | IS.scale | IS.minus | IS.point

/** Numbers, in figures by the locale's decimal mark or in words, within the contract's bounds. */
export function extractNumber(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const mark = utterance.lexicon.source.numbers.decimalMark
  const before = out.length
  let i = 0
  /** Where a name behind a number ended: it names no other number. */
  let behind = 0
  let lastEnd = 0
  while (i < scan.size) {
    if (!startsNumber(scan, i) || !decimalAt(scan, i, mark)) {
      i = afterFailure(scan, i)
      continue
    }
    const from = i
    if (utterance.lexicon.language === 'en') hundredsAt(utterance, from)
    const { value } = found
    const count = percentEnd(utterance, found.end)
    const end = nameEnd(utterance, slot, count)
    i = end
    const named = end > count || isNamedBefore(utterance, slot, from, behind)
    if (end > count) behind = end
    if ((slot.attention === 'listening' && !named) || isTime(scan, from, count)) continue
    if (slot.attention === 'listening' && end === count && isOther(utterance, from, end)) continue
    if (scan.touches(end) && scan.kindAt(end) === KIND.word && !named) continue
    if (isNoNumber(scan, from, end)) continue
    if (out.length > before && isTakenBack(scan, lastEnd, from)) out.length = before
    push(utterance, slot, from, end, value, named ? SURE.evident : 0, out)
    lastEnd = end
  }
  if (out.length - before > 1) doubt(out, before)
  if (out.length > before || slot.attention !== 'active') return
  articleAsOne(utterance, slot, out)
  const slipped = out.length > before ? -1 : slippedNumber(utterance)
  if (slipped >= 0) push(utterance, slot, utterance.first, utterance.last, slipped, SURE.fuzzy, out)
}

/** Whether the words `from`…`end` between two numbers take back the first: "3, no, make that 4". */
export function isTakenBack(scan: Scan, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (scan.wordAt(i).how & HOW.instead) return true
  return false
}

/** "two fifty" is 250 and "nineteen eighty four" 1984, where nothing else was said. */
function hundredsAt(utterance: Utterance, from: number): void {
  const { scan } = utterance
  const { value, end } = found
  const next = scan.wordAt(end).cardinal
  if (from > utterance.first || next < 10 || next > 99 || !(value >= 1 && value < 100) || value % 10 === 0) return
  const isPair = scan.kindAt(from) === KIND.word && Number.isInteger(value) && wordsAt(scan, end) && found.end >= utterance.last
  found.value = isPair && found.value < 100 ? value * 100 + found.value : value
  if (!isPair) found.end = end
}

/** "5 people": what is counted may be said behind the number, and belongs to it. */
function nameEnd(utterance: Utterance, slot: SlotExpectation, end: number): number {
  if (slot.names.length === 0 || end >= utterance.scan.size) return end
  const names = utterance.cues.names(slot.names)
  return names.at(utterance.scan, end) === undefined ? end : end + names.length
}

/** "people: 4", "a table for four"; the name must stand after token `since`. */
function isNamedBefore(utterance: Utterance, slot: SlotExpectation, from: number, since: number): boolean {
  const { scan, cues } = utterance
  const to = scan.wordAt(from - 1).how & HOW.purpose ? from - 1 : from
  if (slot.names.length === 0 || !isNamed(utterance, slot, to)) return false
  const names = cues.names(slot.names)
  for (let i = to - 1; i >= since; i--) if (names.at(scan, i) !== undefined) return true
  return false
}

/** "12:30" and "1 pm" count nothing. */
function isTime(scan: Scan, from: number, end: number): boolean {
  if (scan.wordAt(end).is & (IS.am | IS.pm)) return true
  return isColon(scan, end) || isColon(scan, from - 1)
}

/** "a table at 8", "for 1 p.m.", "in 27 days": the hour, or the days, are no number of what was named. */
function isOther(utterance: Utterance, from: number, end: number): boolean {
  if (utterance.scan.wordAt(end).unit !== '') return true
  for (const clock of findTimes(utterance).clocks)
    if (!clock.weak && !clock.now && clock.from < end && clock.end > from)
      return !isPurpose(utterance.scan, from) || clock.settled
  return false
}

function isPurpose(scan: Scan, from: number): boolean {
  return (scan.wordAt(from - 1).how & HOW.purpose) !== 0
}

function isColon(scan: Scan, i: number): boolean {
  return scan.at(i) === ':' && scan.touches(i) && scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.number
}

/** "%", "per cento" and their like belong to the number before them. */
function percentEnd(utterance: Utterance, end: number): number {
  if (end >= utterance.scan.size) return end
  const units = unitReaderOf(utterance.lexicon)
  return units.at(utterance.scan, end) && units.unit === '%' ? units.end : end
}

/** A `sure` of 0 is judged by whether the number is the whole answer. */
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
  const whole = from <= utterance.first && end >= utterance.last
  const confidence = sure || (whole ? SURE.cued : SURE.likely)
  const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end), confidence }
  const allowed = isAllowed(slot, value) ? value : otherGrouping(scan, from, end, value)
  const fits = isAllowed(slot, allowed) && !losesFigures(scan, from, end, allowed)
  out.push(fits ? { ...place, value: allowed } : { ...place, invalid: 'out-of-range' })
}

/** Whether more figures were given than a number can keep: 87057367204202896 would become …900. */
function losesFigures(scan: Scan, from: number, end: number, value: number): boolean {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return false
  let figures = 0
  for (let i = from; i < end; i++) if (scan.kindAt(i) === KIND.number) figures += scan.at(i).length
  return figures > FIGURES_SAFE
}

const FIGURES_SAFE = 15

/** `1.234` read the other way, as thousands or as decimals: for a slot that cannot hold what its locale says. */
export function otherGrouping(scan: Scan, from: number, end: number, value: number): number {
  if (end - from !== 3 || scan.kindAt(from) !== KIND.number || scan.at(from + 2).length !== 3) return value
  if (scan.at(from + 1) !== '.' && scan.at(from + 1) !== ',') return value
  return Number.isInteger(value) ? value / 1000 : Math.round(value * 1000)
}

/** Several numbers where one was asked ("2 or 3"): none of them is sure. */
function doubt(out: Candidate[], from: number): void {
  for (let i = from; i < out.length; i++) {
    const candidate = out[i] as Candidate
    if (candidate.confidence < SURE.evident) out[i] = { ...candidate, confidence: SURE.weak }
  }
}

/** Figures that make no number ("1.2.3", "12/05/2024") are passed as a whole. */
function afterFailure(scan: Scan, i: number): number {
  let at = i + 1
  if (scan.kindAt(i) !== KIND.number) return at
  while (scan.touches(at) && scan.kindAt(at) !== KIND.word) at++
  return at
}

/** A minus counts only before figures or words, and not between two numbers or inside a code. */
export function startsNumber(scan: Scan, i: number): boolean {
  const kind = scan.kindAt(i)
  if (kind === KIND.number) return !(scan.touches(i) && scan.kindAt(i - 1) === KIND.word)
  const word = scan.wordAt(i)
  if (kind === KIND.word) {
    if (isThanks(scan, i) || (word.how & HOW.verb && isVerb(scan, i))) return false
    return (word.is & TRIGGERS) !== 0 || startsFraction(scan, i)
  }
  const next = scan.kindAt(i + 1)
  if (isPoint(scan.at(i))) return (next === KIND.number && scan.touches(i + 1)) || (i === 0 && next === KIND.word)
  if (!isSign(scan.at(i))) return word.fraction > 0 || scan.at(i) > '\u007f'
  if (scan.touches(i) || (i > 0 && !scan.touches(i + 1))) return false
  return next === KIND.number || isPoint(scan.at(i + 1))
}

/** "half", "a third", "un mezzo": fractions without a numerator, and words that are a number with its fraction. */
function startsFraction(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  if (word.mixed >= 0 || word.fraction > 0) return true
  if (!(word.how & (HOW.a | HOW.one))) return false
  const next = scan.wordAt(i + 1)
  return next.fraction > 0 || (next.is & (IS.ordinal | IS.cardinal | IS.scale | IS.point)) !== 0
}

/** "mille grazie", "thanks a million". */
export function isThanks(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  if (word.how & HOW.a) return (scan.wordAt(i - 1).how & HOW.thanks) !== 0
  if (!(word.is & IS.scale) || scan.wordAt(i - 1).is & IS.cardinal) return false
  const before = scan.wordAt(i - 1).how & HOW.a ? scan.wordAt(i - 2) : scan.wordAt(i - 1)
  return ((before.how | scan.wordAt(i + 1).how) & HOW.thanks) !== 0
}

/** "chi sei", "sei sicuro", "sei un robot". */
function isVerb(scan: Scan, i: number): boolean {
  const next = scan.wordAt(i + 1)
  return ((scan.wordAt(i - 1).how & HOW.subject) | (next.how & HOW.complement) | (next.is & IS.article)) !== 0
}

function isSign(mark: string): boolean {
  return mark === '-' || mark === '+' || mark === '−' || mark === '–'
}

function isPoint(mark: string): boolean {
  return mark === '.' || mark === ','
}

/** Whether what was read as a number is an article or a pronoun: "un", "that one". */
export function isNoNumber(scan: Scan, from: number, end: number): boolean {
  return end - from === 1 && (isPronoun(scan, from) || isArticle(scan, from))
}

/** "that one", "the red one", "one moment": no number. */
function isPronoun(scan: Scan, i: number): boolean {
  if (!(scan.wordAt(i).how & HOW.one)) return false
  if (scan.wordAt(i + 1).how & HOW.moment) return true
  return ((scan.wordAt(i - 1).how | scan.wordAt(i - 2).how) & HOW.pronoun) !== 0
}

/** "un", "eine": a one that is an article first. */
function isArticle(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  return (word.how & HOW.one) !== 0 && (word.is & IS.article) !== 0
}

/** "un biglietto" where a number was asked and no other was said: perhaps one. Chatter ("un momento") is none. */
function articleAsOne(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  for (let i = utterance.first; i < utterance.last; i++) {
    if (!isArticle(scan, i) || isSaidOf(scan.wordAt(i - 1))) continue
    const next = scan.wordAt(i + 1)
    const whole = utterance.last - utterance.first === 1
    if (!whole && (scan.kindAt(i + 1) !== KIND.word || !isNoun(next))) continue
    push(utterance, slot, i, i + 1, 1, whole ? 0 : SURE.weak, out)
    return
  }
}

/** "è un …", "sei un …": what something is, not how many. */
function isSaidOf(before: Word): boolean {
  return (before.as & AS.copula) !== 0 || (before.how & HOW.verb) !== 0
}

function isNoun(word: Word): boolean {
  return word.is === 0 && !(word.as & (AS.common | AS.filler)) && !(word.how & HOW.moment)
}

export function isAllowed(slot: SlotExpectation, value: number): boolean {
  const { min, max, integer } = slot.contract
  if (min !== undefined && value < min) return false
  if (max !== undefined && value > max) return false
  return integer !== true || Number.isInteger(value)
}
