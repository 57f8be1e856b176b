import { AS, IS } from '../lexicon/roles.ts'
import { found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { figuresAt, saidMarkAt } from '../text/spelled.ts'

/** A run of figures as people give a phone number, in tokens. */
export interface Digits {
  readonly from: number
  readonly end: number
  /** Figures only, with a leading `+` where one was said. */
  readonly text: string
}

/** Runs longer than this are read to their end, and are no phone numbers. */
const FIGURES_MAX = 40
/** Tokens between two groups of figures. */
const GAP_MAX = 4
/** A number of so many figures needs no more, so that words after it do not continue it ("… and 2 people"). */
const COMPLETE = 9

/**
 * Figures from token `i`, typed or said, with the marks and small words that people put between; undefined when none begins
 * there. `limit` is a token that they must not reach.
 */
export function digitsAt(scan: Scan, i: number, limit = scan.size): Digits | undefined {
  let at = i
  while (scan.at(at) === '(' && at - i < 2) at++
  const plus = isPlus(scan, at) ? '+' : ''
  if (plus !== '') at++
  while (plus !== '' && scan.at(at) === '(' && at - i < GAP_MAX) at++
  let text = ''
  let end = i
  while (at < limit && text.length <= FIGURES_MAX) {
    const figures = figuresAt(scan, at)
    if (figures === '' || found.end > limit) break
    text += figures
    end = found.end
    at = afterGap(scan, end, limit, text.length)
    if (at < 0) break
  }
  return text === '' ? undefined : { from: i, end, text: plus + text }
}

function isPlus(scan: Scan, i: number): boolean {
  return scan.at(i) === '+' || (scan.kindAt(i) === KIND.word && (scan.wordAt(i).as & AS.mailPlus) !== 0)
}

/** The token where figures may go on, after marks and small words; -1 when they cannot. */
function afterGap(scan: Scan, from: number, limit: number, figures: number): number {
  let at = from
  while (at < limit && at - from < GAP_MAX) {
    const width = scan.kindAt(at) === KIND.mark ? markGap(scan, at) : wordGap(scan, at, figures)
    if (width < 0) return -1
    if (width === 0) return at
    at += width
  }
  return at < limit ? at : -1
}

/** 1 for a mark that stands between groups, -1 for one that ends the number. */
function markGap(scan: Scan, i: number): number {
  const mark = scan.at(i)
  if (mark === '.' || mark === '·') return scan.touches(i + 1) ? 1 : -1
  if (mark === ',') return scan.touches(i + 1) ? -1 : 1
  return mark === '-' || mark === '/' || mark === '(' || mark === ')' || mark === '–' || mark === '‑' ? 1 : -1
}

/** Width of a word between groups: "ehm", "then", "dash"; 0 for one that may say figures itself. */
function wordGap(scan: Scan, i: number, figures: number): number {
  if (scan.kindAt(i) === KIND.number || figures >= COMPLETE) return 0
  const word = scan.wordAt(i)
  if (word.as & (AS.digitJoint | AS.filler) && figuresAt(scan, i) === '') return 1
  if (!(word.as & AS.mailDash)) return 0
  return saidMarkAt(scan, i) === '-' ? found.end - i : 0
}

/** Signs of arithmetic, money and addresses: figures that touch them belong to something else. */
const FOREIGN_MARKS = '*=/:,._^~%$€£¥#&?'
const MONEY_MARKS = '%$€£¥'

/** Whether the figures are part of something else: "s666666", "45*31-33924", "1,032.923", "200.38294427", "-77.034040723966". */
export function isGlued(scan: Scan, run: Digits): boolean {
  return isGluedBefore(scan, run) || isGluedAfter(scan, run.end) || isDecimal(scan, run) || isAmount(scan, run)
}

/** "€ 12345678", "12345678 dollars". */
function isAmount(scan: Scan, { from, end }: Digits): boolean {
  const before = scan.at(from - 1)
  return (
    (before !== '' && MONEY_MARKS.includes(before)) ||
    (scan.wordAt(end).is & IS.currency) !== 0 ||
    '€$£'.includes(scan.at(end) || ' ')
  )
}

function isGluedBefore(scan: Scan, run: Digits): boolean {
  const { from } = run
  if (!scan.touches(from)) return false
  if (scan.kindAt(from - 1) !== KIND.mark) return scan.at(from) !== '+' || scan.kindAt(from - 1) === KIND.number
  const mark = scan.at(from - 1)
  const touching = scan.touches(from - 1)
  const before = scan.kindAt(from - 2)
  if (MONEY_MARKS.includes(mark)) return true
  if (mark === '-' && !touching) return run.end - from <= 3
  if (!touching) return mark === '.' || mark === '*' || mark === '='
  if (mark === ':') return before === KIND.number
  if (mark === ')' || mark === ']') return before === KIND.number && scan.at(from) === '+'
  return (before === KIND.number || before === KIND.word) && (mark === '-' || mark === '+' || FOREIGN_MARKS.includes(mark))
}

function isGluedAfter(scan: Scan, end: number): boolean {
  if (!scan.touches(end)) return false
  if (scan.kindAt(end) === KIND.word) return scan.at(end) !== 'x'
  const mark = scan.at(end)
  if (MONEY_MARKS.includes(mark)) return true
  const next = scan.touches(end + 1) ? scan.kindAt(end + 1) : 0
  return (
    (next === KIND.number || (next === KIND.word && mark === '-')) &&
    (mark === '-' || mark === '+' || FOREIGN_MARKS.includes(mark))
  )
}

const DECIMALS_MIN = 8

/** Two groups with one point between, a whole part that no area code looks like, and a long tail. */
function isDecimal(scan: Scan, run: Digits): boolean {
  if (run.end - run.from !== 3 || scan.at(run.from + 1) !== '.') return false
  return scan.at(run.from + 2).length >= DECIMALS_MIN && !scan.at(run.from).startsWith('0')
}
