import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

describe('the end of a month or year', () => {
  it.each([
    ['en', 'by the end of the month', '2026-11-30'],
    ['en', 'by the end of next month', '2026-12-31'],
    ['en', 'before the end of the year', '2026-12-31'],
    ['en', 'until the end of march', '2027-03-31'],
    ['it', 'entro la fine del mese', '2026-11-30'],
    ['it', 'entro fine anno', '2026-12-31'],
    ['it', 'entro la fine di marzo', '2027-03-31'],
    ['es', 'hasta finales de marzo', '2027-03-31'],
    ['es', 'antes de fin de año', '2026-12-31'],
    ['fr', "d'ici la fin du mois", '2026-11-30'],
    ['fr', "jusqu'à fin mars", '2027-03-31'],
    ['de', 'bis Ende des Monats', '2026-11-30'],
    ['de', 'bis Ende März', '2027-03-31'],
    ['de', 'bis Jahresende', '2026-12-31'],
  ])('is its last day where something is due by then (%s: "%s")', (locale, text, day) => {
    expect(take('date', locale, text)).toBe(day)
  })

  it.each([
    ['en', 'at the end of the month'],
    ['es', 'a fin de mes'],
    ['fr', 'à la fin du mois'],
    ['fr', 'fin du mois'],
    ['de', 'Ende des Monats'],
    ['de', 'zum Monatsende'],
    ['it', 'a fine mese'],
  ])('is likely its last day, and certainly its month (%s: "%s")', (locale, text) => {
    const [candidate] = understand(text, { slots: [slot('date')], locale }).candidates
    expect(candidate).toMatchObject({ value: '2026-11-30', parts: { year: 2026, month: 11 } })
  })

  it('leaves the day empty for a month that was named, and for a date of the past', () => {
    expect(take('date', 'en', 'at the end of March')).toEqual({ month: 3 })
    expect(take('date', 'en', 'by the end of March 1980', { prefer: 'past' })).toEqual({ year: 1980, month: 3 })
  })
})
