import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Value } from '../../dialogue/template.ts'
import { foreignLanguage } from '../language/foreign-language.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { FAMILY, GIVEN } from '../lexicon/names/names.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { isRejected } from '../n-best.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isCommand } from './command.ts'
import { nameCandidate, pushName } from './name-candidate.ts'
import { correctName } from './name-correction.ts'
import { isWeighed, pushSpelled, weighNames } from './name-evidence.ts'
import { heldAt, isAskedFor, isFamilyAlone, isStated, looksLikeName, surroundedName } from './name-plain.ts'
import { countWords, isCapital, isKnownFirst, isPlausible, nameAt, type Span, titleCase } from './name-words.ts'
import { purelySpelled } from './spelled-name.ts'
import { SURE, type Utterance } from './utterance.ts'

/** An everyday word taken for a name that sounds like it. */
const MISHEARD = 0.55

const CHATTER = new WeakMap<Lexicon, Phrases<true>>()

function chatterOf(lexicon: Lexicon): Phrases<true> {
  let phrases = CHATTER.get(lexicon)
  if (phrases === undefined) {
    phrases = new Phrases<true>().add(lexicon.source.talk.chatter, true)
    CHATTER.set(lexicon, phrases)
  }
  return phrases
}

/** Personal names: announced ones anywhere, bare ones where a name was asked, corrections where one is being confirmed. */
export function extractName(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const before = out.length
  const weighed = isWeighed(utterance, slot)
  if (slot.attention === 'active' && takeSpelling(utterance, slot, weighed, out)) return
  takeName(utterance, slot, out)
  if (!weighed || slot.attention !== 'active') return
  if (isRepeated(utterance, slot, out[before])) return
  if (out.length === before && slot.type === 'full-name') misheardName(utterance, slot, out)
  weighNames(slot, out, before)
}

/** A denied name said again to the letter, and no recogniser that could have misheard it: then it is meant. */
function isRepeated(utterance: Utterance, slot: SlotExpectation, taken: Candidate | undefined): boolean {
  return taken !== undefined && utterance.request.alternatives.length === 0 && isRejected(slot, taken.value)
}

/** "call Davies" for Karl Davies: an everyday word that sounds like a given name, before a known family name that ends the answer. */
function misheardName(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan, first, last } = utterance
  const from = last - 2
  if (from < first || scan.at(last - 1).length < 3 || !FAMILY.has(scan.at(last - 1))) return
  const span = { from, end: last }
  if (last - first === 2 && scan.at(from).length > 2 && GIVEN.soundingLike(scan.at(from)).length > 0) {
    const value = { first: titleCase(scan, { from, end: last - 1 }), last: titleCase(scan, { from: last - 1, end: last }) }
    out.push({ slot: slot.slot, start: scan.startOf(from), end: scan.endOf(last), confidence: MISHEARD, value, parts: value })
  } else if (last - first <= 3) pushName(utterance, slot, { ...span, from: last - 1 }, MISHEARD, out)
}

/** A spelled answer: to the letter where it is letters and nothing else, else what a recogniser may have made of one. */
function takeSpelling(utterance: Utterance, slot: SlotExpectation, weighed: boolean, out: Candidate[]): boolean {
  const guessed = slot.type === 'full-name' && utterance.lexicon.language === 'en'
  if (guessed && weighed && pushSpelled(utterance, slot, out)) return true
  const pure = purelySpelled(utterance)
  if (pure !== undefined) pushName(utterance, slot, pure.span, SURE.bare, out)
  return pure !== undefined || (guessed && pushSpelled(utterance, slot, out))
}

/** Three words and more, none of them a known name, written as a sentence is ("play some music"), or a thing ("la mezzanotte"). */
function isSentence(scan: Scan, span: Span): boolean {
  if (bareSureness(scan, span) === SURE.bare) return false
  if (scan.wordAt(span.from).is & IS.article) return true
  if (countWords(scan, span) < 3) return false
  for (let i = span.from + 1; i < span.end; i++)
    if (scan.kindAt(i) === KIND.word && !(scan.wordAt(i).as & AS.particle) && !isCapital(scan, i)) return true
  return false
}

