import { askAgain } from './ask.ts'
import type { CompiledTemplate } from './compiled.ts'
import type { Interpretation } from './interpretation.ts'
import { languageOf } from './locale.ts'
import type { DialogueState } from './state.ts'
import type { Locale } from './template.ts'
import type { Turn } from './turn.ts'

/**
 * Follows the user's language, where the first words were not understood because they are in another one that the template has
 * texts in: introduction and question are said again in it. That is no noMatch, and happens once in a conversation at most.
 * False when nothing was changed.
 */
export function followLanguage(turn: Turn, heard: Interpretation): boolean {
  if (heard.language === undefined || turn.state.openedIn !== undefined || !isBlank(turn.compiled, turn.state)) return false
  const locale = localeIn(turn.compiled, heard.language)
  if (locale === undefined || languageOf(locale) === languageOf(turn.state.locale)) return false
  turn.changeLocale(locale)
  // Its words only: what else an introduction does was done at the start.
  turn.run(turn.compiled.introduction.filter((action) => action.verb === 'say'))
  askAgain(turn)
  return true
}

/** Whether nothing of the form is known, given up or left out. */
function isBlank(compiled: CompiledTemplate, state: DialogueState): boolean {
  return compiled.data.every(({ id }) => {
    const datum = state.data[id]
    return datum === undefined || (datum.status === 'empty' && datum.skipped !== true)
  })
}

/** The template's texts in a language: without a region, else the first one with any. */
function localeIn({ locales }: CompiledTemplate, tag: Locale): Locale | undefined {
  const language = languageOf(tag)
  return locales.includes(language) ? language : locales.find((locale) => languageOf(locale) === language)
}
