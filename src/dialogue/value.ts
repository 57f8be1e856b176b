import { isIsoTime, isoDate, parseIsoDate } from './calendar.ts'
import { writeDuration, writeTimeUnits } from './duration.ts'
import {
  byLocale,
  numberFirst,
  writeCountry,
  writeDate,
  writeDateParts,
  writeDateTime,
  writeLanguage,
  writeMoney,
  writeMonth,
  writeNumber,
  writeOrdinal,
  writePostCode,
  writeTime,
  writeYesNo,
} from './locale.ts'
import { writePhone } from './phone.ts'
import type { Contract, DatumType, Value } from './template.ts'

/** Parts of the composite types, in asking order. */
const COMPOSITES: { readonly [type in DatumType]?: readonly string[] } = {
  date: ['day', 'month', 'year'],
  'full-name': ['first', 'last'],
  'postal-address': ['street', 'number', 'postCode', 'city', 'region', 'country'],
}

export type Parts = Readonly<Record<string, string | number>>

export function partNames(type: DatumType): readonly string[] {
  return COMPOSITES[type] ?? []
}

/** The parts without which there is no value: all of them; of an address only those that the template asks for. */
function neededParts(type: DatumType, asked: readonly string[]): readonly string[] {
  return type === 'postal-address' ? asked : partNames(type)
}

/** Whether a value of a composite type lacks parts that the template asks for, as an address without its town does. */
export function isIncomplete(type: DatumType, asked: readonly string[], value: Value): boolean {
  return typeof value === 'object' && neededParts(type, asked).some((name) => value[name] === undefined)
}

/** What parts make together: a value; `missing` parts; or `impossible` (31 February). */
export type Composed = { readonly value: Value } | { readonly missing: readonly string[] } | { readonly impossible: true }

/** `asked` are the parts that the template asks for one by one. */
export function compose(type: DatumType, parts: Parts, asked: readonly string[]): Composed {
  const missing = neededParts(type, asked).filter((name) => parts[name] === undefined)
  if (missing.length > 0) return isPossible(type, parts) ? { missing } : { impossible: true }
  if (type === 'date') {
    const value = isoDate({ year: Number(parts.year), month: Number(parts.month), day: Number(parts.day) })
    return value === undefined ? { impossible: true } : { value }
  }
  if (type === 'postal-address') return { value: parts }
  return { value: { first: String(parts.first), last: String(parts.last) } }
}

/** Whether parts known so far can still become a value: the 31st of April cannot. */
function isPossible(type: DatumType, parts: Parts): boolean {
  if (type !== 'date') return true
  const { day, month, year } = parts
  return isoDate({ day: Number(day ?? 1), month: Number(month ?? 1), year: Number(year ?? 2000) }) !== undefined
}

/** The parts of a complete value; undefined for atomic types. */
export function decompose(type: DatumType, value: Value): Parts | undefined {
  if (type === 'date' && typeof value === 'string') {
    const parts = parseIsoDate(value)
    return parts && { day: parts.day, month: parts.month, year: parts.year }
  }
  if ((type === 'full-name' || type === 'postal-address') && typeof value === 'object') return value
  return undefined
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object') return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

const CODE = /^[A-Z0-9]{1,64}$/
/** Domains may be of any alphabet; a local part in quotes may hold spaces and more. */
const EMAIL =
  /^(?:"(?:[^"\\\p{Cc}]|\\.){1,62}"|[^\s@]{1,64})@[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}-]{1,63}(?:\.[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}-]{1,63}){1,8}$/u
