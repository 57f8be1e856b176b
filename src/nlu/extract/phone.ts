import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isCard } from './card.ts'
import { findDates } from './date-grammar.ts'
import { phoneNumber } from './phone-check.ts'
import { type Digits, digitsAt, isGlued } from './phone-digits.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Figures of a number: alone as the whole answer, announced, or neither; and of one that needs no announcement. */
const FIGURES = { aloneMin: 3, cuedMin: 5, bareMin: 7, max: 17, evidentMin: 8, cardMin: 13 } as const
const SPOKEN = IS.cardinal | IS.zero | IS.multiply

/** Phone numbers, typed or spoken figure by figure, in E.164; one that no plan has is told as `out-of-range`. */
export function extractPhone(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  if (!scan.hasNumber && !(scan.is & SPOKEN)) return
  let i = 0
  while (i < scan.size) {
    const run = runAt(utterance, i)
    if (run === undefined) {
      i++
      continue
    }
    i = run.end
    const figures = run.text.length - (run.text.startsWith('+') ? 1 : 0)
    if (figures < FIGURES.aloneMin || figures > FIGURES.max) continue
    const cued = isNamed(utterance, slot, run.from) || utterance.cues.before('phone', scan, run.from)
    if (isGlued(scan, run) || !isPhoneLike(utterance, run, figures, cued)) continue
    const evident = (run.text.startsWith('+') || run.text.startsWith('0')) && figures >= FIGURES.evidentMin
    if (slot.attention === 'listening' && !cued && !evident) continue
    pushPhone(utterance, slot, run, cued || run.text.startsWith('+') ? SURE.evident : SURE.bare, out)
  }
}

/** Figures from token `i` up to a date that follows them; from behind it where one begins there. */
function runAt(utterance: Utterance, i: number): Digits | undefined {
  const { scan } = utterance
  const run = digitsAt(scan, i)
  if (run === undefined) return undefined
  if (run.end - run.from < 3) return run
  for (const date of findDates(utterance)) {
    if (date.weak || (date.month === undefined && date.relative !== true)) continue
    if (date.from >= run.end || date.end <= run.from || isInside(scan, date.from, date.end, run)) continue
    if (date.from > run.from) return digitsAt(scan, i, date.from)
    return { from: run.from, end: Math.max(date.end, run.from + 1), text: '' }
  }
  return run
}

/** Whether what looks like a date is a stretch of the number: "06.12.20.32.44". */
function isInside(scan: Scan, from: number, end: number, run: Digits): boolean {
  const goesOn = end < run.end && (scan.touches(end) || arePairs(scan, from, end + 1))
  const begins = from > run.from && scan.touches(from)
  return goesOn || begins
}

/** Groups of two figures, as those of a short date and of the numbers that are said in pairs. */
function arePairs(scan: Scan, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (scan.kindAt(i) === KIND.number && scan.at(i).length !== 2) return false
  return true
}

function isPhoneLike(utterance: Utterance, run: Digits, figures: number, cued: boolean): boolean {
  if (isAllZeros(run.text) || isDenied(utterance, run)) return false
  if (cued) return figures >= FIGURES.cuedMin
  const { scan } = utterance
  if (isOtherNumber(scan, run.from)) return false
  if (utterance.request.country === 'US' && isSocialSecurity(scan, run)) return false
  if (figures >= FIGURES.cardMin && isCard(run.text)) return false
  if (figures >= FIGURES.bareMin) return true
  return figures >= FIGURES.cuedMin || isSaid(scan, run) ? run.from <= utterance.first && run.end >= utterance.last : false
}

function isAllZeros(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== 48) return false
  return true
}

/** Said in figures and pairs, as telephones are. */
function isSaid(scan: Scan, run: Digits): boolean {
  for (let i = run.from; i < run.end; i++)
    if (scan.kindAt(i) === KIND.number || scan.wordAt(i).is & IS.scale || scan.wordAt(i).cardinal > 99) return false
  return true
}

/** How far before a number its noun may stand, and how many words may name the thing ("card, American Express, …"). */
const OTHER = { tokens: 6, unknown: 3 } as const

/** "Account 12345678", "the card number is 1234567": some other thing's number. */
function isOtherNumber(scan: Scan, from: number): boolean {
  let unknown = 0
  for (let i = from - 1; i >= 0 && from - i <= OTHER.tokens; i--) {
    const word = scan.wordAt(i)
    if (word.as & AS.otherNumber) return true
    if (scan.kindAt(i) === KIND.mark && scan.at(i) !== ':') return false
    if (!(word.as & (AS.common | AS.copula | AS.filler)) && word.is === 0 && ++unknown > OTHER.unknown) return false
  }
  return false
}

/** 911-67-0060: the United States write phone numbers otherwise. */
function isSocialSecurity(scan: Scan, run: Digits): boolean {
  const { from } = run
  if (run.end - from !== 5 || scan.at(from + 1) !== '-' || scan.at(from + 3) !== '-') return false
  return scan.at(from).length === 3 && scan.at(from + 2).length === 2 && scan.at(from + 4).length === 4
}

const DENIAL = { before: 3, after: 12 } as const

/** "Not 333 1234567 but …", "333 1234567 is not my phone number". */
function isDenied(utterance: Utterance, run: Digits): boolean {
  const { scan } = utterance
  for (let i = run.from - 1; i >= 0 && run.from - i <= DENIAL.before; i--) {
    const word = scan.wordAt(i)
    if (word.as & AS.not && !(word.as & AS.filler)) return true
    if (!(word.as & AS.copula) && !(word.is & (IS.article | IS.of)) && !(word.how & HOW.a)) break
  }
  let denied = false
  for (let i = run.end; i < scan.size && i - run.end < DENIAL.after; i++) {
    if (scan.kindAt(i) === KIND.mark && scan.at(i) !== '-') return false
    denied ||= isNegation(scan, i)
    if (denied && utterance.cues.after('phone', scan, i) >= 0) return true
  }
  return false
}

function isNegation(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).as & AS.not) !== 0 || (scan.at(i) === 't' && scan.at(i - 1).endsWith('n'))
}

function pushPhone(utterance: Utterance, slot: SlotExpectation, run: Digits, confidence: number, out: Candidate[]): void {
  const country = slot.contract.country ?? utterance.request.country
  const plain = run.text.startsWith('00') ? `+${run.text.slice(2)}` : run.text
  const place = { slot: slot.slot, start: utterance.scan.startOf(run.from), end: utterance.scan.endOf(run.end) }
  const value = phoneNumber(plain, country)
  if (value !== undefined) {
    out.push({ ...place, value, confidence })
    return
  }
  const abroad = plain.length >= 11 && !plain.startsWith('+') ? phoneNumber(`+${plain}`, country) : undefined
  if (abroad !== undefined) out.push({ ...place, value: abroad, confidence: Math.min(confidence, SURE.bare) })
  else if (slot.attention === 'active') out.push({ ...place, confidence: SURE.weak, invalid: 'out-of-range' })
}
