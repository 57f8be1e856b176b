import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

type Rows = readonly (readonly [text: string, value: number | undefined])[]

const ENGLISH: Rows = [
  ['forty-seven', 47],
  ['a hundred and one', 101],
  ['six hundred thousand', 600_000],
  ['four hundred and twelve thousand and six', 412_006],
  ['3 hundred and 21', 321],
  ['2.5 million', 2_500_000],
  ['one and a half million', 1_500_000],
  ['three million and a quarter', 3_250_000],
  ['half a dozen', 6],
  ['three dozen eggs', 36],
  ['a couple hundred', 200],
  ['seven eighths', 0.875],
  ['one hundred and thirty-two fifths', 26.4],
  ['three twenty-fifths', 0.12],
  ['one over eight', 0.125],
  ['2 1/4', 2.25],
  ['2½', 2.5],
  ['forty two point o seven', 42.07],
  ['point seven', 0.7],
  ['minus three point five', -3.5],
  ['- 1 4/5', -1.8],
  ['fifteen percent', 15],
  ['1.2k', 1200],
  ['3bn', 3_000_000_000],
  ['6e3', 6000],
  ['1.5x10^3', 1500],
  ['12,34,567', 1_234_567],
  ['three lakh', 300_000],
  ["1'234'567", 1_234_567],
  ['1.234.567', 1_234_567],
  ['1.234,56', 1234.56],
  ['two fifty', 250],
  ['nineteen eighty four', 1984],
  ['twentyone', 21],
  ['there will be four of us', 4],
  ['I need one', 1],
  ['the one on the left', undefined],
  ['that one please', undefined],
  ['room B2', undefined],
  ['the 180ml bottle', undefined],
  ['I have no idea', undefined],
]

const ITALIAN: Rows = [
  ['quarantasette', 47],
  ['cento uno', 101],
  ['tremila duecento', 3200],
  ['duecento quarantatremila', 243_000],
  ['cinquanta mila', 50_000],
  ['3 mila', 3000],
  ['due milioni e mezzo', 2_500_000],
  ['uno virgola due milioni', 1_200_000],
  ['un milione duecentomila', 1_200_000],
  ['tre quarti', 0.75],
  ['un terzo', 1 / 3],
  ['quattro e un quarto', 4.25],
  ['un mezzo', 0.5],
  ['zero virgola zero cinque', 0.05],
  ['meno tre virgola cinque', -3.5],
  ['una decina', 10],
  ['trecento e due dozzine', 324],
  ['il quindici per cento', 15],
  ['1.234.567,89', 1_234_567.89],
  ['siamo sei', 6],
  ['vorrei un biglietto', 1],
  ['un attimo', undefined],
  ['lei è gentile', undefined],
  ['una', 1],
]

const SPANISH: Rows = [
  ['cuarenta y siete', 47],
  ['diez y seis', 16],
  ['ciento veintitrés mil cuatrocientos cincuenta y seis', 123_456],
  ['treinta y un mil', 31_000],
  ['treinta y 3', 33],
  ['4 millones 2 mil 3', 4_002_003],
  ['dos mil quinientos millones', 2_500_000_000],
  ['dos millones y medio', 2_500_000],
  ['uno coma dos millones', 1_200_000],
  ['tres cuartos', 0.75],
  ['un tercio', 1 / 3],
  ['cinco doceavos', 5 / 12],
  ['cero coma cero cinco', 0.05],
  ['menos siete', -7],
  ['cuarentaicinco', 45],
  ['quince por ciento', 15],
  ['setecientas', 700],
  ['un par', 2],
  ['quiero un billete', 1],
  ['un momento', undefined],
  ['4to piso', undefined],
]

const FRENCH: Rows = [
  ['quarante-sept', 47],
  ['soixante et onze', 71],
  ['quatre vingt quinze', 95],
  ['quatre-vingt-un', 81],
  ['septante-cinq', 75],
  ['huitante', 80],
  ['nonante-neuf', 99],
  ['mille neuf cent quatre-vingt-quatre', 1984],
  ['dix-neuf cent quatre vingt', 1980],
  ['cent vingt-trois mille quatre cent cinquante-six', 123_456],
  ['4 mille 3 cents et 21', 4321],
  ['deux millions et demi', 2_500_000],
  ['un virgule deux million', 1_200_000],
  ['deux tiers de million', 2_000_000 / 3],
  ['un vingt-cinquième', 0.04],
  ['trois quarts', 0.75],
  ['un sur vingt', 0.05],
  ['une douzaine', 12],
  ['moins sept', -7],
  ['1 234 567,89', 1_234_567.89],
  ['je voudrais un billet', 1],
  ['un instant', undefined],
  ['celui-ci', undefined],
]

