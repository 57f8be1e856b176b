import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

describe('a full name that was asked for', () => {
  it.each([
    ['en', 'Mario Rossi', 'Mario', 'Rossi'],
    ['en', 'mario rossi', 'Mario', 'Rossi'],
    ['en', 'MARIO ROSSI', 'Mario', 'Rossi'],
    ['en', "I'm Mario Rossi", 'Mario', 'Rossi'],
    ['en', 'my name is John Smith', 'John', 'Smith'],
    ['en', 'it is mario rossi thanks', 'Mario', 'Rossi'],
    ['en', 'Dr. John Smith', 'John', 'Smith'],
    ['en', "Sean O'Brien", 'Sean', "O'Brien"],
    ['en', "sean o'brien", 'Sean', "O'Brien"],
    ['en', 'Anne-Marie Dupont', 'Anne-Marie', 'Dupont'],
    ['en', 'jan van der berg', 'Jan', 'Van der Berg'],
    ['en', 'ronald mcdonald', 'Ronald', 'McDonald'],
    ['en', 'my first name is Mario and my surname is Rossi', 'Mario', 'Rossi'],
    ['en', 'Rossi, Mario', 'Mario', 'Rossi'],
    ['it', 'Mario De Luca', 'Mario', 'De Luca'],
    ['it', 'mi chiamo Mario Rossi', 'Mario', 'Rossi'],
    ['it', 'sono Anna Maria Bianchi', 'Anna Maria', 'Bianchi'],
    ['it', 'il mio nome è Anna Bianchi', 'Anna', 'Bianchi'],
    ['it', 'Rossi Mario', 'Mario', 'Rossi'],
    ['it', "D'Amico Salvatore", 'Salvatore', "D'Amico"],
    ['it', 'Sono Luca Verdi e abito a Roma', 'Luca', 'Verdi'],
    ['en', 'Will Smith', 'Will', 'Smith'],
    ['en', 'J.R.R. Tolkien', 'J.R.R.', 'Tolkien'],
    ['it', 'nome Mario cognome Rossi', 'Mario', 'Rossi'],
    ['it', 'Niccolò Però', 'Niccolò', 'Però'],
  ])('reads %s "%s"', (locale, text, first, last) => {
    expect(take('full-name', locale, text)).toEqual({ first, last })
  })

  it.each([
    ['en', 'Mario', { first: 'Mario' }],
    ['en', 'R O S S I', { first: 'Rossi' }],
    ['it', 'di cognome Rossi', { last: 'Rossi' }],
    ['it', 'il signor Rossi', { last: 'Rossi' }],
  ])('takes one part from %s "%s"', (locale, text, parts) => {
    expect(take('full-name', locale, text)).toEqual(parts)
  })

  it('takes the part that was asked for', () => {
    expect(take('full-name', 'it', 'De Luca', {}, { part: 'last', current: { first: 'Mario' } })).toEqual({ last: 'De Luca' })
    expect(take('full-name', 'it', 'Mario De Luca', {}, { part: 'last', current: { first: 'Mario' } })).toEqual({
      first: 'Mario',
      last: 'De Luca',
    })
  })

  it.each([
    ['en', 'what do you mean'],
    ['en', 'who are you?'],
    ['en', 'I do not know'],
    ['en', 'good morning'],
    ['en', 'yes'],
    ['en', '12345'],
    ['en', 'the phone is 333 1234567'],
    ['it', 'non lo so'],
    ['it', 'sono in ritardo'],
    ['it', 'buongiorno'],
    ['it', 'va bene'],
  ])('takes no name from %s "%s"', (locale, text) => {
    expect(take('full-name', locale, text)).toBeUndefined()
  })
})

