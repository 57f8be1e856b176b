import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { similarity } from '../text/distance.ts'
import { fold } from '../text/fold.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import type { Scan } from '../text/scan.ts'
import { pushName } from './name-candidate.ts'
import { ALIKE_MIN, isTwoSurnames, surnamesWith } from './name-surnames.ts'
import { capitalised, countWords, isCapital, isKnownFirst, isPlausible, nameAt, type Span, titleCase } from './name-words.ts'
import { spelledWordAt } from './spelled-name.ts'
import { SURE, type Utterance } from './utterance.ts'

/**
 * A correction of a name under confirmation: "no, Rossi with two s", "R O S S I", "Rossi not Russo", "no, Bianchi". One word
 * replaces the part that it resembles most; two or more are the whole name.
 */
export function correctName(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  if (utterance.first >= utterance.last) return
  if (respelled(utterance, slot, out) || spelledOut(utterance, slot, out) || contrasted(utterance, slot, out)) return
  const { scan, first, last } = utterance
  const span = nameAt(scan, first, last)
  if (span === undefined || span.end !== last || !isPlausible(scan, span)) return
  replace(utterance, slot, span, out)
}

function replace(utterance: Utterance, slot: SlotExpectation, span: Span, out: Candidate[]): void {
  const { scan } = utterance
  const refused = utterance.polarity?.value === false
  const many = countWords(scan, span) > 1
  if (slot.type === 'full-name' && isTwoSurnames(scan, span)) {
    pushPart(utterance, slot, 'last', titleCase(scan, span), span, SURE.bare, out)
    return
  }
  if (slot.type === 'full-name' && many && !(scan.wordAt(span.from).as & AS.particle)) {
    pushName(utterance, slot, span, SURE.bare, out)
    return
  }
  const word = titleCase(scan, span)
  const target = targetOf(slot, word, isKnownFirst(scan, span.from))
  const surnames =
    scan.lexicon.language === 'es' && slot.type !== 'first-name' && target.part === 'last' && !many
      ? surnamesWith(target.text, word)
      : undefined
  if (surnames !== undefined && (refused || isCapital(scan, span.from))) {
    pushPart(utterance, slot, 'last', surnames, span, SURE.fuzzy, out)
    return
  }
  if (!refused && !isCapital(scan, span.from) && target.alike < ALIKE_MIN) return
  pushPart(utterance, slot, target.part, word, span, target.alike >= ALIKE_MIN ? SURE.bare : SURE.fuzzy, out)
}

interface Target {
  readonly part: 'first' | 'last'
  /** What stands there now. */
  readonly text: string
  readonly alike: number
}

function currentParts(slot: SlotExpectation): { first: string; last: string } {
  const { current } = slot
  if (typeof current === 'string') return { first: current, last: current }
  if (typeof current !== 'object') return { first: '', last: '' }
  return { first: String(current.first ?? ''), last: String(current.last ?? '') }
}

function targetOf(slot: SlotExpectation, word: string, knownFirst: boolean): Target {
  const current = currentParts(slot)
  const folded = fold(word)
  const first = similarity(folded, fold(current.first))
  const last = similarity(folded, fold(current.last))
  if (Math.max(first, last) < ALIKE_MIN) {
    const part = knownFirst ? 'first' : 'last'
    return { part, text: current[part], alike: Math.max(first, last) }
  }
  return first > last ? { part: 'first', text: current.first, alike: first } : { part: 'last', text: current.last, alike: last }
}

function pushPart(
  utterance: Utterance,
  slot: SlotExpectation,
  part: 'first' | 'last',
  text: string,
  span: Span,
  confidence: number,
  out: Candidate[],
): void {
  const { scan } = utterance
  const place = { slot: slot.slot, start: scan.startOf(span.from), end: scan.endOf(span.end), confidence }
  out.push(slot.type === 'full-name' ? { ...place, parts: { [part]: text } } : { ...place, value: text })
}

/** "Rossi with two s", "con due s", "with a double t", "with a k". */
function respelled(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): boolean {
  const { scan, first, last } = utterance
  let at = first
  while (at < last && !(scan.wordAt(at).as & AS.with)) at++
  if (at === last) return false
  const letter = letterCount(scan, at + 1, last)
  if (letter === undefined) return false
  const span = at > first ? nameAt(scan, first, at) : undefined
  const said = span !== undefined && span.end === at ? titleCase(scan, span) : undefined
  const current = currentParts(slot)
  const target =
    said === undefined
      ? bearer(current, letter.letter)
      : targetOf(slot, said, span !== undefined && isKnownFirst(scan, span.from))
  const base = said ?? target.text
  if (base === '') return false
  const text = withLetters(base, letter.letter, letter.count)
  pushPart(utterance, slot, target.part, text, { from: span?.from ?? at, end: letter.end }, SURE.bare, out)
  return true
}

