import { describe, expect, it } from 'vitest'
import { take } from '../testing/ask.ts'

describe('a quantity with its unit', () => {
  it.each([
    ['en', 'two and a half kilos', 2.5, 'kg'],
    ['en', 'half a litre', 0.5, 'l'],
    ['en', 'a kilo and a half', 1.5, 'kg'],
    ['en', '40 square metres', 40, 'm²'],
    ['en', '12 m3', 12, 'm³'],
    ['en', '180ml', 180, 'ml'],
    ['en', '500 GB', 500, 'GB'],
    ['en', '100 km/h', 100, 'km/h'],
    ['en', 'a dozen boxes', 12, 'box'],
    ['en', '6 apples', 6, 'apples'],
    ['en', '3 days', 3, 'day'],
    ['it', 'tremila kilowattora', 3000, 'kWh'],
    ['it', 'due chili e mezzo', 2.5, 'kg'],
    ['it', 'un metro e ottanta', 1.8, 'm'],
    ['it', '2 kg e 300 grammi', 2.3, 'kg'],
    ['it', 'dodici metri cubi', 12, 'm³'],
    ['it', 'dieci pezzi', 10, 'pcs'],
    ['es', '250 kilovatios hora', 250, 'kWh'],
    ['es', 'un kilo y medio', 1.5, 'kg'],
    ['es', 'doce metros cúbicos', 12, 'm³'],
    ['fr', 'un demi-litre', 0.5, 'l'],
    ['fr', '1 m 80', 1.8, 'm'],
    ['fr', '500 Go', 500, 'GB'],
    ['de', '250 Kilowattstunden', 250, 'kWh'],
    ['de', 'ein halber Liter', 0.5, 'l'],
    ['de', 'ein Meter achtzig', 1.8, 'm'],
    ['de', 'zehn Stück', 10, 'pcs'],
  ])('is read from %s "%s"', (locale, text, amount, unit) => {
    expect(take('quantity', locale, text)).toEqual({ amount, unit })
  })

  it('is written with the unit of the contract where that is meant', () => {
    expect(take('quantity', 'it', 'tre pezzi', { unit: 'pezzi' })).toEqual({ amount: 3, unit: 'pezzi' })
    expect(take('quantity', 'de', 'drei Kubikmeter', { unit: 'm3' })).toEqual({ amount: 3, unit: 'm3' })
    expect(take('quantity', 'en', '3 crates', { unit: 'crate' })).toEqual({ amount: 3, unit: 'crate' })
  })

  it('has the unit of the contract where none was said, in an answer that is only a number', () => {
    expect(take('quantity', 'en', '1200', { unit: 'kWh' })).toEqual({ amount: 1200, unit: 'kWh' })
    expect(take('quantity', 'en', 'I moved here in 1998', { unit: 'kWh' })).toBeUndefined()
    expect(take('quantity', 'en', '1200')).toBeUndefined()
  })

  it('is none in chatter', () => {
    expect(take('quantity', 'it', 'un attimo', { unit: 'kg' })).toBeUndefined()
    expect(take('quantity', 'en', 'hello')).toBeUndefined()
  })
})
