/** The languages that the page and these names know; everything else is told in English. */
const LANGUAGES = ['en', 'it', 'es', 'fr', 'de'] as const
export type KnownLanguage = (typeof LANGUAGES)[number]

export function knownLanguage(locale: string): KnownLanguage {
  const language = locale.toLowerCase().split('-')[0]
  return LANGUAGES.find((known) => known === language) ?? 'en'
}

/** A name by locale. */
export type Labels = Readonly<Record<string, string>>

/** The name in this locale, else in its language, else in English. */
export function labelIn(labels: Labels, locale: string): string | undefined {
  return labels[locale] ?? labels[locale.split('-')[0] ?? ''] ?? labels.en
}

const PART_IDS = ['first', 'last', 'day', 'month', 'year', 'street', 'number', 'postCode', 'city', 'region', 'country'] as const

const named = (names: string): ReadonlyMap<string, string> => {
  const list = names.split('|')
  return new Map(PART_IDS.map((id, i) => [id, list[i] ?? id]))
}

/** Names of the parts that data have; the data themselves are named by their templates. */
const PARTS: Readonly<Record<KnownLanguage, ReadonlyMap<string, string>>> = {
  en: named('First name|Last name|Day|Month|Year|Street|Number|Post code|Town|Region|Country'),
  it: named('Nome|Cognome|Giorno|Mese|Anno|Via|Numero|CAP|Città|Regione|Paese'),
  es: named('Nombre|Apellidos|Día|Mes|Año|Calle|Número|Código postal|Ciudad|Región|País'),
  fr: named('Prénom|Nom de famille|Jour|Mois|Année|Rue|Numéro|Code postal|Ville|Région|Pays'),
  de: named('Vorname|Nachname|Tag|Monat|Jahr|Straße|Nummer|Postleitzahl|Ort|Region|Land'),
}

/** What to call a datum, or a part of one. */
export type NameOf = (id: string) => string

/**
 * Names the data of a template, and their parts, in a locale. What nobody has named is read as words: `orderNumber` →
 * `Order number`.
 */
export function dataNames(data: readonly { readonly id: string; readonly label: Labels }[], locale: string): NameOf {
  const labels = new Map(data.map(({ id, label }) => [id, labelIn(label, locale)]))
  return (id) => labels.get(id) ?? PARTS[knownLanguage(locale)].get(id) ?? asWords(id)
}

function asWords(id: string): string {
  const words = id
    .replaceAll(/[-_.]/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The answers to a plain question, affirmative first. */
export const YES_NO: Readonly<Record<KnownLanguage, readonly [string, string]>> = {
  en: ['Yes', 'No'],
  it: ['Sì', 'No'],
  es: ['Sí', 'No'],
  fr: ['Oui', 'Non'],
  de: ['Ja', 'Nein'],
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/

/** A value in the shapes of the protocol, for people. Anything unknown is shown as it is. */
export function dataValue(value: unknown, locale: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return YES_NO[knownLanguage(locale)][value ? 0 : 1]
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value)
  if (typeof value === 'string') return textValue(value, locale)
  if (typeof value === 'object') return partsValue(value as Readonly<Record<string, unknown>>, locale)
  return String(value)
}

function textValue(value: string, locale: string): string {
  if (DATE.test(value)) return longDate(value, locale)
  const moment = DATE_TIME.exec(value)
  return moment === null ? value : `${longDate(moment[1] ?? '', locale)}, ${moment[2] ?? ''}`
}

/** The platform reads plain English as American; here it writes the day first and 24 hours. */
export const platformLocale = (locale: string): string => (locale === 'en' ? 'en-GB' : locale)

/** `2026-12-14` as people write it; in UTC, so that no zone moves it. */
export function longDate(day: string, locale: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(platformLocale(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

function partsValue(parts: Readonly<Record<string, unknown>>, locale: string): string {
  if ('year' in parts || 'month' in parts || 'day' in parts) return partialDate(parts, locale)
  if (typeof parts.amount === 'number' && typeof parts.currency === 'string') return money(parts.amount, parts.currency, locale)
  return Object.values(parts)
    .map((part) => dataValue(part, locale))
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
