import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import { FAMILY } from '../lexicon/names/names.ts'
import { COUNTRIES } from '../lexicon/places.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { fold } from '../text/fold.ts'
import { KIND, type Scan } from '../text/scan.ts'
import type { Cue } from './cues.ts'
import { countWords, isCapital, isKnownFirst, isNameWord, isOnlyFamily, nameAt, type Span } from './name-words.ts'
import type { Utterance } from './utterance.ts'

// Names that are announced by what stands around them: "booking under Ada Byron", "Ada Byron speaking", "a table for Ada Byron".

/** Words of a name before "speaking", at most. */
const BEHIND_MAX = 4
/** How far back a booking may have been spoken of before "for Ada Byron". */
const BOOKING_MAX = 10

/** Whether these words are a name by themselves: one of the lists, or written as names are where nothing else is. */
export function looksLikeName(scan: Scan, span: Span): boolean {
  const known = isKnownFirst(scan, span.from) || (countWords(scan, span) > 1 && isKnownLast(scan, span))
  if (countWords(scan, span) < 2) return known && scan.at(span.from).length > 1
  return known || isRaised(scan, span)
}

function isKnownLast(scan: Scan, span: Span): boolean {
  return FAMILY.has(scan.at(span.end - 1)) && !(scan.wordAt(span.end - 1).as & AS.common)
}

/** Every word begins with a capital, in a text and a language where that says something. */
function isRaised(scan: Scan, span: Span): boolean {
  if (scan.lexicon.language === 'de' || isShouted(scan)) return false
  for (let i = span.from; i < span.end; i++)
    if (scan.kindAt(i) === KIND.word && !isCapital(scan, i) && !(scan.wordAt(i).as & AS.particle)) return false
  return true
}

/** A text in capitals throughout. */
function isShouted(scan: Scan): boolean {
  return scan.text === scan.text.toUpperCase()
}

const YOURS: ReadonlySet<string> = new Set(
  'your his her its their tuo tua suo sua vostro tu ton votre son leur dein deine ihr sein'.split(' '),
)

/** "what is MY NAME", "how does my name …", "YOUR NAME is": the name is asked for, or another's. */
export function isAskedFor(scan: Scan, cue: number): boolean {
  if (YOURS.has(scan.at(cue - 1)) || YOURS.has(scan.at(cue))) return true
  let i = cue - 1
  while (i >= 0 && i > cue - 4 && scan.wordAt(i).as & (AS.copula | AS.self) && !(scan.wordAt(i).as & AS.question)) i--
  return (scan.wordAt(i).as & AS.question) !== 0 || (scan.wordAt(i - 1).as & AS.question && scan.wordAt(i).as & AS.common) !== 0
}

/**
 * Whether the words after a cue that ends at token `at` are given as a name: the cue says so ("is", "mi chiamo", a colon) and, for one
 * word, it is known or in capitals; or else they look like one.
 */
export function isStated({ scan, cues }: Utterance, span: Span, at: number): boolean {
  if (looksLikeName(scan, span)) return true
  const before = span.from - 1
  if (scan.wordAt(before).as & AS.copula || scan.at(before) === ':')
    return countWords(scan, span) > 1 || (isCapital(scan, span.from) && scan.at(span.from).length > 1)
  if (span.from !== at) return false
  if (cues.after('name', scan, before) !== at) return countWords(scan, span) > 1 || isCapital(scan, span.from)
  const part = cues.after('firstName', scan, before - 1) === at || cues.after('lastName', scan, before - 1) === at
  return part && isCapital(scan, span.from) && !(scan.wordAt(before - 1).is & IS.article)
}

/** The name after who something is for or under, or before who speaks; undefined where none stands there. */
export function surroundedName(utterance: Utterance, slot: SlotExpectation): Span | undefined {
  const { scan } = utterance
  for (let i = 0; i < scan.size; i++) {
    const span = heldAt(utterance, slot, i) ?? nameBefore(utterance, i)
    if (span !== undefined) return span
  }
  return undefined
}