/** Four words and more that are a sentence in another language: "buenos días quisiera una cita". */
function isForeign({ scan, request }: Utterance, span: Span): boolean {
  return countWords(scan, span) > 3 && foreignLanguage(scan, request.locale) !== undefined
}

/** Words by themselves are a name beyond doubt when one of them is known; written small and unknown they may be anything. */
function bareSureness(scan: Scan, span: Span): number {
  let capital = false
  for (let i = span.from; i < span.end; i++) {
    if (GIVEN.has(scan.at(i)) || FAMILY.has(scan.at(i)) || isKnownFirst(scan, i)) return SURE.bare
    if (scan.kindAt(i) === KIND.word) capital ||= isCapital(scan, i)
  }
  return capital ? SURE.likely : SURE.weak
}

function takeName(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const before = out.length
  if (announcedParts(utterance, slot, out)) return
  if (announcedName(utterance, slot, out)) return
  if (slot.attention === 'correcting') correctName(utterance, slot, out)
  if (slot.attention !== 'active' || out.length > before) return
  const bare = bareSpan(utterance)
  if (bare !== undefined && !isForeign(utterance, bare)) pushName(utterance, slot, bare, bareSureness(scan, bare), out)
}

/** "my surname is Rossi", "nome Mario e cognome Rossi". */
function announcedParts(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): boolean {
  const { scan, cues } = utterance
  let first: Span | undefined
  let last: Span | undefined
  let alone: Span | undefined
  for (let i = 0; i < scan.size; i++) {
    const held = cues.after('holder', scan, i)
    if (held > 0) {
      i = held - 1
      continue
    }
    const lastAt = cues.after('lastName', scan, i)
    const firstAt = lastAt < 0 ? cues.after('firstName', scan, i) : -1
    const at = lastAt < 0 ? firstAt : lastAt
    if (at < 0) continue
    const span = nameAt(scan, skipSmall(scan, at), scan.size)
    if (span === undefined) continue
    if (slot.attention === 'listening' && (isAskedFor(scan, i) || !isStated(utterance, span, at))) continue
    if (lastAt >= 0) last ??= span
    else if (isFamilyAlone(utterance, slot, span, i, at)) alone ??= span
    else if (!(countWords(scan, span) > 1 && slot.type === 'full-name')) first ??= span
    i = span.end - 1
  }
  if (last === undefined && first === undefined) last = alone
  else first ??= alone
  if (first === undefined && last === undefined) return false
  if (slot.type !== 'full-name') {
    const span = slot.type === 'first-name' ? first : last
    if (span === undefined) return false
    if (slot.attention === 'listening') out.push(nameCandidate(utterance, slot, span, SURE.evident, titleCase(scan, span)))
    else pushName(utterance, slot, span, SURE.evident, out)
    return true
  }
  pushParts(utterance, slot, first, last, out)
  return true
}

function pushParts(
  utterance: Utterance,
  slot: SlotExpectation,
  first: Span | undefined,
  last: Span | undefined,
  out: Candidate[],
): void {
  const { scan } = utterance
  const from = Math.min(first?.from ?? scan.size, last?.from ?? scan.size)
  const end = Math.max(first?.end ?? 0, last?.end ?? 0)
  const parts: Record<string, string> = {}
  if (first !== undefined) parts.first = titleCase(scan, first)
  if (last !== undefined) parts.last = titleCase(scan, last)
  const base = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end), confidence: SURE.evident }
  out.push(first !== undefined && last !== undefined ? { ...base, value: parts as Value & object, parts } : { ...base, parts })
}

/** "my name is Mario Rossi", "I'm Mario Rossi" (by itself only of two capitalised words where nobody asked). */
function announcedName(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): boolean {
  const { scan, cues } = utterance
  for (let i = 0; i < scan.size; i++) {
    const held = cues.after('holder', scan, i) < 0 ? undefined : heldAt(utterance, slot, i)
    if (held !== undefined && isPlausible(scan, held)) {
      pushHeld(utterance, slot, held, out)
      return true
    }
    const named = cues.after('name', scan, i)
    const self = cues.after('selfName', scan, i)
    const at = Math.max(named, self)
    if (at < 0 || (named >= at && isAskedFor(scan, i))) continue
    const span = nameAt(scan, skipSmall(scan, at), scan.size)
    if (span === undefined || !isPlausible(scan, span)) continue
    if (named >= at) {
      if (slot.attention !== 'listening' || isNameLike(utterance, span, slot, at)) {
        pushName(utterance, slot, span, SURE.cued, out)
        return true
      }
    } else if (isIntroduction(scan, span, slot)) {
      pushName(utterance, slot, span, SURE.cued, out)
      return true
    }
  }
  const around = surroundedName(utterance, slot)
  if (around === undefined || !isPlausible(scan, around)) return false
  pushHeld(utterance, slot, around, out)
  return true
}

