import { AS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { areNames, spellingStart } from './spelled-name.ts'
import { heardAs, jointAt } from './spoken-letters.ts'
import type { Utterance } from './utterance.ts'

/** A name as it was spelled, as far as a recogniser wrote it: "m i t c h e LL" gives `mitchell`. */
export interface Spelling {
  /** Lower case letters of everything spelled. */
  readonly letters: string
  /** Where the last name begins in `letters`, when that was said ("space", "surname"); -1 otherwise. */
  readonly boundary: number
  /** First and last (exclusive) token. */
  readonly from: number
  readonly end: number
}

const LETTERS_MIN = 3
/** Of these, letters that stand alone and are no initials. */
const SURE_MIN = 2
const LETTERS_MAX = 40
/** Words between a first and a last name in spelling, in all five languages. */
const SPACES: ReadonlySet<string> = new Set('space separation gap spazio espacio espace leerzeichen neues'.split(' '))
/** Figures that a recogniser writes for a letter. */
const FIGURES: Readonly<Record<string, string>> = { '8': 'a', '0': 'o', '1': 'i' }
/** Longer words are spelled by no one: they are names or talk. */
const LUMP_MAX = 4

/** The spelling that an utterance is for the most part; undefined for one that is not spelled. */
export function spellingOf(utterance: Utterance): Spelling | undefined {
  const { scan, cues } = utterance
  const first = spellingStart(utterance)
  const english = utterance.lexicon.language === 'en'
  if (!looksSpelled(scan, first) || areNames(scan, first, scan.size)) return undefined
  const byWords = saysLettersByWords(utterance)
  let letters = ''
  let boundary = -1
  let from = -1
  let end = 0
  let i = first
  while (i < scan.size && letters.length < LETTERS_MAX) {
    const named = Math.max(cues.after('lastName', scan, i), cues.after('firstName', scan, i), cues.after('name', scan, i))
    if (named > i && scan.at(i).length > 1) {
      if (cues.after('lastName', scan, i) > 0 && letters !== '') boundary = letters.length
      i = named
      continue
    }
    const text = scan.at(i)
    if (SPACES.has(text)) {
      boundary = letters.length
      i++
      continue
    }
    const piece = pieceAt(utterance, i, english, byWords)
    if (piece !== '') {
      if (from < 0) from = i
      end = reach
      letters += piece
    }
    i = reach
  }
  if (letters.length < LETTERS_MIN) return undefined
  return { letters, boundary: boundary < letters.length ? boundary : -1, from, end }
}

/** Letters that stand alone and lumps of letters, more of them than of anything else: no talk has so many. */
function looksSpelled(scan: Scan, first: number): boolean {
  let sure = 0
  let lumps = 0
  let words = 0
  for (let i = first; i < scan.size; i++) {
    const text = scan.at(i)
    const word = scan.wordAt(i)
    // A number, or an e-mail address.
    if (word.as & AS.mailDot || (scan.kindAt(i) === KIND.number && text.length > 2)) return false
    if (scan.kindAt(i) !== KIND.word) continue
    words++
    if (word.as & AS.letter) sure++
    else if (text.length === 1) sure += isApart(scan, i) && (!isSmallWord(text) || isSpelledBeside(scan, i)) ? 1 : 0
    else if (text.length <= 3 && !(word.as & (AS.common | AS.filler))) lumps++
    else if (text.length === 2) lumps += 0.5
  }
  return sure >= SURE_MIN && sure + lumps >= LETTERS_MIN && (sure + lumps) * 2 >= words
}

/** "a" and "i" are words as well. */
const isSmallWord = (text: string): boolean => text === 'a' || text === 'i'

function isSpelledBeside(scan: Scan, i: number): boolean {
  const before = scan.at(i - 1)
  const after = scan.at(i + 1)
  return (before.length === 1 && !isSmallWord(before)) || (after.length === 1 && !isSmallWord(after))
}

/** A letter with spaces around it: no initial ("J.") and no end of a word ("it's", "O'Brien"). */
function isApart(scan: Scan, i: number): boolean {
  if (scan.at(i + 1) === '.') return false
  return !isApostrophe(scan.text.charAt(scan.startOf(i) - 1)) && !isApostrophe(scan.text.charAt(scan.endOf(i + 1)))
}

const isApostrophe = (char: string): boolean => char === "'" || char === '’'

/** "Juliet Indigo lima lima": most words are of a spelling alphabet, so that the others stand for their first letters too. */
function saysLettersByWords({ scan }: Utterance): boolean {
  if ((scan.as & AS.letter) === 0) return false
  let words = 0
  for (let i = 0; i < scan.size; i++) if (scan.wordAt(i).as & AS.letter) words++
  return words >= LETTERS_MIN && words * 2 > scan.size
}

/** Token after the piece that `pieceAt` found. */
let reach = 0

function pieceAt({ scan }: Utterance, i: number, english: boolean, byWords: boolean): string {
  const text = scan.at(i)
  const kind = scan.kindAt(i)
  reach = i + 1
  if (kind === KIND.number) return FIGURES[text] ?? ''
  if (kind !== KIND.word) return ''
  const word = scan.wordAt(i)
  if (word.multiply > 1 && scan.at(i + 1).length === 1) {
    reach = i + 2
    return scan.at(i + 1).repeat(word.multiply)
  }
  const letter = text.length === 1 ? text : text.length === 2 ? '' : word.letter.toLowerCase()
  if (letter !== '' || text.length === 2) {
    const said = letter === '' ? text : letter
    const joint = said.length === 1 ? jointAt((k) => scan.at(k), i + 1) || (scan.wordAt(i + 1).as & AS.spells ? 1 : 0) : 0
    if (joint > 0 && scan.at(i + 1 + joint).startsWith(said) && scan.at(i + 1 + joint).length > 1) reach = i + 2 + joint
    return said
  }
  if (byWords) return text.charAt(0)
  if (word.as & AS.filler && text.length > 2) return ''
  const heard = english ? heardAs(text)?.[0] : undefined
  if (heard !== undefined && text.length <= LUMP_MAX) return heard.chars.toLowerCase()
  return word.as & AS.common && text.length > LUMP_MAX ? '' : text
}
