import { describe, expect, it } from 'vitest'
import { compile } from '../../src/dialogue/compile.ts'
import type { CompiledTemplate } from '../../src/dialogue/compiled.ts'
import { replay } from '../../src/dialogue/replay.ts'
import { factoryTemplate } from '../fixtures/factory-template.ts'
import { Talk } from '../fixtures/talk.ts'

const LANGUAGES = ['en', 'it', 'es', 'fr', 'de']

/** Per language: what people begin with who do not answer the question, and a date for the question that follows. */
const FIRST_WORDS: Readonly<Record<string, { readonly says: readonly string[]; readonly date: string; readonly told: string }>> =
  {
    en: {
      says: [
        'sorry, I do not speak this language',
        'hello, could you tell me what you need from me?',
        'I would rather write to you in the language that I know',
      ],
      date: 'the 14th of December 1980',
      told: '14 December 1980',
    },
    it: {
      says: [
        'buongiorno, non parlo questa lingua',
        'scusi, non ho capito la domanda',
        'preferisco scrivere nella lingua che conosco bene',
      ],
      date: 'il 14 dicembre 1980',
      told: '14 dicembre 1980',
    },
    es: {
      says: ['hola, no hablo este idioma', 'perdone, no entiendo la pregunta', 'buenos días, quisiera pedir una cita'],
      date: 'el 14 de diciembre de 1980',
      told: '14 de diciembre de 1980',
    },
    fr: {
      says: [
        'bonjour, je ne parle pas cette langue',
        'pardon, je ne comprends pas la question',
        'je préfère écrire dans la langue que je connais',
      ],
      date: 'le 14 décembre 1980',
      told: '14 décembre 1980',
    },
    de: {
      says: [
        'guten Tag, ich spreche diese Sprache nicht',
        'Entschuldigung, ich verstehe die Frage nicht',
        'ich schreibe lieber in der Sprache, die ich kenne',
      ],
      date: 'am 14. Dezember 1980',
      told: '14. Dezember 1980',
    },
  }

/** Short and shapely answers: none of them tells a language. */
const ANSWERS = (
  'Jean Dupont|Mario Rossi|María de los Ángeles Pérez|Jean de la Fontaine|Ludwig van der Rohe|Rossi, Mario|Paris|Roma|München|rue de la paix|' +
  'via Garibaldi 12, Milano|Friedrichstraße 12 Berlin|ok|si|sí|oui|ja|no|yes|non|nein|ciao|merci|grazie mille|buongiorno|hola|hallo|asdf|?|' +
  'mario.rossi@example.com|mario chiocciola example punto com|12345678|1 2 3 4 5|+39 347 765 4321|doppia vu erre tre quattro|AB123CD|SW1A 1AA|' +
  'IT60 X054 2811 1010 0000 0123 456|RSSMRA80T14H501Z|14/12/1980|2026'
).split('|')

const opening = (template: CompiledTemplate | string, locale: string): string => new Talk(template, locale).said

describe.each(Object.entries(FIRST_WORDS))('first words in %s', (language, { says, date, told }) => {
  const others = LANGUAGES.filter((other) => other !== language)

  it.each(['date-of-birth', 'registration'])('have %s asked again in it, and count as no failure', (template) => {
    for (const locale of others) {
      for (const text of says) {
        const talk = new Talk(template, locale)
        expect(talk.user(text), `${locale}: ${text}`).toBe(opening(template, language))
        expect(talk.state).toMatchObject({ locale: language, openedIn: locale, turns: 1 })
        expect(talk.facts).toContainEqual({ type: 'localeChanged', locale: language, reason: 'spoken' })
        expect(talk.facts.some((fact) => fact.type === 'counterRaised' || fact.type === 'datumFilled')).toBe(false)
        expect(talk.outputs).toMatchObject([{ type: 'message', locale: language, prompt: { step: 'start', level: 1 } }])
      }
    }
  })

  it('decide how what follows is understood and written', () => {
    for (const locale of others) {
      const talk = new Talk('date-of-birth', locale)
      talk.user(says[0] as string)
      expect(talk.user(date)).toContain(told)
      expect(talk.outputs[0]).not.toHaveProperty('locale')
      expect(replay(talk.template, talk.recorded)).toEqual([])
    }
  })

  it('change nothing in a conversation that is in it', () => {
    for (const text of says) {
      const talk = new Talk('date-of-birth', language)
      talk.user(text)
      expect(talk.facts.some((fact) => fact.type === 'localeChanged')).toBe(false)
    }
  })
})

