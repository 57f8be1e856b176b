import { parseIsoDate } from './calendar.ts'

/**
 * How a locale writes values. Frozen tables of our own: what a conversation said must never change with a newer ICU.
 * Adding a language means adding a row here, its system texts, and its lexicon in `nlu/`.
 */
interface LocaleTable {
  readonly months: readonly string[]
  /** Pattern of a written date; `d`, `m`, `y` are replaced. */
  readonly date: string
  /** First day of the month, where it is written otherwise. */
  readonly firstDay?: string
  readonly decimal: string
  readonly group: string
  readonly yes: string
  readonly no: string
  readonly and: string
}

const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const TABLES: Readonly<Record<string, LocaleTable>> = {
  en: {
    months: ENGLISH_MONTHS,
    date: 'd m y',
    decimal: '.',
    group: ',',
    yes: 'Yes',
    no: 'No',
    and: 'and',
  },
  'en-US': {
    months: ENGLISH_MONTHS,
    date: 'm d, y',
    decimal: '.',
    group: ',',
    yes: 'Yes',
    no: 'No',
    and: 'and',
  },
  it: {
    months: [
      'gennaio',
      'febbraio',
      'marzo',
      'aprile',
      'maggio',
      'giugno',
      'luglio',
      'agosto',
      'settembre',
      'ottobre',
      'novembre',
      'dicembre',
    ],
    date: 'd m y',
    firstDay: '1º',
    decimal: ',',
    group: '.',
    yes: 'Sì',
    no: 'No',
    and: 'e',
  },
}

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

/** `1980-12-14` → `14 December 1980`, `December 14, 1980`, `14 dicembre 1980`. */
export function writeDate(iso: string, locale: string): string {
  const parts = parseIsoDate(iso)
  if (!parts) return iso
  const table = tableOf(locale)
  const day = parts.day === 1 && table.firstDay ? table.firstDay : String(parts.day)
  return writeDateParts(table.date, day, table.months[parts.month - 1] ?? '', String(parts.year))
}

function writeDateParts(pattern: string, day: string, month: string, year: string): string {
  let out = ''
  for (const char of pattern) out += char === 'd' ? day : char === 'm' ? month : char === 'y' ? year : char
  return out
}

export function writeMonth(month: number, locale: string): string {
  return tableOf(locale).months[month - 1] ?? String(month)
}

/** Grouped by thousands, the locale's decimal mark, at most `digitsMax` decimals kept as they are. */
export function writeNumber(value: number, locale: string): string {
  const table = tableOf(locale)
  const [whole = '0', fraction] = String(Math.abs(value)).split('.')
  if (whole.includes('e')) return String(value)
  let grouped = ''
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && (whole.length - i) % 3 === 0) grouped += table.group
    grouped += whole[i]
  }
  return (value < 0 ? '-' : '') + grouped + (fraction === undefined ? '' : table.decimal + fraction)
}

export function writeMoney(amount: number, currency: string, locale: string): string {
  const cents = Math.round(Math.abs(amount) * 100)
  const table = tableOf(locale)
  const whole = writeNumber(Math.floor(cents / 100), locale)
  const rest = cents % 100
  const fraction = rest === 0 ? '' : `${table.decimal}${rest < 10 ? '0' : ''}${rest}`
  return `${amount < 0 ? '-' : ''}${whole}${fraction} ${currency}`
}

export function writeYesNo(value: boolean, locale: string): string {
  return value ? tableOf(locale).yes : tableOf(locale).no
}

/** "a, b and c". */
export function writeList(items: readonly string[], locale: string): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${tableOf(locale).and} ${items[items.length - 1]}`
}
