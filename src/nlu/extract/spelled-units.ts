import { AS, IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { heardAs, jointAt, type Reading } from './spoken-letters.ts'

/** One way to go on from a token: letters and figures at a cost, up to the token `to`. */
export interface Step {
  readonly chars: string
  readonly cost: number
  readonly to: number
  /** Said by a word of a spelling alphabet, or with one: taken as it stands. */
  readonly firm: boolean
  /** Of its characters, those written as a letter or figure or said by a word that is nothing else: no chatter has them. */
  readonly solid: number
}

function push(out: Step[], chars: string, cost: number, to: number, firm = false, solid = 0): void {
  out.push({ chars, cost, to, firm, solid })
}

/** Costs of passing over a token, and of readings that need a guess. */
const COST = {
  mark: 0,
  filler: 0.3,
  common: 0.8,
  word: 2,
  letters: 3,
  figures: 3.5,
  again: 1.2,
  initial: 1.6,
  /** A word's first letter, where other words are of a spelling alphabet. */
  alphabet: 0.5,
  lump: 0.3,
  joined: 0.1,
  ordinal: 2,
  calendar: 3.5,
} as const

const LUMP_MAX = 4

/** How much of a code stands at token `i` at most, as `Step.solid` counts it. */
export function solidAt(scan: Scan, i: number): number {
  const text = scan.at(i)
  const word = scan.wordAt(i)
  if (scan.kindAt(i) === KIND.number) return text.length
  if (scan.kindAt(i) !== KIND.word) return 0
  if (text.length === 1) return text === 'a' || text === 'i' ? 0 : 1
  if (word.as & (AS.letter | AS.letterName) || word.is & (IS.cardinal | IS.zero)) return 1
  if (word.is & IS.multiply) return word.multiply
  if (text === 'x' || (scan.wordAt(i + 1).as & AS.spells) !== 0) return 1
  return text.length < LUMP_MAX && !(word.as & AS.common) ? text.length : 0
}

/** After such a word a spelling begins anew: "w c 2 n sorry w c 2 h". */
const ANEW: ReadonlySet<string> = new Set(
  'sorry correction rather actually again pardon scusi scusa perdon pardon nochmal entschuldigung'.split(' '),
)

export function beginsAnew(scan: Scan, i: number): boolean {
  return ANEW.has(scan.at(i - 1))
}

/** What token `i` may stand for in a spelling, and what it costs to pass it over. Adds to `out`. */
export function stepsAt(scan: Scan, i: number, english: boolean, out: Step[]): void {
  out.length = 0
  const kind = scan.kindAt(i)
  const text = scan.at(i)
  if (kind === KIND.mark) {
    push(out, '', COST.mark, i + 1)
    if (text === '+') {
      push(out, 'N', 0.6, i + 1)
      push(out, 'L', 2, i + 1)
    }
    if (text === '&') push(out, 'N', 0.6, i + 1)
    return
  }
  spelledSteps(scan, i, out)
  if (kind === KIND.number) figureSteps(scan, i, out)
  else wordSteps(scan, i, english, out)
}

function figureSteps(scan: Scan, i: number, out: Step[]): void {
  const text = scan.at(i)
  // "19th" is a day.
  if (scan.touches(i + 1) && scan.wordAt(i + 1).as & AS.ordinalEnd) {
    push(out, text, COST.ordinal, i + 2, false, 0)
    push(out, '', COST.figures, i + 2)
    return
  }
  push(out, text, 0, i + 1, false, text.length)
  if (text.length === 1) {
    // "4" before a word that spells the letter before it is "for".
    if (text === '4') push(out, '', 1.8, i + 1)
    push(out, '', again(scan, i) ? COST.again : COST.letters, i + 1)
  } else {
    push(out, '', COST.figures, i + 1)
    // "20 6" for "26", "30 4" for "34".
    if (text.length === 2 && text.endsWith('0') && scan.at(i + 1).length === 1 && scan.kindAt(i + 1) === KIND.number)
      push(out, text.charAt(0), 0.8, i + 1, false, 1)
  }
}

function again(scan: Scan, i: number): boolean {
  return scan.at(i - 1).endsWith(scan.at(i)) || scan.at(i + 1).startsWith(scan.at(i))
}

/** "t for Tommy", "m 4 mike"; where the letter and the word differ, the word is likelier. */
function spelledSteps(scan: Scan, i: number, out: Step[]): void {
  const at = (k: number): string => scan.at(k)
  const joint = jointAt(at, i + 1)
  if (joint === 0) return
  const word = i + 1 + joint
  if (scan.kindAt(word) !== KIND.word || scan.at(word).length < 2) return
  const letter = scan.at(i).toUpperCase()
  const initial = scan.at(word).charAt(0).toUpperCase()
  if (letter === initial) push(out, initial, 0, word + 1, true, 1)
  else if (scan.at(word).length > 2) {
    push(out, initial, 1.4, word + 1, true)
    if (letter.length === 1) push(out, letter, 2, word + 1)
  }
}

function wordSteps(scan: Scan, i: number, english: boolean, out: Step[]): void {
  const text = scan.at(i)
  const word = scan.wordAt(i)
  const upper = text.toUpperCase()
  if (text.length === 1) {
    push(out, upper, 0, i + 1, false, text === 'a' || text === 'i' ? 0 : 1)
    push(out, '', again(scan, i) ? COST.again : COST.letters, i + 1)
    if (text === 'x' && scan.at(i + 1) === 'ray') push(out, 'X', 0, i + 2, true, 1)
    return
  }
  if (word.as & AS.letter) {
    push(out, word.letter, 0, i + 1, true, 1)
    push(out, '', COST.letters, i + 1)
    return
  }
  if (word.is & IS.multiply) timesSteps(scan, i, english, out)
  const heard = english ? heardAs(text) : undefined
  const named = word.as & AS.letterName || word.is & (IS.cardinal | IS.zero) ? 1 : 0
  if (heard !== undefined) for (const { chars, cost } of heard) push(out, chars, cost, i + 1, false, cost < 0.5 ? named : 0)
  if (heard === undefined && word.is & (IS.cardinal | IS.zero) && word.cardinal < 100)
    push(out, String(word.cardinal), 0.2, i + 1, false, 1)
  if (heard === undefined && text.length <= LUMP_MAX)
    push(out, upper, COST.lump, i + 1, false, text.length < LUMP_MAX && !(word.as & AS.common) ? text.length : 0)
  if (text.length > 2 && heard === undefined)
    push(out, upper.charAt(0), scan.as & AS.letter ? COST.alphabet : COST.initial, i + 1)
  const passed = word.as & AS.filler ? COST.filler : word.as & AS.common ? COST.common : COST.word
  push(out, '', heard === undefined ? passed : Math.max(passed, COST.joined * 20), i + 1)
}

/** "double three", "triple s", "double u". */
function timesSteps(scan: Scan, i: number, english: boolean, out: Step[]): void {
  const { multiply } = scan.wordAt(i)
  const next = scan.at(i + 1)
  if (next === 'u' || next === 'you') push(out, 'W', 0, i + 2)
  if (next.length === 1) push(out, next.toUpperCase().repeat(multiply), 0.2, i + 2, false, multiply)
  const heard: readonly Reading[] | undefined = english ? heardAs(next) : undefined
  if (heard !== undefined)
    for (const { chars, cost } of heard) if (chars.length === 1) push(out, chars.repeat(multiply), cost + 0.2, i + 2)
}
