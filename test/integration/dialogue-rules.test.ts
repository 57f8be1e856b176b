import { describe, expect, it } from 'vitest'
import { compile } from '../../src/dialogue/compile.ts'
import type { CompiledTemplate } from '../../src/dialogue/compiled.ts'
import { expectations } from '../../src/dialogue/expectations.ts'
import type { Interpretation } from '../../src/dialogue/interpretation.ts'
import { NEW_STATE } from '../../src/dialogue/state.ts'
import type { Datum, Template } from '../../src/dialogue/template.ts'
import { progress } from '../../src/dialogue/turn.ts'
import { factoryTemplate } from '../fixtures/factory-template.ts'
import { Talk } from '../fixtures/talk.ts'

const say = (key: string) => [[{ say: key }]]

/** A template of these data; each says its own texts `q` and `c`. */
function templateOf(
  data: readonly Partial<Datum>[],
  more: Partial<Template> = {},
  texts: Record<string, string> = {},
): CompiledTemplate {
  const full = data.map(
    (datum): Datum => ({ id: 'x', type: 'free-text', steps: { start: say('q'), confirmation: say('c') }, ...datum }),
  )
  const own = Object.fromEntries(
    full.flatMap(({ id }) => [
      [`${id}.q`, `${id}?`],
      [`${id}.c`, `{${id}}, right?`],
    ]),
  )
  const document = {
    id: 'rules',
    version: 1,
    scope: 'universal',
    label: { en: 'Rules' },
    data: full,
    texts: { en: { ...own, ...texts } },
    ...more,
  }
  const compiled = compile(document)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults))
  return compiled.template
}

describe('what is listened for', () => {
  it('is the same from a cold and a warm memo: one conversation’s parts never leak into another’s', () => {
    const fresh = templateOf([
      { id: 'd', type: 'date' },
      { id: 'n', type: 'number' },
    ])
    const warm = new Talk(
      templateOf([
        { id: 'd', type: 'date' },
        { id: 'n', type: 'number' },
      ]),
    )
    expectations(warm.template, warm.state)
    warm.user('december 1980')
    expect(expectations(warm.template, warm.state)).toEqual(expectations(fresh, warm.state))
    expect(warm.user('the 14th')).toBe('n?')
    expect(warm.values).toEqual({ d: '1980-12-14' })
  })

  it.each(['en', 'it'])('keeps the year of an appointment that was said before the day (%s)', (locale) => {
    const talk = new Talk('appointment', locale)
    for (const text of locale === 'en'
      ? ['Mario Rossi', '020 7946 0958', 'december 2027', 'the 14th']
      : ['Mario Rossi', '333 1234567', 'dicembre 2027', 'il 14']) {
      talk.user(text)
    }
    expect(talk.values.date).toBe('2027-12-14')
  })
})

describe('counters', () => {
  it('a violated constraint counts as a noMatch until the limit', () => {
    const talk = new Talk('date-of-birth')
    for (let i = 0; i < 3; i++) talk.user('14 December 2090')
    expect(talk.state.data.birthDate).toMatchObject({ noMatch: 3 })
    talk.user('14 December 2090')
    expect(talk.state.phase).toBe('handoff')
  })

  it('are not set back by start over, nor by any command', () => {
    const talk = new Talk('date-of-birth')
    for (const text of ['asdf', 'asdf', 'start over', 'help']) talk.user(text)
    expect(talk.state.data.birthDate).toMatchObject({ noMatch: 2 })
  })

  it('notConfirmed reaches its limit although every answer fills the value anew', () => {
    const talk = new Talk('date-of-birth')
    for (let i = 0; i < 4 && talk.state.phase !== 'handoff'; i++) {
      talk.user('14 December 1980')
      talk.user('no')
    }
    expect(talk.state.phase).toBe('handoff')
  })

  it('twenty turns of one datum are enough', () => {
    const talk = new Talk('date-of-birth')
    for (let i = 0; i < 20; i++) talk.user('help')
    expect(talk.state.phase).toBe('asking')
    talk.user('help')
    expect(talk.state.phase).toBe('handoff')
  })
})

