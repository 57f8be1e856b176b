import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { findDates } from './date-grammar.ts'
import { phoneNumber } from './phone-check.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

const DIGITS = { min: 5, max: 15, evidentMin: 8 } as const

export interface Digits {
  readonly from: number
  readonly end: number
  /** Figures only, with a leading `+` where one was said. */
  readonly text: string
}

const SPOKEN = IS.cardinal | IS.zero | IS.multiply

/** Phone numbers, typed or spoken figure by figure, in E.164. */
export function extractPhone(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  if (!scan.hasNumber && !(scan.is & SPOKEN)) return
  let i = 0
  while (i < scan.size) {
    const run = digitsAt(scan, i)
    if (run === undefined) {
      i++
      continue
    }
    i = run.end
    const figures = run.text.length - (run.text.startsWith('+') ? 1 : 0)
    if (figures < DIGITS.min || figures > DIGITS.max + 2 || isDate(utterance, run)) continue
    const cued = isNamed(utterance, slot, run.from) || utterance.cues.before('phone', scan, run.from)
    const evident = (run.text.startsWith('+') || run.text.startsWith('0')) && figures >= DIGITS.evidentMin
    if (slot.attention === 'listening' && !cued && !evident) continue
    pushPhone(utterance, slot, run, cued || run.text.startsWith('+') ? SURE.evident : SURE.bare, out)
  }
}

function pushPhone(utterance: Utterance, slot: SlotExpectation, run: Digits, confidence: number, out: Candidate[]): void {
  const country = slot.contract.country ?? utterance.request.country
  const plain = run.text.startsWith('00') ? `+${run.text.slice(2)}` : run.text
  const value =
    phoneNumber(plain, country) ?? (plain.length >= 11 && !plain.startsWith('+') ? phoneNumber(`+${plain}`, country) : undefined)
  const place = { slot: slot.slot, start: utterance.scan.startOf(run.from), end: utterance.scan.endOf(run.end) }
  if (value !== undefined) out.push({ ...place, value, confidence })
  else if (slot.attention === 'active') out.push({ ...place, confidence: SURE.weak, invalid: 'out-of-range' })
}

function isDate(utterance: Utterance, run: Digits): boolean {
  for (const date of findDates(utterance))
    if (!date.weak && date.from < run.end && date.end > run.from && (date.month !== undefined || date.relative === true))
      return true
  return false
}

/** A run of figures from token `i`, with the marks people put between, and figures said as words; undefined when none begins there. */
export function digitsAt(scan: Scan, i: number): Digits | undefined {
  let text = ''
  let at = i
  let end = i
  const plus = scan.at(i) === '+' || scan.wordAt(i).as & AS.mailPlus ? '+' : ''
  if (plus !== '') at++
  else if (scan.at(i) === '(' && (scan.kindAt(i + 1) === KIND.number || scan.at(i + 1) === '+')) return bracketed(scan, i)
  while (at < scan.size && text.length <= DIGITS.max + 2) {
    const figures = figuresAt(scan, at)
    if (figures !== '') {
      text += figures
      at = found.end
      end = at
    } else if (text !== '' && isGap(scan, at)) at++
    else break
  }
  return text === '' ? undefined : { from: i, end, text: plus + text }
}

/** "(+39) 02 …", "(02) …": the bracket opens the number. */
function bracketed(scan: Scan, i: number): Digits | undefined {
  const inner = digitsAt(scan, i + 1)
  return inner === undefined ? undefined : { from: i, end: inner.end, text: inner.text }
}

function isGap(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.mark) return false
  const mark = scan.at(i)
  return mark === '-' || mark === '.' || mark === '/' || mark === '(' || mark === ')' || mark === ',' || mark === '–'
}

/** The figures that token `i` (and what belongs to it) says; empty when it says none. Sets `found.end`. */
export function figuresAt(scan: Scan, i: number): string {
  if (scan.kindAt(i) === KIND.number) {
    found.end = i + 1
    return scan.at(i)
  }
  const word = scan.wordAt(i)
  if (word.is & IS.multiply) {
    const figure = scan.kindAt(i + 1) === KIND.number && scan.at(i + 1).length === 1 ? scan.at(i + 1) : singleFigure(scan, i + 1)
    found.end = i + 2
    return figure.repeat(word.multiply)
  }
  const single = singleFigure(scan, i)
  if (single !== '') {
    found.end = i + 1
    return single
  }
  if (!(word.is & IS.cardinal) || !cardinalAt(scan, i) || found.value > 999_999) return ''
  return String(found.value)
}

function singleFigure(scan: Scan, i: number): string {
  const word = scan.wordAt(i)
  if (word.is & IS.zero) return '0'
  return word.is & IS.cardinal && word.cardinal < 10 ? String(word.cardinal) : ''
}