const E164 = /^\+[1-9]\d{5,14}$/
const DURATION = /^P(?=.)(\d{1,6}Y)?(\d{1,6}M)?(\d{1,6}W)?(\d{1,6}D)?(T(?=.)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?$/

const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max

const isObjectOf = (value: unknown, keys: Readonly<Record<string, 'string' | 'number'>>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([key, item]) => {
    if (!Object.hasOwn(keys, key) || typeof item !== keys[key]) return false
    return typeof item === 'string' ? item.length <= 200 : Number.isFinite(item)
  })

/**
 * What a value of this type looks like, when `value` does not: for values that arrive ready-made (forms, choices).
 * Undefined when it fits. Ranges of the contract are included.
 */
export function shapeFault(type: DatumType, contract: Contract, value: unknown): string | undefined {
  switch (type) {
    case 'date':
      return typeof value === 'string' && parseIsoDate(value) ? undefined : 'a date that exists, YYYY-MM-DD'
    case 'time':
      return typeof value === 'string' && isIsoTime(value) ? undefined : 'a time, HH:MM or HH:MM:SS'
    case 'date-time':
      return isDateTime(value) ? undefined : 'a date and time, YYYY-MM-DDTHH:MM or with :SS'
    case 'duration':
      return typeof value === 'string' && DURATION.test(value) ? undefined : 'an ISO 8601 duration'
    case 'full-name':
      return isFullName(value) ? undefined : '{first, last}'
    case 'number':
      return numberFault(contract, value)
    case 'ordinal':
      return numberFault({ ...contract, min: Math.max(1, contract.min ?? 1), integer: true }, value)
    case 'quantity':
      return isObjectOf(value, { amount: 'number', unit: 'string' }) ? undefined : '{amount, unit}'
    case 'money':
      return isObjectOf(value, { amount: 'number', currency: 'string' }) ? undefined : '{amount, currency}'
    case 'postal-address':
      return isObjectOf(value, ADDRESS) ? undefined : '{street, number, postCode, city, region, country}'
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : 'true or false'
    case 'choice':
      return contract.values?.some((item) => item.id === value) ? undefined : 'the id of one of the choices'
    case 'email':
      return isText(value, 254) && EMAIL.test(value) ? undefined : 'an e-mail address in lower case'
    case 'phone':
      return isText(value, 16) && E164.test(value) ? undefined : 'a phone number in E.164 form, +39…'
    case 'free-text':
      return isText(value, contract.maxLength ?? 8000) ? undefined : `text of 1 to ${contract.maxLength ?? 8000} characters`
    case 'first-name':
    case 'last-name':
      return isText(value, 100) ? undefined : 'a name of 1 to 100 characters'
    case 'country':
      return isText(value, 2) && /^[A-Z]{2}$/.test(value) ? undefined : 'an ISO 3166 alpha-2 code'
    case 'language':
      return isText(value, 35) && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value) ? undefined : 'a BCP 47 tag'
    default:
      return isText(value, 64) && CODE.test(value) ? undefined : 'a code in upper case without spaces'
  }
}

const ADDRESS = {
  street: 'string',
  number: 'string',
  postCode: 'string',
  city: 'string',
  region: 'string',
  country: 'string',
} as const

function isFullName(value: unknown): boolean {
  if (!isObjectOf(value, { first: 'string', last: 'string' })) return false
  const name = value as { first?: string; last?: string }
  return isText(name.first, 100) && isText(name.last, 100)
}

function isDateTime(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const [date = '', time = ''] = value.split('T')
  return parseIsoDate(date) !== undefined && isIsoTime(time)
}

function numberFault(contract: Contract, value: unknown): string | undefined {
  const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, integer = false } = contract
  const fits = typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value))
  return fits ? undefined : `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`
}

/** A value as people read it in this locale. */
export function writeValue(type: DatumType, contract: Contract, value: Value, locale: string): string {
  if (typeof value === 'boolean') return writeYesNo(value, locale)
  if (typeof value === 'number') return type === 'ordinal' ? writeOrdinal(value, locale) : writeNumber(value, locale)
  if (typeof value === 'object') return writeObject(type, value, locale)
  switch (type) {
    case 'date':
      return writeDate(value, locale)
    case 'time':
      return writeTime(value, locale)
    case 'date-time':
      return writeDateTime(value, locale)
    case 'duration':
      return writeDuration(value, locale)
    case 'country':
      return writeCountry(value, locale)
    case 'language':
      return writeLanguage(value, locale)
    case 'phone':
      return writePhone(value)
    case 'post-code':
      return writePostCode(value)
    case 'iban':
      return value.replace(/.{4}(?=.)/g, '$& ')
    case 'choice': {
      const item = contract.values?.find((candidate) => candidate.id === value)
      return (item && byLocale(item.label, locale)) ?? value
    }
    default:
      return value
  }
}

function writeObject(type: DatumType, value: Readonly<Record<string, string | number>>, locale: string): string {
  if (type === 'money') return writeMoney(Number(value.amount), String(value.currency), locale)
  if (type === 'quantity') {
    const amount = Number(value.amount)
    const unit = String(value.unit)
    return writeTimeUnits(amount, unit, locale) ?? `${writeNumber(amount, locale)} ${unit}`
  }
  if (type === 'postal-address') {
    const line = (...keys: string[]): string =>
      keys
        .map((key) => value[key])
        .filter((item) => item !== undefined)
        .join(' ')
    const street = numberFirst(locale) ? line('number', 'street') : line('street', 'number')
    const town = writePostCode(String(value.postCode ?? ''))
    return [street, [town, value.city ?? ''].join(' ').trim(), line('region'), line('country')]
      .filter((text) => text !== '')
      .join(', ')
  }
  return Object.values(value).join(' ')
}

/** Parts known so far, as people write them. */
export function writeParts(type: DatumType, parts: Parts, locale: string): string {
  return type === 'date' ? writeDateParts(parts, locale) : writeObject(type, parts, locale)
}

export function writePart(type: DatumType, part: string, value: string | number, locale: string): string {
  return type === 'date' && part === 'month' ? writeMonth(Number(value), locale) : String(value)
}

/** A sensitive value for anything but the dialogue itself: the last four characters at most. */
export function maskValue(value: Value | Parts): string {
  const text = typeof value === 'string' ? value : ''
  return text.length > 8 ? `••••${text.slice(-4)}` : '••••'
}
