import type { Lexicon } from '../lexicon/lexicon.ts'
import { HOW, IS, WHEN } from '../lexicon/roles.ts'
import type { Unit } from '../lexicon/source.ts'
import { cardinalAt, decimalAt, found } from '../text/numerals.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { nounFollows } from './time-hour.ts'
import type { Utterance } from './utterance.ts'

/** How much of each unit a text says; fractions allowed. */
export type Lengths = Partial<Record<Unit, number>>

interface NamedLength {
  readonly amount: number
  readonly unit: Unit
}

interface DurationPhrases {
  readonly amounts: Phrases<number>
  readonly lengths: Phrases<NamedLength>
}

const COMPILED = new WeakMap<Lexicon, DurationPhrases>()

function phrasesOf(lexicon: Lexicon): DurationPhrases {
  let phrases = COMPILED.get(lexicon)
  if (phrases === undefined) {
    phrases = { amounts: new Phrases<number>(), lengths: new Phrases<NamedLength>() }
    for (const [list, amount] of lexicon.source.clock.amounts) phrases.amounts.add(list, amount)
    for (const [list, amount, unit] of lexicon.source.clock.lengths) phrases.lengths.add(list, { amount, unit })
    COMPILED.set(lexicon, phrases)
  }
  return phrases
}

/** Units by their letters, the same everywhere; those after `|` only right behind their figures ("2d"). */
const LETTERS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['h', 'hour'],
  ['hr', 'hour'],
  ['hrs', 'hour'],
  ['min', 'minute'],
  ['mins', 'minute'],
  ['mn', 'minute'],
  ['sec', 'second'],
  ['secs', 'second'],
])
const GLUED_LETTERS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['m', 'minute'],
  ['s', 'second'],
  ['d', 'day'],
  ['j', 'day'],
  ['g', 'day'],
  ['w', 'week'],
  ['y', 'year'],
])

function unitAt(scan: Scan, i: number): Unit | '' {
  const { unit } = scan.wordAt(i)
  if (unit !== '') return unit
  const text = scan.at(i)
  if (text === '"' && scan.touches(i)) return 'second'
  return LETTERS.get(text) ?? (scan.touches(i) && scan.kindAt(i - 1) === KIND.number ? GLUED_LETTERS.get(text) : undefined) ?? ''
}

/**
 * The duration that begins at token `from`, its amounts added to `lengths`: "two hours and a half", "1h30", "un'ora e un
 * quarto", "anderthalb Stunden". Gives the token after it, `from` where there is none.
 */
export function durationAt(utterance: Utterance, from: number, lengths: Lengths): number {
  let end = from
  let last: Unit | '' = ''
  for (let i = from; i < utterance.scan.size; i = end) {
    const joint = end > from ? jointEnd(utterance.scan, i) : i
    const stop = end > from && last !== '' ? addition(utterance, i, joint, last, lengths) : 0
    if (stop > 0) return stop
    const unit = partAt(utterance, joint, lengths, last)
    if (unit === '') break
    last = unit
    end = found.end
  }
  return end
}

/** Skips ", " and "and" between two parts of a duration. */
function jointEnd(scan: Scan, i: number): number {
  const comma = scan.at(i) === ',' ? i + 1 : i
  return scan.wordAt(comma).is & IS.and ? comma + 1 : comma
}

/** One amount with its unit, or a length with a name of its own; sets `found.end`. */
function partAt(utterance: Utterance, i: number, lengths: Lengths, last: Unit | ''): Unit | '' {
  const { scan } = utterance
  const phrases = phrasesOf(utterance.lexicon)
  const named = phrases.lengths.at(scan, i)
  const counts =
    named !== undefined && phrases.amounts.at(scan, i) !== undefined && phrases.amounts.length > phrases.lengths.length
  if (named !== undefined && !counts) {
    found.end = i + phrases.lengths.length
    return add(lengths, named.unit, named.amount)
  }
  if (isBareUnit(scan, i)) {
    found.end = i + 1
    return add(lengths, unitAt(scan, i) as Unit, 1)
  }
  const amount = amountAt(utterance, i)
  if (amount < 0 || !Number.isFinite(amount)) return ''
  const at = found.end
  const unit = unitAt(scan, at)
  if (unit !== '') {
    if (last !== '' && ORDER[unit] >= ORDER[last]) return ''
    if (scan.wordAt(at).is & IS.ordinal && amount === 1 && nounFollows(scan, at + 1)) return ''
    found.end = scan.at(at).length <= 3 && scan.at(at + 1) === '.' && scan.touches(at + 1) && at + 2 < scan.size ? at + 2 : at + 1
    return add(lengths, unit, amount)
  }
  if (isPrime(scan, at)) {
    found.end = at
    return last === '' || ORDER.minute < ORDER[last] ? add(lengths, 'minute', amount) : ''
  }
  const times = phrases.lengths.at(scan, at)
  if (times === undefined) return ''
  found.end = at + phrases.lengths.length
  return add(lengths, times.unit, amount * times.amount)
}

/** "HOUR and a half", "HORA y media": one of the unit, where a share of it follows. */
function isBareUnit(scan: Scan, i: number): boolean {
  const { unit } = scan.wordAt(i)
  if (unit === '' || unit === 'second' || unit === 'minute' || !(scan.wordAt(i + 1).is & IS.and)) return false
  return fractionAt(scan, i + 2) > 0 && unitAt(scan, found.end) === ''
}

