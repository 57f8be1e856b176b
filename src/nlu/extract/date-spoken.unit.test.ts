import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../dialogue/interpretation.ts'
import { gist, slot, understand } from '../testing/ask.ts'

const birth = slot('date', { contract: { prefer: 'past' } })
const hear = (text: string): Candidate | undefined => understand(text, { slots: [birth], locale: 'en-GB' }).candidates[0]

describe('a date of birth on the telephone', () => {
  it('is found among other words, whatever they are', () => {
    expect(hear('constructor 0307 1951 __proto__')).toMatchObject({ value: '1951-07-03' })
    expect(hear('well you can put 03071951 I think')).toMatchObject({ value: '1951-07-03' })
  })

  it.each([
    ['23rd of the 7th 1951', '1951-07-23'],
    ['23 7th 1951', '1951-07-23'],
    ['23 of July 1951', '1951-07-23'],
    ['the 23rd 7 1951', '1951-07-23'],
    ['2307 1951', '1951-07-23'],
    ['23/07 1951', '1951-07-23'],
    ['23-07 1951', '1951-07-23'],
    ['23 07 19 51', '1951-07-23'],
    ['23.07.19 51', '1951-07-23'],
    ['23rd of July 1950 1', '1951-07-23'],
    ['twenty third seventh nineteen fifty one', '1951-07-23'],
    ['oh three oh seven nineteen fifty one', '1951-07-03'],
    ['zero three zero seven fifty one', '1951-07-03'],
    ['O3 07 51', '1951-07-03'],
    ['3rd of July 2000 and 9', '2009-07-03'],
    ['3rd of July oh nine', '2009-07-03'],
    ['July 3rd, nineteen oh nine', '1909-07-03'],
    ['3rd July 51', '1951-07-03'],
  ])('is read from "%s"', (text, value) => {
    expect(gist(hear(text))).toBe(value)
  })

  it.each([
    ['23071 951', '1951-07-23'],
    ['230 71951', '1951-07-23'],
    ['2 3 0 7 1 9 5 1', '1951-07-23'],
    ['23 or 7 1951', '1951-07-23'],
    ['23 to 1951', '1951-02-23'],
    ['0307 20009', '2009-07-03'],
  ])('is put together from "%s", and less sure than one said plainly', (text, value) => {
    expect(gist(hear(text))).toBe(value)
    expect(hear(text)?.confidence).toBeLessThan(0.95)
  })

  it('gives the other reading where figures run together can be cut twice', () => {
    expect(hear('111 1951')).toMatchObject({ value: '1951-01-11', other: '1951-11-01' })
  })

  it('takes "of the 9th" that was heard as a month for the month it is, and keeps the other reading', () => {
    expect(hear('3rd of May 9th 1951')).toMatchObject({ value: '1951-09-03', other: '1951-05-03' })
    expect(hear('3rd December 8th 1951')).toMatchObject({ value: '1951-12-03', other: '1951-08-03' })
  })

  it('prefers a hypothesis that is a plain date', () => {
    const alternatives = [{ text: '23rd of July 1951', confidence: 0.4 }]
    const { alternative, candidates } = understand('23071 951', { slots: [birth], locale: 'en-GB', alternatives })
    expect([alternative, gist(candidates[0])]).toEqual([1, '1951-07-23'])
  })

  it('gives what was said of it and no more', () => {
    expect(gist(hear('July 1951'))).toEqual({ year: 1951, month: 7 })
    expect(gist(hear('1950 1'))).toEqual({ year: 1951 })
    expect(gist(hear('the 3rd 1951'))).toEqual({ year: 1951, day: 3 })
    expect(gist(hear('03 07'))).toEqual({ month: 7, day: 3 })
    expect(gist(hear('0307'))).toEqual({ month: 7, day: 3 })
  })

  it('finds no date in other figures', () => {
    expect(hear('double oh seven')).toBeUndefined()
    expect(hear('my number is 07700 900123')).toBeUndefined()
    expect(hear('99 99 1951')).toBeUndefined()
    expect(hear('constructor 23 toString 1951')).toBeUndefined()
  })

  it('prefers a reading that was not refused', () => {
    const again = { ...birth, rejected: ['1970-11-02'] }
    const { candidates } = understand('02/11/1970', { slots: [again], locale: 'en-GB' })
    expect(candidates[0]).toMatchObject({ value: '1970-02-11', other: '1970-11-02', parts: { year: 1970, month: 2, day: 11 } })
  })
})
