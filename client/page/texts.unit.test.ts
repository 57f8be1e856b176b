import { describe, expect, it } from 'vitest'
import { languageName, speaker } from './texts.ts'
import { DE } from './words/de.ts'
import { EN } from './words/en.ts'
import { ES } from './words/es.ts'
import { FR } from './words/fr.ts'
import { IT } from './words/it.ts'

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('the words of the page', () => {
  it.each(Object.entries({ IT, ES, FR, DE }))(
    '%s has every text of the English page, with the same places',
    (_language, words) => {
      expect(Object.keys(words)).toEqual(Object.keys(EN))
      for (const [key, text] of Object.entries(words)) expect(places(text), key).toEqual(places(EN[key as keyof typeof EN]))
    },
  )

  it('are those of the language, and English where it is not known', () => {
    expect(speaker('de-AT')('send')).toBe('Senden')
    expect(speaker('pt')('send')).toBe('Send')
    expect(speaker('es')('recordCount', { done: 1, all: 4 })).toBe('1 de 4')
    expect(['en', 'it', 'es', 'fr', 'de'].map((locale) => languageName(locale))).toEqual([
      'English',
      'Italiano',
      'Español',
      'Français',
      'Deutsch',
    ])
  })
})
