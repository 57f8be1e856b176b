import { describe, expect, it } from 'vitest'
import { compile } from '../../src/dialogue/compile.ts'
import type { CompiledTemplate } from '../../src/dialogue/compiled.ts'
import { replay } from '../../src/dialogue/replay.ts'
import { SYSTEM_PACK, systemText } from '../../src/dialogue/system-texts.ts'
import { factoryTemplate } from '../fixtures/factory-template.ts'
import { Talk } from '../fixtures/talk.ts'
import { WORKED_EXAMPLES } from '../fixtures/worked-examples.ts'

/** A factory template that confirms whatever it understood. */
function always(id: string): CompiledTemplate {
  const { source } = factoryTemplate(id)
  const compiled = compile({ ...source, data: source.data.map((datum) => ({ ...datum, confirm: 'always' })) })
  if (!compiled.ok) throw new Error(`${id} does not compile`)
  return compiled.template
}

/** The worked examples of the design, in every language, with the real interpreter. */
describe.each(Object.entries(WORKED_EXAMPLES))('the worked examples in %s', (locale, say) => {
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
    expect(talk.user(say.ambiguous[0])).toContain(say.ambiguous[1])
    expect(talk.prompt).toBe('date/confirmation')
  })

  it('reads a relative date against the conversation’s own day', () => {
    const talk = new Talk('date', locale)
    talk.user(say.yesterday)
    expect(talk.values).toEqual({ date: '2026-11-19' })
    const other = new Talk('date', locale)
    other.user(say.inThreeDays)
    expect(other.values).toEqual({ date: '2026-11-23' })
  })

  it('takes a year of two digits as the past wants it, and confirms it', () => {
    const talk = new Talk('date-of-birth', locale)
    expect(talk.user(say.twoDigits[0])).toBe(say.twoDigits[1])
  })

  it('says countries, languages and durations back in words, and understands its own words', () => {
    const said = (template: string, text: string): readonly [unknown, string] => {
      const talk = new Talk(always(template), locale)
      const answer = talk.user(text)
      return [Object.values(talk.values)[0], answer]
    }
    for (const [template, [text, value]] of [
      ['country', say.country],
      ['duration', say.duration],
      ['language', say.language],
    ] as const) {
      const [understood, answer] = said(template, text)
      expect(understood).toBe(value)
      expect(answer).toContain(text)
    }
  })

  it('asks for the parts of an address that are missing, one by one', () => {
    const talk = new Talk('postal-address', locale)
    const [street, postCode, city, confirm] = say.address
    talk.user(street)
    expect(talk.prompt).toBe('address.postCode/start')
    talk.user(postCode)
    expect(talk.prompt).toBe('address.city/start')
    expect(talk.user(city)).toBe(confirm)
    talk.user(say.yes)
    expect(talk.state).toMatchObject({ phase: 'closed', outcome: 'success' })
  })

  it('takes a whole address at once', () => {
    const talk = new Talk('postal-address', locale)
    const [street, postCode, city, confirm] = say.address
    expect(talk.user(`${street}, ${postCode} ${city}`)).toBe(confirm)
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
    expect(talk.user(other)).toBe(say.summary)
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

  it('understands the commands that its own help names', () => {
    const help = systemText(SYSTEM_PACK, locale, 'help')
    const words = [...help.matchAll(/["«„]\s*([^"»“]+?)\s*["»“]/g)].map(([, word]) => word as string)
    expect(words).toHaveLength(5)
    const commands = words.map((word) => {
      const talk = new Talk('date-of-birth', locale)
      talk.user(word)
      return talk.facts.find((fact) => fact.type === 'commandTaken')?.command
    })
    expect(commands).toEqual(['repeat', 'go-back', 'start-over', 'operator', 'cancel'])
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