/** The part that has the letter, or else one that sounds like it; the last name where both or neither do. */
function bearer(current: { first: string; last: string }, letter: string): Target {
  const has = (text: string): boolean => fold(text).includes(letter)
  const some = has(current.first) || has(current.last)
  const fits = (text: string): boolean => (some ? has(text) : withLetters(text, letter, 1) !== text)
  const part = fits(current.first) && !fits(current.last) ? 'first' : 'last'
  return { part, text: current[part], alike: 1 }
}

/** "two s", "a double t", "one n", "only one t", "the k". */
function letterCount(scan: Scan, from: number, limit: number): { letter: string; count: number; end: number } | undefined {
  let i = from
  let count = 1
  while (i < limit) {
    const word = scan.wordAt(i)
    if (scan.at(i).length === 1 && i + 1 >= limit) break
    if (word.is & IS.multiply) {
      count = word.multiply
      i++
    } else if (cardinalAt(scan, i) && found.value >= 1 && found.value <= 3) {
      count = found.value
      i = found.end
    } else if (word.is & IS.article || word.as & (AS.only | AS.filler)) i++
    else break
  }
  const letter = scan.at(i)
  if (i >= limit || letter.length === 0) return undefined
  if (letter.length === 1 && letter >= 'a' && letter <= 'z') return { letter, count, end: i + 1 }
  if (letter.length === 2 && letter.endsWith('s') && letter[0] !== undefined && i + 1 >= limit && count > 1)
    return { letter: letter[0], count, end: i + 1 }
  const named = scan.wordAt(i).letter || pluralLetter(scan, letter)
  return named === '' ? undefined : { letter: named.toLowerCase(), count, end: i + 1 }
}

/** "dos eses", "two esses": the letter whose name stands in the plural. */
function pluralLetter(scan: Scan, text: string): string {
  if (!text.endsWith('s')) return ''
  return scan.lexicon.find(text.slice(0, -1)).letter || (text.endsWith('es') ? scan.lexicon.find(text.slice(0, -2)).letter : '')
}

/** Letters that are heard for one another. */
const HEARD_ALIKE = ['ckq', 'iyj', 'szx', 'vwf', 'dt', 'bp', 'gj', 'mn', 'ou', 'ae'] as const

/** The word with that many of the letter where it has some, or with the letter in the place of one that sounds like it. */
export function withLetters(word: string, letter: string, count: number): string {
  const folded = fold(word)
  if (folded.length !== word.length) return word
  let at = longestRun(folded, letter)
  let length = 0
  if (at >= 0) while (folded[at + length] === letter) length++
  else {
    at = alikeAt(folded, letter)
    if (at < 0) return word
    length = 1
  }
  const changed = word.slice(0, at) + letter.repeat(count) + word.slice(at + length)
  return at === 0 ? capitalised(changed.toLowerCase()) : changed
}

function longestRun(folded: string, letter: string): number {
  let best = -1
  let length = 0
  for (let i = 0; i < folded.length; i++) {
    let run = 0
    while (folded[i + run] === letter) run++
    if (run >= length && run > 0) {
      best = i
      length = run
    }
    i += Math.max(0, run - 1)
  }
  return best
}

function alikeAt(folded: string, letter: string): number {
  for (const group of HEARD_ALIKE) {
    if (!group.includes(letter)) continue
    for (let i = folded.length - 1; i >= 0; i--) if (group.includes(folded.charAt(i))) return i
  }
  return -1
}

function spelledOut(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): boolean {
  const { scan, first, last } = utterance
  for (let i = first; i < last; i++) {
    const spelled = spelledWordAt(scan, i, last)
    if (spelled === undefined) continue
    const text = capitalised(spelled.word)
    const target = targetOf(slot, text, false)
    pushPart(utterance, slot, target.part, text, { from: i, end: spelled.end }, SURE.bare, out)
    return true
  }
  return false
}

/** "Rossi not Russo", "non Russo, Rossi", "not Russo but Rossi": what is not refused replaces what is. */
function contrasted(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): boolean {
  const { scan, first, last } = utterance
  let at = first
  while (at < last && !(scan.wordAt(at).as & AS.not)) at++
  if (at >= last) return false
  const wrong = nameAt(scan, at + 1, last)
  if (wrong === undefined) return false
  const right = nameBefore(scan, first, at) ?? nextName(scan, wrong.end, last)
  if (right === undefined) return false
  const target = targetOf(slot, titleCase(scan, wrong), isKnownFirst(scan, wrong.from))
  pushPart(utterance, slot, target.part, titleCase(scan, right), right, SURE.cued, out)
  return true
}

function nameBefore(scan: Scan, from: number, at: number): Span | undefined {
  for (let i = from; i < at; i++) {
    const span = nameAt(scan, i, at)
    if (span !== undefined) return span
  }
  return undefined
}

function nextName(scan: Scan, from: number, limit: number): Span | undefined {
  for (let i = from; i < limit; i++) {
    const span = nameAt(scan, i, limit)
    if (span !== undefined) return span
  }
  return undefined
}