const GERMAN: Rows = [
  ['siebenundvierzig', 47],
  ['sieben und vierzig', 47],
  ['hundertdreiundzwanzigtausendvierhundertsechsundfünfzig', 123_456],
  ['drei hundert ein und zwanzig', 321],
  ['neunzehnhundertvierundachtzig', 1984],
  ['fuenfundfuenfzig', 55],
  ['zwei Millionen dreihunderttausend', 2_300_000],
  ['2,5 Millionen', 2_500_000],
  ['zweieinhalb Millionen', 2_500_000],
  ['anderthalb', 1.5],
  ['eine halbe Million', 500_000],
  ['zwei Drittel', 2 / 3],
  ['drei Viertel', 0.75],
  ['fünf Zwanzigstel', 0.25],
  ['siebzehn Komma zwei fünf', 17.25],
  ['minus sieben', -7],
  ['drei Dutzend', 36],
  ['fünfzehn Prozent', 15],
  ['1.234.567,89', 1_234_567.89],
  ['zwo', 2],
  ['ich hätte gern ein Ticket', 1],
  ['einen Moment', undefined],
]

describe.each([
  ['en', ENGLISH],
  ['it', ITALIAN],
  ['es', SPANISH],
  ['fr', FRENCH],
  ['de', GERMAN],
])('a number in %s', (locale, rows) => {
  it.each(rows)('is read from "%s"', (text, value) => {
    const read = take('number', locale, text)
    if (typeof value === 'number') expect(read).toBeCloseTo(value, 9)
    else expect(read).toBeUndefined()
  })
})

describe('a number', () => {
  it('is none in a date or a version', () => {
    expect(take('number', 'en', '1.2.3')).toBeUndefined()
    expect(take('number', 'it', '12.05.2024')).toBeUndefined()
  })

  it.each([
    ['en', '3, no, make that 4', 4],
    ['en', 'not 3 but 4', 4],
    ['it', 'tre, anzi quattro', 4],
    ['es', 'tres, perdón, cuatro', 4],
    ['fr', 'trois, non, quatre', 4],
    ['de', 'drei, nein, vier', 4],
  ])('is what replaces another in %s "%s"', (locale, text, value) => {
    const { candidates } = understand(text, { slots: [slot('number')], locale })
    expect(candidates.map((candidate) => candidate.value)).toEqual([value])
  })

  it.each([
    ['en', 'sevn', 7],
    ['it', 'quatro', 4],
    ['es', 'cincuo', 5],
    ['fr', 'quattre', 4],
    ['de', 'sieben', 7],
    ['de', 'zwanzik', 20],
    ['en', 'none', undefined],
    ['en', 'tonight', undefined],
  ])('is forgiven a slip in its only word: %s "%s"', (locale, text, value) => {
    expect(take('number', locale, text)).toBe(value)
  })

  it('takes its percent sign with it', () => {
    const sure = (text: string, locale: string): number | undefined =>
      understand(text, { slots: [slot('number')], locale }).candidates[0]?.confidence
    expect([sure('quindici per cento', 'it'), sure('quince por ciento', 'es'), sure('15 %', 'de')]).toEqual([0.95, 0.95, 0.95])
  })

  it('is grouped the other way where only that can be', () => {
    expect(take('number', 'en', '1.234', { integer: true })).toBe(1234)
    expect(take('number', 'it', '1.500', { max: 10 })).toBe(1.5)
    expect(take('number', 'it', '1.500')).toBe(1500)
  })

  it('has no sign inside a code', () => {
    expect(take('number', 'en', 'SCP-173')).toBe(173)
  })

  it('is an article only where a number was asked, and then unsurely', () => {
    const asked = understand('vorrei una stanza', { slots: [slot('number')], locale: 'it' }).candidates[0]
    expect([asked?.value, asked?.confidence]).toEqual([1, 0.6])
    const listening = slot('number', { attention: 'listening', names: ['stanze'] })
    expect(
      gist(understand('vorrei una stanza', { slots: [slot('email'), listening], locale: 'it' }).candidates[0]),
    ).toBeUndefined()
  })
})

describe('a number with what it counts behind it', () => {
  const people = slot('number', { attention: 'listening', names: ['people'] })
  const hear = (text: string): unknown => gist(understand(text, { slots: [slot('email'), people] }).candidates[0])

  it('counts unasked', () => {
    expect(hear('a table for 5 people at 7')).toBe(5)
    expect(hear('people: 4')).toBe(4)
    expect(hear('for how many people? for 4')).toBeUndefined()
    expect(hear('a table at 12:30')).toBeUndefined()
  })

  it('is surer than other numbers when asked', () => {
    const asked = understand('7 people at 8 in the morning', { slots: [slot('number', { names: ['people'] })] })
    expect(asked.candidates.map((candidate) => [candidate.value, candidate.confidence])).toEqual([
      [7, 0.97],
      [8, 0.6],
    ])
  })

  it('is no time of the day', () => {
    expect(take('number', 'en', 'at 12:30')).toBeUndefined()
    expect(take('number', 'en', 'at 3 pm')).toBeUndefined()
  })

  it.each(['4716989580001715211', '87057367204202896', '-4,716,989,580,001,715,211'])(
    'keeps every figure or none of %s',
    (text) => {
      expect(take('number', 'en', text)).toBe('out-of-range')
    },
  )
})
