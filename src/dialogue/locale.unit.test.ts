import { describe, expect, it } from 'vitest'
import { writeDuration } from './duration.ts'
import { writeList, writeMoney, writeNumber, writeYesNo } from './locale.ts'
import type { DatumType, Value } from './template.ts'
import { writeParts, writeValue } from './value.ts'

const LOCALES = ['en', 'en-US', 'it', 'es', 'fr', 'de'] as const
const written = (type: DatumType, value: Value): string[] =>
  LOCALES.map((locale) => writeValue(type, {}, value, locale).replaceAll('\u00a0', '~'))

describe('a value as people write it: English, American, Italian, Spanish, French, German', () => {
  it.each([
    [
      'date',
      '1980-12-14',
      '14 December 1980|December 14, 1980|14 dicembre 1980|14 de diciembre de 1980|14 décembre 1980|14. Dezember 1980',
    ],
    ['date', '2026-01-01', '1 January 2026|January 1, 2026|1º gennaio 2026|1 de enero de 2026|1er janvier 2026|1. Januar 2026'],
    ['time', '15:30', '15:30|3:30~pm|15:30|15:30|15~h~30|15:30~Uhr'],
    ['time', '00:05', '00:05|12:05~am|00:05|00:05|0~h~05|0:05~Uhr'],
    ['time', '09:00', '09:00|9:00~am|09:00|09:00|9~h|9:00~Uhr'],
    ['time', '15:30:20', '15:30:20|3:30:20~pm|15:30:20|15:30:20|15~h~30~min~20~s|15:30:20~Uhr'],
    [
      'date-time',
      '2026-12-14T15:30',
      '14 December 2026 at 15:30|December 14, 2026 at 3:30~pm|14 dicembre 2026 alle 15:30|14 de diciembre de 2026 a las 15:30|14 décembre 2026 à 15~h~30|14. Dezember 2026 um 15:30~Uhr',
    ],
    ['number', 4521.5, '4,521.5|4,521.5|4.521,5|4521,5|4~521,5|4.521,5'],
    ['number', -1234567, '-1,234,567|-1,234,567|-1.234.567|-1.234.567|-1~234~567|-1.234.567'],
    ['ordinal', 1, '1st|1st|1º|1.º|1er|1.'],
    ['ordinal', 22, '22nd|22nd|22º|22.º|22e|22.'],
    ['ordinal', 113, '113th|113th|113º|113.º|113e|113.'],
    ['money', { amount: 49.9, currency: 'EUR' }, '€49.90|€49.90|49,90~€|49,90~€|49,90~€|49,90~€'],
    ['money', { amount: 50, currency: 'CHF' }, '50~CHF|50~CHF|50~CHF|50~CHF|50~CHF|50~CHF'],
    ['quantity', { amount: 2.5, unit: 'kg' }, '2.5 kg|2.5 kg|2,5 kg|2,5 kg|2,5 kg|2,5 kg'],
    ['quantity', { amount: 3, unit: 'hour' }, '3 hours|3 hours|3 ore|3 horas|3 heures|3 Stunden'],
    ['country', 'IT', 'Italy|Italy|Italia|Italia|Italie|Italien'],
    ['country', 'CH', 'Switzerland|Switzerland|Svizzera|Suiza|Suisse|Schweiz'],
    ['country', 'ZZ', 'ZZ|ZZ|ZZ|ZZ|ZZ|ZZ'],
    ['language', 'de', 'German|German|tedesco|alemán|allemand|Deutsch'],
    ['language', 'pt-BR', 'Portuguese|Portuguese|portoghese|portugués|portugais|Portugiesisch'],
    ['yes-no', true, 'Yes|Yes|Sì|Sí|Oui|Ja'],
    [
      'duration',
      'PT2H30M',
      'two and a half hours|two and a half hours|due ore e mezza|dos horas y media|deux heures et demie|zweieinhalb Stunden',
    ],
    [
      'duration',
      'PT1H30M',
      "an hour and a half|an hour and a half|un'ora e mezza|una hora y media|une heure et demie|anderthalb Stunden",
    ],
    ['duration', 'PT30M', "half an hour|half an hour|mezz'ora|media hora|une demi-heure|eine halbe Stunde"],
    ['duration', 'PT45M', '45 minutes|45 minutes|45 minuti|45 minutos|45 minutes|45 Minuten'],
    ['duration', 'P3D', 'three days|three days|tre giorni|tres días|trois jours|drei Tage'],
    ['duration', 'P1W', 'one week|one week|una settimana|una semana|une semaine|eine Woche'],
    [
      'duration',
      'P1Y2M10D',
      'one year, two months and ten days|one year, two months and ten days|un anno, due mesi e dieci giorni|un año, dos meses y diez días|un an, deux mois et dix jours|ein Jahr, zwei Monate und zehn Tage',
    ],
    ['duration', 'P1Y6M', 'a year and a half|a year and a half|un anno e mezzo|un año y medio|un an et demi|anderthalb Jahre'],
    [
      'duration',
      'PT20H30M',
      '20 and a half hours|20 and a half hours|20 ore e mezza|20 horas y media|20 heures et demie|20 Stunden und 30 Minuten',
    ],
  ] as const)('%s %j', (type, value, expected) => {
    expect(written(type, value)).toEqual(expected.split('|'))
  })

  it('writes long codes in the groups that people know', () => {
    expect(writeValue('post-code', {}, 'SW1A1AA', 'it')).toBe('SW1A 1AA')
    expect(writeValue('post-code', {}, '20121', 'en')).toBe('20121')
    expect(writeValue('iban', {}, 'IT60X0542811101000000123456', 'de')).toBe('IT60 X054 2811 1010 0000 0123 456')
  })

  it('writes telephone numbers in groups that can be read aloud', () => {
    const phone = (number: string): string => writeValue('phone', {}, number, 'en')
    expect(phone('+393331234567')).toBe('+39 333 123 4567')
    expect(phone('+33612345678')).toBe('+33 6 12 34 56 78')
    expect(phone('+34612345680')).toBe('+34 612 345 680')
    expect(phone('+15551234567')).toBe('+1 555 123 4567')
    expect(phone('+3531234567')).toBe('+353 123 4567')
    expect(phone('+49151234567')).toBe('+49 151 234 567')
    expect(phone('not a number')).toBe('not a number')
  })

  it('writes an address with the street first, the town after its post code', () => {
    const address = { city: 'Milano', postCode: '20121', number: '12', street: 'via Garibaldi', country: 'Italia' }
    expect(writeValue('postal-address', {}, address, 'it')).toBe('via Garibaldi 12, 20121 Milano, Italia')
    const london = { street: 'Park Road', number: '10', postCode: 'SW1A1AA', city: 'London' }
    expect(writeValue('postal-address', {}, london, 'en-GB')).toBe('10 Park Road, SW1A 1AA London')
    expect(writeValue('postal-address', {}, { city: 'London' }, 'en')).toBe('London')
  })

  it('writes what is known of a date', () => {
    const known = (parts: Record<string, number>): string[] => LOCALES.map((locale) => writeParts('date', parts, locale))
    expect(known({ day: 14, month: 12 })).toEqual([
      '14 December',
      'December 14',
      '14 dicembre',
      '14 de diciembre',
      '14 décembre',
      '14. Dezember',
    ])
    expect(known({ month: 12, year: 1980 })).toEqual([
      'December 1980',
      'December 1980',
      'dicembre 1980',
      'diciembre de 1980',
      'décembre 1980',
      'Dezember 1980',
    ])
    expect(known({ year: 1980 })).toEqual(Array(6).fill('1980'))
  })

  it('takes the language where the region is not known, and English where nothing is', () => {
    expect(writeYesNo(true, 'it-CH')).toBe('Sì')
    expect(writeNumber(1000, 'fi')).toBe('1,000')
    expect(writeMoney(1.5, 'GBP', 'en-GB')).toBe('£1.50')
    expect(writeList(['a', 'b', 'c'], 'es-MX')).toBe('a, b y c')
  })

  it('leaves alone what is no duration', () => {
    expect(writeDuration('soon', 'en')).toBe('soon')
    expect(writeDuration('PT0S', 'it')).toBe('0 secondi')
  })
})
