import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Value } from '../../dialogue/template.ts'
import { FAMILY, GIVEN, type Names } from '../lexicon/names/names.ts'
import { similarity } from '../text/distance.ts'
import { guessNames, lettersOf } from './name-guess.ts'
import { spellingOf } from './name-spelling.ts'
import { capitalised } from './name-words.ts'
import { SURE, type Utterance } from './utterance.ts'

/** What a part of a name is worth as it was written: one of the known names, capitalised, or a word like any other. */
const WORTH = { known: 1, capital: 0.5, small: 0.35 } as const
/** A known name that sounds like what was written. */
const ALIKE = { share: 0.3, ofKnown: 0.15, most: 5 } as const
/** A part that agrees with what was said before a denial counts that much more; one taken over from there, that much less. */
const BEFORE = { agrees: 1.6, taken: 0.5 } as const
/** Spelled names are guesses: their confidence stays under this. */
const SPELLED_MAX = 0.79

interface Reading {
  readonly text: string
  readonly worth: number
}

/** Whether several readings of a name are wanted: a recogniser gave hypotheses, or one reading was denied already. */
export function isWeighed(utterance: Utterance, slot: SlotExpectation): boolean {
  return slot.attention !== 'listening' && (utterance.request.alternatives.length > 0 || slot.rejected !== undefined)
}

/**
 * Puts every reading of what was heard in the place of the candidates from `before` on, each with what it is worth: names as they were
 * written, known names that sound like them, parts completed from what was denied.
 */
export function weighNames(slot: SlotExpectation, out: Candidate[], before: number): void {
  const heard = out.splice(before)
  for (const given of heard) {
    // How sure each word is, is weighed here.
    const candidate = given.confidence >= SURE.weak ? { ...given, confidence: Math.max(given.confidence, SURE.bare) } : given
    const { value, parts } = candidate
    if (typeof value === 'object') weighFull(slot, candidate, String(value.first ?? ''), String(value.last ?? ''), out)
    else if (typeof value === 'string') weighSingle(slot, candidate, value, out)
    else if (parts !== undefined) weighPart(slot, candidate, parts, out)
  }
}

function weighFull(slot: SlotExpectation, base: Candidate, first: string, last: string, out: Candidate[]): void {
  // "Shane o Connor": the letter belongs to the last name.
  if (first.toLowerCase().endsWith(' o') && FAMILY.has(`o${lettersOf(last)}`)) {
    weighFull(slot, base, first.slice(0, -2), shown(`o${lettersOf(last)}`), out)
    return
  }
  const misheard = base.confidence < SURE.weak
  const firsts = readingsOf(GIVEN, first, deniedParts(slot, 'first')).slice(misheard ? 1 : 0)
  const lasts = readingsOf(FAMILY, last, deniedParts(slot, 'last'))
  for (let i = 0; i < firsts.length; i++) {
    for (let k = 0; k < lasts.length; k++) {
      const f = firsts[i] as Reading
      const l = lasts[k] as Reading
      const value = { first: f.text, last: l.text }
      out.push({ ...base, value, parts: value, confidence: Math.min(base.confidence, base.confidence * f.worth * l.worth) })
    }
  }
}

function weighSingle(slot: SlotExpectation, base: Candidate, text: string, out: Candidate[]): void {
  const names = slot.type === 'last-name' ? FAMILY : GIVEN
  const denied = (slot.rejected ?? []).filter((value) => typeof value === 'string').map(lettersOf)
  for (const { text: value, worth } of readingsOf(names, text, denied))
    out.push({ ...base, value, confidence: Math.min(base.confidence, base.confidence * worth) })
}

/** Only one part was said: with a name that was denied it makes another whole one. */
function weighPart(slot: SlotExpectation, base: Candidate, parts: NonNullable<Candidate['parts']>, out: Candidate[]): void {
  out.push(base)
  for (const denied of slot.rejected ?? []) {
    if (typeof denied !== 'object') continue
    const said = parts.first ?? parts.last
    if (said === undefined || (parts.first !== undefined && parts.last !== undefined)) continue
    const part = parts.last !== undefined || isLast(String(said), denied) ? 'last' : 'first'
    const other = part === 'first' ? 'last' : 'first'
    for (const { text, worth } of readingsOf(part === 'first' ? GIVEN : FAMILY, String(said), [])) {
      const value = part === 'first' ? { first: text, last: String(denied[other]) } : { first: String(denied[other]), last: text }
      out.push({ ...base, value, parts: value, confidence: base.confidence * worth * BEFORE.taken })
    }
  }
}

