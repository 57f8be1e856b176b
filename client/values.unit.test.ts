import { describe, expect, it } from 'vitest'
import { dataNames, dataValue } from './values.ts'

describe('what people read of the data', () => {
  it('names data as their template does, in the language or in English', () => {
    const labels = [
      { id: 'birthDate', label: { en: 'Date of birth', it: 'Data di nascita' } },
      { id: 'phone', label: { en: 'Phone number' } },
      { id: 'constructor', label: {} },
    ]
    expect(dataNames(labels, 'en')('birthDate')).toBe('Date of birth')
    expect(dataNames(labels, 'it-CH')('birthDate')).toBe('Data di nascita')
    expect(dataNames(labels, 'it')('phone')).toBe('Phone number')
    expect(dataNames(labels, 'it')('constructor')).toBe('Constructor')
  })

  it('knows the parts, and reads any other id as words', () => {
    expect(dataNames([], 'en')('last')).toBe('Last name')
    expect(dataNames([], 'it')('day')).toBe('Giorno')
    expect(dataNames([], 'de')('postCode')).toBe('Postleitzahl')
    expect(dataNames([], 'es-MX')('city')).toBe('Ciudad')
    expect(dataNames([], 'en')('favouriteColour')).toBe('Favourite colour')
    expect(dataNames([], 'fr')('order-number')).toBe('Order number')
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
