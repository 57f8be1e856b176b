import { IS } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { dayExists } from './calendar.ts'
import { ordered } from './date-figures.ts'
import type { DateReading } from './date-reading.ts'
import { dateWordsOf } from './date-words.ts'
import type { Utterance } from './utterance.ts'
import { yearAt } from './year.ts'

/**
 * "sixteen oh three nineteen seventy two", "quattordici dodici ottanta", "13 8th 1933": day and month as numbers of which the first
 * was read already, at `at`.
 */
export function spokenFiguresAt(
  utterance: Utterance,
  from: number,
  at: number,
  first: number,
  firstEnd: number,
  ordinal: boolean,
): DateReading | undefined {
  const { scan } = utterance
  if (first < 1 || first > 31) return undefined
  let i = firstEnd
  if (scan.at(i) === '-' || scan.at(i) === ',') i++
  const zero = (scan.wordAt(i).is & IS.zero) !== 0 || scan.at(i) === '0'
  if (zero) i++
  const ordinals = ordinalAt(scan, i)
  if (!ordinals && !cardinalAt(scan, i)) return undefined
  const figures = scan.kindAt(at) === KIND.number && scan.kindAt(i) === KIND.number
  if (figures && !ordinal && !ordinals && !zero) return undefined
  const beforeYear = isBeforeYear(scan, i)
  const second = beforeYear ? scan.wordAt(i).cardinal : found.value
  const secondEnd = beforeYear ? i + 1 : found.end
  if (second < 1 || second > 31 || scan.wordAt(secondEnd).unit !== '') return undefined
  const year = yearAt(scan, secondEnd, true)
  if (year === undefined || scan.wordAt(year.end).unit !== '') return undefined
  const reading = ordered(utterance, first, second, !ordinal)
  if (!dayExists(undefined, reading.month, reading.day as number)) return undefined
  const whole: DateReading = { ...reading, from, end: year.end, year: year.value, weak: year.two }
  return year.two ? { ...whole, twoFigures: true } : whole
}

/** "tres CUATRO mil novecientos setenta": a month before a year in thousands, not four thousand. */
function isBeforeYear(scan: Scan, i: number): boolean {
  const { cardinal } = scan.wordAt(i)
  const next = scan.wordAt(i + 1)
  return cardinal >= 1 && cardinal <= 12 && (next.scale === 1000 || next.cardinal >= 1000)
}

/** Digits of the answer, joined, and how they were grouped. */
let digits = ''
let groups: string[] = []
const DIGITS_MAX = 12

/**
 * A date that a speech recogniser wrote as figures run together, where the whole answer is figures: "03031 984", "27 or 7 2006",
 * "13 to 1979", "1 9 0 5 1 9 7 3". Always weak, and a guess.
 */
export function runTogether(utterance: Utterance): DateReading | undefined {
  const { first, last } = utterance
  if (!gather(utterance, first, last)) return undefined
  const year5 = /200\d\d$/.test(digits) && digits.length >= 8 ? 2000 + Number(digits.slice(-2)) : 0
  const year4 = Number(digits.slice(-4))
  const newest = utterance.now.year + 20
  const place = { from: first, end: last }
  if (digits.length >= 6 && year4 >= 1900 && year4 <= newest) {
    const reading = dayMonth(utterance, digits.slice(0, -4))
    if (reading !== undefined) return { ...reading, ...place, year: year4, weak: true, guessed: true }
  }
  if (year5 > 0) {
    const reading = dayMonth(utterance, digits.slice(0, -5))
    if (reading !== undefined) return { ...reading, ...place, year: year5, weak: true, guessed: true }
  }
  if (digits.length !== 6 || groups.some((group) => group.length === 3 || group.length === 5)) return undefined
  const reading = dayMonth(utterance, digits.slice(0, 4))
  if (reading === undefined || groups.length === 1) return undefined
  return { ...reading, ...place, year: Number(digits.slice(4)), twoFigures: true, weak: true, guessed: true }
}

function gather(utterance: Utterance, first: number, last: number): boolean {
  const { scan } = utterance
  const { homophones } = dateWordsOf(utterance.lexicon)
  digits = ''
  groups = []
  for (let i = first; i < last; i++) {
    const kind = scan.kindAt(i)
    let group = ''
    if (kind === KIND.number) group = scan.at(i)
    else if (kind === KIND.word) {
      const word = scan.wordAt(i)
      if (word.is & IS.zero) group = '0'
      else if (isBeforeYear(scan, i)) group = String(word.cardinal)
      else if (word.is & IS.cardinal && cardinalAt(scan, i) && found.value < 10_000) {
        group = String(found.value)
        i = found.end - 1
      } else group = homophones.get(scan.at(i)) ?? ''
      if (group === '') return false
    } else if (!'/-.,:'.includes(scan.at(i))) return false
    if (group === '') continue
    groups.push(group)
    digits += group
    if (digits.length > DIGITS_MAX) return false
  }
  return digits.length >= 6
}

/** Two to four figures as day and month; of five, or of four that do not fit, one nought is a hearing mistake. */
function dayMonth(utterance: Utterance, figures: string): DateReading | undefined {
  const whole = split(utterance, figures)
  if (whole !== undefined || figures.length < 4) return whole
  for (let i = 0; i < figures.length; i++) {
    if (figures[i] !== '0') continue
    const reading = split(utterance, figures.slice(0, i) + figures.slice(i + 1))
    if (reading !== undefined) return reading
  }
  return undefined
}

function split(utterance: Utterance, figures: string): DateReading | undefined {
  const { length } = figures
  if (length < 2 || length > 4) return undefined
  const cuts = length === 3 ? (groups[0]?.length === 1 ? [1, 2] : [2, 1]) : [length / 2]
  for (const cut of cuts) {
    const a = Number(figures.slice(0, cut))
    const b = Number(figures.slice(cut))
    const reading = ordered(utterance, a, b, true)
    if (!dayExists(undefined, reading.month, reading.day as number)) continue
    if (length === 2 && a === 3) return { ...reading, swapped: { month: b, day: 30 } }
    const turned = length === 3 ? turnedCut(figures, cut) : undefined
    return turned === undefined ? reading : { ...reading, swapped: turned }
  }
  return undefined
}

/** The other way to cut three figures, where it gives a day too. */
function turnedCut(figures: string, cut: number): { month: number; day: number } | undefined {
  const day = Number(figures.slice(0, 3 - cut))
  const month = Number(figures.slice(3 - cut))
  return dayExists(undefined, month, day) ? { month, day } : undefined
}