/** The name that begins after token `i`, where that says who something is for or under. */
export function heldAt(utterance: Utterance, slot: SlotExpectation, i: number): Span | undefined {
  const { scan } = utterance
  const holder = after(utterance, 'holder', i)
  const under = holder < 0 ? after(utterance, 'under', i) : -1
  const purpose = holder < 0 && under < 0 && scan.wordAt(i).how & HOW.purpose ? i + 1 : -1
  const at = Math.max(holder, under, purpose)
  if (at < 0) return undefined
  const span = nameAt(scan, at, scan.size)
  if (span === undefined) return undefined
  const words = countWords(scan, span)
  if (slot.attention === 'active' && i === utterance.first && span.end === utterance.last) return span
  if (purpose >= 0 && !(words > 1 && isPerson(utterance, span, i))) return undefined
  if (holder >= 0 && slot.attention !== 'listening') return isNamelike(scan, span) ? span : undefined
  if (holder >= 0 && saysName(utterance, i, at) && isUnknown(scan, span)) return span
  if (holder >= 0 && words === 1) return isKnownFirst(scan, span.from) || isRaised(scan, span) ? span : undefined
  return words > 1 && looksLikeName(scan, span) ? span : undefined
}

/** "under the NAME", "a NOME di": what follows is a name, even one that no list has. */
function saysName({ cues, scan }: Utterance, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (cues.after('name', scan, i) === i + 1) return true
  return false
}

/** Words that are nothing else in this language. */
function isUnknown(scan: Scan, span: Span): boolean {
  for (let i = span.from; i < span.end; i++) {
    const word = scan.wordAt(i)
    if (word.is !== 0 || (word.as & ~(AS.firstName | AS.particle)) !== 0) return false
  }
  return true
}

function isNamelike(scan: Scan, span: Span): boolean {
  return looksLikeName(scan, span) || isCapital(scan, span.from) || span.end === scan.size
}

/** After "for": a known given name, or where a booking was spoken of two words in capitals; no country. */
function isPerson(utterance: Utterance, span: Span, at: number): boolean {
  const { scan } = utterance
  if (isKnownFirst(scan, span.from)) return isRaised(scan, span) || isKnownLast(scan, span)
  if (!isRaised(scan, span) || countWords(scan, span) !== 2 || isPlace(scan, span)) return false
  for (let i = Math.max(0, at - BOOKING_MAX); i < at; i++) if (after(utterance, 'booking', i) > 0) return true
  return false
}

const PLACE_NAMES: ReadonlySet<string> = new Set(
  COUNTRIES.flatMap(({ names }) => Object.values(names).flatMap((list) => list.split(',').map(fold))),
)

function isPlace(scan: Scan, span: Span): boolean {
  return PLACE_NAMES.has(fold(scan.source(span.from, span.end)))
}

/** "Ada Byron speaking", "Ada Byron is my name". */
function nameBefore(utterance: Utterance, i: number): Span | undefined {
  const { scan } = utterance
  const end = after(utterance, 'nameBehind', i)
  if (end < 0 || scan.at(end) === '?' || scan.wordAt(end).is & IS.of) return undefined
  let from = i
  while (from > 0 && i - from < BEHIND_MAX && isNameWord(scan, from - 1) && !(scan.wordAt(from - 1).as & (AS.filler | AS.copula)))
    from--
  while (from < i && scan.wordAt(from).as & AS.title) from++
  if (from === i) return undefined
  const span = { from, end: i }
  return looksLikeName(scan, span) && isOwn(scan, from) ? span : undefined
}

/** Nothing but greetings and marks right before: "in London here" names no one. */
function isOwn(scan: Scan, from: number): boolean {
  const before = scan.wordAt(from - 1)
  if (before.as & AS.copula) return true
  return !(before.is & (IS.at | IS.of | IS.within | IS.article | IS.to)) || scan.kindAt(from - 1) === KIND.mark
}

function after({ cues, scan }: Utterance, cue: Cue, i: number): number {
  return cues.after(cue, scan, i)
}

/** "my name is Smith": a family name and no given one, behind words that announce either, where not the first name was asked. */
export function isFamilyAlone(utterance: Utterance, slot: SlotExpectation, span: Span, i: number, at: number): boolean {
  if (slot.type !== 'full-name' || slot.part === 'first') return false
  const { scan, cues } = utterance
  return countWords(scan, span) === 1 && isOnlyFamily(scan, span.from) && cues.after('name', scan, i) >= at
}
