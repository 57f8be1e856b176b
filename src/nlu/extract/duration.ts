import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Unit } from '../lexicon/source.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { durationAt, type Lengths } from './duration-grammar.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** ISO 8601: "two hours and a half", "90 minutes", "tre giorni", "1h30", "anderthalb Stunden", "PT45M". */
export function extractDuration(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  for (let i = 0; i < scan.size; i++) {
    if (!mayBegin(scan, i)) continue
    const lengths: Lengths = {}
    const end = isoAt(scan, i, lengths) || clockAt(utterance, i, lengths) || durationAt(utterance, i, lengths)
    if (end === i) continue
    const from = i
    i = end - 1
    const named = isNamed(utterance, slot, from)
    if (slot.attention === 'listening' && !named) continue
    const value = isoDuration(lengths)
    const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end) }
    if (value === undefined) continue
    const confidence = named ? SURE.evident : SURE.cued
    const other = otherBefore(utterance, from, lengths)
    out.push(other === undefined ? { ...place, value, confidence } : { ...place, value, other, confidence })
  }
}

const OR: ReadonlySet<string> = new Set(['or', 'to', 'o', 'a', 'ou', 'oder', 'bis', '-', '–'])

/** "TWO OR three hours": the other amount of the same unit, which makes it doubtful. */
function otherBefore({ scan }: Utterance, from: number, lengths: Lengths): string | undefined {
  if (from < 2 || !OR.has(scan.at(from - 1))) return undefined
  const units = Object.keys(lengths) as Unit[]
  const amount = scan.kindAt(from - 2) === KIND.number ? scan.numberAt(from - 2) : scan.wordAt(from - 2).cardinal
  return units.length === 1 && amount > 0 ? isoDuration({ [units[0] as Unit]: amount }) : undefined
}

/** Not inside figures that go on to the left ("01/02h"), nor behind a sign. */
function mayBegin(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.number) return true
  if (!scan.touches(i) || scan.kindAt(i - 1) === KIND.word) return true
  return scan.at(i - 1) !== '-' && !(scan.touches(i - 1) && scan.kindAt(i - 2) === KIND.number)
}

const DATE_LETTERS: Readonly<Record<string, Unit>> = { y: 'year', m: 'month', w: 'week', d: 'day' }
const TIME_LETTERS: Readonly<Record<string, Unit>> = { h: 'hour', m: 'minute', s: 'second' }

/** "P3D", "PT1H30M": the token after it, or 0. */
function isoAt(scan: Scan, from: number, lengths: Lengths): number {
  const first = scan.at(from)
  if (first !== 'p' && first !== 'pt') return 0
  let letters = first === 'p' ? DATE_LETTERS : TIME_LETTERS
  let i = from + 1
  while (i + 1 < scan.size && scan.kindAt(i) === KIND.number && scan.touches(i) && scan.touches(i + 1)) {
    const text = scan.at(i + 1)
    const last = text.length === 2 && text.endsWith('t') ? text.charAt(0) : text
    if (!Object.hasOwn(letters, last)) break
    lengths[letters[last] as Unit] = scan.numberAt(i)
    if (last !== text) letters = TIME_LETTERS
    i += 2
  }
  return i > from + 1 ? i : 0
}

/** "1:30" and "01:30:00" as the whole answer, or before "hours". */
function clockAt(utterance: Utterance, i: number, lengths: Lengths): number {
  const { scan } = utterance
  if (scan.kindAt(i) !== KIND.number || scan.at(i + 1) !== ':' || scan.at(i).length > 2) return 0
  if (!scan.touches(i + 1) || !scan.touches(i + 2) || scan.at(i + 2).length !== 2 || scan.numberAt(i + 2) > 59) return 0
  const seconds = scan.at(i + 3) === ':' && scan.touches(i + 3) && scan.at(i + 4).length === 2 && scan.numberAt(i + 4) < 60
  const end = seconds ? i + 5 : i + 3
  const hours = scan.wordAt(end).unit === 'hour' || scan.at(end) === 'h'
  if (!hours && (i > utterance.first || end < utterance.last)) return 0
  lengths.hour = scan.numberAt(i)
  lengths.minute = scan.numberAt(i + 2)
  if (seconds) lengths.second = scan.numberAt(i + 4)
  return hours ? end + 1 : end
}

const UNIT_MAX = 999_999

/** Fractions become the next smaller unit; weeks stand alone or become days. Undefined for nothing and for far too much. */
export function isoDuration(lengths: Lengths): string | undefined {
  const l: Record<Unit, number> = { year: 0, month: 0, week: 0, day: 0, hour: 0, minute: 0, second: 0, ...lengths }
  carry(l, 'year', 'month', 12)
  carry(l, 'month', 'day', 30)
  carry(l, 'week', 'day', 7)
  carry(l, 'day', 'hour', 24)
  carry(l, 'hour', 'minute', 60)
  carry(l, 'minute', 'second', 60)
  for (const unit of Object.keys(l) as Unit[]) if (l[unit] < 0 || l[unit] > UNIT_MAX) return undefined
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
