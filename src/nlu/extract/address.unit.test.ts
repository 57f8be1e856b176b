import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

const COUNTRIES: Readonly<Record<string, string>> = { en: 'GB', it: 'IT', es: 'ES', fr: 'FR', de: 'DE' }

function address(locale: string, text: string, country = COUNTRIES[locale] ?? 'GB'): unknown {
  return gist(understand(text, { slots: [slot('postal-address', { contract: { country } })], locale, country }).candidates[0])
}

describe('an address that was asked for', () => {
  it.each([
    ['en', '10 Park Road, SW1A 1AA London', { street: 'Park Road', number: '10', postCode: 'SW1A 1AA', city: 'London' }],
    ['en', '221b Baker Street, London NW1 6XE', { street: 'Baker Street', number: '221b', postCode: 'NW1 6XE', city: 'London' }],
    ['en', 'I live at 7 Mill Lane, Oxford', { street: 'Mill Lane', number: '7', city: 'Oxford' }],
    ['it', 'via Garibaldi 12, 20121 Milano', { street: 'via Garibaldi', number: '12', postCode: '20121', city: 'Milano' }],
    [
      'it',
      'abito in piazza del Duomo 3/b, 50122 Firenze (FI), Italia',
      { street: 'piazza del Duomo', number: '3/b', postCode: '50122', city: 'Firenze', region: 'FI', country: 'Italia' },
    ],
    ['it', 'corso Vittorio Emanuele II, 45 Torino', { street: 'corso Vittorio Emanuele II', number: '45', city: 'Torino' }],
    ['it', 'via roma dodici', { street: 'via Roma', number: '12' }],
    [
      'it',
      'via XX Settembre 8 00187 Roma RM',
      { street: 'via XX Settembre', number: '8', postCode: '00187', city: 'Roma', region: 'RM' },
    ],
    ['es', 'calle Mayor 12, 28013 Madrid', { street: 'calle Mayor', number: '12', postCode: '28013', city: 'Madrid' }],
    [
      'es',
      'vivo en la avenida de la Constitución, número 5, 41001 Sevilla',
      { street: 'avenida de la Constitución', number: '5', postCode: '41001', city: 'Sevilla' },
    ],
    ['es', 'C/ Alcalá 45, Madrid', { street: 'C/ Alcalá', number: '45', city: 'Madrid' }],
    [
      'es',
      'plaza de España s/n, 37001 Salamanca',
      { street: 'plaza de España', number: 's/n', postCode: '37001', city: 'Salamanca' },
    ],
    ['fr', '12 rue de la Paix, 75002 Paris', { street: 'rue de la Paix', number: '12', postCode: '75002', city: 'Paris' }],
    [
      'fr',
      "j'habite au 8 bis, avenue Foch, 69006 Lyon",
      { street: 'avenue Foch', number: '8 bis', postCode: '69006', city: 'Lyon' },
    ],
    ['fr', '3 place Bellecour 69002 Lyon', { street: 'place Bellecour', number: '3', postCode: '69002', city: 'Lyon' }],
    ['de', 'Hauptstraße 12, 10115 Berlin', { street: 'Hauptstraße', number: '12', postCode: '10115', city: 'Berlin' }],
    [
      'de',
      'Berliner Allee 5, 40212 Düsseldorf',
      { street: 'Berliner Allee', number: '5', postCode: '40212', city: 'Düsseldorf' },
    ],
    ['de', 'Am Markt 3a, 28195 Bremen', { street: 'Am Markt', number: '3a', postCode: '28195', city: 'Bremen' }],
    [
      'de',
      'Unter den Linden 77 in 10117 Berlin',
      { street: 'Unter den Linden', number: '77', postCode: '10117', city: 'Berlin' },
    ],
    ['de', 'ich wohne in der Lindenstr. 4, 50674 Köln', { street: 'Lindenstr.', number: '4', postCode: '50674', city: 'Köln' }],
  ])('reads %s "%s"', (locale, text, parts) => {
    expect(address(locale, text)).toEqual(parts)
  })

  it.each([
    [
      'de',
      'AT',
      'Mariahilfer Straße 10, 1060 Wien',
      { street: 'Mariahilfer Straße', number: '10', postCode: '1060', city: 'Wien' },
    ],
    [
      'de',
      'CH',
      'Bahnhofstrasse 1, 8001 Zürich, Schweiz',
      { street: 'Bahnhofstrasse', number: '1', postCode: '8001', city: 'Zürich' },
    ],
    [
      'en',
      'US',
      '1600 Pennsylvania Avenue NW, Washington, DC 20500',
      { street: 'Pennsylvania Avenue NW', number: '1600', postCode: '20500', city: 'Washington', region: 'DC' },
    ],
  ])('reads %s of %s "%s"', (locale, country, text, parts) => {
    expect(address(locale, text, country)).toMatchObject(parts)
  })

  it.each([
    ['en', 'what do you mean'],
    ['en', 'I do not know'],
    ['en', 'where is it written?'],
    ['it', 'non lo so'],
    ['it', 'che ore sono'],
    ['es', 'no lo sé'],
    ['fr', 'je ne sais pas'],
    ['de', 'das weiß ich nicht'],
    ['de', 'ich bin im Moment auf dem Weg'],
  ])('takes no address from %s "%s"', (locale, text) => {
    expect(address(locale, text)).toBeUndefined()
  })
})

