import type { Lexicon } from '../lexicon/lexicon.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'

export type Cue =
  | 'name'
  | 'selfName'
  | 'holder'
  | 'under'
  | 'nameBehind'
  | 'booking'
  | 'firstName'
  | 'lastName'
  | 'birth'
  | 'date'
  | 'phone'
  | 'email'
  | 'number'
  | 'code'
  | 'day'
  | 'month'
  | 'year'

/** How many small words may stand between a cue and what it announces. */
const GAP_MAX = 4
const NAME_LISTS_MAX = 512

/** The cue phrases of one language, and the names of tenants' data, compiled as they come. */
export class Cues {
  readonly #byCue = new Map<Cue, Phrases<true>>()
  /** Names by the array that holds them: the dialogue gives the same array for the same datum. Forgotten all at once at its limit. */
  #named = new Map<readonly string[], Phrases<true>>()

  constructor(lexicon: Lexicon) {
    for (const [cue, phrases] of Object.entries(lexicon.source.talk.cues))
      this.#byCue.set(cue as Cue, new Phrases<true>().add(phrases, true))
  }

  /** The token after the cue that starts at token `i`, or -1. */
  after(cue: Cue, scan: Scan, i: number): number {
    const phrases = this.#byCue.get(cue) as Phrases<true>
    return phrases.at(scan, i) === undefined ? -1 : i + phrases.length
  }

  /** Whether a cue announces what starts at token `from`. */
  before(cue: Cue, scan: Scan, from: number): boolean {
    return precedes(this.#byCue.get(cue) as Phrases<true>, scan, from)
  }

  namedBefore(scan: Scan, names: readonly string[], from: number): boolean {
    return precedes(this.names(names), scan, from)
  }

  names(names: readonly string[]): Phrases<true> {
    let phrases = this.#named.get(names)
    if (phrases === undefined) {
      if (this.#named.size >= NAME_LISTS_MAX) this.#named = new Map()
      phrases = new Phrases<true>()
      for (const name of names) phrases.addOne(name, true)
      this.#named.set(names, phrases)
    }
    return phrases
  }
}

function precedes(phrases: Phrases<true>, scan: Scan, from: number): boolean {
  for (let i = from - 1; i >= 0 && from - i <= GAP_MAX + 4; i--) {
    if (phrases.at(scan, i) === undefined) continue
    const end = i + phrases.length
    if (end <= from && isGap(scan, end, from)) return true
  }
  return false
}

/** Only copulas, articles, prepositions, fillers and light marks between a cue and its value. */
function isGap(scan: Scan, from: number, end: number): boolean {
  if (end - from > GAP_MAX) return false
  for (let i = from; i < end; i++) {
    const mark = scan.at(i)
    if (scan.kindAt(i) === KIND.mark) {
      if (mark === ';' || mark === '?' || mark === '!') return false
      continue
    }
    const word = scan.wordAt(i)
    if (!(word.as & (AS.copula | AS.filler)) && !(word.is & (IS.article | IS.of | IS.at | IS.within))) return false
  }
  return true
}

const COMPILED = new WeakMap<Lexicon, Cues>()

export function cuesOf(lexicon: Lexicon): Cues {
  let cues = COMPILED.get(lexicon)
  if (cues === undefined) {
    cues = new Cues(lexicon)
    COMPILED.set(lexicon, cues)
  }
  return cues
}