function isLast(said: string, denied: Exclude<Value, string | number | boolean>): boolean {
  const word = lettersOf(said)
  const first = similarity(word, lettersOf(String(denied.first ?? '')))
  const last = similarity(word, lettersOf(String(denied.last ?? '')))
  return last > first || (last === first && FAMILY.has(word) && !GIVEN.has(word))
}

function deniedParts(slot: SlotExpectation, part: 'first' | 'last'): string[] {
  return (slot.rejected ?? []).flatMap((value) => (typeof value === 'object' ? [lettersOf(String(value[part] ?? ''))] : []))
}

/** What was written, and known names that sound like it. */
function readingsOf(names: Names, text: string, denied: readonly string[]): Reading[] {
  const folded = lettersOf(text)
  const known = names.has(folded)
  const agreed = (name: string): number => (denied.includes(name) ? BEFORE.agrees : 1)
  const written = known && !isPlain(text, folded) ? shown(folded) : withoutPossessive(text)
  const worth = known ? WORTH.known : text.charAt(0) === text.charAt(0).toLowerCase() ? WORTH.small : WORTH.capital
  const readings: Reading[] = [{ text: written, worth: worth * agreed(folded) }]
  const share = known ? ALIKE.ofKnown : ALIKE.share
  let more = 0
  for (const name of names.soundingLike(folded)) {
    if (name === folded || more === ALIKE.most) continue
    const alike = similarity(name, folded)
    readings.push({ text: shown(name), worth: share * alike * alike * names.commonness(name) * agreed(name) })
    more++
  }
  return readings
}

/** Written as a name is: nothing to tidy. */
function isPlain(text: string, folded: string): boolean {
  return text.toLowerCase() === folded || text.includes("'") === (shown(folded).includes("'") && !text.endsWith("'s"))
}

function withoutPossessive(text: string): string {
  return text.endsWith("'s") || text.endsWith('’s') ? text.slice(0, -2) : text
}

/** Irish names that begin with O' and are kept in the lists without the mark. */
const IRISH: ReadonlySet<string> = new Set(
  'obrien oconnor osullivan oneill oneil oneal odonnell oreilly okeefe odonoghue ohara oleary omalley oshea odriscoll ogrady orourke'.split(
    ' ',
  ),
)

/** A name of the lists as people write it. */
export function shown(folded: string): string {
  return IRISH.has(folded) ? `O'${folded.charAt(1).toUpperCase()}${folded.slice(2)}` : capitalised(folded)
}

/** What is less likely is talk that was taken for letters. */
const GUESS_LEAST = 0.02
/** Letters of a name that somebody spells. */
const SPELLED_LETTERS_MAX = 20

function isLump(part: string | undefined): boolean {
  return part !== undefined && part.length > SPELLED_LETTERS_MAX
}

/** Readings of an utterance that is spelled for the most part; false when it is none. */
export function pushSpelled(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): boolean {
  const spelling = spellingOf(utterance)
  if (spelling === undefined) return false
  const { scan } = utterance
  const place = { slot: slot.slot, start: scan.startOf(spelling.from), end: scan.endOf(spelling.end) }
  let found = false
  for (const { first, last, cost } of guessNames(spelling, slot)) {
    const confidence = SPELLED_MAX * Math.exp(-cost)
    if (confidence < GUESS_LEAST || isLump(first) || isLump(last)) continue
    const parts = {
      ...(first === undefined ? undefined : { first: shown(first) }),
      ...(last === undefined ? undefined : { last: shown(last) }),
    }
    if (first !== undefined && last !== undefined) out.push({ ...place, value: parts, parts, confidence })
    else out.push({ ...place, parts, confidence })
    found = true
  }
  return found
}
