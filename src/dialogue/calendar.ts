/** Calendar arithmetic on plain numbers and ISO strings: proleptic Gregorian, no clock, no zone. */

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

export interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeap(year)) return 29
  return DAYS[month - 1] ?? 0
}

export function isRealDate(parts: DateParts): boolean {
  const { year, month, day } = parts
  return year >= 1 && year <= 9999 && day >= 1 && day <= daysInMonth(year, month)
}

/** `YYYY-MM-DD`, or undefined where no such day exists. */
export function isoDate(parts: DateParts): string | undefined {
  if (!isRealDate(parts)) return undefined
  return `${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`
}

export function parseIsoDate(text: string): DateParts | undefined {
  const match = DATE.exec(text)
  if (!match) return undefined
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  return isRealDate(parts) ? parts : undefined
}

export function isIsoTime(text: string): boolean {
  return TIME.test(text)
}

export function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}
