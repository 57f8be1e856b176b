import type { CompiledDatum, CompiledTemplate } from './compiled.ts'
import type { Interpretation } from './interpretation.ts'
import { byLocale } from './locale.ts'

/** Whether the text has any of this datum's names, as whole words. */
export function isNamedIn(datum: CompiledDatum, locale: string, text: string): boolean {
  const words = ` ${fold(text)} `
  return namesOf(datum, locale).some((name) => words.includes(` ${fold(name)} `))
}

function namesOf(datum: CompiledDatum, locale: string): readonly string[] {
  const label = byLocale(datum.label, locale)
  const synonyms = byLocale(datum.synonyms, locale) ?? []
  return label === undefined ? synonyms : [label, ...synonyms]
}

/** The datum that the text names ("no, the phone"): the longest label or synonym found as whole words. */
export function named(compiled: CompiledTemplate, locale: string, text: string): CompiledDatum | undefined {
  const words = ` ${fold(text)} `
  let best: CompiledDatum | undefined
  let length = 0
  for (const datum of compiled.data) {
    for (const name of namesOf(datum, locale)) {
      const folded = fold(name)
      if (folded.length > length && words.includes(` ${folded} `)) {
        best = datum
        length = folded.length
      }
    }
  }
  return best
}

/** How much of the text before a value may name what it is for, and how many words may stand between the two. */
const BEFORE_MAX = 80
const BETWEEN_MAX = 3

/** What may stand before a name that speaks of the user's own: "my dog's name" and "the company name" are others'. */
const OWN = new Set(
  (
    'no my the our and new right correct actual wait sorry actually but ' +
    'il lo la l mio mia nostro nostra e ma nuovo nuova giusto giusta corretto corretta ' +
    'el mi mis los las su nuestro nuestra y pero nuevo nueva correcto correcta ' +
    'le les mon mes notre non et mais nouveau nouvelle bon bonne ' +
    'der die das mein meine unser unsere nein und aber neue neuer neuen richtige richtiger'
  ).split(' '),
)

/** Whether `words`, those before a value, end in one of this datum's names, as the user speaks of their own, and in no longer name of another. */
export function isNamedBefore(compiled: CompiledTemplate, locale: string, datum: CompiledDatum, words: string): boolean {
  const clause =
    words
      .slice(-BEFORE_MAX)
      .split(/[,;!?]/u)
      .at(-1) ?? ''
  if (named(compiled, locale, clause) !== datum) return false
  const said = ` ${fold(clause)} `
  for (const name of namesOf(datum, locale)) {
    const folded = ` ${fold(name)} `
    const at = said.lastIndexOf(folded)
    if (at < 0) continue
    const before = said.slice(0, at).trim().split(' ').at(-1) ?? ''
    const between = said.slice(at + folded.length).trim()
    if ((before === '' || OWN.has(before)) && (between === '' || between.split(' ').length <= BETWEEN_MAX)) return true
  }
  return false
}

/** How many words beside a "no" still only decline: more may be a correction that was not understood. */
const REFUSAL_WORDS_MAX = 5

/** Whether what stands beside the "no" is courtesy or complaint, and neither a correction nor about another datum. */
export function isPlainRefusal({ text, yesNo }: Interpretation): boolean {
  const rest = yesNo === undefined ? text : `${text.slice(0, yesNo.start)} ${text.slice(yesNo.end)}`
  if (/[\d@]/u.test(rest)) return false
  const words = fold(rest)
  return words === '' || words.split(' ').length <= REFUSAL_WORDS_MAX
}

/** Lower case, letters and digits only, single spaces; accents removed. */
function fold(text: string): string {
  return text
    .slice(0, 500)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
