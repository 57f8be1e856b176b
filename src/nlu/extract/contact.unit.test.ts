import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

describe('an e-mail address', () => {
  it.each([
    ['en', 'Mario.Rossi@Example.COM', 'mario.rossi@example.com'],
    ['en', 'write to mario.rossi@example.com.', 'mario.rossi@example.com'],
    ['en', 'mario dot rossi at example dot com', 'mario.rossi@example.com'],
    ['en', 'my email is mario dot rossi at example dot com thanks', 'mario.rossi@example.com'],
    ['en', 'a b c at g mail dot com', 'abc@gmail.com'],
    ['en', 'a b three dot s d d dot three at g mail dot com', 'ab3.sdd.3@gmail.com'],
    ['en', 'mario underscore rossi at example dot co dot uk', 'mario_rossi@example.co.uk'],
    ['en', '1234+abc at x.net', '1234+abc@x.net'],
    ['en', 'mario at gmail', 'mario@gmail.com'],
    ['it', 'mario punto rossi chiocciola example punto com', 'mario.rossi@example.com'],
    ['it', 'la mia email è mario trattino basso rossi chiocciola libero punto it', 'mario_rossi@libero.it'],
    ['it', 'a b c punto d e f chiocciola due tre d f punto s d punto I T', 'abc.def@23df.sd.it'],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(take('email', locale, text)).toBe(value)
  })

  it.each([
    ['en', 'fitness at 6.40'],
    ['en', 'meet me at home. thanks'],
    ['en', 'foo@bar'],
    ['en', '@example.com'],
    ['en', 'a..b@example.com'],
    ['en', 'I am at work'],
    ['it', 'ci vediamo alle 6.40'],
  ])('is not invented in %s "%s"', (locale, text) => {
    expect(take('email', locale, text)).toBeUndefined()
  })

  it('ends with the text where only a provider was named', () => {
    understand('write to the shop in the street', { slots: [slot('email')], locale: 'en' })
    expect(understand('abc at gmail', { slots: [slot('email')], locale: 'en' }).candidates[0]).toMatchObject({
      start: 0,
      end: 12,
    })
  })

  it('counts wherever it stands', () => {
    const listening = slot('email', { attention: 'listening' })
    expect(understand('Mario Rossi, mario@rossi.it', { slots: [slot('full-name'), listening] }).candidates.map(gist)).toEqual([
      { first: 'Mario', last: 'Rossi' },
      'mario@rossi.it',
    ])
  })
})

describe('a phone number', () => {
  it.each([
    ['en', '+44 20 7946 0958', '+442079460958'],
    ['en', '020 7946 0958', '+442079460958'],
    ['en', '(020) 7946-0958', '+442079460958'],
    ['en', 'oh two oh seven nine four six oh nine five eight', '+442079460958'],
    ['en', 'zero two zero seven nine double four zero nine five eight', '+442079440958'],
    ['en', '+39 333 1234567', '+393331234567'],
    ['en', '0039 333 1234567', '+393331234567'],
    ['it', '333 1234567', '+393331234567'],
    ['it', 'tre tre tre uno due tre quattro cinque sei sette', '+393331234567'],
    ['it', 'trecentotrentatré uno due tre quattro cinque sei sette', '+393331234567'],
    ['it', '39 333 1234567', '+393331234567'],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(take('phone', locale, text)).toBe(value)
  })

  it("belongs to the contract's country where it names none", () => {
    expect(take('phone', 'en', '333 1234567', { country: 'IT' })).toBe('+393331234567')
  })

  it('says when the country has no such number, and takes no date for one', () => {
    expect(take('phone', 'it', '12345')).toBe('out-of-range')
    expect(take('phone', 'it', '14/12/1980')).toBeUndefined()
    expect(take('phone', 'de', '401693166690125')).toBe('out-of-range')
  })

  it('counts unasked only when it was announced or can be nothing else', () => {
    const hear = (text: string, locale: string): unknown =>
      gist(
        understand(text, { slots: [slot('email'), slot('phone', { attention: 'listening', names: ['recapito'] })], locale })
          .candidates[0],
      )
    expect(hear('the phone is 020 7946 0958', 'en')).toBe('+442079460958')
    expect(hear('il telefono è 333 1234567', 'it')).toBe('+393331234567')
    expect(hear('recapito: 333 1234567', 'it')).toBe('+393331234567')
    expect(hear('+39 333 1234567', 'it')).toBe('+393331234567')
    expect(hear('3331234567', 'it')).toBeUndefined()
  })

  it('corrects one that is being confirmed', () => {
    const current = slot('phone', { attention: 'correcting', current: '+393331234566' })
    expect(gist(understand('no, il telefono è 333 1234567', { slots: [current], yesNo: true, locale: 'it' }).candidates[0])).toBe(
      '+393331234567',
    )
  })
})

describe('a postal address', () => {
  it('is read from one line', () => {
    expect(take('postal-address', 'it', 'via Roma 12, 20121 Milano')).toEqual({
      street: 'via Roma',
      number: '12',
      postCode: '20121',
      city: 'Milano',
    })
    expect(take('postal-address', 'en', '10 Downing Street, London SW1A 2AA')).toEqual({
      street: 'Downing Street',
      number: '10',
      city: 'London',
      postCode: 'SW1A 2AA',
    })
  })

  it('is not found in chatter', () => {
    expect(take('postal-address', 'en', 'I do not know')).toBeUndefined()
  })
})

describe('countries and languages', () => {
  it.each([
    ['country', 'en', 'I live in the United Kingdom', 'GB'],
    ['country', 'en', 'Germny', 'DE'],
    ['country', 'en', 'it', 'IT'],
    ['country', 'it', 'Stati Uniti', 'US'],
    ['language', 'it', 'inglese', 'en'],
    ['language', 'en', 'Italian please', 'it'],
  ] as const)('%s, %s "%s"', (type, locale, text, value) => {
    expect(take(type, locale, text)).toBe(value)
  })
})
