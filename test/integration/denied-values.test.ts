import { describe, expect, it } from 'vitest'
import { expectations } from '../../src/dialogue/expectations.ts'
import type { Candidate, Interpretation } from '../../src/dialogue/interpretation.ts'
import { recover, replay } from '../../src/dialogue/replay.ts'
import { REJECTED_MAX } from '../../src/dialogue/state.ts'
import { Talk } from '../fixtures/talk.ts'

const YES_NO = (value: boolean): Interpretation => ({
  text: value ? 'yes' : 'no',
  alternative: 0,
  candidates: [],
  yesNo: { value, start: 0, end: 2 },
})

function say(talk: Talk, more: Partial<Candidate> & Pick<Candidate, 'value'>): string {
  const candidate = { slot: talk.template.data[0]?.id as string, start: 0, end: 4, confidence: 0.7, ...more } as Candidate
  const interpretation: Interpretation = { text: 'said', alternative: 0, candidates: [candidate] }
  return talk.input({ type: 'utterance', interpretation, localNow: talk.localNow })
}
const answer = (talk: Talk, yes: boolean): string =>
  talk.input({ type: 'utterance', interpretation: YES_NO(yes), localNow: talk.localNow })

describe('a denied value', () => {
  it('is told to the interpreter while the datum is asked again, and no longer once it is done', () => {
    const talk = new Talk('post-code')
    say(talk, { value: 'M11AE' })
    answer(talk, false)
    expect(expectations(talk.template, talk.state).slots[0]).toMatchObject({ attention: 'active', rejected: ['M11AE'] })
    say(talk, { value: 'N11AE' })
    expect(talk.said).toContain('N1 1AE')
    answer(talk, true)
    expect(talk.state.data.postCode).toMatchObject({ status: 'done', value: 'N11AE' })
    expect(talk.state.data.postCode).not.toHaveProperty('rejected')
  })

  it('is forgotten by start over', () => {
    const talk = new Talk('post-code')
    say(talk, { value: 'M11AE' })
    answer(talk, false)
    say(talk, { value: 'N11AE' })
    talk.user('start over')
    expect(talk.state.data.postCode).not.toHaveProperty('rejected')
  })

  it('gives way to the other reading of the same answer, which is no notConfirmed', () => {
    const talk = new Talk('date-of-birth')
    say(talk, { value: '2005-04-03', other: '2005-03-04' })
    expect(answer(talk, false)).toContain('4 March 2005')
    expect(talk.state.data.birthDate).toMatchObject({ status: 'toConfirm', notConfirmed: 0, rejected: ['2005-04-03'] })
    answer(talk, false)
    expect(talk.state).toMatchObject({ phase: 'asking', data: { birthDate: { notConfirmed: 1 } } })
  })

  it('gives way to the next best reading, but not to one that was denied or may not be', () => {
    const talk = new Talk('date-of-birth')
    say(talk, { value: '1980-04-03', runnerUp: '1980-04-13' })
    expect(answer(talk, false)).toContain('13 April 1980')
    answer(talk, false)
    say(talk, { value: '1980-04-30', runnerUp: '1980-04-13' })
    answer(talk, false)
    expect(talk.state.phase).toBe('asking')
    say(talk, { value: '1980-04-23', runnerUp: '2090-04-23' })
    answer(talk, false)
    expect(talk.state.phase).toBe('asking')
    expect(talk.said).not.toContain('2090')
  })

  it('asks for no confirmation by itself where the policy wants none', () => {
    const talk = new Talk('post-code')
    say(talk, { value: 'M11AE', runnerUp: 'N11AE', confidence: 0.95 })
    expect(talk.state.data.postCode).toMatchObject({ status: 'done', value: 'M11AE' })
  })

  it('is kept with at most five others', () => {
    const talk = new Talk('post-code')
    for (let i = 1; i <= 3; i++) {
      say(talk, { value: `M1${i}AE`, runnerUp: `N1${i}AE` })
      answer(talk, false)
      answer(talk, false)
    }
    const { rejected } = talk.state.data.postCode ?? {}
    expect(rejected).toHaveLength(REJECTED_MAX)
    expect(rejected?.at(-1)).toBe('N13AE')
  })

  it('is recovered and replayed', () => {
    const talk = new Talk('post-code')
    say(talk, { value: 'M11AE', runnerUp: 'N11AE' })
    answer(talk, false)
    answer(talk, false)
    expect(recover(talk.recorded.flatMap(({ facts }) => facts))).toEqual(talk.state)
    expect(replay(talk.template, talk.recorded)).toEqual([])
  })
})
