import { byLocale, writeList, writeNumber } from './locale.ts'

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const
type Unit = (typeof UNITS)[number]

interface DurationWords {
  /** One of each, and several; `one` is the whole phrase, since the article changes with the gender. */
  readonly units: Readonly<Record<Unit, readonly [one: string, several: string]>>
  /** 2 to 12; larger numbers are written in figures. */
  readonly numbers: readonly string[]
  /** Half an hour, standing alone. */
  readonly halfHour: string
  /** One and a half, several and a half; undefined where the language has no short form for it. */
  half(unit: 'hour' | 'year', count: number, words: DurationWords): string | undefined
}

const numberFrom2 = (list: string): readonly string[] => list.split(' ')

function counted(words: DurationWords, unit: Unit, count: number, locale: string): string {
  const [one, several] = words.units[unit]
  if (count === 1) return one
  return `${words.numbers[count - 2] ?? writeNumber(count, locale)} ${several}`
}

const WORDS: Readonly<Record<string, DurationWords>> = {
  en: {
    units: {
      year: ['one year', 'years'],
      month: ['one month', 'months'],
      week: ['one week', 'weeks'],
      day: ['one day', 'days'],
      hour: ['one hour', 'hours'],
      minute: ['one minute', 'minutes'],
      second: ['one second', 'seconds'],
    },
    numbers: numberFrom2('two three four five six seven eight nine ten eleven twelve'),
    halfHour: 'half an hour',
    half: (unit, count, words) => {
      if (count === 1) return unit === 'hour' ? 'an hour and a half' : 'a year and a half'
      return `${words.numbers[count - 2] ?? count} and a half ${unit}s`
    },
  },
  it: {
    units: {
      year: ['un anno', 'anni'],
      month: ['un mese', 'mesi'],
      week: ['una settimana', 'settimane'],
      day: ['un giorno', 'giorni'],
      hour: ["un'ora", 'ore'],
      minute: ['un minuto', 'minuti'],
      second: ['un secondo', 'secondi'],
    },
    numbers: numberFrom2('due tre quattro cinque sei sette otto nove dieci undici dodici'),
    halfHour: "mezz'ora",
    half: (unit, count, words) => `${counted(words, unit, count, 'it')} e ${unit === 'hour' ? 'mezza' : 'mezzo'}`,
  },
  es: {
    units: {
      year: ['un año', 'años'],
      month: ['un mes', 'meses'],
      week: ['una semana', 'semanas'],
      day: ['un día', 'días'],
      hour: ['una hora', 'horas'],
      minute: ['un minuto', 'minutos'],
      second: ['un segundo', 'segundos'],
    },
    numbers: numberFrom2('dos tres cuatro cinco seis siete ocho nueve diez once doce'),
    halfHour: 'media hora',
    half: (unit, count, words) => `${counted(words, unit, count, 'es')} y ${unit === 'hour' ? 'media' : 'medio'}`,
  },
  fr: {
    units: {
      year: ['un an', 'ans'],
      month: ['un mois', 'mois'],
      week: ['une semaine', 'semaines'],
      day: ['un jour', 'jours'],
      hour: ['une heure', 'heures'],
      minute: ['une minute', 'minutes'],
      second: ['une seconde', 'secondes'],
    },
    numbers: numberFrom2('deux trois quatre cinq six sept huit neuf dix onze douze'),
    halfHour: 'une demi-heure',
    half: (unit, count, words) => `${counted(words, unit, count, 'fr')} et ${unit === 'hour' ? 'demie' : 'demi'}`,
  },
  de: {
    units: {
      year: ['ein Jahr', 'Jahre'],
      month: ['ein Monat', 'Monate'],
      week: ['eine Woche', 'Wochen'],
      day: ['ein Tag', 'Tage'],
      hour: ['eine Stunde', 'Stunden'],
      minute: ['eine Minute', 'Minuten'],
      second: ['eine Sekunde', 'Sekunden'],
    },
    numbers: numberFrom2('zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'),
    halfHour: 'eine halbe Stunde',
    half: (unit, count, words) => {
      const number = count === 1 ? 'anderthalb' : words.numbers[count - 2] && `${words.numbers[count - 2]}einhalb`
      return number === undefined ? undefined : `${number} ${words.units[unit][1]}`
    },
  },
}

const ISO = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** `PT2H30M` → `two and a half hours`, `due ore e mezza`, `zweieinhalb Stunden`; what is not ISO 8601 stays as it is. */
export function writeDuration(iso: string, locale: string): string {
  const counts = ISO.exec(iso)?.slice(1)
  if (counts === undefined) return iso
  const words = byLocale(WORDS, locale) ?? (WORDS.en as DurationWords)
  const said = UNITS.flatMap((unit, i) => (Number(counts[i] ?? 0) > 0 ? [{ unit, count: Number(counts[i]) }] : []))
  const [first, second] = said
  if (first === undefined)
    return counted(words, UNITS[counts.findLastIndex((count) => count !== undefined)] ?? 'minute', 0, locale)
  if (said.length === 1 && first.unit === 'minute' && first.count === 30) return words.halfHour
  if (said.length === 2 && second !== undefined) {
    const short = halfOf(first, second, words)
    if (short !== undefined) return short
  }
  return writeList(
    said.map(({ unit, count }) => counted(words, unit, count, locale)),
    locale,
  )
}

interface Count {
  readonly unit: Unit
  readonly count: number
}

/** "… and a half", where the second unit is half of the first. */
function halfOf(first: Count, second: Count, words: DurationWords): string | undefined {
  if (first.unit === 'hour' && second.unit === 'minute' && second.count === 30) return words.half('hour', first.count, words)
  if (first.unit === 'year' && second.unit === 'month' && second.count === 6) return words.half('year', first.count, words)
  return undefined
}

/** A number with a unit of time: `2.5 hours`, `one day`; undefined for any other unit. */
export function writeTimeUnits(amount: number, unit: string, locale: string): string | undefined {
  const words = byLocale(WORDS, locale) ?? (WORDS.en as DurationWords)
  if (!UNITS.includes(unit as Unit)) return undefined
  const [one, several] = words.units[unit as Unit]
  return amount === 1 ? one : `${writeNumber(amount, locale)} ${several}`
}
