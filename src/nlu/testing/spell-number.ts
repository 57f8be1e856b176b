/** Whole numbers from 0 to 999,999 in words, as five languages write them: for tests that read them back. */

const EN =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const IT =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'
const ES =
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve ' +
  'veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'
const FR =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'
const DE =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'

const TENS = {
  en: 'twenty thirty forty fifty sixty seventy eighty ninety',
  it: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
  es: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  fr: 'vingt trente quarante cinquante soixante',
  de: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
} as const

export type Spelled = keyof typeof TENS

const pick = (list: string, i: number): string => list.split(' ')[i] ?? ''
const tensOf = (language: Spelled, n: number): string => pick(TENS[language], Math.floor(n / 10) - 2)

const BELOW_100: Readonly<Record<Spelled, (n: number) => string>> = {
  en: (n) => {
    if (n < 20) return pick(EN, n)
    return tensOf('en', n) + (n % 10 === 0 ? '' : `-${pick(EN, n % 10)}`)
  },
  it: (n) => {
    if (n < 20) return pick(IT, n)
    const unit = n % 10
    const tens = tensOf('it', n)
    if (unit === 0) return tens
    return (unit === 1 || unit === 8 ? tens.slice(0, -1) : tens) + (unit === 3 ? 'tré' : pick(IT, unit))
  },
  es: (n) => {
    if (n < 30) return pick(ES, n)
    return tensOf('es', n) + (n % 10 === 0 ? '' : ` y ${pick(ES, n % 10)}`)
  },
  fr: (n) => {
    if (n < 20) return pick(FR, n)
    if (n === 71) return 'soixante et onze'
    if (n >= 80) return n === 80 ? 'quatre-vingts' : `quatre-vingt-${pick(FR, n - 80)}`
    const score = n >= 60 ? 60 : n - (n % 10)
    const rest = n - score
    if (rest === 0) return tensOf('fr', score)
    return rest === 1 ? `${tensOf('fr', score)} et un` : `${tensOf('fr', score)}-${pick(FR, rest)}`
  },
  de: (n) => {
    if (n < 20) return pick(DE, n)
    const unit = n % 10 === 1 ? 'ein' : pick(DE, n % 10)
    return (n % 10 === 0 ? '' : `${unit}und`) + tensOf('de', n)
  },
}

const SPANISH_HUNDREDS = 'ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'

function below1000(n: number, language: Spelled): string {
  const hundreds = Math.floor(n / 100)
  const rest = n % 100
  const small = BELOW_100[language]
  if (hundreds === 0) return small(rest)
  const more = rest === 0 ? '' : small(rest)
  switch (language) {
    case 'en':
      return `${pick(EN, hundreds)} hundred${more && ` and ${more}`}`
    case 'it':
      return `${hundreds === 1 ? '' : pick(IT, hundreds)}cento${more}`
    case 'es':
      return rest === 0 && hundreds === 1 ? 'cien' : `${pick(SPANISH_HUNDREDS, hundreds - 1)} ${more}`.trim()
    case 'fr':
      return `${hundreds === 1 ? '' : `${pick(FR, hundreds)} `}cent${rest === 0 && hundreds > 1 ? 's' : ''} ${more}`.trim()
    case 'de':
      return `${hundreds === 1 ? 'ein' : pick(DE, hundreds)}hundert${more}`
  }
}

export function spellNumber(n: number, language: Spelled): string {
  const thousands = Math.floor(n / 1000)
  const rest = n % 1000
  if (thousands === 0) return below1000(rest, language)
  const many = below1000(thousands, language)
  const more = rest === 0 ? '' : below1000(rest, language)
  switch (language) {
    case 'en':
      return `${many} thousand${more && `${rest < 100 ? ' and' : ''} ${more}`}`
    case 'it':
      return (thousands === 1 ? 'mille' : `${many}mila`) + more
    case 'es':
      return `${thousands === 1 ? '' : `${many.replace(/uno$/, 'un')} `}mil ${more}`.trim()
    case 'fr':
      return `${thousands === 1 ? '' : `${many.replace(/(cent|vingt)s$/, '$1')} `}mille ${more}`.trim()
    case 'de':
      return `${thousands === 1 ? 'ein' : many}tausend${more}`
  }
}