describe('a datum that is not required', () => {
  const optional = () =>
    new Talk(
      templateOf(
        [
          { id: 'n', type: 'number', required: false, constraints: [{ id: 'small', expr: 'value < 10.0', say: 'big' }] },
          { id: 'm', type: 'number' },
        ],
        {},
        { 'n.big': 'Too big.' },
      ),
    )

  it.each([['skip'], ['asdf']])('is left empty by "%s"', (text) => {
    const talk = optional()
    expect(talk.user(text)).toBe('m?')
    talk.user('5')
    expect(talk.state).toMatchObject({ phase: 'closed', outcome: 'success' })
  })

  it('is left empty by a value that may not be, after saying why', () => {
    const talk = optional()
    expect(talk.user('50')).toBe('Too big. m?')
  })
})

describe('a correction that cannot be', () => {
  it('says why and asks for what fell out, and is no notConfirmed', () => {
    const talk = new Talk('date-of-birth')
    talk.user('31 december 1980')
    talk.user('no, november')
    expect(talk.state.data.birthDate).toMatchObject({ notConfirmed: 0 })
    expect(talk.said).toContain('That date does not exist.')
  })
})

describe('sensitive data', () => {
  it('are never shown in clear: not in prompts, not in the progress', () => {
    const talk = new Talk('payment-card')
    const before = talk.state
    talk.user('4111 1111 1111 1111')
    const shown = JSON.stringify([talk.outputs, progress(talk.template, before, talk.state)])
    expect(talk.state.data).toMatchObject({ [talk.template.data[0]?.id as string]: { value: '4111111111111111' } })
    expect(shown).not.toContain('411111')
    talk.user('what did I say')
    expect(JSON.stringify(talk.outputs)).not.toContain('411111')
  })
})

describe('a form that gives up', () => {
  it('with fail-data goes on with the next datum and ends partial', () => {
    const talk = new Talk(
      templateOf(
        [
          { id: 'n', type: 'number' },
          { id: 'm', type: 'number' },
        ],
        { limits: { noMatch: 1, onExhausted: 'fail-data' } },
      ),
    )
    talk.user('asdf')
    expect(talk.user('asdf')).toContain('m?')
    talk.user('5')
    expect(talk.state).toMatchObject({ phase: 'closed', outcome: 'partial' })
  })

  it('with close ends failed', () => {
    const talk = new Talk(templateOf([{ id: 'n', type: 'number' }], { limits: { noMatch: 0, onExhausted: 'close' } }))
    talk.user('asdf')
    expect(talk.state).toMatchObject({ phase: 'closed', outcome: 'failed' })
  })
})

describe('a human who took over in the middle of a success', () => {
  it('gives back to what is still open', () => {
    const talk = new Talk(
      templateOf([
        { id: 'n', type: 'number', steps: { start: say('q'), confirmation: say('c'), success: [[{ transfer: 'sales' }]] } },
        { id: 'm', type: 'number' },
      ]),
    )
    talk.user('5')
    expect(talk.state.phase).toBe('handoff')
    expect(talk.input({ type: 'handedBack', localNow: talk.localNow })).toBe('m?')
  })
})

describe('names of the language', () => {
  it('are refused as data and empty as variables', () => {
    const hostile = (id: string) =>
      compile({ ...factoryTemplate('number').source, data: [{ id, type: 'number', steps: { start: say('q') } }] })
    for (const id of ['constructor', 'toLocaleString', 'isPrototypeOf', 'propertyIsEnumerable'])
      expect(hostile(id).ok).toBe(false)
    const talk = new Talk(templateOf([{ id: 'n', type: 'number' }], {}, { 'n.q': 'N {vars.constructor}{vars.toString}?' }))
    expect(talk.said).toBe('N ?')
  })
})

describe('an interpretation for data that are not there', () => {
  it('is passed over', () => {
    const talk = new Talk('number')
    const interpretation: Interpretation = {
      text: 'x',
      alternative: 0,
      candidates: [{ slot: 'constructor', start: 0, end: 1, value: 1, confidence: 1 }],
    }
    talk.input({ type: 'utterance', interpretation, localNow: talk.localNow })
    expect(talk.state.data).not.toHaveProperty('constructor', 1)
    expect(NEW_STATE.data).toEqual({})
  })
})

