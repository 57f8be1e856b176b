import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { homeCurrency } from '../lexicon/currencies.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { decimalAt, found, wordsAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { type CurrencyReader, currencyReaderOf } from './currency.ts'
import { isAllowed, isNoNumber, isTakenBack, otherGrouping, startsNumber } from './number.ts'
import { nounFollows } from './time-hour.ts'
import { unitReaderOf } from './unit.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** One amount being read; one object, as only one is read at a time. */
const sum = { amount: 0, other: -1, end: 0, currency: '', said: false, plain: false }

/**
 * `{amount, currency}`: "€ 1.234,50", "twenty pounds and fifty", "3 euro e 20", "two million Canadian dollars". Where no
 * currency was said at all, a bare number is in the country's.
 */
export function extractMoney(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const reader = currencyReaderOf(utterance.lexicon)
  const before = out.length
  let bare = -1
  let bareEnd = -1
  let lastEnd = 0
  let i = 0
  while (i < scan.size) {
    if (!moneyAt(utterance, reader, i)) {
      i++
      continue
    }
    const from = i
    i = Math.max(sum.end, i + 1)
    const named = isNamed(utterance, slot, from)
    const instead = isTakenBack(scan, lastEnd, from)
    lastEnd = sum.end
    if (named || (sum.said && (sum.plain || slot.attention !== 'listening'))) {
      if (instead) out.length = before
      push(utterance, slot, from, sum.said ? SURE.cued : SURE.likely, out)
    } else if (bare < 0 || instead) {
      bare = from
      bareEnd = sum.end
    } else bareEnd = -1
  }
  if (out.length > before || bare < 0 || bareEnd < 0 || slot.attention === 'listening') return
  bareAmount(utterance, reader, slot, bare, out)
}

/** The only number of an answer that names no currency. */
function bareAmount(utterance: Utterance, reader: CurrencyReader, slot: SlotExpectation, from: number, out: Candidate[]): void {
  const { scan, first, last } = utterance
  if (!moneyAt(utterance, reader, from) || isOtherThing(utterance, sum.end) || isNoNumber(scan, from, sum.end)) return
  if (nounFollows(scan, sum.end)) return
  if (scan.touches(sum.end) && scan.kindAt(sum.end) === KIND.word) return
  if (scan.touches(from) && scan.kindAt(from - 1) !== KIND.mark) return
  const whole = from <= first && sum.end >= last
  push(utterance, slot, from, whole ? SURE.likely : SURE.weak, out)
}

/** "ten percent", "5 pm", "3 days": numbers of something else. */
function isOtherThing(utterance: Utterance, end: number): boolean {
  const { scan } = utterance
  if (end >= scan.size) return false
  return (scan.wordAt(end).is & (IS.am | IS.pm)) !== 0 || unitReaderOf(utterance.lexicon).at(scan, end)
}

/** An amount with or without currency from token `i`: fills `sum`. */
function moneyAt(utterance: Utterance, reader: CurrencyReader, i: number): boolean {
  const { scan } = utterance
  sum.currency = ''
  sum.plain = false
  sum.other = -1
  const minus = scan.at(i) === '-' && !scan.touches(i) && scan.touches(i + 1) && reader.leadingAt(scan, i + 1)
  let at = i
  let scale = minus ? -1 : 1
  if (minus || reader.leadingAt(scan, i)) {
    sum.currency = reader.code
    sum.plain = reader.plain
    scale *= reader.scale
    at = reader.end
  }
  if (!amountAt(utterance, reader, at)) return false
  if (reader.trailingAt(scan, sum.end) && !(isOne(scan, i) && !(scan.wordAt(reader.end - 1).is & IS.currency))) {
    sum.currency = sum.currency === '' || sum.currency === 'USD' ? reader.code : sum.currency
    sum.plain ||= reader.plain
    scale *= reader.scale
    sum.end = reader.end
  } else if (sum.currency === '' && isOne(scan, i)) return false
  else if (sum.currency === 'USD') dollarLetters(scan, reader)
  while (sum.currency !== '' && scan.wordAt(sum.end).is & IS.scale && scan.wordAt(sum.end).scale >= 1000)
    scale *= scan.wordAt(sum.end++).scale
  sum.amount *= scale
  if (scale !== 1) sum.other = -1
  sum.said = sum.currency !== ''
  if (isMinor(sum.currency)) sum.amount /= 100
  else if (Number.isInteger(sum.amount)) withCents(utterance, reader)
  return true
}

/** "$ 20 CA". */
function dollarLetters(scan: Scan, reader: CurrencyReader): void {
  if (!reader.lettersAt(scan, sum.end)) return
  sum.currency = reader.code
  sum.end = reader.end
}

/** Whether an article stands at `i` rather than a number. */
function isOne(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  return sum.end - i === 1 && (word.how & (HOW.a | HOW.one)) !== 0 && !(word.is & IS.cardinal)
}