const ROMA = { street: 'piazza Navona', number: '3', postCode: '00186', city: 'Roma' }
const MILANO = { street: 'via Dante', number: '7', postCode: '20123', city: 'Milano' }
const LYON = { street: 'place Bellecour', number: '5', postCode: '69002', city: 'Lyon' }
const BERLIN = { street: 'Hauptstraße', number: '12', postCode: '10115', city: 'Berlin' }
const MADRID = { street: 'calle Mayor', number: '12', postCode: '28013', city: 'Madrid' }
const LONDON = { street: 'Downing Street', number: '10', postCode: 'SW1A 2AA', city: 'London' }

describe('a word that announces the post code', () => {
  it.each([
    ['it', 'piazza Navona 3, Roma, CAP 00186', ROMA],
    ['it', 'piazza Navona 3, cap 00186, Roma', ROMA],
    ['it', 'piazza Navona 3, c.a.p. 00186 Roma', ROMA],
    ['it', 'piazza Navona 3, Roma, il CAP è 00186', ROMA],
    ['it', 'Roma, CAP 00186', { postCode: '00186', city: 'Roma' }],
    ['fr', '5 place Bellecour, code postal 69002, Lyon', LYON],
    ['de', 'Hauptstraße 12, PLZ: 10115, Berlin', BERLIN],
    ['es', 'calle Mayor 12, Madrid, código postal 28013', MADRID],
    ['en', '10 Downing Street, London, post code SW1A 2AA', LONDON],
  ])('is no town: %s "%s"', (locale, text, parts) => {
    expect(address(locale, text)).toEqual(parts)
  })
})

describe('a flat, a floor, a staircase or whoever receives the letters', () => {
  it.each([
    ['it', 'via Dante 7 interno 5 scala B, 20123 Milano MI', { ...MILANO, region: 'MI' }],
    ['it', 'via Dante 7, secondo piano, int. 5, 20123 Milano', MILANO],
    ['it', 'via Dante 7, 20123 Milano, piano terra', MILANO],
    ['it', 'via Dante 7, presso Rossi, 20123 Milano', MILANO],
    ['fr', '5 place Bellecour, 69002 Lyon, appartement 12', LYON],
    ['fr', '5 place Bellecour, 3e étage, 69002 Lyon', LYON],
    ['fr', '5 place Bellecour, 69002 Lyon, chez Dupont', LYON],
    ['es', 'calle Mayor 12, 2º B, 28013 Madrid', MADRID],
    ['es', 'calle Mayor 12 2º B, 28013 Madrid', MADRID],
    ['es', 'calle Mayor 12, piso 2, puerta B, 28013 Madrid', MADRID],
    ['es', 'calle Mayor 12, 28013 Madrid, 3º izquierda', MADRID],
    ['de', 'Hauptstraße 12, 3. Etage, Wohnung 5, 10115 Berlin', BERLIN],
    ['de', 'Hauptstraße 12, 10115 Berlin, c/o Meyer', BERLIN],
    ['en', '10 Downing Street, flat 3, London SW1A 2AA', LONDON],
    ['en', '10 Downing Street, 2nd floor, London, SW1A 2AA', LONDON],
    ['en', '10 Downing Street, London SW1A 2AA, near the park', LONDON],
    [
      'it',
      'via Roma 1, 80063 Piano di Sorrento',
      { street: 'via Roma', number: '1', postCode: '80063', city: 'Piano di Sorrento' },
    ],
  ])('is no town, region or country: %s "%s"', (locale, text, parts) => {
    expect(address(locale, text)).toEqual(parts)
  })
})

