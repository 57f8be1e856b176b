import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { IS } from '../lexicon/roles.ts'
import type { Unit } from '../lexicon/source.ts'
import { decimalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isAllowed } from './number.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

const MARKS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['¢', 'CENT'],
])
/** Currency where none was said, by country. */
const HOME: ReadonlyMap<string, string> = new Map([
  ['GB', 'GBP'],
  ['US', 'USD'],
  ['CH', 'CHF'],
  ['JP', 'JPY'],
  ['CA', 'CAD'],
  ['AU', 'AUD'],
])

function currencyAt(scan: Scan, i: number): string {
  return scan.wordAt(i).currency || (MARKS.get(scan.at(i)) ?? '')
}

/** `{amount, currency}`: "€ 1.234,50", "twenty pounds and fifty", "3 euro e 20"; a bare number in the country's currency. */
export function extractMoney(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const mark = utterance.lexicon.source.numbers.decimalMark
  for (let i = 0; i < scan.size; i++) {
    const leading = currencyAt(scan, i)
    const from = i
    const at = leading === '' ? i : i + 1
    if (!isNumberStart(scan, at) || !decimalAt(scan, at, mark)) continue
    let amount = found.value
    let end = found.end
    let currency = leading
    if (leading === '' && currencyAt(scan, end) !== '') currency = currencyAt(scan, end++)
    if (currency === 'CENT') {
      amount /= 100
      currency = ''
    } else if (currency !== '') [amount, end] = withCents(utterance, amount, end)
    i = end - 1
    const said = currency !== '' || end > found.end
    const whole = from <= utterance.first && end >= utterance.last
    const named = isNamed(utterance, slot, from)
    if (!said && !named && !(whole && slot.attention !== 'listening')) continue
    const confidence = said ? SURE.cued : SURE.likely
    const value = { amount: cents(amount), currency: currency || homeCurrency(utterance) }
    pushAmount(utterance, slot, from, end, confidence, value, out)
  }
}

function isNumberStart(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.number)
    return !(scan.touches(i) && scan.kindAt(i - 1) === KIND.word && currencyAt(scan, i - 1) === '')
  return (scan.wordAt(i).is & (IS.cardinal | IS.scale)) !== 0
}

/** "… and fifty cents", "… e venti", right after the currency. */
function withCents(utterance: Utterance, amount: number, end: number): [number, number] {
  const { scan } = utterance
  const joined = (scan.wordAt(end).is & IS.and) !== 0
  const at = joined ? end + 1 : end
  if (!Number.isInteger(amount) || !isNumberStart(scan, at) || !decimalAt(scan, at, utterance.lexicon.source.numbers.decimalMark))
    return [amount, end]
  const cent = currencyAt(scan, found.end) === 'CENT'
  if (found.value < 0 || found.value > 99 || !Number.isInteger(found.value) || (!cent && !joined)) return [amount, end]
  return [amount + found.value / 100, cent ? found.end + 1 : found.end]
}

function cents(amount: number): number {
  return Math.round(amount * 10_000) / 10_000
}

function homeCurrency(utterance: Utterance): string {
  return HOME.get(utterance.request.country) ?? 'EUR'
}

function pushAmount(
  utterance: Utterance,
  slot: SlotExpectation,
  from: number,
  end: number,
  confidence: number,
  value: { amount: number; currency: string } | { amount: number; unit: string },
  out: Candidate[],
): void {
  const { scan } = utterance
  const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end), confidence }
  out.push(isAllowed(slot, value.amount) ? { ...place, value: { ...value } } : { ...place, invalid: 'out-of-range' })
}

/** Units that are said in many ways; any other word after a number is its own unit. */
const UNITS: ReadonlyMap<string, string> = new Map(
  (
    'kwh:kWh kilowatt:kW kilowattora:kWh kilowattore:kWh kw:kW kg:kg kilo:kg kilos:kg chili:kg chilo:kg kilogram:kg kilograms:kg chilogrammi:kg g:g gram:g grams:g grammi:g ' +
    'm:m meter:m meters:m metre:m metres:m metri:m metro:m km:km kilometers:km kilometres:km chilometri:km cm:cm centimeters:cm centimetres:cm centimetri:cm mm:mm ' +
    'l:l liter:l liters:l litre:l litres:l litri:l litro:l smc:Smc mc:m3 mile:mi miles:mi miglia:mi'
  )
    .split(' ')
    .map((entry) => entry.split(':') as [string, string]),
)

