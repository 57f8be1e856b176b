import { CURRENCY_CODES, CURRENCY_SIGNS, currencyOf, DOLLAR_LETTERS, PLAIN_CODES, SHARED_COINS } from '../lexicon/currencies.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { COUNTRIES } from '../lexicon/places.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'

/** Names that an amount may follow ("dollari 4"); other names are words of everyday, too ("won", "real"). */
const LEADING: ReadonlySet<string> = new Set(['EUR', 'USD', 'GBP', 'INR', 'JPY', 'BTC', 'MYR'])

/** Words beside a number that are more often something else: weights, books, beers, people, "the real thing". */
const EVERYDAY: ReadonlySet<string> = new Set(
  (
    'livre livres libra libras pfund pfunde pfunden won wons real reals reales reais sol soles lei leva lev leu crown crowns corona ' +
    'coronas corone krone kronen rand dong ore sou sous pavo pavos balle balles colon penny pennies bolivar cordoba balboa kip lari pula ' +
    'dram birr taka groschen schilling schillinge franco lire buck'
  ).split(' '),
)

/** Before which "five pound" is money, and no weight. */
const PAID: ReadonlySet<string> = new Set(
  (
    'charge charges fee fees withdrawal withdrawals cash payment payments transfer transfers note notes coin coins bill bills refund deposit ' +
    'deposits debit credit transaction transactions limit fine voucher extra gift top discount'
  ).split(' '),
)

/** Letters before a spaced dollar sign that are no words in small letters. */
const PLAIN_LETTERS: ReadonlySet<string> = new Set(['c', 'us', 'hk', 'nz', 'au', 'nt', 'sg'])

/**
 * Reads what money is called in one language: signs, codes, names, and names with a country. What was found last stands in
 * `code`, `end` and `scale`.
 */
export class CurrencyReader {
  readonly #coins = new Phrases<string>()
  readonly #nations = new Phrases<string>()
  /** An ISO 4217 code, `GBP/100` for a hundredth of one, `CENT` for the hundredth of what is not said. */
  code = ''
  /** The token after it. */
  end = 0
  /** 1,000,000 for "MUSD". */
  scale = 1
  /** Whether it can be nothing but money: a sign, a name that is no other word. */
  plain = true

  constructor(lexicon: Lexicon) {
    for (const [phrases, code] of SHARED_COINS) this.#coins.add(phrases, code)
    for (const [phrases, code] of lexicon.source.numbers.currencies.coins) this.#coins.add(phrases, code)
    for (const { code, names } of COUNTRIES) for (const name of namesIn(names, lexicon.language)) this.#nations.addOne(name, code)
    for (const [phrases, country] of lexicon.source.numbers.nations) this.#nations.add(phrases, country)
  }