/** The number of an amount: "a", "ten", "half a million", "3m" beside a currency. */
function amountAt(utterance: Utterance, reader: CurrencyReader, i: number): boolean {
  const { scan } = utterance
  const mark = utterance.lexicon.source.numbers.decimalMark
  const joined = scan.touches(i) && scan.kindAt(i - 1) === KIND.word && sum.currency === ''
  if (!joined && (scan.kindAt(i) === KIND.number || startsNumber(scan, i)) && decimalAt(scan, i, mark)) {
    giveBackCoin(scan, reader, i, 10)
    sum.amount = found.value
    sum.end = found.end
    if (!Number.isInteger(sum.amount)) sum.other = thousandsOf(scan, i)
    if (sum.amount > 0 && sum.amount < 1 && scan.wordAt(sum.end).how & (HOW.a | HOW.one)) sum.end++
    pairAt(scan, i, utterance.lexicon.language === 'en')
    const thousands = scan.at(sum.end) === 'grand'
    const millions =
      scan.at(sum.end) === 'm' && scan.touches(sum.end) && (sum.currency !== '' || reader.trailingAt(scan, sum.end + 1))
    if (!thousands && !millions) return true
    sum.amount *= thousands ? 1000 : 1_000_000
    sum.end++
    return true
  }
  if (!(scan.wordAt(i).how & (HOW.a | HOW.one))) return false
  const thousand = scan.at(i + 1) === 'grand'
  sum.amount = thousand ? 1000 : 1
  sum.end = thousand ? i + 2 : i + 1
  return true
}

/**
 * A coin that was read as part of the number is given back: "centesimi" divides by 100 elsewhere, and French "34 cents" is no
 * 3,400, but for hundreds below `least` in words ("deux cents").
 */
function giveBackCoin(scan: Scan, reader: CurrencyReader, i: number, least: number): void {
  const last = scan.wordAt(found.end - 1)
  if (last.currency !== 'CENT' || found.end - i < 2) return
  if (last.fraction === 100 || last.ordinal === 100) {
    found.value = Math.round(found.value * 100)
    found.end--
  } else if (last.scale === 100 && found.value % 100 === 0) {
    const counted = found.value / 100
    if ((scan.kindAt(i) !== KIND.number && counted < least) || reader.trailingAt(scan, found.end)) return
    found.value = counted
    found.end--
  }
}

/** "€1.234" in English may be a thousand, too; -1 where it cannot. */
function thousandsOf(scan: Scan, i: number): number {
  const other = otherGrouping(scan, i, found.end, found.value)
  return other === found.value ? -1 : other
}

/**
 * Two numbers side by side: "twelve ninety nine" is 12.99, "zwei fünfzig" 2.50; in English "one fifty five" is 155, or else
 * 1.55. Round tens are a range ("venti trenta euro").
 */
function pairAt(scan: Scan, i: number, english: boolean): void {
  const first = sum.amount
  const word = scan.wordAt(sum.end)
  if (scan.kindAt(i) !== KIND.word || !(first >= 1 && first < (english ? 100 : 20)) || !Number.isInteger(first)) return
  if (word.cardinal < 10 || word.cardinal > 99 || !wordsAt(scan, sum.end) || found.value > 99) return
  const hundreds = english && first < 10
  const decimals = first + found.value / 100
  sum.amount = hundreds ? first * 100 + found.value : decimals
  sum.other = hundreds ? decimals : first * 100 + found.value
  sum.end = found.end
}

function isMinor(currency: string): boolean {
  return currency === 'CENT' || currency.endsWith('/100')
}

/**
 * The hundredths behind a whole amount: "and fifty cents", "e venti", "20" in two figures, "and a half". Without a currency
 * only "due e cinquanta", and only as the whole answer.
 */
function withCents(utterance: Utterance, reader: CurrencyReader): void {
  const { scan } = utterance
  const { end } = sum
  const and = (scan.wordAt(end).is & IS.and) !== 0 || (scan.wordAt(end).as & AS.with) !== 0
  const at = and ? end + 1 : end
  if (!sum.said && (!and || utterance.last !== scan.size)) return
  const isOneCent = (scan.wordAt(at).how & (HOW.a | HOW.one)) !== 0 && !(scan.wordAt(at).is & IS.cardinal)
  if (!isOneCent && scan.kindAt(at) !== KIND.number && !startsNumber(scan, at)) return
  if (decimalAt(scan, at, utterance.lexicon.source.numbers.decimalMark)) {
    giveBackCoin(scan, reader, at, 1)
    if (and && sum.said && found.value > 0 && found.value < 1) {
      addCents(found.value * 100, found.end)
      return
    }
  } else if (isOneCent) {
    found.value = 1
    found.end = at + 1
  } else return
  const { value, end: last } = found
  if (!Number.isInteger(value) || value < 0 || value > 99) return
  if (reader.trailingAt(scan, last)) {
    if (isMinor(reader.code)) addCents(value, reader.end)
    return
  }
  const isEnd = last >= scan.size || scan.kindAt(last) === KIND.mark
  const twoFigures = scan.kindAt(at) === KIND.number ? scan.at(at).length === 2 : value >= 10
  if (isEnd && !isOneCent && (sum.said ? and || twoFigures : twoFigures)) addCents(value, last)
}

function addCents(cents: number, end: number): void {
  sum.amount += cents / 100
  sum.end = end
}

function push(utterance: Utterance, slot: SlotExpectation, from: number, confidence: number, out: Candidate[]): void {
  const { scan } = utterance
  const { end, other } = sum
  const amount = rounded(sum.amount)
  const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end), confidence }
  if (!isAllowed(slot, amount)) {
    out.push({ ...place, invalid: 'out-of-range' })
    return
  }
  const currency = resolved(sum.currency, homeCurrency(utterance.request.country))
  const value = { amount, currency }
  out.push(other < 0 ? { ...place, value } : { ...place, value, other: { amount: other, currency } })
}

/** Hundredths are of the currency that they name, or of the country's; the dollar's "centavo" is of no euro. */
function resolved(currency: string, home: string): string {
  if (currency === '' || currency === 'CENT') return home
  if (currency === 'USD/100' && home !== 'EUR') return home
  return currency.endsWith('/100') ? currency.slice(0, -4) : currency
}

function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000
}
