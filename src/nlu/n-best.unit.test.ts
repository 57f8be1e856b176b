import { describe, expect, it } from 'vitest'
import type { SlotExpectation } from '../dialogue/interpretation.ts'
import { slot, understand } from './testing/ask.ts'

const heard = (asked: SlotExpectation, [text = '', ...others]: readonly string[]) =>
  understand(text, { slots: [asked], commands: [], alternatives: others.map((other) => ({ text: other, confidence: 0 })) })

const values = (asked: SlotExpectation, hypotheses: readonly string[]) => {
  const { candidates } = heard(asked, hypotheses)
  return [candidates[0]?.value, candidates[0]?.runnerUp]
}

describe('hypotheses of a spelled post code', () => {
  const asked = slot('post-code')

  it('speak for one another: what one has wrong the others have right', () => {
    expect(values(asked, ['k w 4 two p s', 'k w 4 2 p s', 'k w 4 to be s'])[0]).toBe('KW42PS')
  })

  it('must make a code that can exist', () => {
    // No inward half has a C: it was a T, or what else sounds like C.
    expect(values(asked, ['e c 2 a 4 c t', 'e c 2 a 4 c t t'])[0]).toBe('EC2A4TT')
  })

  it('offer the next best reading for when the best is denied', () => {
    expect(values(asked, ['m 4 1 s x'])).toEqual(['M41SX', expect.stringMatching(/^[MN]41[SF]X$/)])
  })

  it('say which one was taken, and where in it', () => {
    const answer = heard(asked, ['no idea really', 'my post code is l e 3 9 q r'])
    expect(answer).toMatchObject({ alternative: 1, text: 'my post code is l e 3 9 q r' })
    expect(answer.candidates[0]).toMatchObject({ value: 'LE39QR', start: 16, end: 27 })
  })

  it('never give a spelled code as sure, so that whoever wants it confirmed is asked', () => {
    expect(heard(asked, ['l e 3 9 q r', 'l e 3 9 q r r']).candidates[0]?.confidence).toBeLessThan(0.8)
    expect(understand('LE3 9QR', { slots: [asked] }).candidates[0]?.confidence).toBeGreaterThanOrEqual(0.9)
  })

  it('prefer another reading to one that was denied', () => {
    const denied = slot('post-code', { rejected: ['M41SX'] })
    expect(values(denied, ['m 4 1 s x'])[0]).not.toBe('M41SX')
  })
})

describe('hypotheses of a name', () => {
  const asked = slot('full-name')

  it('with known names beat those with any words', () => {
    expect(values(asked, ['gavin dot some', 'gavin Dobson'])[0]).toEqual({ first: 'Gavin', last: 'Dobson' })
    expect(values(asked, ['Shane winnard', 'Shane Leonard'])[0]).toEqual({ first: 'Shane', last: 'Leonard' })
  })

  it('are read as the known names they sound like where nothing better was heard', () => {
    expect(values(asked, ['call Dobson', 'call Dobson on'])).toEqual([
      { first: 'Carl', last: 'Dobson' },
      { first: 'Karl', last: 'Dobson' },
    ])
    expect(values(asked, ['Jordan low', "Jordan's low"])[1]).toEqual({ first: 'Jordan', last: 'Lowe' })
  })

  it('give the same name spelled otherwise once it was denied', () => {
    const rejected = [{ first: 'Stephen', last: 'Frost' }]
    expect(values(slot('full-name', { rejected }), ['Stephen Frost', 'Stephen frost'])[0]).toEqual({
      first: 'Steven',
      last: 'Frost',
    })
  })

  it('complete one spelled part by what was said before', () => {
    const rejected = [{ first: 'Carol', last: 'Mills' }]
    expect(values(slot('full-name', { rejected }), ['c a r o l e', 'c a r r o l e'])[0]).toEqual({
      first: 'Carole',
      last: 'Mills',
    })
  })

  it('take no name from talk', () => {
    expect(heard(asked, ['what did you say', 'what do you say']).candidates).toEqual([])
    expect(heard(asked, ['I do not know why', "I don't know why"]).candidates).toEqual([])
  })
})

describe('hypotheses that hear a command', () => {
  it('count when it is the first one, and lose to an answer otherwise', () => {
    const asked = slot('date')
    const alternatives = [
      { text: 'cancel', confidence: 0.4 },
      { text: 'december 1980', confidence: 0.3 },
    ]
    expect(understand('council', { slots: [asked], alternatives })).toMatchObject({ alternative: 2 })
    expect(understand('cancel', { slots: [asked], alternatives })).toMatchObject({ alternative: 0, command: 'cancel' })
  })
})

describe('hypotheses with checks', () => {
  it('are taken where the check holds', () => {
    const asked = slot('iban')
    const answer = heard(asked, ['GB82 WEST 1234 5698 7654 33', 'GB82 WEST 1234 5698 7654 32'])
    expect(answer).toMatchObject({ alternative: 1, candidates: [{ value: 'GB82WEST12345698765432' }] })
  })

  it('are taken where the date exists and was said whole', () => {
    const answer = heard(slot('date'), ['31st of february 1980', '1st of february', '31st of january 1980'])
    expect(answer).toMatchObject({ alternative: 2, candidates: [{ value: '1980-01-31' }] })
  })

  it('are no more than ten', () => {
    const others = Array.from({ length: 12 }, () => 'no')
    expect(heard(slot('date'), ['asdf', ...others, '31st of january 1980']).candidates).toEqual([])
  })
})