/** "15'": an apostrophe right behind figures, which leaves no token, and no letter after it. */
function isPrime(scan: Scan, at: number): boolean {
  if (scan.kindAt(at - 1) !== KIND.number) return false
  const end = scan.endOf(at)
  const mark = scan.text.charAt(end)
  return mark !== '' && "'’′".includes(mark) && scan.text.charAt(end + 1).trim() === ''
}

const ORDER: Readonly<Record<Unit, number>> = { second: 0, minute: 1, hour: 2, day: 3, week: 4, month: 5, year: 6 }

function add(lengths: Lengths, unit: Unit, amount: number): Unit {
  lengths[unit] = (lengths[unit] ?? 0) + amount
  return unit
}

/** What follows a unit without one of its own: "… and a half", "… e un quarto", "… meno un quarto", "1h30"; the end, or 0. */
function addition(utterance: Utterance, i: number, joint: number, last: Unit, lengths: Lengths): number {
  const { scan } = utterance
  const less = scan.wordAt(i).is & IS.minus && !(scan.wordAt(i).is & IS.and) ? -1 : 1
  const at = less < 0 ? i + 1 : joint
  if (less < 0 || joint > i) {
    const fraction = fractionAt(scan, at)
    if (fraction > 0 && unitAt(scan, found.end) === '') {
      add(lengths, last, less * fraction)
      return found.end
    }
  }
  const below: Unit | '' = last === 'hour' ? 'minute' : last === 'minute' ? 'second' : ''
  if (below === '' || (lengths[below] ?? 0) > 0) return 0
  const figures = scan.kindAt(at) === KIND.number
  if (figures ? scan.at(at).length > 2 : !(scan.wordAt(at).is & IS.cardinal)) return 0
  if (!cardinalAt(scan, at) || found.value > 59 || found.value < 1 || unitAt(scan, found.end) !== '') return 0
  if (!scan.touches(at) && !figures && joint === i && found.value < 10) return 0
  add(lengths, below, less * found.value)
  return found.end
}

/** A number, "a", "half an", "two and a half", "3/4", "a couple of" before a unit; -1 for none. Sets `found.end`. */
function amountAt(utterance: Utterance, i: number): number {
  const { scan, lexicon } = utterance
  const phrases = phrasesOf(lexicon).amounts
  const half = fractionAt(scan, i)
  if (half > 0 && half !== 0.25) {
    if (scan.at(found.end) === '-') found.end++
    return shareOf(scan, half)
  }
  const phrase = phrases.at(scan, i)
  const length = phrases.length
  const sign = scan.at(i) === '-' || scan.at(i) === '+' || (scan.wordAt(i).is & IS.minus) !== 0
  if (!sign && isNumberStart(scan, i) && (phrase === undefined || length === 1)) {
    if (scan.kindAt(i) === KIND.number && scan.at(i).length > 6) return -1
    if (ratioAt(scan, i)) return shareOf(scan, found.value)
    if (decimalAt(scan, i, lexicon.source.numbers.decimalMark)) return withFraction(scan)
  }
  if (phrase === undefined) return -1
  found.value = phrase
  found.end = i + length
  if (scan.at(found.end) === 'more') found.end++
  return withFraction(scan)
}

/** "half AN hour", "3/4 OF AN hour". */
function shareOf(scan: Scan, share: number): number {
  if (scan.wordAt(found.end).is & (IS.article | IS.of)) found.end++
  if (scan.wordAt(found.end).is & IS.article) found.end++
  return share
}

function isNumberStart(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.number) return !(scan.touches(i) && scan.kindAt(i - 1) === KIND.word && unitAt(scan, i - 1) === '')
  return (scan.wordAt(i).is & (IS.cardinal | IS.scale)) !== 0
}

/** "two AND A HALF hours", "1 ½ h", "due e un quarto". */
function withFraction(scan: Scan): number {
  const { value, end } = found
  const marked = scan.at(end) === '½' ? 0.5 : scan.at(end) === '¼' ? 0.25 : scan.at(end) === '¾' ? 0.75 : 0
  if (marked > 0) {
    found.end = end + 1
    return value + marked
  }
  if (ratioAt(scan, end) && found.value < 1) return value + found.value
  const more = scan.wordAt(end).is & IS.and ? fractionAt(scan, end + 1) : 0
  if (more > 0 && unitAt(scan, found.end) !== '') return value + more
  found.end = scan.at(end) === 'more' ? end + 1 : end
  return value
}

/** "1/2", "3/4". */
function ratioAt(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.number || scan.at(i + 1) !== '/' || scan.kindAt(i + 2) !== KIND.number) return false
  const below = scan.numberAt(i + 2)
  if (scan.at(i).length > 2 || (below !== 2 && below !== 3 && below !== 4)) return false
  found.value = scan.numberAt(i) / below
  found.end = i + 3
  return found.value < 10
}

/** "half", "a quarter", "three quarters", "tre quarti", "½": a share of the unit; 0 for none. */
function fractionAt(scan: Scan, from: number): number {
  const first = scan.wordAt(from)
  const small = (first.is & IS.article) !== 0 || (first.how & HOW.one) !== 0
  const i = small && scan.wordAt(from + 1).is & (IS.half | IS.quarter) ? from + 1 : from
  const word = scan.wordAt(i)
  found.end = i + 1
  if (word.is & IS.half || scan.at(i) === '½') return 0.5
  if (word.when & WHEN.threeQuarters || scan.at(i) === '¾') return 0.75
  if (word.is & IS.quarter || scan.at(i) === '¼') return 0.25
  const three = word.cardinal === 3 || scan.at(i) === '3'
  if (!three || !(scan.wordAt(i + 1).is & IS.quarter)) return 0
  found.end = i + 2
  return 0.75
}