describe('an address in parts', () => {
  const heard = (talk: Talk, value: Record<string, string>, yesNo?: boolean): string => {
    const candidates = [{ slot: 'address', start: 0, end: 5, value, parts: value, confidence: 0.9 }]
    const answer = yesNo === undefined ? {} : { yesNo: { value: yesNo, start: 0, end: 2 } }
    const interpretation: Interpretation = { text: 'said it', alternative: 0, candidates, ...answer }
    return talk.input({ type: 'utterance', interpretation, localNow: talk.localNow })
  }

  it('is asked for what is missing, and keeps what was said beyond that', () => {
    const talk = new Talk('postal-address')
    expect(heard(talk, { street: 'Park Road', number: '10', country: 'United Kingdom' })).toBe('And the post code?')
    expect(talk.state.data.address).toMatchObject({ status: 'partial' })
    expect(heard(talk, { postCode: 'SW1A1AA' })).toBe('And the town?')
    expect(heard(talk, { city: 'London' })).toBe('10 Park Road, SW1A 1AA London, United Kingdom. Is that right?')
  })

  it('is corrected part by part inside the confirmation', () => {
    const talk = new Talk('postal-address', 'it')
    heard(talk, { street: 'via Garibaldi', number: '12', postCode: '20121', city: 'Milano' })
    expect(heard(talk, { postCode: '20122' }, false)).toBe('via Garibaldi 12, 20122 Milano. È corretto?')
    expect(talk.state.data.address).toMatchObject({ status: 'toConfirm', notConfirmed: 0 })
  })

  it('is complete at once where a template asks for no parts', () => {
    const talk = new Talk(templateOf([{ id: 'address', type: 'postal-address', confirm: 'always' }]))
    expect(heard(talk, { city: 'London' })).toBe('London, right?')
  })
})

describe('a no that belongs to another datum', () => {
  const begin = (locale: string, name: string): Talk => {
    const talk = new Talk('registration', locale)
    talk.user(name)
    talk.user('4/7/1980')
    return talk
  }

  it.each([
    ['en', 'Bob Smith', 'no, the email is john@y.com'],
    ['it', 'Mario Rossi', "no, l'email è john@y.com"],
    ['es', 'Juan García', 'no, el correo es john@y.com'],
    ['fr', 'Jean Martin', "non, l'email est john@y.com"],
    ['de', 'Anna Schmidt', 'nein, die E-Mail ist john@y.com'],
  ])('takes it and confirms the same date again (%s)', (locale, name, text) => {
    const talk = begin(locale, name)
    const asked = talk.said
    expect(talk.user(text)).toBe(asked)
    expect(talk.values).toMatchObject({ birthDate: expect.any(String), email: 'john@y.com' })
    expect(talk.state.data.birthDate).toMatchObject({ status: 'toConfirm', notConfirmed: 0 })
  })

  it.each([['no, wrong email'], ['no, my phone is 12']])('never turns the date around: "%s"', (text) => {
    const talk = begin('en', 'Bob Smith')
    expect(talk.user(text)).toBe('4 July 1980, is that right?')
  })

  it.each([
    ['en', 'Bob Smith', "no, that's wrong, sorry"],
    ['it', 'Mario Rossi', 'no, grazie'],
    ['es', 'Juan García', 'no, lo siento'],
    ['fr', 'Jean Martin', 'non merci'],
    ['de', 'Anna Schmidt', 'nein, danke'],
  ])('a plain one still offers the other reading (%s)', (locale, name, text) => {
    const talk = begin(locale, name)
    const before = talk.values.birthDate
    talk.user(text)
    expect(talk.state.phase).toBe('confirming')
    expect(talk.values.birthDate).not.toBe(before)
  })

  it('denies without another reading where words were said that nobody understood', () => {
    const talk = begin('en', 'Bob Smith')
    talk.user('no it ought to be the one from before the war')
    expect(talk.state).toMatchObject({ phase: 'asking', active: 'birthDate' })
  })
})