describe('a town said before the street or without one', () => {
  it.each([
    ['it', 'abito a Roma in piazza Navona 3, CAP 00186', ROMA],
    ['it', 'Milano, via Dante 7, 20123', MILANO],
    ['it', '20123 Milano, via Dante 7', MILANO],
    ['fr', "j'habite à Lyon, 5 place Bellecour, 69002", LYON],
    ['fr', "j'habite au 5 place Bellecour à Lyon, 69002", LYON],
    ['es', 'vivo en Madrid, calle Mayor 12, 28013', MADRID],
    ['es', 'vivo en la calle Mayor en Madrid', { street: 'calle Mayor', city: 'Madrid' }],
    ['de', 'ich wohne in 10115 Berlin, Hauptstraße 12', BERLIN],
    ['de', 'ich wohne in Berlin, Hauptstraße 12', { street: 'Hauptstraße', number: '12', city: 'Berlin' }],
    ['en', 'I live in London, 10 Downing Street, SW1A 2AA', LONDON],
    ['it', 'abito a roma in piazza navona 3, cap 00186', { ...ROMA, street: 'piazza Navona', city: 'Roma' }],
    ['es', 'vivo en barcelona', { city: 'Barcelona' }],
    ['it', 'vivo in Italia, a Milano', { city: 'Milano' }],
    ['it', 'il mio CAP è 00186', { postCode: '00186' }],
    ['en', 'my post code is SW1A 2AA', { postCode: 'SW1A 2AA' }],
    ['en', 'I live in Manchester', { city: 'Manchester' }],
    ['it', 'abito a Roma', { city: 'Roma' }],
    ['es', 'vivo en Barcelona', { city: 'Barcelona' }],
    ['fr', "j'habite à Lyon", { city: 'Lyon' }],
    ['de', 'ich wohne in Berlin', { city: 'Berlin' }],
  ])('is taken: %s "%s"', (locale, text, parts) => {
    expect(address(locale, text)).toEqual(parts)
  })

  it.each([
    ['it', 'Grazie, via Dante 7', { street: 'via Dante', number: '7' }],
    ['de', 'Anschrift: Hauptstraße 12', { street: 'Hauptstraße', number: '12' }],
    ['it', 'via Ponte a Greve 12', { street: 'via Ponte a Greve', number: '12' }],
    ['it', 'vivo a casa', undefined],
    ['it', 'vivo in affitto', undefined],
    ['fr', "j'habite en France", undefined],
    ['de', 'ich wohne zur miete', undefined],
    ['en', 'I live in the city', undefined],
    ['de', 'ich wohne in einem Haus', undefined],
  ])('is not invented: %s "%s"', (locale, text, parts) => {
    expect(address(locale, text)).toEqual(parts)
  })
})

describe('a street named otherwise', () => {
  it.each([
    [
      'de',
      'Straße des 17. Juni 135, 10623 Berlin',
      { street: 'Straße des 17. Juni', number: '135', postCode: '10623', city: 'Berlin' },
    ],
    [
      'de',
      'Platz der Republik 1, 11011 Berlin',
      { street: 'Platz der Republik', number: '1', postCode: '11011', city: 'Berlin' },
    ],
    [
      'en',
      'Rose Cottage, Church Lane, Little Snoring NR21 0HP',
      { street: 'Rose Cottage, Church Lane', postCode: 'NR21 0HP', city: 'Little Snoring' },
    ],
    ['en', 'I live at The Old Rectory, Mill Road, Oxford', { street: 'The Old Rectory, Mill Road', city: 'Oxford' }],
  ])('is found: %s "%s"', (locale, text, parts) => {
    expect(address(locale, text)).toEqual(parts)
  })
})

describe('a post code whose shape tells its country', () => {
  it.each([
    ['en', 'IT', '10 Downing Street, London SW1A 2AA', LONDON],
    ['it', 'IT', '10 Downing Street, London, SW1A 2AA', LONDON],
    ['it', 'IT', '10 downing street, london sw1a 2aa', LONDON],
    ['de', 'DE', '10 Downing Street, London SW1A 2AA, England', { ...LONDON, country: 'England' }],
    ['en', 'IT', 'Damrak 1, 1012 AB Amsterdam', { street: 'Damrak', number: '1', postCode: '1012AB', city: 'Amsterdam' }],
    ['en', 'GB', '10 Main Street, Ottawa K1A 0B1', { street: 'Main Street', number: '10', postCode: 'K1A0B1', city: 'Ottawa' }],
    ['en', 'ES', '10 Main Street, Dublin D02 AF30', { street: 'Main Street', number: '10', postCode: 'D02AF30', city: 'Dublin' }],
  ])('is one in any country: %s of %s "%s"', (locale, country, text, parts) => {
    expect(address(locale, text, country)).toEqual(parts)
  })

  it('is no region where it is incomplete', () => {
    expect(address('en', '10 Downing Street, London SW1A', 'IT')).toEqual({
      street: 'Downing Street',
      number: '10',
      city: 'London',
    })
  })
})

