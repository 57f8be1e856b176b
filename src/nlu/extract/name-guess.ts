import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import { FAMILY, GIVEN, type Names } from '../lexicon/names/names.ts'
import { fold } from '../text/fold.ts'
import { reversed, spellingCost } from './name-align.ts'
import type { Spelling } from './name-spelling.ts'

/** What a spelling may stand for, and what it costs to believe it. */
export interface NameGuess {
  readonly first?: string
  readonly last?: string
  readonly cost: number
}

/** Names of a list compared letter by letter; those kept of each; guesses given. */
const SEARCH = { keptMax: 6, guessesMax: 6 } as const
/** Cost of a name that nobody has spoken of, of one that sounds like one denied, and of taking over a part from one denied. */
const PRIOR = { known: 1.2, alike: 0.5, kept: 0.4, literal: 2.2 } as const
/** A guess may cost so much a letter. */
const PER_LETTER_MAX = 0.34
/** Letters shorter than this are no whole first and last name. */
const BOTH_MIN = 6

interface Part {
  readonly folded: string
  readonly prior: number
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

export function lettersOf(text: string): string {
  let out = ''
  for (const char of fold(text)) if (char >= 'a' && char <= 'z') out += char
  return out
}

function partsFor(names: Names, before: readonly string[], letters: string): Part[] {
  const parts = new Map<string, number>()
  const add = (folded: string, prior: number): void => {
    const known = parts.get(folded)
    if (known === undefined || prior < known) parts.set(folded, prior)
  }
  for (const name of before) {
    add(name, 0)
    for (const alike of names.soundingLike(name)) add(alike, PRIOR.alike)
  }
  for (const name of nearest(names, letters)) add(name, PRIOR.known)
  return [...parts].map(([folded, prior]) => ({ folded, prior }))
}

/** The known names that the letters begin with, as nearly as can be heard. */
function nearest(names: Names, letters: string): string[] {
  const kept: { name: string; cost: number }[] = []
  for (const name of names.openingLike(letters)) {
    const cost = spellingCost(letters, name, true)
    if (cost > name.length * PER_LETTER_MAX + 0.5) continue
    kept.push({ name, cost: cost - name.length * 0.1 })
  }
  kept.sort((a, b) => a.cost - b.cost)
  return kept.slice(0, SEARCH.keptMax).map(({ name }) => name)
}

/** The likeliest names that a spelling stands for, best first; parts that were only known before are taken over from there. */
export function guessNames(spelling: Spelling, slot: SlotExpectation): NameGuess[] {
  const { letters, boundary } = spelling
  const head = boundary > 0 ? letters.slice(0, boundary) : letters
  const tail = boundary > 0 ? letters.slice(boundary) : letters
  const firstBefore = heardBefore(slot, 'first')
  const lastBefore = heardBefore(slot, 'last')
  const firsts = partsFor(GIVEN, firstBefore, head)
  const lasts = partsFor(FAMILY, lastBefore, tail)
  for (const name of familyEndings(tail))
    if (!lasts.some(({ folded }) => folded === name)) lasts.push({ folded: name, prior: PRIOR.known })
  const guesses: NameGuess[] = []
  const add = (first: string | undefined, last: string | undefined, cost: number, length: number): void => {
    if (cost - length * PER_LETTER_MAX > PRIOR.known * 2) return
    guesses.push({ cost, ...(first === undefined ? undefined : { first }), ...(last === undefined ? undefined : { last }) })
  }
  if (letters.length >= BOTH_MIN)
    for (const first of firsts)
      for (const last of lasts) {
        const cost =
          boundary > 0
            ? spellingCost(head, first.folded) + spellingCost(tail, last.folded)
            : spellingCost(letters, first.folded + last.folded)
        add(first.folded, last.folded, cost + first.prior + last.prior, letters.length)
      }
  if (boundary <= 0) {
    addSingles(letters, firsts, lastBefore, slot, 'first', add)
    addSingles(letters, lasts, firstBefore, slot, 'last', add)
  }
  guesses.sort((a, b) => a.cost - b.cost)
  return guesses.slice(0, SEARCH.guessesMax)
}

type Add = (first: string | undefined, last: string | undefined, cost: number, length: number) => void

/** Only one of the two was spelled: the other stays as it was said before, or is still to be asked. */
function addSingles(
  letters: string,
  parts: readonly Part[],
  others: readonly string[],
  slot: SlotExpectation,
  part: 'first' | 'last',
  add: Add,
): void {
  const asked = slot.part === part ? 0 : part === 'first' || slot.part === undefined ? 0.3 : 1
  for (const { folded, prior } of [...parts, { folded: letters, prior: PRIOR.literal }]) {
    const cost = (folded === letters ? 0 : spellingCost(letters, folded)) + prior + asked
    if (others.length === 0) add(...ordered(part, folded, undefined), cost, letters.length)
    for (const other of others) add(...ordered(part, folded, other), cost + PRIOR.kept, letters.length)
  }
}

function ordered(part: 'first' | 'last', own: string, other: string | undefined): [string | undefined, string | undefined] {
  return part === 'first' ? [own, other] : [other, own]
}

function familyEndings(letters: string): string[] {
  const back = reversed(letters)
  const kept: { name: string; cost: number }[] = []
  for (const name of FAMILY.closingLike(letters)) {
    const cost = spellingCost(back, reversed(name), true)
    if (cost > name.length * PER_LETTER_MAX + 0.5) continue
    kept.push({ name, cost: cost - name.length * 0.1 })
  }
  kept.sort((a, b) => a.cost - b.cost)
  return kept.slice(0, SEARCH.keptMax).map(({ name }) => name)
}