describe('what is settled', () => {
  const NAMES = [
    ['en', 'Bob Smith', 'no, the name is Smythe', { first: 'Bob', last: 'Smythe' }],
    ['en', 'Bob Smith', 'my name is Bob Dylan', { first: 'Bob', last: 'Dylan' }],
    ['it', 'Mario Rossi', 'no, il cognome è Russo', { first: 'Mario', last: 'Russo' }],
    ['es', 'Juan García', 'no, el apellido es Pérez', { first: 'Juan', last: 'Pérez' }],
    ['fr', 'Jean Martin', 'mon nom est Dupond', { first: 'Jean', last: 'Dupond' }],
    ['de', 'Anna Schmidt', 'nein, der Vorname ist Annalena', { first: 'Annalena', last: 'Schmidt' }],
  ] as const

  it.each(NAMES)('changes when it is named at a later question, which is asked again (%s)', (locale, name, text, value) => {
    const talk = new Talk('registration', locale)
    talk.user(name)
    talk.user(text)
    expect(talk.values).toEqual({ fullName: value })
    expect(talk.state).toMatchObject({ phase: 'asking', active: 'birthDate' })
    expect(talk.state.data.birthDate).toMatchObject({ noMatch: 0 })
    expect(talk.prompt).toBe('birthDate/start')
  })

  it.each(NAMES)('changes during the confirmation of another, which stands (%s)', (locale, name, text, value) => {
    const talk = new Talk('registration', locale)
    talk.user(name)
    const asked = talk.user('4/7/1980')
    expect(talk.user(text)).toBe(asked)
    expect(talk.values.fullName).toEqual(value)
  })

  it.each([
    ['en', 'Bob Smith', 'yes', 'no, the date of birth is 5 july 1980'],
    ['it', 'Mario Rossi', 'sì', 'no, la data di nascita è il 5 luglio 1980'],
    ['es', 'Juan García', 'sí', 'no, la fecha de nacimiento es el 5 de julio de 1980'],
    ['fr', 'Jean Martin', 'oui', 'non, la date de naissance est le 5 juillet 1980'],
    ['de', 'Anna Schmidt', 'ja', 'nein, das Geburtsdatum ist der 5. Juli 1980'],
  ])('is confirmed again where its policy asks so, then the question comes back (%s)', (locale, name, yes, text) => {
    const talk = new Talk('registration', locale)
    for (const said of [name, '4/7/1980', yes, text]) talk.user(said)
    expect(talk.values.birthDate).toBe('1980-07-05')
    expect(talk.state).toMatchObject({ phase: 'confirming', active: 'birthDate' })
    talk.user(yes)
    expect(talk.state).toMatchObject({ phase: 'asking', active: 'email' })
    expect(talk.state.data.email?.noMatch ?? 0).toBe(0)
  })

  it('takes two corrections in one answer', () => {
    const talk = new Talk('registration')
    for (const said of ['Bob Smith', '4/7/1980', 'yes']) talk.user(said)
    expect(talk.user('no, the date of birth is 5 july 1980, and my name is Bob Dylan')).toBe('5 July 1980, is that right?')
    expect(talk.values.fullName).toEqual({ first: 'Bob', last: 'Dylan' })
  })

  it('is not confirmed again when it is only repeated', () => {
    const talk = new Talk('registration')
    for (const said of ['Bob Smith', '4 July 1980', 'yes', 'my date of birth is 4 July 1980']) talk.user(said)
    expect(talk.state).toMatchObject({ phase: 'asking', active: 'email', data: { birthDate: { status: 'done' } } })
  })

  it.each([["my dog's name is Rex"], ['the name of my dog is Rex'], ['Bob Dylan'], ['I am Bob Dylan'], ['on 5 july 1980']])(
    'stays as it is when it is not plainly named: "%s"',
    (text) => {
      const talk = new Talk('registration')
      for (const said of ['Bob Smith', '4 July 1980', 'yes', text]) talk.user(said)
      expect(talk.values).toEqual({ fullName: { first: 'Bob', last: 'Smith' }, birthDate: '1980-07-04' })
    },
  )

  it('takes no words from what is asked: two nights are the number', () => {
    const data = [
      { id: 'stay', type: 'duration', label: { en: 'Stay' } },
      { id: 'n', type: 'number', label: { en: 'Nights' } },
    ] as const
    const talk = new Talk(templateOf(data))
    talk.user('3 days')
    talk.user('2 days')
    expect(talk.values).toMatchObject({ n: 2 })
  })
})
