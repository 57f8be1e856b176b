import { pageLanguage } from './texts.ts'

/** Names of data and of their parts that templates commonly use; any other id is read as words. */
const NAMES: Readonly<Record<'en' | 'it', ReadonlyMap<string, string>>> = {
  en: new Map([
    ['email', 'E-mail'],
    ['birthDate', 'Date of birth'],
    ['dateOfBirth', 'Date of birth'],
    ['iban', 'IBAN'],
    ['podCode', 'POD code'],
    ['taxCode', 'Tax code'],
    ['first', 'First name'],
    ['last', 'Last name'],
  ]),
  it: new Map([
    ['fullName', 'Nome e cognome'],
    ['firstName', 'Nome'],
    ['lastName', 'Cognome'],
    ['first', 'Nome'],
    ['last', 'Cognome'],
    ['birthDate', 'Data di nascita'],
    ['dateOfBirth', 'Data di nascita'],
    ['date', 'Data'],
    ['day', 'Giorno'],
    ['month', 'Mese'],
    ['year', 'Anno'],
    ['time', 'Ora'],
    ['dateTime', 'Data e ora'],
    ['duration', 'Durata'],
    ['email', 'E-mail'],
    ['phone', 'Telefono'],
    ['number', 'Numero'],
    ['quantity', 'Quantità'],
    ['money', 'Importo'],
    ['amount', 'Importo'],
    ['address', 'Indirizzo'],
    ['postCode', 'CAP'],
    ['choice', 'Scelta'],
    ['answer', 'Risposta'],
    ['yesNo', 'Risposta'],
    ['text', 'Testo'],
    ['country', 'Paese'],
    ['language', 'Lingua'],
    ['podCode', 'Codice POD'],
    ['taxCode', 'Codice fiscale'],
    ['iban', 'IBAN'],
    ['orderNumber', 'Numero d’ordine'],
    ['policyNumber', 'Numero di polizza'],
    ['customerCode', 'Codice cliente'],
    ['meterReading', 'Lettura del contatore'],
  ]),
}

/** What to call a datum or a part: `birthDate` → `Date of birth`, `orderNumber` → `Order number`. */
export function dataLabel(id: string, locale: string): string {
  const known = NAMES[pageLanguage(locale)].get(id)
  if (known !== undefined) return known
  const words = id
    .replaceAll(/[-_.]/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/

/** A value in the shapes of the protocol, for people. Anything unknown is shown as it is. */
export function dataValue(value: unknown, locale: string, yes: string, no: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? yes : no
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value)
  if (typeof value === 'string') return textValue(value, locale)
  if (typeof value === 'object') return partsValue(value as Readonly<Record<string, unknown>>, locale, yes, no)
  return String(value)
}

function textValue(value: string, locale: string): string {
  if (DATE.test(value)) return longDate(value, locale)
  const moment = DATE_TIME.exec(value)
  return moment === null ? value : `${longDate(moment[1] ?? '', locale)}, ${moment[2] ?? ''}`
}

/** `2026-12-14` as people write it; in UTC, so that no zone moves it. */
export function longDate(day: string, locale: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

function partsValue(parts: Readonly<Record<string, unknown>>, locale: string, yes: string, no: string): string {
  if ('year' in parts || 'month' in parts || 'day' in parts) return partialDate(parts, locale)
  if (typeof parts.amount === 'number' && typeof parts.currency === 'string') return money(parts.amount, parts.currency, locale)
  return Object.values(parts)
    .map((part) => dataValue(part, locale, yes, no))
    .filter((part) => part !== '')
    .join(' ')
}

/** Absent parts leave a blank to be filled: `__ December 1980`. */
function partialDate({ day, month, year }: Readonly<Record<string, unknown>>, locale: string): string {
  const date = new Date(Date.UTC(2000, typeof month === 'number' ? month - 1 : 0, 1))
  const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(date)
  return [part(day, '__'), typeof month === 'number' ? name : '____', part(year, '____')].join(' ')
}

const part = (value: unknown, blank: string): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : blank

function money(amount: number, currency: string, locale: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
  } catch {
    return `${amount} ${currency}` // not a currency that the platform knows
  }
}
