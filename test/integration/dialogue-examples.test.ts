import { describe, expect, it } from 'vitest'
import { replay } from '../../src/dialogue/replay.ts'
import { Talk } from '../fixtures/talk.ts'

/** The worked examples of the design, in every language, with the real interpreter. */
const LANGUAGES = {
  en: {
    partial: ['december 1980', 'And the day?', 'the 14th', '14 December 1980, is that right?'],
    yes: 'yes',
    thanks: 'Thank you.',
    correction: ['no, the 15th', '15 December 1980, is that right?'],
    everything: "I'm Mario Rossi, born on 14/12/1980, write to mario.rossi@example.com",
    birthDate: '14 December 1980, is that right?',
    future: ['14 December 2090', 'A date of birth must be in the past. What is your date of birth?'],
    impossible: ['31 February 1990', 'That date does not exist. What is your date of birth?'],
    ambiguous: ['03/04/05', '3 April 2005, is that right?'],
    yesterday: 'yesterday',
    spoken: 'mario dot rossi at example dot com',
    form: [
      'Mario Rossi',
      '020 7946 0958',
      'tomorrow',
      '15:30',
      'no, the phone is 020 7946 0959',
      'no',
      'the phone',
      '020 7946 0960',
    ],
    phones: ['+442079460959', '+442079460960'],
    spelling: ['Mario Rosi', 'no, Rossi with two s'],
  },
  it: {
    partial: ['dicembre 1980', 'E il giorno?', 'il 14', '14 dicembre 1980, è corretto?'],
    yes: 'sì',
    thanks: 'Grazie.',
    correction: ['no, il 15', '15 dicembre 1980, è corretto?'],
    everything: 'Sono Mario Rossi, nato il 14/12/1980, scrivimi a mario.rossi@example.com',
    birthDate: '14 dicembre 1980, è corretto?',
    future: ['14 dicembre 2090', 'Una data di nascita deve essere nel passato. Qual è la tua data di nascita?'],
    impossible: ['31 febbraio 1990', 'Questa data non esiste. Qual è la tua data di nascita?'],
    ambiguous: ['03/04/05', '3 aprile 2005, è corretto?'],
    yesterday: 'ieri',
    spoken: 'mario punto rossi chiocciola example punto com',
    form: ['Mario Rossi', '333 1234567', 'domani', '15:30', 'no, il telefono è 333 1234568', 'no', 'il telefono', '333 1234569'],
    phones: ['+393331234568', '+393331234569'],
    spelling: ['Mario Rosi', 'no, Rossi con due s'],
  },
} as const