/** `{amount, unit}`: "250 kWh", "tre chili"; the contract's unit where none was said. */
export function extractQuantity(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  for (let i = 0; i < scan.size; i++) {
    if (!isNumberStart(scan, i) || !decimalAt(scan, i, utterance.lexicon.source.numbers.decimalMark)) continue
    const amount = found.value
    let end = found.end
    const said = UNITS.get(scan.at(end)) ?? scan.wordAt(end).unit
    const own = slot.contract.unit !== undefined && scan.at(end) === slot.contract.unit.toLowerCase() ? slot.contract.unit : said
    if (own !== '') end++
    const unit = own || slot.contract.unit
    const whole = i <= utterance.first && end >= utterance.last
    const named = isNamed(utterance, slot, i)
    const from = i
    i = end - 1
    if (unit === undefined || (slot.attention === 'listening' && !named)) continue
    if (own === '' && !whole && !named) continue
    pushAmount(utterance, slot, from, end, own !== '' || named ? SURE.cued : SURE.bare, { amount, unit }, out)
  }
}

type Lengths = Partial<Record<Unit, number>>

/** ISO 8601: "two hours and a half", "90 minutes", "tre giorni", "un'ora e mezza", "half an hour". */
export function extractDuration(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  if (!(scan.is & IS.unit)) return
  for (let i = 0; i < scan.size; i++) {
    const lengths: Lengths = {}
    const end = durationAt(utterance, i, lengths)
    if (end === i) continue
    const from = i
    i = end - 1
    const named = isNamed(utterance, slot, from)
    if (slot.attention === 'listening' && !named) continue
    out.push({
      slot: slot.slot,
      start: scan.startOf(from),
      end: scan.endOf(end),
      value: isoDuration(lengths),
      confidence: named ? SURE.evident : SURE.cued,
    })
  }
}

function durationAt(utterance: Utterance, from: number, lengths: Lengths): number {
  const { scan } = utterance
  let end = from
  let i = from
  let last: Unit | '' = ''
  while (i < scan.size) {
    const joint = end > from && (scan.at(i) === ',' || scan.wordAt(i).is & IS.and) ? i + 1 : i
    const fraction = halfAt(scan, joint)
    if (fraction > 0 && last !== '' && joint > i && scan.wordAt(found.end).unit === '') {
      lengths[last] = (lengths[last] ?? 0) + fraction
      return found.end
    }
    const amount = amountAt(utterance, joint)
    if (amount < 0) break
    const unit = scan.wordAt(found.end).unit
    if (unit === '') break
    lengths[unit] = (lengths[unit] ?? 0) + amount
    last = unit
    end = found.end + 1
    i = end
  }
  return end
}

/** A number, an article, "half an", "two and a half" before a unit; -1 for none. Sets `found.end`. */
function amountAt(utterance: Utterance, i: number): number {
  const { scan } = utterance
  const half = halfAt(scan, i)
  if (half > 0) {
    if (scan.wordAt(found.end).is & IS.article) found.end++
    return half
  }
  if (isNumberStart(scan, i) && decimalAt(scan, i, utterance.lexicon.source.numbers.decimalMark)) {
    const { value, end } = found
    if (scan.wordAt(end).is & IS.and && halfAt(scan, end + 1) > 0 && scan.wordAt(found.end).unit !== '') return value + 0.5
    found.end = end
    return value
  }
  if (!(scan.wordAt(i).is & IS.article) || scan.wordAt(i + 1).unit === '') return -1
  found.end = i + 1
  return 1
}

function halfAt(scan: Scan, from: number): number {
  const i = scan.wordAt(from).is & IS.article ? from + 1 : from
  if (!(scan.wordAt(i).is & IS.half)) return 0
  found.end = i + 1
  return 0.5
}

/** Fractions become the next smaller unit; weeks stand alone or become days. */
function isoDuration(lengths: Lengths): string {
  const l: Record<Unit, number> = { year: 0, month: 0, week: 0, day: 0, hour: 0, minute: 0, second: 0, ...lengths }
  carry(l, 'year', 'month', 12)
  carry(l, 'month', 'day', 30)
  carry(l, 'week', 'day', 7)
  carry(l, 'day', 'hour', 24)
  carry(l, 'hour', 'minute', 60)
  carry(l, 'minute', 'second', 60)
  const onlyWeeks = l.week > 0 && l.year + l.month + l.day + l.hour + l.minute + l.second === 0
  if (onlyWeeks) return `P${l.week}W`
  const days = l.day + l.week * 7
  const date = part(l.year, 'Y') + part(l.month, 'M') + part(days, 'D')
  const time = part(l.hour, 'H') + part(l.minute, 'M') + part(Math.round(l.second), 'S')
  return time === '' ? `P${date || '0D'}` : `P${date}T${time}`
}

function carry(lengths: Record<Unit, number>, from: Unit, to: Unit, factor: number): void {
  const whole = Math.floor(lengths[from])
  const rest = lengths[from] - whole
  lengths[from] = whole
  lengths[to] += from === 'month' ? Math.round(rest * factor) : Math.round(rest * factor * 1000) / 1000
}

function part(amount: number, letter: string): string {
  return amount === 0 ? '' : `${amount}${letter}`
}
