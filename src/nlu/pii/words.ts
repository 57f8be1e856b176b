import type { Lexicon } from '../lexicon/lexicon.ts'
import { Phrases } from '../text/phrases.ts'

/** What announces values that nothing else tells apart, by language. */
const WORDS: Readonly<Record<string, { readonly postCode: string; readonly plate: string }>> = {
  en: {
    postCode: 'post code|postcode|postal code|zip|zip code',
    plate: 'plate|number plate|licence plate|license plate|registration|reg',
  },
  it: { postCode: 'cap|codice postale|codice di avviamento postale', plate: 'targa|targata|targato' },
  es: { postCode: 'código postal|cp|c p', plate: 'matrícula|placa' },
  fr: { postCode: 'code postal|cp', plate: 'immatriculation|immatriculée|immatriculé|plaque' },
  de: { postCode: 'plz|postleitzahl', plate: 'kennzeichen|nummernschild|autokennzeichen|autonummer' },
}

type Announced = 'post-code' | 'plate'

const COMPILED = new WeakMap<Lexicon, Phrases<Announced>>()

/** The phrases that announce a post code or a plate in that language. */
export function announcersOf(lexicon: Lexicon): Phrases<Announced> {
  let phrases = COMPILED.get(lexicon)
  if (phrases === undefined) {
    phrases = new Phrases<Announced>()
    const words = WORDS[lexicon.language]
    if (words !== undefined) phrases.add(words.postCode, 'post-code').add(words.plate, 'plate')
    COMPILED.set(lexicon, phrases)
  }
  return phrases
}