/**
 * The name that something is held under, or of who speaks. One word is a part of a full name; of first and last names that nobody
 * asked for, only the one that it fits gets it.
 */
function pushHeld(utterance: Utterance, slot: SlotExpectation, span: Span, out: Candidate[]): void {
  if (slot.attention !== 'listening') pushName(utterance, slot, span, SURE.cued, out)
  else if (
    slot.type === 'full-name' ||
    countWords(utterance.scan, span) > 1 ||
    (slot.type === 'first-name') === isKnownFirst(utterance.scan, span.from)
  )
    pushName(utterance, { ...slot, attention: 'correcting' }, span, SURE.cued, out)
}

function isNameLike(utterance: Utterance, span: Span, slot: SlotExpectation, at: number): boolean {
  if (!isStated(utterance, span, at)) return false
  return slot.type !== 'full-name' || countWords(utterance.scan, span) > 1 || isCapital(utterance.scan, span.from)
}

/** After "I'm" much can stand; a name is capitalised, known, or all that follows where a name was asked. */
function isIntroduction(scan: Scan, span: Span, slot: SlotExpectation): boolean {
  const words = countWords(scan, span)
  const capital = isCapital(scan, span.from) && isCapital(scan, span.end - 1)
  if (slot.attention === 'listening') return words >= 2 && looksLikeName(scan, span)
  return capital || isKnownFirst(scan, span.from) || (span.end === scan.size && words >= 2)
}

function skipSmall(scan: Scan, from: number): number {
  let i = from
  while (i < scan.size) {
    const word = scan.wordAt(i)
    if (scan.at(i) === ':' || scan.at(i) === ',' || word.as & AS.copula || (word.as & AS.filler && !(word.as & AS.firstName))) i++
    else break
  }
  return i
}

/** A name of two words, capitalised or known, at the head of a longer answer: "Mario Rossi, mario@rossi.it", "mario rossi nato il 14". */
function isFollowed({ scan, cues }: Utterance, span: Span): boolean {
  if (countWords(scan, span) < 2) return false
  const capital = isCapital(scan, span.from) && isCapital(scan, span.end - 1)
  if (!capital && !(isKnownFirst(scan, span.from) && FAMILY.has(scan.at(span.end - 1)))) return false
  const mark = scan.at(span.end)
  if (mark === ',' && nameAt(scan, span.end + 1, scan.size)?.end === scan.size) return false
  if (mark === ',' || mark === '.' || mark === ';' || (scan.wordAt(span.end).is & IS.and) !== 0) return true
  return FOLLOWING.some((cue) => cues.after(cue, scan, span.end) > 0)
}

/** What else people say right behind their name. */
const FOLLOWING = ['birth', 'email', 'phone'] as const

/** The whole answer as a name; undefined for questions, chatter, figures and everyday words. */
function bareSpan(utterance: Utterance): Span | undefined {
  const { scan, first, last } = utterance
  if (first >= last || scan.at(scan.size - 1) === '?') return undefined
  if (chatterOf(utterance.lexicon).at(scan, first) !== undefined || isCommand(utterance)) return undefined
  if (scan.wordAt(first).as & AS.copula && scan.at(first).length === 1) return undefined
  const from = scan.wordAt(first).is & IS.article && scan.wordAt(first + 1).as & AS.title ? first + 1 : first
  const span = nameAt(scan, from, last)
  if (span === undefined || !isPlausible(scan, span) || isSentence(scan, span)) return undefined
  if (span.end === last || isFollowed(utterance, span)) return span
  const given = scan.at(span.end) === ',' ? nameAt(scan, span.end + 1, last) : undefined
  return given?.end === last && !isSentence(scan, given) ? { from: span.from, end: last } : undefined
}
