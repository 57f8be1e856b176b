import { KIND, type Scan } from '../text/scan.ts'
import { dayNumber, isoDay, two } from './calendar.ts'

/** A time zone said after a time: its minutes ahead of UTC, and whether people use its name loosely ("CET" in summer). */
export interface Zone {
  readonly end: number
  readonly offset: number
  readonly loose: boolean
}

const NAMED: ReadonlyMap<string, number> = new Map([
  ['utc', 0],
  ['gmt', 0],
  ['bst', 60],
  ['wet', 0],
  ['west', 60],
  ['cet', 60],
  ['mez', 60],
  ['cest', 120],
  ['mesz', 120],
  ['eet', 120],
  ['eest', 180],
  ['msk', 180],
  ['ist', 330],
  ['jst', 540],
  ['est', -300],
  ['edt', -240],
  ['cst', -360],
  ['cdt', -300],
  ['mst', -420],
  ['mdt', -360],
  ['pst', -480],
  ['pdt', -420],
])
/** Zones that are words as well: only in capitals. */
const WORDS: ReadonlySet<string> = new Set(['est', 'ist', 'wet', 'west', 'mez'])
const HOURS_MAX = 14

/** "Z", "+02:00", "UTC+2", "CET" after the time that ends before token `i`; undefined for none. */
export function zoneAt(scan: Scan, i: number): Zone | undefined {
  const text = scan.at(i)
  if (text === 'z' && scan.touches(i)) return { end: i + 1, offset: 0, loose: false }
  const named =
    scan.kindAt(i) === KIND.word && !(WORDS.has(text) && scan.source(i, i + 1) !== text.toUpperCase())
      ? NAMED.get(text)
      : undefined
  const exact = text === 'utc' || text === 'gmt'
  if (named !== undefined && !exact) return { end: i + 1, offset: named, loose: true }
  const sign = exact ? i + 1 : i
  const shift = scan.touches(sign) ? shiftAt(scan, sign) : undefined
  return shift ?? (exact ? { end: i + 1, offset: 0, loose: false } : undefined)
}

/** "+02:00", "-0500", "+2". */
function shiftAt(scan: Scan, i: number): Zone | undefined {
  const mark = scan.at(i)
  if ((mark !== '+' && mark !== '-' && mark !== '−') || !scan.touches(i + 1) || scan.kindAt(i + 1) !== KIND.number)
    return undefined
  const figures = scan.at(i + 1)
  const colon = scan.at(i + 2) === ':' && scan.touches(i + 2) && scan.at(i + 3).length === 2 && scan.kindAt(i + 3) === KIND.number
  if (figures.length > 4 || figures.length === 3) return undefined
  const hours = figures.length === 4 ? Number(figures.slice(0, 2)) : Number(figures)
  const minutes = colon ? scan.numberAt(i + 3) : figures.length === 4 ? Number(figures.slice(2)) : 0
  if (hours > HOURS_MAX || minutes > 59) return undefined
  return { end: colon ? i + 4 : i + 2, offset: (mark === '+' ? 1 : -1) * (hours * 60 + minutes), loose: false }
}

const FORMATS_MAX = 64
const FORMATS = new Map<string, Intl.DateTimeFormat | undefined>()

function formatOf(tz: string): Intl.DateTimeFormat | undefined {
  if (FORMATS.has(tz)) return FORMATS.get(tz)
  if (FORMATS.size >= FORMATS_MAX) FORMATS.clear()
  let format: Intl.DateTimeFormat | undefined
  try {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
    format = new Intl.DateTimeFormat('en-GB', { timeZone: tz, hourCycle: 'h23', ...numeric })
  } catch {
    format = undefined
  }
  FORMATS.set(tz, format)
  return format
}

/** The moment `YYYY-MM-DDTHH:MM[:SS]`, told in a zone `offset` minutes ahead of UTC, in `tz`; as it stands where `tz` is unknown. */
export function inZone(moment: string, offset: number, tz: string): string {
  const format = formatOf(tz)
  if (format === undefined) return moment
  const days = dayNumber(Number(moment.slice(0, 4)), Number(moment.slice(5, 7)), Number(moment.slice(8, 10)))
  const minutes = days * 1440 + Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16)) - offset
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(minutes * 60_000)) part[type] = Number(value)
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = part
  return `${isoDay(year, month, day)}T${two(hour)}:${two(minute)}${moment.slice(16)}`
}