  /** A currency that stands before its amount, from token `i`. */
  leadingAt(scan: Scan, i: number): boolean {
    if (this.#signAt(scan, i) || this.#codeAt(scan, i)) return true
    if (scan.kindAt(i) !== KIND.word) return false
    const word = scan.wordAt(i)
    if (!(word.is & IS.currency) && scan.at(i) !== 'rs' && scan.at(i) !== 'rm') return false
    if (!this.#nameAt(scan, i) || !LEADING.has(this.code)) return false
    if (scan.at(this.end) === '.' && scan.touches(this.end)) this.end++
    return true
  }

  /** A currency that stands behind its amount, from token `i`: "dollars", "de $", "kanadischen Dollar", "-Euro". */
  trailingAt(scan: Scan, i: number): boolean {
    if (i >= scan.size) return false
    if (scan.at(i) === '.' && scan.touches(i) && scan.wordAt(i - 1).is & IS.scale) return this.#anyAt(scan, i + 1)
    if (scan.at(i) === '-' && scan.touches(i) && scan.touches(i + 1)) return this.#anyAt(scan, i + 1)
    return this.#anyAt(scan, i) || ((scan.wordAt(i).is & IS.of) !== 0 && this.#anyAt(scan, i + 1))
  }

  /** The letters of a dollar behind its amount, in capitals: "$ 20 CA". */
  lettersAt(scan: Scan, i: number): boolean {
    const letters = scan.kindAt(i) === KIND.word ? lettersOf(scan, i) : undefined
    this.code = letters ?? ''
    this.end = i + 1
    return letters !== undefined
  }

  #anyAt(scan: Scan, i: number): boolean {
    if (this.#signAt(scan, i) || this.#codeAt(scan, i)) return true
    const country = this.#nations.at(scan, i)
    if (country === undefined) return this.#nameAt(scan, i)
    const at = i + this.#nations.length
    if (!this.#nameAt(scan, scan.at(at) === '-' ? at + 1 : at)) return false
    this.code = currencyOf(this.code, country)
    return true
  }

  /** "€", "$ CA", "US$", "aud$", "hk $". */
  #signAt(scan: Scan, i: number): boolean {
    this.scale = 1
    this.plain = true
    const text = scan.at(i)
    const sign = CURRENCY_SIGNS.get(text)
    if (sign !== undefined) {
      const letters = text === '$' && scan.kindAt(i + 1) === KIND.word ? lettersOf(scan, i + 1) : undefined
      this.code = letters ?? sign
      this.end = letters === undefined ? i + 1 : i + 2
      return true
    }
    if (scan.at(i + 1) !== '$' || scan.kindAt(i) !== KIND.word) return false
    const code = DOLLAR_LETTERS.get(text) ?? codeOf(text.toUpperCase())
    if (code === undefined || !(scan.touches(i + 1) || PLAIN_LETTERS.has(text) || isCapital(scan, i))) return false
    this.code = code
    this.end = i + 2
    return true
  }

  /** An ISO code, in capitals unless it means nothing else; "MUSD" is a million of them. */
  #codeAt(scan: Scan, i: number): boolean {
    const text = scan.at(i)
    if (scan.kindAt(i) !== KIND.word || text.length < 3 || text.length > 4) return false
    const capitals = text.toUpperCase()
    this.plain = text.length === 4 || PLAIN_CODES.has(text)
    if (text.length === 3) {
      if (!CURRENCY_CODES.has(capitals) || (!isCapital(scan, i) && !PLAIN_CODES.has(text))) return false
      this.code = capitals
      this.scale = 1
    } else {
      const code = codeOf(capitals.slice(1))
      const scale = text.startsWith('m') ? 1_000_000 : text.startsWith('k') || text.startsWith('t') ? 1000 : 0
      if (!isCapital(scan, i) || code === undefined || scale === 0) return false
      this.code = code
      this.scale = scale
    }
    this.end = scan.at(i + 1) === '$' ? i + 2 : i + 1
    return true
  }

  /** "dollars", "dólares canadienses", "dollars de Hong Kong", "lire sterline". */
  #nameAt(scan: Scan, i: number): boolean {
    this.scale = 1
    const coin = isWhole(scan, i) ? this.#coins.at(scan, i) : undefined
    const length = this.#coins.length
    const word = scan.wordAt(i)
    if (coin === undefined && word.currency === '') return false
    this.code = coin ?? word.currency
    this.end = i + (coin === undefined ? 1 : length)
    this.plain = isPlainName(scan, i, this.end)
    const at = scan.wordAt(this.end).is & IS.of ? this.end + 1 : this.end
    const country = this.code.length === 3 ? this.#nations.at(scan, at) : undefined
    if (country === undefined) return true
    this.code = currencyOf(this.code, country)
    this.end = at + this.#nations.length
    return true
  }
}

/** A single letter is a coin at the end or touching its amount, and not the "p" of "p.m.". */
function isWhole(scan: Scan, i: number): boolean {
  if (scan.at(i).length > 1) return true
  if (scan.at(i + 1) === '.' && scan.touches(i + 1) && scan.touches(i + 2)) return false
  return scan.touches(i) || i + 1 >= scan.size
}

/** "pounds sterling", "euros", "50p"; not "a real", "3 c", "2 livres", "a five pound turkey". */
function isPlainName(scan: Scan, i: number, end: number): boolean {
  if (end - i > 1) return true
  const name = scan.at(i)
  if (name.length < 3) return name === 'p' && scan.touches(i) && scan.kindAt(i - 1) === KIND.number && scan.at(i - 2) !== ':'
  return (
    !EVERYDAY.has(name) &&
    !(name === 'pound' && !(scan.wordAt(i - 1).how & (HOW.a | HOW.one)) && isThing(scan, end) && !PAID.has(scan.at(end)))
  )
}

/** Whether a noun follows, which what stands before it then measures. */
function isThing(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  return scan.kindAt(i) === KIND.word && word.is === 0 && !(word.as & (AS.common | AS.filler | AS.copula))
}

function namesIn(names: Readonly<Record<string, string>>, language: string): readonly string[] {
  return (names[language] ?? '').split(',')
}

function codeOf(capitals: string): string | undefined {
  return CURRENCY_CODES.has(capitals) ? capitals : undefined
}

/** "US" or "CA" in capitals. */
function lettersOf(scan: Scan, i: number): string | undefined {
  return isCapital(scan, i) ? (DOLLAR_LETTERS.get(scan.at(i)) ?? codeOf(scan.source(i, i + 1))) : undefined
}

function isCapital(scan: Scan, i: number): boolean {
  const source = scan.source(i, i + 1)
  return source === source.toUpperCase()
}

const READERS = new WeakMap<Lexicon, CurrencyReader>()

export function currencyReaderOf(lexicon: Lexicon): CurrencyReader {
  let reader = READERS.get(lexicon)
  if (reader === undefined) {
    reader = new CurrencyReader(lexicon)
    READERS.set(lexicon, reader)
  }
  return reader
}
