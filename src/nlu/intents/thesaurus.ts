import type { Language } from './intent-set.ts'
import { de } from './thesaurus/de.ts'
import { en } from './thesaurus/en.ts'
import { es } from './thesaurus/es.ts'
import { fr } from './thesaurus/fr.ts'
import { it } from './thesaurus/it.ts'
import { type Stemmer, stemmerOf } from './words.ts'

/** General knowledge of words: what a word is reduced to, and which concepts it speaks of. */
export interface Thesaurus {
  readonly stem: Stemmer
  /** Names of the concepts that the stem speaks of, at most eight; undefined where it is in no list. */
  conceptsOf(stem: string): readonly string[] | undefined
}

export const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, it, es, fr, de }
const CONCEPTS_MAX = 8

const compiled = new Map<string, Thesaurus>()

/**
 * The thesaurus of a model in these languages; the first gives the stemmer. A concept has one name in all languages, so that
 * what was learnt in one counts in another. Compiled once and kept.
 */
export function thesaurusOf(languages: readonly Language[]): Thesaurus {
  const key = languages.join(' ')
  const known = compiled.get(key)
  if (known !== undefined) return known
  const thesaurus = compile(languages)
  compiled.set(key, thesaurus)
  return thesaurus
}

function compile(languages: readonly Language[]): Thesaurus {
  const stem = stemmerOf(languages[0] ?? 'en')
  const concepts = new Map<string, string[]>()
  for (const language of languages)
    for (const [name, words] of Object.entries(WORDS[language]))
      for (const word of words.split(' ')) {
        const key = stem(word)
        const names = concepts.get(key) ?? []
        if (!names.includes(name) && names.length < CONCEPTS_MAX) names.push(name)
        concepts.set(key, names)
      }
  return { stem, conceptsOf: (stemmed) => concepts.get(stemmed) }
}