describe('the language of a conversation', () => {
  it.each(LANGUAGES)('that is in %s is not changed by a name, a place, a code or a short answer', (locale) => {
    for (const template of ['date-of-birth', 'full-name', 'postal-address', 'email', 'number']) {
      for (const text of ANSWERS) {
        const talk = new Talk(template, locale)
        talk.user(text)
        expect(talk.state.locale, `${template}: ${text}`).toBe(locale)
      }
    }
  })

  it('may be found after words that tell nothing, and silence', () => {
    const talk = new Talk('date-of-birth', 'en')
    talk.user('asdf')
    talk.silence()
    expect(talk.user('scusi, non ho capito la domanda')).toBe(opening('date-of-birth', 'it'))
    expect(talk.state.data.birthDate).toMatchObject({ noMatch: 1, noInput: 1, turns: 3 })
  })

  it('is changed once at most', () => {
    const talk = new Talk('date-of-birth', 'en')
    talk.user('scusi, non ho capito la domanda')
    talk.user('Entschuldigung, ich verstehe die Frage nicht')
    expect(talk.state).toMatchObject({ locale: 'it', openedIn: 'en' })
    expect(talk.state.data.birthDate).toMatchObject({ noMatch: 1 })
    talk.user('ricominciamo')
    talk.user('sorry, I do not speak this language')
    expect(talk.state.locale).toBe('it')
  })

  it('stays once something is known', () => {
    const talk = new Talk('date-of-birth', 'en')
    talk.user('december 1980')
    talk.user('scusi, non ho capito la domanda')
    expect(talk.state.locale).toBe('en')
    expect(talk.state.data.birthDate).toMatchObject({ status: 'partial', noMatch: 1 })
  })

  it('stays where the template has no texts in the other one', () => {
    const talk = new Talk(spoken(['en', 'de']), 'en')
    talk.user('scusi, non ho capito la domanda')
    expect(talk.state.locale).toBe('en')
    expect(talk.prompt).toBe('birthDate/noMatch')
  })

  it('becomes that of a region where the template has no other, and of no region where it has', () => {
    const regional = new Talk(spoken(['en', 'it-CH', 'it-IT']), 'en')
    regional.user('scusi, non ho capito la domanda')
    expect(regional.state.locale).toBe('it-CH')
    const plain = new Talk(spoken(['en', 'it-CH', 'it']), 'en')
    plain.user('scusi, non ho capito la domanda')
    expect(plain.state.locale).toBe('it')
  })

  it('has the introduction said again, whose other actions are not run twice', () => {
    const talk = new Talk(introduced(), 'en')
    talk.input({ type: 'effectResult', effectId: 'e', values: { tier: 'silver' }, localNow: talk.localNow })
    expect(talk.user('scusi, non ho capito la domanda')).toBe(`Benvenuto. ${opening('date-of-birth', 'it')}`)
    expect(talk.state.vars).toEqual({ tier: 'silver' })
  })

  it('is followed also where the datum could be left out', () => {
    const { source } = factoryTemplate('date-of-birth')
    const talk = new Talk(compiled({ ...source, data: source.data.map((datum) => ({ ...datum, required: false })) }), 'en')
    expect(talk.user('scusi, non ho capito la domanda')).toBe(opening('date-of-birth', 'it'))
  })
})

function compiled(document: unknown): CompiledTemplate {
  const result = compile(document)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.template
}

/** The date of birth in these locales only; a region has the texts of its language. */
function spoken(locales: readonly string[]): CompiledTemplate {
  const { source } = factoryTemplate('date-of-birth')
  const pick = <T>(table: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(locales.map((locale) => [locale, table[locale.slice(0, 2)] as T]))
  return compiled({ ...source, label: pick(source.label), texts: pick(source.texts) })
}

function introduced(): CompiledTemplate {
  const { source } = factoryTemplate('date-of-birth')
  const texts = Object.fromEntries(
    Object.entries(source.texts).map(([locale, table]) => [
      locale,
      { ...table, 'introduction.1': locale === 'it' ? 'Benvenuto.' : 'Welcome.' },
    ]),
  )
  return compiled({ ...source, introduction: [{ say: 'introduction.1' }, { set: { tier: 'gold' } }], texts })
}
