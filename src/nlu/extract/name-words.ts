import { FAMILY, GIVEN } from '../lexicon/names/names.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'

/** Most tokens that one name has. */
const WORDS_MAX = 7

export interface Span {
  readonly from: number
  readonly end: number
}

/** Whether the word at token `i` may be part of a name. */
export function isNameWord(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.word) return false
  const word = scan.wordAt(i)
  if (word.as & AS.particle) return true
  if (word.as & (AS.common | AS.question)) return ((word.as & AS.firstName) !== 0 || FAMILY.has(scan.at(i))) && isCapital(scan, i)
  if (scan.touches(i) && scan.at(i - 1) === '@') return false
  return !(scan.touches(i + 1) && scan.at(i + 1) === '@')
}

/** A dash inside "Anne-Marie", a point after "J.". */
function isInnerMark(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.mark || !scan.touches(i)) return false
  if (scan.at(i) === '-') return scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.word
  return scan.at(i) === '.' && scan.endOf(i) - scan.startOf(i - 1) === 1
}

/** Titles before a name are said, not part of it. */
function skipTitles(scan: Scan, from: number, limit: number): number {
  let i = from
  while (i < limit && scan.wordAt(i).as & AS.title) {
    i++
    if (scan.at(i) === '.') i++
  }
  return i
}

/**
 * The words of a name from token `from`, up to a word or mark that no name has. Undefined when none stands there, or only
 * particles do.
 */
export function nameAt(scan: Scan, from: number, limit: number): Span | undefined {
  const start = skipTitles(scan, from, limit)
  let i = start
  let words = 0
  let solid = 0
  while (i < limit && words < WORDS_MAX) {
    if (isNameWord(scan, i)) {
      words++
      if (!(scan.wordAt(i).as & AS.particle)) solid++
    } else if (words === 0 || !isInnerMark(scan, i)) break
    i++
  }
  while (i > start && (scan.kindAt(i - 1) === KIND.mark || (words > 1 && dangles(scan, i - 1)))) {
    if (scan.kindAt(i - 1) !== KIND.mark) words--
    i--
  }
  return solid === 0 || i === start ? undefined : { from: start, end: i }
}

/** A particle at the end belongs to what follows ("Mario Rossi di Milano"): not to the name. */
function dangles(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).as & AS.particle) !== 0 && !isCapital(scan, i)
}

export function isCapital(scan: Scan, i: number): boolean {
  const code = scan.text.charCodeAt(scan.startOf(i))
  if (code < 128) return code >= 65 && code <= 90
  const char = scan.text.charAt(scan.startOf(i))
  return char !== char.toLowerCase()
}

/** Whether the words could be a name at all: letters enough, and no date or number word written small. */
export function isPlausible(scan: Scan, span: Span): boolean {
  for (let i = span.from; i < span.end; i++) {
    if (scan.kindAt(i) !== KIND.word) continue
    const word = scan.wordAt(i)
    if (word.as & AS.firstName || isCapital(scan, i)) continue
    if (word.is & (IS.currency | IS.multiply | IS.next | IS.last)) return false
    if (word.is & (IS.month | IS.weekday) && (scan.at(i).length > 3 || span.end - span.from === 1)) return false
    if (scan.at(i).length > 30) return false
  }
  return true
}

export function countWords(scan: Scan, span: Span): number {
  let words = 0
  for (let i = span.from; i < span.end; i++) if (scan.kindAt(i) === KIND.word) words++
  return words
}

/** The words as written, first letters raised where the whole was written small or large. */
export function titleCase(scan: Scan, span: Span): string {
  const source = scan.source(span.from, span.end)
  if (source !== source.toLowerCase() && source !== source.toUpperCase()) return tidy(source)
  return capitalised(source.toLowerCase())
}

function tidy(source: string): string {
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i)
    if (code < 32 || (code === 32 && source.charCodeAt(i + 1) <= 32)) return source.split(/[\0-\x20]+/).join(' ')
  }
  return source
}

/** Small particles stay small after the first word of a name ("Van der Berg"). */
const SMALL: ReadonlySet<string> = new Set(['der', 'den', 'dos', 'das', 'y', 'e', 'bin', 'ibn', 'al'])

