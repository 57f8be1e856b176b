import type { NumberWords } from '../source.ts'
import { gluedGerman, gluedGermanOrdinal } from './glued.ts'

/** The forms of a German ordinal, by its stem: `dritt` gives `dritte`, `dritten`, … */
function forms(...stems: string[]): string {
  return stems.flatMap((stem) => ['e', 'en', 'er', 'es', 'em'].map((ending) => stem + ending)).join(' ')
}

export const numbers: NumberWords = {
  cardinals: [
    ['null', 0],
    ['eins', 1],
    ['zwei zwo', 2],
    ['drei', 3],
    ['vier', 4],
    ['funf fuenf', 5],
    ['sechs', 6],
    ['sieben', 7],
    ['acht', 8],
    ['neun', 9],
    ['zehn', 10],
    ['elf', 11],
    ['zwolf zwoelf', 12],
    ['dreizehn', 13],
    ['vierzehn', 14],
    ['funfzehn fuenfzehn', 15],
    ['sechzehn', 16],
    ['siebzehn', 17],
    ['achtzehn', 18],
    ['neunzehn', 19],
    ['zwanzig', 20],
    ['dreissig dreisig', 30],
    ['vierzig', 40],
    ['funfzig fuenfzig', 50],
    ['sechzig', 60],
    ['siebzig', 70],
    ['achtzig', 80],
    ['neunzig', 90],
  ],
  ordinals: [
    [forms('erst'), 1],
    [forms('zweit'), 2],
    [forms('dritt'), 3],
    [forms('viert'), 4],
    [forms('funft', 'fuenft'), 5],
    [forms('sechst'), 6],
    [forms('siebt', 'siebent'), 7],
    [forms('acht'), 8],
    [forms('neunt'), 9],
    [forms('zehnt'), 10],
    [forms('elft'), 11],
    [forms('zwolft', 'zwoelft'), 12],
  ],
  scales: [
    ['hundert hunderte', 100],
    ['tausend tausende', 1000],
    ['million millionen mio', 1_000_000],
    ['milliarde milliarden mrd', 1_000_000_000],
    ['billion billionen', 1_000_000_000_000],
    ['billiarde billiarden', 1_000_000_000_000_000],
  ],
  multipliers: [
    ['doppel doppelt', 2],
    ['dreifach', 3],
  ],
  glued: gluedGerman,
  gluedOrdinal: gluedGermanOrdinal,
  currencies: [],
  decimalMark: ',',
  is: {
    and: 'und',
    point: 'komma punkt',
    minus: 'minus',
    article: 'ein eine einen einem einer eines',
  },
  as: {
    ordinalEnd: 'te ten ter tes ste sten ster stes °',
  },
  how: {
    one: 'eins ein eine einen einem einer eines',
    unitAnd: 'und',
  },
}
