import type { Lexicon } from '../lexicon/lexicon.ts'
import { unitNames } from '../lexicon/units.ts'
import { Phrases, phraseWords } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'

const SQUARES: ReadonlySet<string> = new Set(['m', 'km', 'cm', 'ft', 'mm', 'dm'])

/** Reads units of measure in one language; what was found last stands in `unit` and `end`. */
export class UnitReader {
  readonly #names = new Phrases<string>()
  readonly #signs = new Map<string, string>()
  /** The unit's sign: `kWh`, `m³`, `pcs`; of time its English name, `day`. */
  unit = ''
  end = 0

  constructor(lexicon: Lexicon) {
    for (const [phrases, unit] of unitNames(lexicon.language)) {
      this.#names.add(phrases, unit)
      for (const phrase of phrases.split('|')) this.#signs.set(phraseWords(phrase).join(' '), unit)
    }
  }

  /** A unit at token `i`: "kWh", "metri quadri", "m 3" without its space, "km/h", "hours". */
  at(scan: Scan, i: number): boolean {
    const dash = scan.at(i) === '-' && scan.touches(i) && scan.touches(i + 1) ? i + 1 : i
    const unit = this.#names.at(scan, dash)
    if (unit === undefined || (scan.at(dash) === 'in' && !scan.touches(dash))) {
      this.unit = scan.wordAt(dash).unit
      this.end = dash + 1
      return this.unit !== ''
    }
    this.unit = unit
    this.end = dash + this.#names.length
    this.#power(scan)
    return true
  }

  /** The sign of a unit as an author writes it in a contract ("pieces", "kwh"); the text itself where it is none. */
  signOf(text: string): string {
    return this.#signs.get(phraseWords(text).join(' ')) ?? text
  }

  /** "m2", "m³" and "m^3" behind a length. */
  #power(scan: Scan): void {
    if (!SQUARES.has(this.unit) || !scan.touches(this.end)) return
    const caret = scan.at(this.end) === '^' ? 1 : 0
    const power = scan.at(this.end + caret)
    if (power !== '2' && power !== '3' && power !== '²' && power !== '³') return
    if (scan.touches(this.end + caret + 1) && scan.kindAt(this.end + caret + 1) !== KIND.mark) return
    this.unit += power === '2' || power === '²' ? '²' : '³'
    this.end += caret + 1
  }
}

const READERS = new WeakMap<Lexicon, UnitReader>()

export function unitReaderOf(lexicon: Lexicon): UnitReader {
  let reader = READERS.get(lexicon)
  if (reader === undefined) {
    reader = new UnitReader(lexicon)
    READERS.set(lexicon, reader)
  }
  return reader
}