export function capitalised(lower: string): string {
  let out = ''
  let at = 0
  while (at < lower.length) {
    let end = at
    while (end < lower.length && !isBreak(lower.charCodeAt(end))) end++
    const word = lower.slice(at, end)
    if (word !== '') out += out !== '' && SMALL.has(word) ? word : raised(word)
    if (end < lower.length) {
      const gap = lower.charAt(end)
      const space = lower.charCodeAt(end) <= 32 || gap.trim() === ''
      if (!space || !out.endsWith(' ')) out += space ? ' ' : gap
    }
    at = end + 1
  }
  return out.trim()
}

function raised(word: string): string {
  if (word.length > 4 && word.startsWith('mc')) return `Mc${word.charAt(2).toUpperCase()}${word.slice(3)}`
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function isBreak(code: number): boolean {
  return code <= 32 || code === 39 || code === 45 || code === 0xa0 || code === 0x2019 || code === 46
}

export interface FullName {
  readonly first: string
  readonly last: string
}

/**
 * First and last name of at least two words: the last name begins at the first particle after the first word, or is the last
 * word. "Rossi, Mario" and "Rossi Mario" (where only the second is a known first name) are turned round.
 */
export function splitName(scan: Scan, span: Span): { name: FullName; turned: boolean } {
  let lastAt = -1
  for (let i = span.from + 1; i < span.end; i++)
    if (scan.kindAt(i) === KIND.word && scan.wordAt(i).as & AS.particle && lastAt < 0 && hasWordAfter(scan, i, span.end))
      lastAt = i
  if (lastAt < 0) lastAt = secondToLast(scan, span) ?? lastWord(scan, span)
  const first = { from: span.from, end: lastAt }
  const last = { from: lastAt, end: span.end }
  const single = joinedAsOne(scan, first) || (scan.wordAt(span.from).as & AS.particle) !== 0
  const turned = single && joinedAsOne(scan, last) && isTurned(scan, span.from, last.from)
  const name = turned
    ? { first: titleCase(scan, last), last: titleCase(scan, first) }
    : { first: titleCase(scan, first), last: titleCase(scan, last) }
  return { name, turned }
}

/** Where two last names begin, as in Spain: both are family names, or the language is Spanish and given names stand before. */
function secondToLast(scan: Scan, span: Span): number | undefined {
  if (countWords(scan, span) < 3 || countWords(scan, span) !== span.end - span.from) return undefined
  const at = span.end - 2
  if (!isKnownFirst(scan, at - 1) || isKnownFirst(scan, at) || isJoined(scan, at + 1) || isJoined(scan, at)) return undefined
  const both = FAMILY.has(scan.at(at)) && FAMILY.has(scan.at(at + 1))
  return both || scan.lexicon.language === 'es' ? at : undefined
}

function isJoined(scan: Scan, i: number): boolean {
  return scan.startOf(i) - scan.endOf(i) <= 1 && scan.text.charCodeAt(scan.startOf(i) - 1) > 32
}

/** Last name first: the second word is a given name and the first is none, one of them beyond doubt. */
function isTurned(scan: Scan, from: number, last: number): boolean {
  if (!isKnownFirst(scan, last) || isKnownFirst(scan, from)) return false
  return isOnlyFamily(scan, from) || !FAMILY.has(scan.at(last))
}

/** "O'Brien" and "Jean-Luc" are one word to the eye. */
export function joinedAsOne(scan: Scan, span: Span): boolean {
  for (let i = scan.startOf(span.from); i < scan.endOf(span.end); i++) if (scan.text.charCodeAt(i) <= 32) return false
  return true
}

function hasWordAfter(scan: Scan, i: number, end: number): boolean {
  return i + 1 < end && scan.kindAt(i + 1) === KIND.word
}

/** Where the last word begins; words joined by a dash or an apostrophe are one. */
function lastWord(scan: Scan, span: Span): number {
  let i = span.end - 1
  while (i > span.from + 1) {
    const before = scan.text.charAt(scan.startOf(i) - 1)
    if (scan.at(i - 1) === '-' && scan.touches(i)) i -= 2
    else if ((before === "'" || before === '’') && scan.startOf(i) - 1 === scan.endOf(i)) i--
    else break
  }
  return Math.max(i, span.from + 1)
}

/** A given name of the lists or of the conversation's language. */
export function isKnownFirst(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).as & AS.firstName) !== 0 || GIVEN.has(scan.at(i))
}

/** A family name that is no given name. */
export function isOnlyFamily(scan: Scan, i: number): boolean {
  return FAMILY.has(scan.at(i)) && !isKnownFirst(scan, i)
}
