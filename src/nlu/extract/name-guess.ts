import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import { FAMILY, GIVEN, type KnownName, letterBits, type Names } from '../lexicon/names/names.ts'
import { fold } from '../text/fold.ts'
import { reversed, spellingCost } from './name-align.ts'
import type { Spelling } from './name-spelling.ts'

/** What a spelling may stand for, and what it costs to believe it. */
export interface NameGuess {
  readonly first?: string
  readonly last?: string
  readonly cost: number
}

/** First and last names kept of those that fit; guesses given. */
const SEARCH = { keptMax: 6, partsMax: 8, guessesMax: 6 } as const
/** Cost of a name that nobody has spoken of, of one that sounds like one denied, of taking over a part from one denied, of unknown letters. */
const PRIOR = { known: 1.2, alike: 0.5, kept: 0.4, literal: 2.2 } as const
/** A guess may cost so much a letter. */
const PER_LETTER_MAX = 0.34
/** Fewer letters are no first and last name. */
const BOTH_MIN = 6
/** Letters after a name that are looked at to compare it. */
const MARGIN = 3

/** One first or last name that the letters may open or close with. */
interface Part {
  readonly folded: string
  readonly prior: number
  /** Cost of the letters at its end of the spelling. */
  readonly edge: number
}

/** Denied first and last names, and the part known so far. */
function heardBefore(slot: SlotExpectation, part: 'first' | 'last'): string[] {
  const out: string[] = []
  for (const value of [...(slot.rejected ?? []), ...(slot.current === undefined ? [] : [slot.current])]) {
    const text = typeof value === 'object' ? value[part] : undefined
    const folded = typeof text === 'string' ? lettersOf(text) : ''
    if (folded !== '' && !out.includes(folded)) out.push(folded)
  }
  return out
}

/** Letters of a text, folded: "O’Brien" gives `obrien`. */
export function lettersOf(text: string): string {
  let out = ''
  for (const char of fold(text)) if (char >= 'a' && char <= 'z') out += char
  return out
}

/** First names that the letters open with, or last names that they close with: said before, sounding like it, or known. */
function partsFor(names: Names, before: readonly string[], letters: string, closing: boolean): Part[] {
  const heard = closing ? reversed(letters) : letters
  const priors = new Map<string, number>()
  for (const name of before) {
    priors.set(name, 0)
    for (const alike of names.soundingLike(name)) if (!priors.has(alike)) priors.set(alike, PRIOR.alike)
  }
  const parts: Part[] = []
  for (const [folded, prior] of priors) parts.push({ folded, prior, edge: edgeCost(heard, closing ? reversed(folded) : folded) })
  for (const part of nearest(closing ? names.closingLike(letters) : names.openingLike(letters), heard, closing))
    if (!priors.has(part.folded)) parts.push(part)
  return parts.sort((a, b) => a.prior + a.edge - b.prior - b.edge).slice(0, SEARCH.partsMax)
}

function edgeCost(heard: string, name: string): number {
  return spellingCost(heard.slice(0, name.length + MARGIN), name, true)
}

/** The known names that the heard letters begin with, as nearly as can be told. */
function nearest(known: readonly KnownName[], heard: string, closing: boolean): Part[] {
  const kept: { part: Part; rank: number }[] = []
  const bits: number[] = []
  for (const one of known) {
    const { length } = one.name
    bits[length] ??= letterBits(heard.slice(0, length + MARGIN))
    if (bitCount(one.letters & ~bits[length]) > 1 + length / 5) continue
    const edge = edgeCost(heard, closing ? one.reversed : one.name)
    if (edge > length * PER_LETTER_MAX + 0.5) continue
    kept.push({ part: { folded: one.name, prior: PRIOR.known, edge }, rank: edge - length * 0.1 })
  }
  kept.sort((a, b) => a.rank - b.rank)
  return kept.slice(0, SEARCH.keptMax).map(({ part }) => part)
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Guesses by cost; those dearer than their letters allow are none. */
class Guesses {
  readonly #kept: NameGuess[] = []

  add(first: string | undefined, last: string | undefined, cost: number, length: number): void {
    if (cost - length * PER_LETTER_MAX > PRIOR.known * 2) return
    this.#kept.push({ cost, ...(first === undefined ? undefined : { first }), ...(last === undefined ? undefined : { last }) })
  }

  get best(): NameGuess[] {
    return this.#kept.sort((a, b) => a.cost - b.cost).slice(0, SEARCH.guessesMax)
  }
}

/** The likeliest names that a spelling stands for, best first; parts that were only known before are taken over from there. */
export function guessNames(spelling: Spelling, slot: SlotExpectation): NameGuess[] {
  const { letters, boundary } = spelling
  const head = boundary > 0 ? letters.slice(0, boundary) : letters
  const tail = boundary > 0 ? letters.slice(boundary) : letters
  const firstBefore = heardBefore(slot, 'first')
  const lastBefore = heardBefore(slot, 'last')
  const firsts = partsFor(GIVEN, firstBefore, head, false)
  const lasts = partsFor(FAMILY, lastBefore, tail, true)
  const guesses = new Guesses()
  if (letters.length >= BOTH_MIN)
    for (const first of firsts)
      for (const last of lasts) {
        const { length } = letters
        // A lower bound that spares most comparisons: what the names have more than the letters is missing.
        if (first.folded.length + last.folded.length - length > 2 + length * PER_LETTER_MAX) continue
        const cost =
          boundary > 0
            ? spellingCost(head, first.folded) + spellingCost(tail, last.folded)
            : spellingCost(letters, first.folded + last.folded)
        guesses.add(first.folded, last.folded, cost + first.prior + last.prior, length)
      }
  if (boundary <= 0) {
    addSingles(letters, firsts, lastBefore, slot, 'first', guesses)
    if (slot.part === 'last' || firstBefore.length > 0)
      addSingles(letters, partsFor(FAMILY, lastBefore, letters, false), firstBefore, slot, 'last', guesses)
  }
  return guesses.best
}

/** Only one of the two was spelled: the other stays as it was said before, or is still to be asked. */
function addSingles(
  letters: string,
  parts: readonly Part[],
  others: readonly string[],
  slot: SlotExpectation,
  part: 'first' | 'last',
  guesses: Guesses,
): void {
  const asked = slot.part === part ? 0 : part === 'first' || slot.part === undefined ? 0.3 : 1
  for (const { folded, prior } of [...parts, { folded: letters, prior: PRIOR.literal }]) {
    const cost = (folded === letters ? 0 : spellingCost(letters, folded)) + prior + asked
    const whole = (other: string | undefined, price: number): void =>
      part === 'first' ? guesses.add(folded, other, price, letters.length) : guesses.add(other, folded, price, letters.length)
    if (others.length === 0) whole(undefined, cost)
    for (const other of others) whole(other, cost + PRIOR.kept)
  }
}