describe.each(Object.entries(LANGUAGES))('the worked examples in %s', (locale, say) => {
  it('asks only for the part that is missing, then confirms the whole', () => {
    const talk = new Talk('date-of-birth', locale)
    const [first, askDay, day, confirm] = say.partial
    expect(talk.user(first)).toBe(askDay)
    expect(talk.user(day)).toBe(confirm)
    expect(talk.user(say.yes)).toBe(say.thanks)
    expect(talk.state).toMatchObject({ phase: 'closed', outcome: 'success' })
    expect(talk.values).toEqual({ birthDate: '1980-12-14' })
  })

  it('takes a correction inside the confirmation and confirms again in the same turn', () => {
    const talk = new Talk('date-of-birth', locale)
    talk.user(say.partial[0])
    talk.user(say.partial[2])
    const [correction, again] = say.correction
    expect(talk.user(correction)).toBe(again)
    expect(talk.facts).not.toContainEqual(expect.objectContaining({ type: 'counterRaised' }))
    talk.user(say.yes)
    expect(talk.values).toEqual({ birthDate: '1980-12-15' })
  })

  it('takes everything that was said at once and asks for nothing twice', () => {
    const talk = new Talk('registration', locale)
    expect(talk.user(say.everything)).toContain(say.birthDate)
    expect(talk.values).toEqual({
      fullName: { first: 'Mario', last: 'Rossi' },
      birthDate: '1980-12-14',
      email: 'mario.rossi@example.com',
    })
    expect(talk.user(say.yes)).toContain('mario.rossi@example.com')
    talk.user(say.yes)
    expect(talk.prompt).toBe('phone/start')
  })

  it('empties a value that violates a constraint, says why, and asks again in one message', () => {
    const talk = new Talk('date-of-birth', locale)
    expect(talk.user(say.future[0])).toBe(say.future[1])
    expect(talk.prompt).toBe('birthDate/invalid')
    expect(talk.state.data.birthDate).toMatchObject({ status: 'empty', noMatch: 1 })
  })

  it('refuses a day that does not exist', () => {
    const talk = new Talk('date-of-birth', locale)
    expect(talk.user(say.impossible[0])).toBe(say.impossible[1])
  })

  it('escalates from one level to the next, then transfers', () => {
    const talk = new Talk('date-of-birth', locale)
    const answers = [talk.user('asdf'), talk.user('asdf'), talk.user('asdf')]
    expect(new Set(answers).size).toBe(3)
    expect(talk.state.phase).toBe('handoff')
    expect(talk.outputs).toContainEqual({ type: 'handoff', queue: 'operator' })
    expect(talk.last.effects).toContainEqual({ type: 'transfer', queue: 'operator' })
  })

  it('speaks up when nothing is heard, then ends', () => {
    const talk = new Talk('date-of-birth', locale)
    expect(talk.silence()).not.toBe('')
    expect(talk.silence()).not.toBe('')
    talk.silence()
    expect(talk.state).toMatchObject({ phase: 'closed', outcome: 'failed' })
    expect(talk.outputs).toContainEqual({ type: 'state', state: 'closed', reason: 'no-answer' })
  })

  it('understands a spoken e-mail address', () => {
    const talk = new Talk('email', locale)
    expect(talk.user(say.spoken)).toContain('mario.rossi@example.com')
  })

  it('reads an ambiguous date in the order of the locale, and confirms it even where confirmation was off', () => {
    const talk = new Talk('date', locale)
    expect(talk.user(say.ambiguous[0])).toContain(say.ambiguous[1].slice(0, 10))
    expect(talk.prompt).toBe('date/confirmation')
  })

  it('reads a relative date against the conversation’s own day', () => {
    const talk = new Talk('date', locale)
    talk.user(say.yesterday)
    expect(talk.values).toEqual({ date: '2026-11-19' })
  })

  it('changes one datum while the whole form is confirmed', () => {
    const talk = new Talk('appointment', locale)
    const [name, phone, date, time, correction, no, which, other] = say.form
    for (const text of [name, phone, date, time]) talk.user(text)
    expect(talk.prompt).toBe('form/confirmation')
    talk.user(correction)
    expect(talk.prompt).toBe('form/confirmation')
    expect(talk.values.phone).toBe(say.phones[0])
    talk.user(no)
    expect(talk.prompt).toBe('form/notConfirmed')
    talk.user(which)
    expect(talk.prompt).toBe('phone/start')
    talk.user(other)
    expect(talk.prompt).toBe('form/confirmation')
    talk.user(say.yes)
    expect(talk.state).toMatchObject({ phase: 'closed', outcome: 'success' })
    expect(talk.values).toMatchObject({ phone: say.phones[1], date: '2026-11-21', time: '15:30' })
  })

  it('replaces one part of a name by its spelling', () => {
    const talk = new Talk('full-name', locale)
    const [wrong, right] = say.spelling
    talk.user(wrong)
    expect(talk.user(right)).toContain('Mario Rossi')
  })

  it('decides the same again from what was recorded', () => {
    const talk = new Talk('registration', locale)
    for (const text of [say.everything, say.yes, 'asdf', say.yes, say.form[1], say.yes]) talk.user(text)
    expect(replay(talk.template, talk.recorded)).toEqual([])
  })
})

describe('universal commands', () => {
  it('help, repeat, what did I say and go back leave counters and values as they are', () => {
    const talk = new Talk('registration')
    talk.user('Mario Rossi')
    talk.user('asdf')
    const before = talk.state.data
    expect(talk.user('help')).toContain('date of birth')
    const said = talk.said
    expect(talk.user('repeat')).toBe(said)
    expect(talk.user('what did I say')).toContain('Mario Rossi')
    expect(talk.state.data.birthDate).toMatchObject({ noMatch: 1 })
    expect(talk.state.data.fullName).toEqual(before.fullName)
    talk.user('go back')
    expect(talk.prompt).toBe('fullName/start')
    expect(talk.values.fullName).toBeUndefined()
  })

  it('start over empties everything but the count of turns', () => {
    const talk = new Talk('registration')
    talk.user('Mario Rossi')
    talk.user('14 december 1980')
    talk.user('start over')
    expect(talk.values).toEqual({})
    expect(talk.state.turns).toBe(3)
    expect(talk.prompt).toBe('fullName/start')
  })

  it('cancel ends the form as cancelled; operator hands over and the bot is silent until handed back', () => {
    const cancelled = new Talk('date-of-birth')
    cancelled.user('cancel')
    expect(cancelled.state).toMatchObject({ phase: 'closed', outcome: 'cancelled' })
    const talk = new Talk('date-of-birth')
    talk.user('operator')
    expect(talk.state.phase).toBe('handoff')
    expect(talk.user('14 december 1980')).toBe('')
    expect(talk.facts).toEqual([])
    expect(talk.input({ type: 'handedBack', localNow: talk.localNow })).toBe('What is your date of birth?')
  })

  it('a name is a name: only the ways out count while one is asked', () => {
    const talk = new Talk('free-text')
    talk.user('help')
    expect(Object.values(talk.values)).toContain('help')
  })
})
