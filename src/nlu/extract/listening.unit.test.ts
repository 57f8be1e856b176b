import { describe, expect, it } from 'vitest'
import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import type { DatumType } from '../../dialogue/template.ts'
import { gist, slot, understand } from '../testing/ask.ts'

/** What a datum of a form that nobody asked for takes of a text, by itself. */
function hear(type: DatumType, locale: string, text: string, more: Partial<SlotExpectation> = {}): unknown[] {
  const listening = slot(type, { attention: 'listening', ...more })
  return understand(text, { slots: [slot('email'), listening], locale, commands: [] }).candidates.map(gist)
}

describe('money that nobody asked for', () => {
  it.each([
    ['en', 'cancel the one at 2:35 p.m.'],
    ['en', 'let me speak to a real person'],
    ['en', 'come at 3 p.m.'],
    ['en', 'how long do I cook a 10 pound turkey'],
    ['en', 'we won 3 to 2, 3 won again'],
    ['en', 'the top 10 CUP games'],
    ['fr', "j'ai lu 3 livres"],
    ['es', 'compré 2 libras de tomates'],
    ['de', 'ich habe 2 Pfund Tomaten gekauft'],
    ['it', 'costa due lire'],
  ])('is not made of %s "%s"', (locale, text) => {
    expect(hear('money', locale, text)).toEqual([])
  })

  it.each([
    ['en', 'I was charged a five hundred pound fee', 500, 'GBP'],
    ['en', 'it was 50p', 0.5, 'GBP'],
    ['en', 'three pounds sterling', 3, 'GBP'],
    ['it', 'ho pagato 20 euro', 20, 'EUR'],
    ['de', 'das kostet 3,50 €', 3.5, 'EUR'],
  ])('is taken where its currency is plain: %s "%s"', (locale, text, amount, currency) => {
    expect(hear('money', locale, text)).toEqual([{ amount, currency }])
  })
})

describe('a date that nobody asked for', () => {
  it.each([
    ['en', "I'd like tomorrow at 5", '2026-11-21'],
    ['en', 'it was 5 days ago', '2026-11-15'],
    ['en', 'we come in 27 days', '2026-12-17'],
    ['en', 'Saturday at 7pm', '2026-11-21'],
    ['en', 'on 26 February please', '2027-02-26'],
    ['en', 'a table for tonight', '2026-11-20'],
    ['en', 'book it today at 5', '2026-11-20'],
    ['en', 'it is for 13 people on the 6th', '2026-12-06'],
    ['it', 'vorrei domani alle 5', '2026-11-21'],
    ['es', 'iré el viernes que viene', '2026-11-27'],
    ['fr', 'je viens demain', '2026-11-21'],
    ['de', 'ich komme übermorgen', '2026-11-22'],
  ])('is plainly stated where no time is preferred: %s "%s"', (locale, text, date) => {
    expect(hear('date', locale, text)).toEqual([date])
  })

  it.each(['tomorrow at 5', 'in 27 days', 'on Saturday', '26 February'])('is no birthday: "%s"', (text) => {
    expect(hear('date', 'en', text, { contract: { prefer: 'past' } })).toEqual([])
    expect(hear('date', 'en', text, { contract: { prefer: 'future' } })).toHaveLength(1)
  })

  it.each(['5 days ago', '12/05/1990', 'I was born on 3 May 1980', 'waiting since Friday'])('is no appointment: "%s"', (text) => {
    expect(hear('date', 'en', text, { contract: { prefer: 'future' } })).toEqual([])
  })

  it.each([
    ['en', 'how are you today'],
    ['en', 'I may come'],
    ['en', 'the second one'],
    ['en', 'they march on'],
    ['en', 'I live on the 4th floor'],
    ['en', 'three of the four guests'],
    ['en', 'all 8 of the 10 of us'],
    ['en', 'it has not arrived after two weeks'],
    ['de', 'nach zwei Wochen ist nichts da'],
    ['en', 'on Mondays I work'],
    ['en', 'it came the next day'],
    ['en', 'I love Christmas songs'],
    ['it', 'ogni lunedì'],
    ['it', 'oggi sto bene'],
    ['es', 'los lunes trabajo'],
    ['fr', 'tous les lundis'],
    ['de', 'jeden Montag'],
  ])('is not made of %s "%s"', (locale, text) => {
    expect(hear('date', locale, text)).toEqual([])
  })

  it('goes to the one of two data that it can be meant for', () => {
    const birth = slot('date', { slot: 'birth', attention: 'listening', contract: { prefer: 'past' } })
    const visit = slot('date', { slot: 'visit', attention: 'listening', contract: { prefer: 'future' } })
    const shared = (text: string): unknown[] =>
      understand(text, { slots: [slot('full-name'), birth, visit] }).candidates.map((candidate) => [
        candidate.slot,
        gist(candidate),
      ])
    expect(shared('tomorrow would be fine')).toEqual([['visit', '2026-11-21']])
    expect(shared('12/05/1990')).toEqual([['birth', '1990-05-12']])
    expect(shared('26 February')).toEqual([])
  })
})

