import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

describe('a full name in five languages', () => {
  it.each([
    ['en', 'my name is Kathryn Ashworth', 'Kathryn', 'Ashworth'],
    ['en', "it's Siobhan O'Reilly", 'Siobhan', "O'Reilly"],
    ['en', 'first name Gareth surname Pugh', 'Gareth', 'Pugh'],
    ['en', 'Chelsea Thomas', 'Chelsea', 'Thomas'],
    ['en', 'Mrs Jane Lowe', 'Jane', 'Lowe'],
    ['en', 'Peter William King', 'Peter William', 'King'],
    ['it', 'mi chiamo Giulia Bianchi', 'Giulia', 'Bianchi'],
    ['it', 'cognome Rossi nome Mario', 'Mario', 'Rossi'],
    ['it', 'Esposito Gennaro', 'Gennaro', 'Esposito'],
    ['it', 'sono la signora Anna Della Valle', 'Anna', 'Della Valle'],
    ['it', 'Bianchi, Giulia', 'Giulia', 'Bianchi'],
    ['it', 'gian luca marino', 'Gian Luca', 'Marino'],
    ['es', 'me llamo Lucía Fernández', 'Lucía', 'Fernández'],
    ['es', 'soy José Antonio García López', 'José Antonio', 'García López'],
    ['es', 'mi nombre es Carmen de la Fuente', 'Carmen', 'de la Fuente'],
    ['es', 'el señor Javier Ortega', 'Javier', 'Ortega'],
    ['es', 'nombre Pablo apellido Moreno', 'Pablo', 'Moreno'],
    ['es', 'García López, María', 'María', 'García López'],
    ['fr', "je m'appelle Camille Lefèvre", 'Camille', 'Lefèvre'],
    ['fr', 'je suis Jean-Pierre Moreau', 'Jean-Pierre', 'Moreau'],
    ['fr', 'madame Sophie Le Gall', 'Sophie', 'Le Gall'],
    ['fr', 'DUPONT Marie', 'Marie', 'Dupont'],
    ['fr', 'nom Durand prénom Luc', 'Luc', 'Durand'],
    ['de', 'ich heiße Jürgen Müller', 'Jürgen', 'Müller'],
    ['de', 'mein Name ist Anna von Berg', 'Anna', 'von Berg'],
    ['de', 'Frau Doktor Petra Schäfer', 'Petra', 'Schäfer'],
    ['de', 'Vorname Lukas Nachname Weiß', 'Lukas', 'Weiß'],
    ['de', 'Schneider, Katharina', 'Katharina', 'Schneider'],
  ])('is read from %s "%s"', (locale, text, first, last) => {
    expect(take('full-name', locale, text)).toEqual({ first, last })
  })

  it.each([
    ['en', 'Ferguson', { last: 'Ferguson' }],
    ['it', 'Giulia', { first: 'Giulia' }],
    ['es', 'mi apellido es Moreno', { last: 'Moreno' }],
    ['fr', 'Madame Durand', { last: 'Durand' }],
    ['de', 'Herr Schneider', { last: 'Schneider' }],
    ['es', 'me llamo Pepe', { first: 'Pepe' }],
    ['es', 'soy Paco', { first: 'Paco' }],
    ['es', 'me llamo Zutano', { first: 'Zutano' }],
    ['es', 'me llamo García', { last: 'García' }],
    ['it', 'mi chiamo Beppe', { first: 'Beppe' }],
    ['it', 'gigi', { first: 'Gigi' }],
    ['en', 'my name is Liz', { first: 'Liz' }],
    ['en', 'my name is Zork', { first: 'Zork' }],
    ['en', 'my name is Smith', { last: 'Smith' }],
    ['en', 'my first name is Smith', { first: 'Smith' }],
    ['fr', "je m'appelle Jojo", { first: 'Jojo' }],
    ['de', 'ich heiße Uli', { first: 'Uli' }],
    ['de', 'ich heiße Schmitz', { last: 'Schmitz' }],
  ])('one part alone is that part: %s "%s"', (locale, text, parts) => {
    expect(take('full-name', locale, text)).toEqual(parts)
  })

  it.each([
    ['no, Pérez', 'Pérez López'],
    ['no, Garzía', 'Garzía López'],
    ['no, Lopes', 'García Lopes'],
    ['no, Pérez Díaz', 'Pérez Díaz'],
  ])('of two Spanish surnames one is replaced and the other kept: "%s"', (text, last) => {
    const current = { first: 'Ana', last: 'García López' }
    const asked = slot('full-name', { attention: 'correcting', current })
    const { candidates } = understand(text, { slots: [asked], locale: 'es' })
    expect(candidates[0]?.parts?.last ?? candidates[0]?.value).toEqual(last)
  })

  it('of two given names none is kept behind a new one', () => {
    const asked = slot('first-name', { attention: 'correcting', current: 'Ana María' })
    expect(understand('no, Zutana', { slots: [asked], locale: 'es' }).candidates[0]?.value).toBe('Zutana')
  })

  it.each([
    ['es', 'no lo sé'],
    ['es', '¿qué quiere decir?'],
    ['es', 'buenos días'],
    ['fr', 'je ne comprends pas'],
    ['fr', "qu'est-ce que c'est ?"],
    ['fr', 'bonjour'],
    ['de', 'ich weiß nicht'],
    ['de', 'was meinen Sie?'],
    ['de', 'guten Tag'],
    ['en', 'call me later'],
    ['en', 'is that a question'],
    ['en', 'Buongiorno, non parlo inglese'],
    ['en', 'buenos días, quisiera pedir una cita'],
    ['it', 'Entschuldigung, ich verstehe die Frage nicht'],
    ['de', 'bonjour je voudrais prendre un rendez-vous'],
  ])('is not made of talk: %s "%s"', (locale, text) => {
    expect(take('full-name', locale, text)).toBeUndefined()
  })
})