describe('a name nobody asked for', () => {
  const hear = (text: string, locale = 'en'): unknown =>
    gist(understand(text, { slots: [slot('email'), slot('full-name', { attention: 'listening' })], locale }).candidates[0])

  it('counts when it was announced', () => {
    expect(hear('my name is Mario Rossi')).toEqual({ first: 'Mario', last: 'Rossi' })
    expect(hear("I'm Mario Rossi")).toEqual({ first: 'Mario', last: 'Rossi' })
    expect(hear('mi chiamo Mario Rossi', 'it')).toEqual({ first: 'Mario', last: 'Rossi' })
  })

  it('does not count otherwise', () => {
    expect(hear('Mario Rossi')).toBeUndefined()
    expect(hear("I'm tired of this")).toBeUndefined()
    expect(hear('sono stanco', 'it')).toBeUndefined()
  })
})

describe('a name under confirmation', () => {
  const correct = (text: string, locale = 'en', current = { first: 'Mario', last: 'Rosi' }): unknown =>
    gist(
      understand(text, { slots: [slot('full-name', { attention: 'correcting', current })], yesNo: true, locale }).candidates[0],
    )

  it.each([
    ['en', 'no, Rossi with two s', { last: 'Rossi' }],
    ['en', 'with two s', { last: 'Rossi' }],
    ['en', 'no, with a double s', { last: 'Rossi' }],
    ['en', 'Rossi not Rosi', { last: 'Rossi' }],
    ['en', 'R O S S I', { last: 'Rossi' }],
    ['en', 'no, R for Romeo O double S I', { last: 'Rossi' }],
    ['en', 'no, Rossi', { last: 'Rossi' }],
    ['en', 'no, Maria', { first: 'Maria' }],
    ['en', 'no, Luca Bianchi', { first: 'Luca', last: 'Bianchi' }],
    ['en', 'my surname is Bianchi', { last: 'Bianchi' }],
    ['it', 'no, Rossi con due s', { last: 'Rossi' }],
    ['it', 'con due s', { last: 'Rossi' }],
    ['it', 'no, Rossi con la doppia s', { last: 'Rossi' }],
    ['it', 'non Rosi, Rossi', { last: 'Rossi' }],
    ['it', 'no, il cognome è Bianchi', { last: 'Bianchi' }],
  ])('is corrected by %s "%s"', (locale, text, parts) => {
    expect(correct(text, locale)).toEqual(parts)
  })

  it('puts a letter in the place of the one that sounds like it', () => {
    expect(correct('with a k', 'en', { first: 'Erica', last: 'Rossi' })).toEqual({ first: 'Erika' })
    expect(correct('no, Erika with a k', 'en', { first: 'Erica', last: 'Rossi' })).toEqual({ first: 'Erika' })
  })

  it.each(['yes', 'no', 'perfect', 'that is wrong', 'I do not know'])('is left alone by "%s"', (text) => {
    expect(correct(text)).toBeUndefined()
  })
})

describe('first and last names by themselves', () => {
  it('take the part that they are of a full name', () => {
    expect(take('first-name', 'en', 'Mario')).toBe('Mario')
    expect(take('first-name', 'it', 'mi chiamo Mario Rossi')).toBe('Mario')
    expect(take('last-name', 'it', 'De Luca')).toBe('De Luca')
    expect(take('last-name', 'it', 'Mario Rossi')).toBe('Rossi')
  })

  it('are corrected whole', () => {
    const current = slot('last-name', { attention: 'correcting', current: 'Rosi' })
    expect(gist(understand('no, with two s', { slots: [current], yesNo: true }).candidates[0])).toBe('Rossi')
  })

  it('keeps no control characters', () => {
    expect(take('last-name', 'en', 'my name is ab\0cd')).toBe('Ab Cd')
    expect(take('full-name', 'en', 'My name is Anna \0\tSmith')).toEqual({ first: 'Anna', last: 'Smith' })
  })
})

describe('a name that was denied', () => {
  it.each([
    ['it', 'Lucia', 'Ferrari'],
    ['de', 'Hans', 'Müller'],
    ['en', 'John', 'Martin'],
  ])('is taken when it is written again to the letter: %s %s %s', (locale, first, last) => {
    const rejected = [{ first, last }]
    expect(take('full-name', locale, `${first} ${last}`, {}, { rejected })).toEqual({ first, last })
  })
})