describe('a time that nobody asked for', () => {
  it.each([
    ['en', 'a four night stay'],
    ['en', 'we want 3 nights'],
    ['en', 'a rating greater than 3'],
    ['en', 'nights from 5 to 23 January'],
    ['en', 'from 2009 to 2018'],
    ['en', 'I will be 5 to 10 minutes late'],
    ['en', 'play the midnight series'],
    ['fr', 'une note supérieure à 3'],
    ['fr', 'un des deux'],
    ['es', 'tardé de 5 a 10 minutos'],
  ])('is not made of %s "%s"', (locale, text) => {
    expect(hear('time', locale, text)).toEqual([])
  })

  it.each([
    ['en', 'see you at 5', '17:00'],
    ['en', 'noon tomorrow', '12:00'],
    ['en', 'ten past 9 at night', '21:10'],
    ['fr', 'demain à 8 heures', '08:00'],
    ['de', 'morgen um 8', '08:00'],
    ['it', 'alle 18 in punto', '18:00'],
  ])('is taken from %s "%s"', (locale, text, time) => {
    expect(hear('time', locale, text)).toEqual([time])
  })
})

describe('a number that nobody asked for', () => {
  const party = (text: string): unknown[] => hear('number', 'en', text, { names: ['party', 'table', 'people'] })

  it('is taken beside its names', () => {
    expect(party('a table for 5')).toEqual([5])
    expect(party('a party of two at 7')).toEqual([2])
    expect(party('4 people')).toEqual([4])
  })

  it.each(['a table for 12:30 PM', 'a table for 1 p.m.', 'a table at 8', 'a table in 27 days', 'we are 6'])(
    'is not made of "%s"',
    (text) => {
      expect(party(text)).toEqual([])
    },
  )
})

describe('a name that nobody asked for', () => {
  const ada = { first: 'Ada', last: 'Rossi' }

  it.each([
    ['en', 'the booking is under Ada Rossi'],
    ['en', 'in the name of Ada Rossi, please'],
    ['en', 'a table for Ada Rossi at 8'],
    ['en', 'Ada Rossi here, I am late'],
    ['en', 'hello, Ada Rossi speaking.'],
    ['en', 'Ada Rossi is my name'],
    ['it', 'prenotazione a nome di Ada Rossi'],
    ['it', 'qui parla Ada Rossi'],
    ['it', 'Ada Rossi al telefono'],
    ['es', 'una reserva a nombre de Ada Rossi'],
    ['es', 'le habla Ada Rossi'],
    ['fr', 'au nom de Ada Rossi'],
    ['fr', "Ada Rossi à l'appareil"],
    ['de', 'auf den Namen Ada Rossi'],
    ['de', 'hier spricht Ada Rossi'],
    ['de', 'Ada Rossi am Apparat'],
  ])('is heard in %s "%s"', (locale, text) => {
    expect(hear('full-name', locale, text)).toEqual([ada])
  })

  it('may be one word, which is its first or last part', () => {
    expect(hear('full-name', 'en', 'my name is Kevin')).toEqual([{ first: 'Kevin' }])
    expect(hear('full-name', 'en', 'last name Byron')).toEqual([{ last: 'Byron' }])
    expect(hear('first-name', 'en', 'a table under the name kevin')).toEqual(['Kevin'])
    expect(hear('last-name', 'en', 'a table under the name kevin')).toEqual([])
  })

  it.each([
    ['en', 'what is my name saved as'],
    ['en', 'how does my name appear'],
    ['en', 'your name is Steve'],
    ['en', 'name stores within ten miles'],
    ['en', 'I AM MISSING CASH FROM MY ACCOUNT'],
    ['en', 'is anyone here'],
    ['en', 'a table for New Zealand'],
    ['en', 'it is under construction'],
    ['en', 'it is cold here in London'],
    ['de', 'das Neue Konto hier'],
    ['es', 'el nombre sale dos veces'],
  ])('is not made of %s "%s"', (locale, text) => {
    expect(hear('full-name', locale, text)).toEqual([])
  })

  it('is the whole answer behind "under" or "for" where a name was asked', () => {
    const answer = (text: string): unknown => gist(understand(text, { slots: [slot('full-name')] }).candidates[0])
    expect(answer('under hollis carrero')).toEqual({ first: 'Hollis', last: 'Carrero' })
    expect(answer('for jodie bienaime')).toEqual({ first: 'Jodie', last: 'Bienaime' })
    expect(answer('for tomorrow')).toBeUndefined()
    expect(answer('for two people')).toBeUndefined()
  })
})
