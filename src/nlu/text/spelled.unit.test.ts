import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitsAt } from '../extract/phone-digits.ts'
import { lexiconOf } from '../lexicon/lexicons.ts'
import { found } from './numerals.ts'
import { Scan } from './scan.ts'
import { figuresAt, letterAt } from './spelled.ts'

const scan = new Scan()

function read(locale: string, text: string): Scan {
  scan.read(text, lexiconOf(locale))
  return scan
}

/** What the whole text says, figure by figure. */
function figures(locale: string, text: string): string | undefined {
  const run = digitsAt(read(locale, text), 0)
  return run?.end === scan.size ? run.text : undefined
}

/** What the whole text says, letter by letter. */
function letters(locale: string, text: string): string {
  read(locale, text)
  let out = ''
  for (let i = 0; i < scan.size; i = found.end) {
    const said = letterAt(scan, i)
    if (said === '') return out + figuresAt(scan, i)
    out += said
  }
  return out
}

const UNITS: Readonly<Record<string, readonly string[]>> = {
  en: 'zero one two three four five six seven eight nine'.split(' '),
  it: 'zero uno due tre quattro cinque sei sette otto nove'.split(' '),
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve'.split(' '),
  fr: 'zéro un deux trois quatre cinq six sept huit neuf'.split(' '),
  de: 'null eins zwei drei vier fünf sechs sieben acht neun'.split(' '),
}
const TEENS: Readonly<Record<string, readonly string[]>> = {
  en: 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' '),
  it: 'dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(' '),
  es: 'diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve'.split(' '),
  fr: 'dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(' '),
  de: 'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(' '),
}
const TENS: Readonly<Record<string, readonly string[]>> = {
  en: 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
  it: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta'.split(' '),
  es: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' '),
  fr: 'vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt'.split(' '),
  de: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' '),
}

/** Two figures as one number of the language; those that begin with a zero one by one. */
function pair(locale: string, value: number): string {
  const unit = (UNITS[locale] as readonly string[])[value % 10] as string
  if (value < 10) return `${UNITS[locale]?.[0]} ${unit}`
  if (value < 20) return TEENS[locale]?.[value - 10] as string
  const tens = TENS[locale]?.[Math.floor(value / 10) - 2] as string
  if (locale === 'fr' && (value >= 90 || (value >= 70 && value < 80)))
    return value === 71 ? 'soixante et onze' : `${tens}-${TEENS.fr?.[value % 10]}`
  if (value % 10 === 0) return tens
  if (locale === 'it') return (/^[uo]/.test(unit) ? tens.slice(0, -1) : tens) + unit
  if (locale === 'es') return value < 30 ? `veinti${unit}` : `${tens} y ${unit}`
  if (locale === 'fr') return value % 10 === 1 && value < 80 ? `${tens} et un` : `${tens}-${unit}`
  if (locale === 'de') return `${unit === 'eins' ? 'ein' : unit}und${tens}`
  return `${tens}-${unit}`
}

/** French pairs with nothing between are other numbers too: "quatre vingt" is 4 20 and 80. */
describe.each(['en', 'it', 'es', 'fr', 'de'])('figures said in %s', (locale) => {
  it('one by one are those that were said', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 3, maxLength: 17 }), (digits) => {
        expect(figures(locale, digits.map((digit) => UNITS[locale]?.[digit]).join(' '))).toBe(digits.join(''))
      }),
      { numRuns: 100 },
    )
  })

  it('in pairs are those that were said', () => {
    const gaps = locale === 'fr' ? [', '] : [' ', ', ']
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 3, maxLength: 6 }), fc.constantFrom(...gaps), (pairs, gap) => {
        const said = pairs.map((value) => pair(locale, value)).join(gap)
        expect(figures(locale, said), said).toBe(pairs.map((value) => String(value).padStart(2, '0')).join(''))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a French four before a score', () => {
  it.each([
    ['quarante quatre-vingt-dix', '4090'],
    ['quarante quatre vingt dix', '4090'],
    ['quarante-quatre vingt dix', '442010'],
    ['cent quatre-vingts', '180'],
  ])('"%s" is %s', (text, value) => {
    expect(figures('fr', text)).toBe(value)
  })
})

describe('repeated figures', () => {
  it.each([
    ['en', 'double oh seven', '007'],
    ['en', 'triple three nine', '3339'],
    ['en', 'three times five one', '5551'],
    ['it', 'doppio zero sette', '007'],
    ['it', 'tre volte cinque uno', '5551'],
    ['es', 'doble cero siete', '007'],
    ['es', 'triple tres nueve', '3339'],
    ['es', 'tres veces cinco uno', '5551'],
    ['fr', 'double zéro sept', '007'],
    ['fr', 'trois fois cinq un', '5551'],
    ['de', 'doppel null sieben', '007'],
    ['de', 'zweimal die drei neun', '339'],
    ['de', 'drei mal fünf eins', '5551'],
    ['it', '347 doppio uno 22', '3471122'],
  ])('%s "%s" are %s', (locale, text, value) => {
    expect(figures(locale, text)).toBe(value)
  })
})

describe('letters', () => {
  it.each([
    ['en', 'double u', 'W'],
    ['en', 'double s', 'SS'],
    ['en', 'a b c', 'ABC'],
    ['en', 'alpha tango x ray', 'ATX'],
    ['en', 'm for mike n as in november', 'MN'],
    ['en', 'aitch zed', 'HZ'],
    ['it', 'doppia vu acca i lunga', 'WHJ'],
    ['it', 'a come Ancona b di Bologna', 'AB'],
    ['it', 'ics ipsilon zeta kappa', 'XYZK'],
    ['it', 'emme doppia esse', 'MSS'],
    ['it', 'Domodossola Udine Empoli', 'DUE'],
    ['es', 'uve doble hache i griega', 'WHY'],
    ['es', 'doble ve jota equis', 'WJX'],
    ['es', 'm de Madrid b de Barcelona', 'MB'],
    ['es', 'be alta uve ce', 'BVC'],
    ['fr', 'double vé i grec hache', 'WYH'],
    ['fr', 'p comme Pierre m comme Marcel', 'PM'],
    ['fr', 'zède ixe erre', 'ZXR'],
    ['de', 'ypsilon zett vau', 'YZV'],
    ['de', 'b wie Berta s wie Samuel', 'BS'],
    ['de', 'eszett', 'SS'],
    ['de', 'm u umlaut l', 'MUEL'],
    ['de', 'Anton Berta Cäsar', 'ABC'],
  ])('%s "%s" are %s', (locale, text, value) => {
    expect(letters(locale, text)).toBe(value)
  })

  it('that are other words too do not count among words', () => {
    expect(letters('it', 'di mare')).toBe('')
    expect(letters('en', 'see the sea')).toBe('')
  })
})