describe('a correction of a name', () => {
  const correct = (locale: string, text: string, current = { first: 'Mario', last: 'Rosi' }): unknown =>
    gist(
      understand(text, { slots: [slot('full-name', { attention: 'correcting', current })], yesNo: true, locale }).candidates[0],
    )

  it.each([
    ['en', 'no, R O S S I', { last: 'Rossi' }],
    ['it', 'no, erre o esse esse i', { last: 'Rossi' }],
    ['it', 'no, Rossi con due esse', { last: 'Rossi' }],
    ['es', 'no, Rossi con dos eses', { last: 'Rossi' }],
    ['es', 'no, el apellido es Russo', { last: 'Russo' }],
    ['fr', 'non, Rossi avec deux s', { last: 'Rossi' }],
    ['fr', 'non, le nom de famille est Russo', { last: 'Russo' }],
    ['de', 'nein, Rossi mit zwei s', { last: 'Rossi' }],
    ['de', 'nein, der Nachname ist Russo', { last: 'Russo' }],
  ])('%s "%s" replaces the part that is meant', (locale, text, parts) => {
    expect(correct(locale, text)).toEqual(parts)
  })
})

describe('a spelled name', () => {
  const part = (text: string, locale = 'en'): unknown =>
    take('full-name', locale, text, {}, { part: 'last', current: { first: 'Anna' } })

  it.each([
    ['en', 'L O W E', { last: 'Lowe' }],
    ['en', 'lima oscar whiskey echo', { last: 'Lowe' }],
    ['it', 'erre o doppia esse i', { last: 'Rossi' }],
    ['it', 'R come Roma O come Otranto S come Savona S come Savona I come Imola', { last: 'Rossi' }],
    ['es', 'erre u i zeta', { last: 'Ruiz' }],
    ['fr', 'D U R A N D', { last: 'Durand' }],
    ['de', 'M wie Martha E wie Emil Y wie Ypsilon E wie Emil R wie Richard', { last: 'Meyer' }],
  ])('is put together: %s "%s"', (locale, text, parts) => {
    expect(part(text, locale)).toEqual(parts)
  })

  it('is read as a recogniser writes it, in lumps and with slips', () => {
    expect(take('full-name', 'en', 'g ar e th pu GH')).toEqual({ first: 'Gareth', last: 'Pugh' })
    expect(take('full-name', 'en', 'k e n n e t h surname s h a h')).toEqual({ first: 'Kenneth', last: 'Shah' })
  })

  it('takes the other part from a name that was denied', () => {
    const rejected = [{ first: 'Stephen', last: 'Frost' }]
    expect(take('full-name', 'en', 's t e v e n', {}, { rejected })).toEqual({ first: 'Steven', last: 'Frost' })
  })
})
