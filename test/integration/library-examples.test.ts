import { describe, expect, it } from 'vitest'
import { LIBRARY_LOCALES, LIBRARY_WORDS, type LibraryLocale } from '../../scripts/template-words.ts'
import type { Interpretation } from '../../src/dialogue/interpretation.ts'
import type { Datum, Template, Value } from '../../src/dialogue/template.ts'
import { factoryFromFiles } from '../../src/tenancy/factory-files.ts'
import { Talk } from '../fixtures/talk.ts'

const templates = factoryFromFiles(new URL('../../templates', import.meta.url).pathname).list()
const OR: Readonly<Record<LibraryLocale, RegExp>> = {
  en: /,? or /,
  it: /,? (?:o|oppure) /,
  es: /,? o /,
  fr: /,? ou /,
  de: /,? oder /,
}
/** Examples that speak about an answer ("in groups of four", "one piece at a time") instead of giving it. */
const ABOUT = /^(?:payment-card|free-text)$/

/** What a text gives as an example: after "for example", to the end of the sentence, alternatives apart. */
function examplesOf(text: string, locale: LibraryLocale, datum: Datum): string[] {
  const at = text.indexOf(LIBRARY_WORDS[locale].example)
  if (at < 0) return []
  const sentence = text.slice(at + LIBRARY_WORDS[locale].example.length).split(/(?<!\d)[.?!](?: |$)|[.?!]$/u)[0] ?? ''
  const alternatives = sentence.split(OR[locale])
  const given = datum.type === 'postal-address' ? alternatives.slice(0, 1) : alternatives
  return given
    .flatMap((each) => (datum.type === 'date' ? each.split(', ') : [each]))
    .map((each) => each.replace(/["«»„“\u00a0]/gu, (mark) => (mark === '\u00a0' ? ' ' : '')).trim())
    .filter((each) => each !== '')
}

/** The examples of one datum, each said in answer to the question alone, that were not understood. */
function misunderstood(template: Template, datum: Datum, locale: LibraryLocale): string[] {
  const texts = template.texts[locale] ?? {}
  return ['help.1', 'noMatch.1', 'noMatch.2', 'noMatch.3'].flatMap((key) => {
    const text = texts[`${datum.id}.${key}`]
    if (typeof text !== 'string') return []
    return examplesOf(text, locale, datum).flatMap((example) => {
      const talk = new Talk(template.id, locale)
      talk.user(example)
      return talk.values[datum.id] === undefined ? [`${template.id}: ${example}`] : []
    })
  })
}

/** What makes a composite partial, so that only this part is asked for. */
const BEFORE: Readonly<Record<string, Interpretation['candidates'][number]['parts']>> = {
  'date.day': { month: 12, year: 1980 },
  'date.month': { day: 14, year: 1980 },
  'date.year': { day: 14, month: 12 },
  'full-name.first': { last: 'Clarke' },
  'full-name.last': { first: 'Emma' },
  'postal-address.street': { postCode: '20121', city: 'Milano' },
  'postal-address.postCode': { street: 'via Garibaldi', number: '12', city: 'Milano' },
  'postal-address.city': { street: 'via Garibaldi', number: '12', postCode: '20121' },
}

/** Answers to the data before the one with the buttons. */
const EARLIER: Readonly<Record<string, Value>> = { fullName: { first: 'Emma', last: 'Clarke' }, phone: '+393331234567' }

/** The same of the parts that a datum is asked for one by one. */
function misunderstoodParts(template: Template, datum: Datum, locale: LibraryLocale): string[] {
  const texts = template.texts[locale] ?? {}
  return (datum.subData ?? []).flatMap((part) =>
    ['help.1', 'noMatch.1', 'noMatch.2', 'noMatch.3'].flatMap((key) => {
      const text = texts[`${datum.id}.${part.id}.${key}`]
      if (typeof text !== 'string') return []
      return examplesOf(text, locale, datum).flatMap((example) => {
        const talk = new Talk(template.id, locale)
        const before = { slot: datum.id, start: 0, end: 1, confidence: 1, parts: BEFORE[part.type] ?? {} }
        const interpretation = { text: 'x', alternative: 0, candidates: [before] }
        talk.input({ type: 'utterance', interpretation, localNow: talk.localNow })
        talk.user(example)
        return talk.values[datum.id] === undefined ? [`${template.id}.${part.id}: ${example}`] : []
      })
    }),
  )
}

describe('the examples that the library gives', () => {
  it.each(LIBRARY_LOCALES)('are understood in answer to their question: %s', (locale) => {
    const missed = templates
      .filter(({ data }) => data.length === 1)
      .flatMap((template) =>
        template.data.flatMap((datum) =>
          ABOUT.test(datum.type)
            ? []
            : [...misunderstood(template, datum, locale), ...misunderstoodParts(template, datum, locale)],
        ),
      )
    expect(missed).toEqual([])
  })

  it.each(LIBRARY_LOCALES)('are on the buttons too, and understood when they are pressed: %s', (locale) => {
    const pressed = templates.flatMap((template) =>
      template.data.flatMap((datum) => {
        const texts = template.texts[locale] ?? {}
        const replies = Object.keys(texts).filter((key) => key.startsWith(`${datum.id}.reply.`))
        return replies.map((key) => ({ template, datum, text: String(texts[key]) }))
      }),
    )
    expect(pressed.length).toBeGreaterThan(8)
    const missed = pressed.flatMap(({ template, datum, text }) => {
      const talk = new Talk(template.id, locale)
      for (const { id } of template.data.slice(0, template.data.indexOf(datum))) {
        const candidates = [{ slot: id, start: 0, end: 1, confidence: 1, value: EARLIER[id] as Value }]
        talk.input({ type: 'utterance', interpretation: { text: 'x', alternative: 0, candidates }, localNow: talk.localNow })
      }
      talk.user(text)
      return talk.values[datum.id] === undefined ? [`${template.id}: ${text}`] : []
    })
    expect(missed).toEqual([])
  })

  it('are there, more than one for each template', () => {
    for (const locale of LIBRARY_LOCALES) {
      const given = templates.flatMap((template) =>
        template.data.flatMap((datum) => {
          const texts = template.texts[locale] ?? {}
          return Object.keys(texts).flatMap((key) => examplesOf(String(texts[key]), locale, datum))
        }),
      )
      expect(given.length).toBeGreaterThan(2 * templates.length)
    }
  })
})
