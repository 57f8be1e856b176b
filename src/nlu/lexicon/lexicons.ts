import { de } from './de/de.ts'
import { en } from './en/en.ts'
import { es } from './es/es.ts'
import { fr } from './fr/fr.ts'
import { it } from './it/it.ts'
import { compileLexicon, type Lexicon } from './lexicon.ts'

const ENGLISH = compileLexicon(en)
const LEXICONS: ReadonlyMap<string, Lexicon> = new Map([
  ['en', ENGLISH],
  ...[it, es, fr, de].map((source): [string, Lexicon] => [source.language, compileLexicon(source)]),
])

/** The languages that are understood. */
export const LANGUAGES: readonly string[] = [...LEXICONS.keys()]

/** The lexicon of a locale's language; English where there is none. */
export function lexiconOf(locale: string): Lexicon {
  const end = locale.indexOf('-')
  return LEXICONS.get(end < 0 ? locale : locale.slice(0, end)) ?? ENGLISH
}

/** Whether a day and a month in figures stand month first there. */
export function monthFirst(locale: string): boolean {
  return locale === 'en-US'
}
