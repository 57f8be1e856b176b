import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createInlineNlu } from '../inline.ts'
import { lexiconOf } from '../lexicon/lexicons.ts'
import { requestFor, slot } from '../testing/ask.ts'
import { Scan } from '../text/scan.ts'
import { detectLanguage } from './detect-language.ts'
import { foreignLanguage } from './foreign-language.ts'
import { LANGUAGES, READ_MAX, ROWS } from './language-features.ts'
import { TABLE } from './language-table.ts'

const scanOf = (text: string, locale: string): Scan => {
  const scan = new Scan()
  scan.read(text, lexiconOf(locale))
  return scan
}

const SENTENCES: readonly (readonly [string, string])[] = [
  ['en', 'somebody has used my card without asking me'],
  ['en', 'could you please tell me the opening hours'],
  ['en', 'we arrived yesterday'],
  ['it', 'non so chi ha usato la mia carta senza chiedermelo'],
  ['it', 'mi può dire gli orari di apertura'],
  ['it', 'siamo arrivati ieri'],
  ['es', 'alguien ha usado mi tarjeta sin preguntarme'],
  ['es', 'me puede decir el horario de apertura'],
  ['es', 'llegamos ayer por la noche'],
  ['fr', "quelqu'un a utilisé ma carte sans me demander"],
  ['fr', "pouvez-vous me dire les horaires d'ouverture"],
  ['fr', 'nous sommes arrivés hier'],
  ['de', 'jemand hat meine Karte ohne zu fragen benutzt'],
  ['de', 'können Sie mir bitte die Öffnungszeiten sagen'],
  ['de', 'wir sind gestern angekommen'],
]

const WORDS: readonly (readonly [string, string])[] = [
  ['en', 'tomorrow'],
  ['en', 'thank you'],
  ['it', 'domani'],
  ['it', 'grazie mille'],
  ['es', 'mañana'],
  ['es', 'muchas gracias'],
  ['fr', 'demain'],
  ['fr', 'merci beaucoup'],
  ['de', 'morgen'],
  ['de', 'vielen Dank'],
]

describe('the language of a text', () => {
  it.each(SENTENCES)('is %s for "%s"', (language, text) => {
    const detected = detectLanguage(text)
    expect(detected?.language).toBe(language)
    expect(detected?.probability).toBeGreaterThan(0.8)
  })

  it.each(WORDS)('is %s for "%s"', (language, text) => {
    expect(detectLanguage(text)?.language).toBe(language)
  })

  it.each(SENTENCES)('is %s without accents and in capitals', (language, text) => {
    const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
    expect(detectLanguage(bare)?.language).toBe(language)
  })

  it('is nothing where there are no letters', () => {
    for (const text of ['', '   ', '12/04/1980', '+39 335 123', '👍🏽', '?!']) expect(detectLanguage(text)).toBeUndefined()
  })

  it('is answered for any text, by the start of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const detected = detectLanguage(text)
        if (detected === undefined) return
        expect(LANGUAGES).toContain(detected.language)
        expect(detected.probability).toBeGreaterThan(0)
        expect(detected.probability).toBeLessThanOrEqual(1)
      }),
    )
    const start = 'ich habe meine Karte verloren '.repeat(20).slice(0, READ_MAX.chars)
    expect(detectLanguage(`${start} ${'the card was lost '.repeat(1_000)}`)?.language).toBe('de')
  })

  it('is weighed by a table that has a row for every hash', () => {
    expect(Buffer.from(TABLE, 'base64')).toHaveLength(ROWS * LANGUAGES.length)
  })

  it('does not depend on what was read before', () => {
    const first = detectLanguage('buongiorno a tutti')
    detectLanguage('guten Morgen zusammen')
    expect(detectLanguage('buongiorno a tutti')).toEqual(first)
  })
})

describe('a text in another language than the conversation', () => {
  it.each(SENTENCES.filter(([, text]) => text.split(' ').length > 4))('is told as %s: "%s"', (language, text) => {
    for (const locale of LANGUAGES)
      expect(foreignLanguage(scanOf(text, locale), locale)).toBe(locale === language ? undefined : language)
  })

  it('is not made by a foreign name or address', () => {
    expect(foreignLanguage(scanOf('Giuseppe Maria Garibaldi', 'en'), 'en')).toBeUndefined()
    expect(foreignLanguage(scanOf('Via Giacomo Matteotti 12 Milano', 'en'), 'en')).toBeUndefined()
    expect(foreignLanguage(scanOf('Hans-Peter Müller Friedrichstraße', 'it'), 'it')).toBeUndefined()
    expect(foreignLanguage(scanOf('12 Rue Victor Hugo Lyon', 'es'), 'es')).toBeUndefined()
  })

  it('is not made by the particles of a name or by a spelled code', () => {
    expect(foreignLanguage(scanOf('María de los Ángeles Pérez', 'en'), 'en')).toBeUndefined()
    expect(foreignLanguage(scanOf('rue de la paix', 'en'), 'en')).toBeUndefined()
    expect(foreignLanguage(scanOf('doppia vu erre tre quattro', 'en'), 'en')).toBeUndefined()
    expect(foreignLanguage(scanOf('A come Ancona B come Bari', 'de'), 'de')).toBeUndefined()
  })

  it('may be told by a month', () => {
    expect(foreignLanguage(scanOf('nací el 14 de diciembre de 1980', 'en'), 'en')).toBe('es')
    expect(foreignLanguage(scanOf('el 14 de diciembre', 'en'), 'en')).toBe('es')
    expect(foreignLanguage(scanOf('14 dicembre 1980', 'en'), 'en')).toBeUndefined()
  })

  it('takes more than two words', () => {
    expect(foreignLanguage(scanOf('buongiorno grazie', 'en'), 'en')).toBeUndefined()
  })

  it('is compared by language, not by region', () => {
    expect(foreignLanguage(scanOf('somebody has used my card without asking me', 'en-US'), 'en-US')).toBeUndefined()
  })

  it('stands in the interpretation where nothing else was understood', () => {
    const nlu = createInlineNlu()
    const asked = { slots: [slot('date')], locale: 'en' }
    expect(nlu.one(requestFor('buongiorno, non ho capito che cosa volete da me', asked)).language).toBe('it')
    expect(nlu.one(requestFor('sorry, what do you want to know from me', asked)).language).toBeUndefined()
    expect(nlu.one(requestFor('il 14/12/1980 sono nato io', asked)).language).toBeUndefined()
    expect(nlu.one(requestFor('no, es que no entiendo nada', asked)).language).toBe('es')
    expect(nlu.one(requestFor('no, es que no entiendo nada', { ...asked, yesNo: true })).language).toBeUndefined()
  })
})
