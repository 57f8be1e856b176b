import { describe, expect, it } from 'vitest'
import { dataLabel, dataValue } from './values.ts'

describe('what people read of the data', () => {
  it('names known data in the language, and reads any other id as words', () => {
    expect(dataLabel('birthDate', 'en')).toBe('Date of birth')
    expect(dataLabel('birthDate', 'it-CH')).toBe('Data di nascita')
    expect(dataLabel('favouriteColour', 'en')).toBe('Favourite colour')
    expect(dataLabel('order-number', 'fr')).toBe('Order number')
    expect(dataLabel('constructor', 'en')).toBe('Constructor')
  })

  it('writes each shape of the protocol as the language does', () => {
    const write = (value: unknown, locale = 'en') => dataValue(value, locale)
    expect(write('1980-12-14')).toBe('14 December 1980')
    expect(write('1980-12-14', 'it')).toBe('14 dicembre 1980')
    expect(write('1980-12-14', 'en-US')).toBe('December 14, 1980')
    expect(write('2026-01-02T09:30')).toBe('2 January 2026, 09:30')
    expect(write({ first: 'Mario', last: 'Rossi' })).toBe('Mario Rossi')
    expect(write({ amount: 12.5, currency: 'EUR' }, 'en-GB')).toBe('€12.50')
    expect(write({ amount: 3, unit: 'kWh' })).toBe('3 kWh')
    expect(write(true)).toBe('Yes')
    expect(write(false, 'it')).toBe('No')
    expect(write(1234.5, 'it-IT')).toBe('1234,5')
    expect(write('mario@example.com')).toBe('mario@example.com')
    expect(write(undefined)).toBe('')
    expect(write(null)).toBe('')
  })

  it('leaves blanks for the parts of a date that are missing', () => {
    expect(dataValue({ month: 12, year: 1980 }, 'en')).toBe('__ December 1980')
    expect(dataValue({ day: 14 }, 'it')).toBe('14 ____ ____')
  })

  it('shows what it cannot read as it is', () => {
    expect(dataValue('2026-13-45', 'en')).toBe('2026-13-45')
    expect(dataValue({ amount: 1, currency: 'not a currency' }, 'en')).toBe('1 not a currency')
    expect(dataValue(['a', 'b'], 'en')).toBe('a b')
  })
})