describe('the part of an address that was asked for', () => {
  const known = { street: 'via Roma', number: '1' }
  const part = (locale: string, country: string, part: string, text: string): unknown =>
    take('postal-address', locale, text, { country }, { part, parts: ['street', 'postCode', 'city'], current: known })

  it.each([
    ['en', 'GB', 'postCode', 'SW1A 1AA', { postCode: 'SW1A 1AA' }],
    ['en', 'GB', 'postCode', 's w 1 a 1 a a', { postCode: 'SW1A 1AA' }],
    ['it', 'IT', 'postCode', '20121', { postCode: '20121' }],
    ['it', 'IT', 'postCode', 'due zero uno due uno', { postCode: '20121' }],
    ['de', 'DE', 'postCode', '10115 Berlin', { postCode: '10115', city: 'Berlin' }],
    ['en', 'GB', 'city', 'London', { city: 'London' }],
    ['it', 'IT', 'city', 'Reggio Emilia', { city: 'Reggio Emilia' }],
    ['es', 'ES', 'city', 'Las Palmas de Gran Canaria', { city: 'Las Palmas de Gran Canaria' }],
    ['fr', 'FR', 'city', 'Aix-en-Provence', { city: 'Aix-en-Provence' }],
    ['de', 'DE', 'city', 'Frankfurt am Main', { city: 'Frankfurt am Main' }],
    ['it', 'IT', 'city', '20121 Milano', { postCode: '20121', city: 'Milano' }],
    ['es', 'ES', 'city', 'vivo en Barcelona', { city: 'Barcelona' }],
    ['it', 'IT', 'street', 'abito a Roma', { city: 'Roma' }],
    ['it', 'IT', 'postCode', 'SW1A 2AA', { postCode: 'SW1A 2AA' }],
    ['de', 'DE', 'street', 'Hauptstraße 12', { street: 'Hauptstraße', number: '12' }],
  ])('is taken alone: %s %s %s "%s"', (locale, country, asked, text, parts) => {
    expect(part(locale, country, asked, text)).toEqual(parts)
  })

  it.each([
    ['en', 'GB', 'city', 'what?'],
    ['en', 'GB', 'city', 'I do not know'],
    ['it', 'IT', 'city', 'non lo so'],
    ['de', 'DE', 'postCode', 'keine Ahnung'],
  ])('is not made of talk: %s %s %s "%s"', (locale, country, asked, text) => {
    expect(part(locale, country, asked, text)).toBeUndefined()
  })
})

describe('an address nobody asked for', () => {
  const hear = (text: string): unknown =>
    gist(
      understand(text, {
        slots: [slot('email'), slot('postal-address', { attention: 'listening', names: ['indirizzo'] })],
        locale: 'it',
      }).candidates[0],
    )

  it('counts behind its name only', () => {
    expect(hear("l'indirizzo è via Roma 12, 20121 Milano")).toMatchObject({ street: 'via Roma', city: 'Milano' })
    expect(hear('ci vediamo in via Roma 12')).toBeUndefined()
  })
})

describe('an address that is being confirmed', () => {
  const current = { street: 'via Roma', number: '12', postCode: '20121', city: 'Milano' }
  const corrected = (text: string, locale: string): unknown =>
    gist(
      understand(text, { slots: [slot('postal-address', { attention: 'correcting', current })], yesNo: true, locale })
        .candidates[0],
    )

  it.each([
    ['it', 'no, 20122', { postCode: '20122' }],
    ['it', 'il CAP è 20122', { postCode: '20122' }],
    ['it', 'no, Torino', { city: 'Torino' }],
    ['it', 'no, il civico è 14', { number: '14' }],
    ['es', 'no, el número 7', { number: '7' }],
    ['fr', 'non, le 14', { number: '14' }],
    ['fr', 'non, 69001 Lyon', { postCode: '69001', city: 'Lyon' }],
    ['de', 'nein, Nummer 14a', { number: '14a' }],
    ['en', 'no, SW1A 2AA', { postCode: 'SW1A 2AA' }],
    ['en', 'no, number 12', { number: '12' }],
  ])('takes the part that is said, %s "%s"', (locale, text, parts) => {
    expect(corrected(text, locale)).toEqual(parts)
  })

  it.each([
    ['it', 'no, è sbagliato'],
    ['it', 'No, Sbagliato'],
    ['it', 'sì, Torino'],
    ['de', 'Nein, Falsch'],
    ['en', 'No, Wrong'],
    ['en', 'no thanks'],
  ])('takes nothing from %s "%s"', (locale, text) => {
    expect(corrected(text, locale)).toBeUndefined()
  })
})
