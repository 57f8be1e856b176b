import type { SlotExpectation } from '../../src/dialogue/interpretation.ts'
import type { DatumType } from '../../src/dialogue/template.ts'
import type { NluRequest } from '../../src/nlu/port.ts'

const PARTS: Readonly<Partial<Record<DatumType, readonly string[]>>> = {
  date: ['day', 'month', 'year'],
  'full-name': ['first', 'last'],
}

export const slot = (type: DatumType, more: Partial<SlotExpectation> = {}): SlotExpectation => ({
  slot: type,
  type,
  contract: {},
  attention: 'active',
  parts: PARTS[type] ?? [],
  names: [],
  ...more,
})

const COUNTRIES: Readonly<Record<string, string>> = { en: 'GB', it: 'IT', es: 'ES', fr: 'FR', de: 'DE' }

export function requestOf(locale: string, text: string, slots: readonly SlotExpectation[], tenant = 'bench'): NluRequest {
  return {
    tenant,
    cid: 'bench',
    text,
    alternatives: [],
    locale,
    country: COUNTRIES[locale] ?? 'GB',
    localNow: '2026-11-20T10:30:00',
    tz: 'Europe/London',
    expectations: { key: 'bench', slots, yesNo: false, commands: ['help', 'repeat', 'operator', 'cancel'] },
    deadlineMs: 2_000,
  }
}

/** What people say to each extractor, in several languages, typed and spoken. */
export const UTTERANCES: Readonly<Partial<Record<DatumType, readonly (readonly [locale: string, text: string])[]>>> = {
  date: [
    ['en', 'the fourteenth of december nineteen eighty'],
    ['it', 'sono nato il quattordici dicembre millenovecentottanta'],
    ['es', 'el martes de la semana que viene'],
    ['fr', 'le premier mars deux mille vingt-six'],
    ['de', 'am dreiundzwanzigsten Mai 2027'],
  ],
  time: [
    ['en', 'half past three in the afternoon'],
    ['it', 'alle sette e mezza di sera'],
    ['es', 'a las cinco menos cuarto'],
    ['fr', 'à dix-sept heures trente'],
    ['de', 'um halb acht abends'],
  ],
  'date-time': [
    ['en', 'tomorrow at half past three'],
    ['it', 'lunedì prossimo alle nove e un quarto'],
    ['de', 'morgen um halb acht'],
  ],
  duration: [
    ['en', 'two and a half hours'],
    ['fr', 'une heure et quart'],
  ],
  'full-name': [
    ['en', 'my name is Mary Jane Watson'],
    ['it', 'mi chiamo Mario Rossi'],
    ['de', 'ich heiße Karl-Heinz von der Mühle'],
  ],
  email: [
    ['en', 'mario dot rossi at example dot com'],
    ['it', 'scrivi a mario.rossi@example.com'],
    ['fr', 'jean tiret pierre arobase exemple point fr'],
  ],
  phone: [
    ['en', 'oh two oh seven nine four six oh nine five eight'],
    ['it', 'tre tre tre, uno due tre quattro cinque sei sette'],
    ['fr', 'zéro six douze trente-quatre cinquante-six soixante-dix-huit'],
  ],
  number: [
    ['en', 'two hundred and fifty three thousand'],
    ['it', 'duecentocinquantatremila'],
    ['de', 'zweihundertdreiundfünfzigtausend'],
    ['fr', 'quatre-vingt-dix-sept virgule cinq'],
  ],
  money: [
    ['en', 'about three hundred and fifty dollars and twenty cents'],
    ['es', 'trescientos cincuenta euros con veinte'],
  ],
  quantity: [['en', 'twelve and a half kilowatt hours']],
  'postal-address': [
    ['en', '221b Baker Street, London NW1 6XE'],
    ['it', 'via Giuseppe Garibaldi 12, 20121 Milano'],
  ],
  'post-code': [
    ['en', 't for tommy q for queen six r for roger four s for sugar f for freddy l for lima'],
    ['it', 'due zero uno due uno'],
  ],
  'yes-no': [
    ['en', 'I think that would work, yes'],
    ['de', 'nein, das stimmt leider nicht'],
  ],
  iban: [['en', 'GB82 WEST 1234 5698 7654 32']],
  'payment-card': [['en', '4111 1111 1111 1111']],
  'licence-plate': [['it', 'AB 123 CD']],
  country: [['fr', 'je viens des Pays-Bas']],
  language: [['es', 'hablo alemán']],
  'pod-code': [['it', 'I T zero zero uno E uno due tre quattro cinque sei sette otto']],
  'pdr-code': [['it', 'zero zero ottantotto dodici trentaquattro cinquantasei settantotto novanta']],
  vat: [['it', 'partita iva 00743110157']],
  'tax-code-it': [['it', 'RSSMRA80A01H501U']],
  pattern: [['en', 'it is ab 12 34 56']],
  'free-text': [['en', 'the washing machine leaks since yesterday evening']],
}
