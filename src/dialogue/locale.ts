import { COUNTRY_NAMES } from '../kernel/country-names.ts'
import { LANGUAGE_NAMES } from '../kernel/language-names.ts'
import { parseIsoDate } from './calendar.ts'

/**
 * How a locale writes values. Frozen tables of our own: what a conversation said must never change with a newer ICU.
 * Adding a language means adding a row here and in `duration.ts`, its system texts, and its lexicon in `nlu/`.
 */
interface LocaleTable {
  readonly months: readonly string[]
  /** Pattern of a written date. */
  readonly date: string
  /** The same without a year. */
  readonly dayMonth: string
  /** The same without a day. */
  readonly monthYear: string
  /** First day of the month, where it is written otherwise. */
  readonly firstDay?: string
  /** What stands between a date and a time. */
  readonly at: string
  readonly decimal: string
  readonly group: string
  /** Fewest digits that are grouped: Spanish writes 4521, but 45.210. */
  readonly groupedFrom: number
  /** Pattern of an amount with a currency's symbol. */
  readonly money: string
  readonly yes: string
  readonly no: string
  readonly and: string
}

/** Does not break at the end of a line. */
const NBSP = '\u00a0'
const ENGLISH_MONTHS = 'January February March April May June July August September October November December'.split(' ')

const TABLES: Readonly<Record<string, LocaleTable>> = {
  en: {
    months: ENGLISH_MONTHS,
    date: '{d} {m} {y}',
    dayMonth: '{d} {m}',
    monthYear: '{m} {y}',
    at: ' at ',
    decimal: '.',
    group: ',',
    groupedFrom: 4,
    money: '{symbol}{amount}',
    yes: 'Yes',
    no: 'No',
    and: 'and',
  },
  'en-US': {
    months: ENGLISH_MONTHS,
    date: '{m} {d}, {y}',
    dayMonth: '{m} {d}',
    monthYear: '{m} {y}',
    at: ' at ',
    decimal: '.',
    group: ',',
    groupedFrom: 4,
    money: '{symbol}{amount}',
    yes: 'Yes',
    no: 'No',
    and: 'and',
  },
  it: {
    months: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' '),
    date: '{d} {m} {y}',
    dayMonth: '{d} {m}',
    monthYear: '{m} {y}',
    firstDay: '1º',
    at: ' alle ',
    decimal: ',',
    group: '.',
    groupedFrom: 4,
    money: `{amount}${NBSP}{symbol}`,
    yes: 'Sì',
    no: 'No',
    and: 'e',
  },
  es: {
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
    date: '{d} de {m} de {y}',
    dayMonth: '{d} de {m}',
    monthYear: '{m} de {y}',
    at: ' a las ',
    decimal: ',',
    group: '.',
    groupedFrom: 5,
    money: `{amount}${NBSP}{symbol}`,
    yes: 'Sí',
    no: 'No',
    and: 'y',
  },
  fr: {
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
    date: '{d} {m} {y}',
    dayMonth: '{d} {m}',
    monthYear: '{m} {y}',
    firstDay: '1er',
    at: ' à ',
    decimal: ',',
    group: NBSP,
    groupedFrom: 4,
    money: `{amount}${NBSP}{symbol}`,
    yes: 'Oui',
    no: 'Non',
    and: 'et',
  },
  de: {
    months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
    date: '{d}. {m} {y}',
    dayMonth: '{d}. {m}',
    monthYear: '{m} {y}',
    at: ' um ',
    decimal: ',',
    group: '.',
    groupedFrom: 4,
    money: `{amount}${NBSP}{symbol}`,
    yes: 'Ja',
    no: 'Nein',
    and: 'und',
  },
}

/** Currencies that have one symbol everywhere; the others are written by their code. */
const SYMBOLS: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', USD: '$', JPY: '¥' }

export function languageOf(locale: string): string {
  const dash = locale.indexOf('-')
  return dash < 0 ? locale : locale.slice(0, dash)
}

/** The exact locale's entry, or its language's; undefined when there is neither. */
export function byLocale<T>(table: Readonly<Record<string, T>>, locale: string): T | undefined {
  if (Object.hasOwn(table, locale)) return table[locale]
  const language = languageOf(locale)
  return Object.hasOwn(table, language) ? table[language] : undefined
}

function tableOf(locale: string): LocaleTable {
  return byLocale(TABLES, locale) ?? (TABLES.en as LocaleTable)
}

/** `1980-12-14` → `14 December 1980`, `December 14, 1980`, `14 de diciembre de 1980`, `14. Dezember 1980`. */
export function writeDate(iso: string, locale: string): string {
  const parts = parseIsoDate(iso)
  return parts === undefined ? iso : writeDateParts(parts, locale)
}

interface KnownDate {
  readonly day?: string | number
  readonly month?: string | number
  readonly year?: string | number
}

