import { describe, expect, it } from 'vitest'
import { COUNTRY_NAMES } from '../../kernel/country-names.ts'
import { LANGUAGE_NAMES } from '../../kernel/language-names.ts'
import { slot, take, understand } from '../testing/ask.ts'

describe('a country', () => {
  it.each([
    ['en', 'I live in the United Kingdom', 'GB'],
    ['en', 'the states', 'US'],
    ['en', 'UK', 'GB'],
    ['en', 'germny', 'DE'],
    ['en', 'ivory coast', 'CI'],
    ['en', 'I am Italian', 'IT'],
    ['en', 'NOR', 'NO'],
    ['en', 'IT', 'IT'],
    ['en', 'no', undefined],
    ['en', 'the second one', undefined],
    ['it', 'vivo in Germania', 'DE'],
    ['it', 'Olanda', 'NL'],
    ['it', 'svizera', 'CH'],
    ['it', 'sono tedesca', 'DE'],
    ['it', "Costa d'Avorio", 'CI'],
    ['it', 'ciao', undefined],
    ['es', 'Méjico', 'MX'],
    ['es', 'EEUU', 'US'],
    ['es', 'soy argentina', 'AR'],
    ['es', 'alemania', 'DE'],
    ['fr', "j'habite en Suisse", 'CH'],
    ['fr', 'États-Unis', 'US'],
    ['fr', 'je suis belge', 'BE'],
    ['fr', 'bonjour', undefined],
    ['de', 'ich komme aus der Schweiz', 'CH'],
    ['de', 'Oesterreich', 'AT'],
    ['de', 'Grossbritannien', 'GB'],
    ['de', 'ich bin Italiener', 'IT'],
  ])('is read from %s "%s"', (locale, text, code) => {
    expect(take('country', locale, text)).toBe(code)
  })

  it.each(['en', 'it', 'es', 'fr', 'de'] as const)('is known by the name that it is written with in %s', (locale) => {
    const unread = [...COUNTRY_NAMES].filter(([code, names]) => {
      const [candidate] = understand(names[locale], { slots: [slot('country')], locale }).candidates
      return candidate?.value !== code && candidate?.other !== code
    })
    expect(unread).toEqual([])
  })
})

describe('a language', () => {
  it.each([
    ['en', 'in Italian please', 'it'],
    ['en', 'mandarin', 'zh'],
    ['en', 'franch', 'fr'],
    ['en', 'hello', undefined],
    ['it', 'parlo tedesco', 'de'],
    ['it', 'fiammingo', 'nl'],
    ['it', 'spagnola', 'es'],
    ['es', 'castellano', 'es'],
    ['es', 'en inglés', 'en'],
    ['es', 'euskera', 'eu'],
    ['fr', 'en anglais', 'en'],
    ['fr', 'allemande', 'de'],
    ['de', 'auf Englisch', 'en'],
    ['de', 'Schweizerdeutsch', 'de'],
    ['de', 'EN', 'en'],
  ])('is read from %s "%s"', (locale, text, tag) => {
    expect(take('language', locale, text)).toBe(tag)
  })

  it.each(['en', 'it', 'es', 'fr', 'de'] as const)('is known by the name that it is written with in %s', (locale) => {
    const unread = [...LANGUAGE_NAMES].filter(([tag, names]) => take('language', locale, names[locale]) !== tag)
    expect(unread).toEqual([])
  })
})
