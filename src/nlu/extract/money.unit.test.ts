import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

type Rows = readonly (readonly [text: string, amount: number | undefined, currency?: string])[]

const ENGLISH: Rows = [
  ['$12.99', 12.99, 'USD'],
  ['twelve ninety nine', 12.99, 'GBP'],
  ['fifty quid', 50, 'GBP'],
  ['20 bucks', 20, 'USD'],
  ['fifty cents', 0.5, 'GBP'],
  ['50p', 0.5, 'GBP'],
  ['ten pounds fifty', 10.5, 'GBP'],
  ['a dollar and a half', 1.5, 'USD'],
  ['a euro twenty', 1.2, 'EUR'],
  ['half a million US dollars', 500_000, 'USD'],
  ['three quarters of a billion dollars', 750_000_000, 'USD'],
  ['two hundred Canadian dollars', 200, 'CAD'],
  ['100 Hong Kong dollars', 100, 'HKD'],
  ['200 Swedish kronor', 200, 'SEK'],
  ['AUD20', 20, 'AUD'],
  ['NZ$ 15', 15, 'NZD'],
  ['£1.5m', 1_500_000, 'GBP'],
  ['30 MUSD', 30_000_000, 'USD'],
  ['ten grand', 10_000, 'GBP'],
  ['2k euros', 2000, 'EUR'],
  ['€1.250,75', 1250.75, 'EUR'],
  ['-20 euros', -20, 'EUR'],
  ["it's $5", 5, 'USD'],
  ['about 500', 500, 'GBP'],
  ['Rs. 500', 500, 'INR'],
  ['a lot', undefined],
  ['I won', undefined],
]
const ITALIAN: Rows = [
  ['venti euro e cinquanta', 20.5, 'EUR'],
  ['venti euro e cinquanta centesimi', 20.5, 'EUR'],
  ['cinquanta centesimi', 0.5, 'EUR'],
  ['due e cinquanta', 2.5, 'EUR'],
  ['un euro e mezzo', 1.5, 'EUR'],
  ['un milione e mezzo di euro', 1_500_000, 'EUR'],
  ['un centinaio di euro', 100, 'EUR'],
  ['mille e duecento euro', 1200, 'EUR'],
  ['duecento dollari canadesi', 200, 'CAD'],
  ['5 franchi svizzeri', 5, 'CHF'],
  ['cento lire sterline', 100, 'GBP'],
  ['€ 15.000,00', 15_000, 'EUR'],
  ['dollari 4', 4, 'USD'],
  ['non tanto', undefined],
]
const SPANISH: Rows = [
  ['veinte euros con cincuenta', 20.5, 'EUR'],
  ['3 euros y 5 céntimos', 3.05, 'EUR'],
  ['5 euros 20', 5.2, 'EUR'],
  ['un euro y medio', 1.5, 'EUR'],
  ['tres millones de yenes', 3_000_000, 'JPY'],
  ['cuarenta dólares estadounidenses', 40, 'USD'],
  ['cien pesos argentinos', 100, 'ARS'],
  ['100 dólares de Hong Kong', 100, 'HKD'],
  ['doscientas coronas danesas', 200, 'DKK'],
  ['75 USD millones', 75_000_000, 'USD'],
  ['treinta pavos', 30, 'EUR'],
  ['hola', undefined],
]
const FRENCH: Rows = [
  ['vingt euros cinquante', 20.5, 'EUR'],
  ['trente cents', 0.3, 'EUR'],
  ['deux cents euros', 200, 'EUR'],
  ['deux cents', 200, 'EUR'],
  ['5€20', 5.2, 'EUR'],
  ['zéro euro quatre-vingt', 0.8, 'EUR'],
  ["un million et demi d'euros", 1_500_000, 'EUR'],
  ['35 millions de $', 35_000_000, 'USD'],
  ['5 francs suisses', 5, 'CHF'],
  ['deux cents couronnes suédoises', 200, 'SEK'],
  ['20 $ CA', 20, 'CAD'],
  ['dix balles', 10, 'EUR'],
  ['salut', undefined],
]
const GERMAN: Rows = [
  ['zwanzig Euro fünfzig', 20.5, 'EUR'],
  ['zwei fünfzig', 2.5, 'EUR'],
  ['zwei Pfund und ein Penny', 2.01, 'GBP'],
  ['einen Euro', 1, 'EUR'],
  ['anderthalb Millionen Euro', 1_500_000, 'EUR'],
  ['siebenhundert-Euro', 700, 'EUR'],
  ['vierzig US-Dollar', 40, 'USD'],
  ['zweihundert kanadische Dollar', 200, 'CAD'],
  ['5 Schweizer Franken', 5, 'CHF'],
  ['20 Rappen', 0.2, 'CHF'],
  ['12.345$', 12_345, 'USD'],
  ['hallo', undefined],
]

describe.each([
  ['en', ENGLISH],
  ['it', ITALIAN],
  ['es', SPANISH],
  ['fr', FRENCH],
  ['de', GERMAN],
])('money in %s', (locale, rows) => {
  it.each(rows.map(([text, amount, currency]) => ({ text, amount, currency })))(
    'is read from "$text"',
    ({ text, amount, currency }) => {
      expect(take('money', locale, text)).toEqual(amount === undefined ? undefined : { amount, currency })
    },
  )
})

describe('money', () => {
  it('has two readings where English has', () => {
    const candidate = understand('one fifty five', { slots: [slot('money')] }).candidates[0]
    expect(candidate).toMatchObject({ value: { amount: 155, currency: 'GBP' }, other: { amount: 1.55, currency: 'GBP' } })
  })

  it('may be thousands where three figures follow the point', () => {
    const candidate = understand('€1.234', { slots: [slot('money')] }).candidates[0]
    expect(candidate).toMatchObject({ value: { amount: 1.234, currency: 'EUR' }, other: { amount: 1234, currency: 'EUR' } })
    expect(take('money', 'de', '€1.234')).toEqual({ amount: 1234, currency: 'EUR' })
  })

  it('is the country’s where no currency was said, and then less sure', () => {
    const { candidates } = understand('500', { slots: [slot('money')], locale: 'de', country: 'CH' })
    expect(candidates[0]).toMatchObject({ value: { amount: 500, currency: 'CHF' }, confidence: 0.8 })
  })

  it('is of the amount that has a currency, whatever other numbers are there', () => {
    expect(take('money', 'en', 'sales rose 18 % to $ 1.17 billion in 1988')).toEqual({ amount: 1_170_000_000, currency: 'USD' })
  })

  it('keeps within its bounds', () => {
    expect(take('money', 'en', '$5', { min: 10 })).toBe('out-of-range')
  })
})

describe('a bare number where money is asked', () => {
  it.each([
    ['en', 'I own three cats'],
    ['it', 'ho tre gatti'],
    ['es', 'tengo dos hijos'],
    ['fr', "j'ai trois chats"],
    ['de', 'ich habe drei Katzen'],
  ])('is no amount before a thing (%s: "%s")', (locale, text) => {
    expect(take('money', locale, text)).toBeUndefined()
  })

  it.each([
    ['en', 'uh fifty max please'],
    ['it', 'direi cinquanta al massimo'],
    ['es', 'cincuenta como máximo'],
    ['fr', 'cinquante maximum'],
    ['de', 'höchstens fünfzig'],
  ])('is an amount with fillers around it (%s: "%s")', (locale, text) => {
    expect(take('money', locale, text)).toMatchObject({ amount: 50 })
  })
})