/** What is known of a date: `December 1980`, `14. Dezember`, `1980`. */
export function writeDateParts(parts: KnownDate, locale: string): string {
  const table = tableOf(locale)
  const { day, month, year } = parts
  if (month === undefined) return [day, year].filter((part) => part !== undefined).join(' ')
  const name = table.months[Number(month) - 1] ?? String(month)
  if (day === undefined) return year === undefined ? name : fill(table.monthYear, { m: name, y: String(year) })
  const d = Number(day) === 1 && table.firstDay !== undefined ? table.firstDay : String(day)
  if (year === undefined) return fill(table.dayMonth, { d, m: name })
  return fill(table.date, { d, m: name, y: String(year) })
}

function fill(pattern: string, places: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_place, name: string) => places[name] ?? '')
}

export function writeMonth(month: number, locale: string): string {
  return tableOf(locale).months[month - 1] ?? String(month)
}

/** `15:30` → `15:30`, `3:30 pm`, `15 h 30`, `15:30 Uhr`. */
export function writeTime(iso: string, locale: string): string {
  const hour = Number(iso.slice(0, 2))
  const minutes = iso.slice(3, 5)
  const seconds = iso.slice(5)
  if (locale === 'en-US') return `${hour % 12 === 0 ? 12 : hour % 12}:${minutes}${seconds}${NBSP}${hour < 12 ? 'am' : 'pm'}`
  switch (languageOf(locale)) {
    case 'fr':
      if (seconds !== '') return `${hour}${NBSP}h${NBSP}${minutes}${NBSP}min${NBSP}${seconds.slice(1)}${NBSP}s`
      return `${hour}${NBSP}h${minutes === '00' ? '' : NBSP + minutes}`
    case 'de':
      return `${hour}:${minutes}${seconds}${NBSP}Uhr`
    default:
      return iso
  }
}

/** `2026-12-14T15:30` → `14 December 2026 at 15:30`. */
export function writeDateTime(iso: string, locale: string): string {
  return writeDate(iso.slice(0, 10), locale) + tableOf(locale).at + writeTime(iso.slice(11), locale)
}

/** Grouped by thousands, the locale's decimal mark, decimals kept as they are. */
export function writeNumber(value: number, locale: string): string {
  const table = tableOf(locale)
  const [whole = '0', fraction] = String(Math.abs(value)).split('.')
  if (whole.includes('e')) return String(value)
  let grouped = ''
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && whole.length >= table.groupedFrom && (whole.length - i) % 3 === 0) grouped += table.group
    grouped += whole[i]
  }
  return (value < 0 ? '-' : '') + grouped + (fraction === undefined ? '' : table.decimal + fraction)
}

/** `3` → `3rd`, `3º`, `3e`, `3.`. */
export function writeOrdinal(value: number, locale: string): string {
  switch (languageOf(locale)) {
    case 'it':
      return `${value}º`
    case 'es':
      return `${value}.º`
    case 'fr':
      return value === 1 ? '1er' : `${value}e`
    case 'de':
      return `${value}.`
    default: {
      const teens = value % 100 >= 11 && value % 100 <= 13
      return value + (teens ? 'th' : ((['th', 'st', 'nd', 'rd'] as const)[value % 10] ?? 'th'))
    }
  }
}

/** Whether a house's number stands before its street: 10 Park Road, but via Garibaldi 12. */
export function numberFirst(locale: string): boolean {
  const language = languageOf(locale)
  return language === 'en' || language === 'fr'
}

/** British codes in their two groups: `SW1A1AA` → `SW1A 1AA`; others as they are. */
export function writePostCode(code: string): string {
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(code) ? `${code.slice(0, -3)} ${code.slice(-3)}` : code
}

/** `€49.90`, `49,90 €`; round amounts without cents; currencies without a symbol by their code, `50 CHF`. */
export function writeMoney(amount: number, currency: string, locale: string): string {
  const table = tableOf(locale)
  const cents = Math.round(Math.abs(amount) * 100)
  const whole = writeNumber(Math.floor(cents / 100), locale)
  const rest = cents % 100
  const written = rest === 0 ? whole : `${whole}${table.decimal}${rest < 10 ? '0' : ''}${rest}`
  const symbol = Object.hasOwn(SYMBOLS, currency) ? SYMBOLS[currency] : undefined
  const sign = amount < 0 ? '-' : ''
  return symbol === undefined ? `${sign}${written}${NBSP}${currency}` : sign + fill(table.money, { amount: written, symbol })
}

export function writeYesNo(value: boolean, locale: string): string {
  return value ? tableOf(locale).yes : tableOf(locale).no
}

/** "a, b and c". */
export function writeList(items: readonly string[], locale: string): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${tableOf(locale).and} ${items[items.length - 1]}`
}

/** `IT` → `Italy`, `Italia`, `Italien`; a code that is none stays as it is. */
export function writeCountry(code: string, locale: string): string {
  const names = COUNTRY_NAMES.get(code)
  return names === undefined ? code : (byLocale<string>(names, locale) ?? names.en)
}

/** `it` → `Italian`, `italiano`; `pt-BR` by its language; a tag that is not known stays as it is. */
export function writeLanguage(tag: string, locale: string): string {
  const names = LANGUAGE_NAMES.get(tag) ?? LANGUAGE_NAMES.get(languageOf(tag))
  return names === undefined ? tag : (byLocale<string>(names, locale) ?? names.en)
}
