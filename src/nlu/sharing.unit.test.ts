import { describe, expect, it } from 'vitest'
import { claims } from '../dialogue/claim.ts'
import type { SlotExpectation } from '../dialogue/interpretation.ts'
import { slot, understand } from './testing/ask.ts'

const listening = (type: SlotExpectation['type'], names: readonly string[] = []): SlotExpectation =>
  slot(type, { attention: 'listening', names })

/** What each datum of a form gets of one utterance, its active datum first. */
function shared(text: string, locale: string, slots: readonly SlotExpectation[]): Record<string, unknown> {
  const expected = { key: 'k', slots, yesNo: false, commands: [] }
  const result: Record<string, unknown> = {}
  for (const { slot: id, candidates } of claims(expected, understand(text, { slots, locale })))
    result[id] = candidates[0]?.value ?? candidates[0]?.parts
  return result
}

const REST = (
  ['date', 'time', 'phone', 'email', 'money', 'postal-address', 'post-code', 'duration', 'payment-card'] as const
).map((type) => listening(type))
const without = (type: SlotExpectation['type']): SlotExpectation[] => REST.filter((rest) => rest.type !== type)

describe('one utterance for several data', () => {
  it('gives every stretch of it to one datum at most', () => {
    expect(shared('12/05/1990 at 5 pm', 'en', [slot('full-name'), ...REST, listening('number', ['people'])])).toEqual({
      date: '1990-05-12',
      time: '17:00',
    })
    expect(
      shared('Ada Rossi, tomorrow at 5 for 3 people, 20 euros, ada@example.com', 'en', [
        slot('full-name'),
        ...REST,
        listening('number', ['people']),
      ]),
    ).toEqual({
      'full-name': { first: 'Ada', last: 'Rossi' },
      date: '2026-11-21',
      time: '17:00',
      number: 3,
      money: { amount: 20, currency: 'EUR' },
      email: 'ada@example.com',
    })
  })

  it('makes no date of a telephone number, and neither number nor time of a house', () => {
    expect(shared('il mio numero è 333 1234567', 'it', [slot('full-name'), ...REST])).toEqual({ phone: '+393331234567' })
    expect(shared('via Roma 12', 'it', [slot('full-name'), ...REST, listening('number', ['persone'])])).toEqual({})
  })

  it.each([
    ['en', 'a table for 4 at 7 pm on 12 May', { number: 4, date: '2027-05-12', time: '19:00' }],
    ['en', 'on 12 May at 7 pm, a table for 4', { number: 4, date: '2027-05-12', time: '19:00' }],
    ['it', 'alle 8 di domani, siamo in 4', { number: 4, date: '2026-11-21', time: '08:00' }],
    ['fr', 'le 12 mai à 19 h pour 4', { number: 4, date: '2027-05-12', time: '19:00' }],
    ['de', 'am 12. Mai um 19 Uhr, wir sind 4', { number: 4, date: '2027-05-12', time: '19:00' }],
    ['es', 'el 12 de mayo a las 19:00, somos 4', { number: 4, date: '2027-05-12', time: '19:00' }],
  ])('leaves the figures of a date and a time to them where a number was asked: %s "%s"', (locale, text, expected) => {
    expect(shared(text, locale, [slot('number'), listening('date'), listening('time')])).toEqual(expected)
  })

  it('still gives a bare number to the datum that was asked for', () => {
    expect(shared('12', 'en', [slot('number'), ...without('date')])).toEqual({ number: 12 })
    expect(shared('8', 'it', [slot('number'), listening('time'), listening('date')])).toEqual({ number: 8 })
  })
})
