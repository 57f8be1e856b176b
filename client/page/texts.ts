import { type KnownLanguage, knownLanguage } from '../values.ts'
import { DE } from './words/de.ts'
import { EN, type TextKey } from './words/en.ts'
import { ES } from './words/es.ts'
import { FR } from './words/fr.ts'
import { IT } from './words/it.ts'

export type { TextKey }

const WORDS: Readonly<Record<KnownLanguage, Readonly<Record<TextKey, string>>>> = { en: EN, it: IT, es: ES, fr: FR, de: DE }

/** A text with its `{places}` filled in. */
export type Say = (key: TextKey, places?: Readonly<Record<string, string | number>>) => string

export function speaker(locale: string): Say {
  const texts = WORDS[knownLanguage(locale)]
  return (key, places = {}) => texts[key].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place))
}

/** Fills the elements of the document that name a text. */
export function applyTexts(root: ParentNode, say: Say): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]'))
    element.textContent = say(element.dataset.text as TextKey)
  for (const element of root.querySelectorAll<HTMLElement>('[data-label]')) {
    const label = say(element.dataset.label as TextKey)
    element.setAttribute('aria-label', label)
    if (element.matches('button')) element.title = label
  }
  for (const element of root.querySelectorAll<HTMLTextAreaElement>('[data-placeholder]')) {
    element.placeholder = say(element.dataset.placeholder as TextKey)
  }
}

/** A language's name in itself: `Italiano`. */
export function languageName(locale: string, inLocale: string = locale): string {
  const name = new Intl.DisplayNames([inLocale], { type: 'language' }).of(locale) ?? locale
  return inLocale === locale ? name.charAt(0).toLocaleUpperCase(locale) + name.slice(1) : name
}
