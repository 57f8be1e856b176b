import { describe, expect, it } from 'vitest'
import { understand } from '../testing/ask.ts'

const answer = (locale: string, text: string): boolean | undefined =>
  understand(text, { slots: [], yesNo: true, locale }).yesNo?.value

describe('a yes or no', () => {
  it.each([
    ['en', 'absolutely not'],
    ['en', 'certainly not'],
    ['en', 'of course not'],
    ['en', "I'm afraid not"],
    ['it', 'per niente'],
    ['it', 'assolutamente no'],
    ['it', 'in nessun caso'],
    ['es', 'claro que no'],
    ['es', 'en ningún caso'],
    ['fr', 'certainement pas'],
    ['fr', 'bien sûr pas'],
    ['de', 'natürlich nicht'],
    ['de', 'auf gar keinen Fall'],
  ])('is no where an agreement is denied (%s: "%s")', (locale, text) => {
    expect(answer(locale, text)).toBe(false)
  })

  it.each([
    ['en', 'why not'],
    ['en', 'sure, not a problem'],
    ['it', 'nessun problema'],
    ['it', 'perché no'],
    ['es', 'no hay problema'],
    ['es', 'por qué no'],
    ['fr', 'pourquoi pas'],
    ['fr', 'pas de problème'],
    ['de', 'warum nicht'],
    ['de', 'kein Problem'],
  ])('is yes though a "not" stands in it (%s: "%s")', (locale, text) => {
    expect(answer(locale, text)).toBe(true)
  })

  it.each([
    ['en', 'not sure'],
    ['en', 'I am not really sure'],
    ['en', "I don't know"],
    ['it', 'non sono sicuro'],
    ['es', 'no lo sé'],
    ['es', 'no estoy segura'],
    ['fr', 'je ne suis pas sûr'],
    ['de', 'ich bin mir nicht sicher'],
    ['de', 'das weiß ich nicht'],
  ])('is neither where nothing was decided (%s: "%s")', (locale, text) => {
    expect(answer(locale, text)).toBeUndefined()
  })
})
