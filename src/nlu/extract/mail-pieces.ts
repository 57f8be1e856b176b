import { AS, HOW, IS } from '../lexicon/roles.ts'
import { found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { figuresAt, letterAt, saidMarkAt } from '../text/spelled.ts'

/** What one word of a spoken address adds to it. */

/** Words of a spelling alphabet are letters in an address only where so many stand together: "mike" alone is a name. */
const ALPHABET_MIN = 3
const TYPED_MARKS = '.-_+'

/** The characters that token `i` says, in lower case; undefined where no address goes on. Sets `found.end`. */
export function mailPieceAt(scan: Scan, i: number): string | undefined {
  const kind = scan.kindAt(i)
  if (kind === 0) return undefined
  if (kind === KIND.mark) {
    found.end = i + 1
    return TYPED_MARKS.includes(scan.at(i)) ? scan.at(i) : undefined
  }
  const mark = kind === KIND.word ? saidMarkAt(scan, i) : undefined
  if (mark !== undefined) return mark === '@' || mark === '/' ? undefined : mark
  const letter = kind === KIND.word ? mailLetterAt(scan, i) : ''
  if (letter !== '') return letter.toLowerCase()
  const word = scan.wordAt(i)
  if (kind === KIND.number || word.is & (IS.cardinal | IS.scale | IS.multiply) || word.how & HOW.one) {
    const figures = figuresAt(scan, i)
    if (figures !== '') return figures
  }
  found.end = i + 1
  return plainWord(scan, i)
}

/** A word as an address has it: without accents, and German umlauts as people write them there. */
function plainWord(scan: Scan, i: number): string {
  const folded = scan.at(i)
  if (scan.lexicon.language !== 'de' || folded.length !== scan.endOf(i + 1) - scan.startOf(i)) return folded
  const source = scan.source(i, i + 1).toLowerCase()
  let out = ''
  for (let k = 0; k < folded.length; k++) out += UMLAUTS.includes(source.charAt(k)) ? `${folded.charAt(k)}e` : folded.charAt(k)
  return out
}

const UMLAUTS = 'äöü'

/** The letter that token `i` says inside an address, empty for a word that stands for itself. */
export function mailLetterAt(scan: Scan, i: number): string {
  const word = scan.wordAt(i)
  const single = scan.at(i).length === 1
  if (!single && word.as & AS.letter && !(word.as & AS.letterName) && !isAlphabet(scan, i)) return ''
  if (!single && word.as & AS.softLetter && !isAmongLetters(scan, i)) return ''
  return letterAt(scan, i)
}

function isAlphabet(scan: Scan, i: number): boolean {
  let first = i
  let end = i + 1
  while (scan.wordAt(first - 1).as & AS.letter) first--
  while (scan.wordAt(end).as & AS.letter) end++
  return end - first >= ALPHABET_MIN
}

/** Beside a letter, with a letter, a joint or the edge on the other side. */
function isAmongLetters(scan: Scan, i: number): boolean {
  const before = isLetterName(scan, i - 1)
  const after = isLetterName(scan, i + 1)
  if (before && after) return true
  return (before && isEdge(scan, i + 1)) || (after && isEdge(scan, i - 1))
}

function isLetterName(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.word) return false
  return scan.at(i).length === 1 || (scan.wordAt(i).as & (AS.letterName | AS.softLetter)) !== 0
}

const JOINTS = AS.mailAt | AS.mailDot | AS.mailDash | AS.mailUnderscore | AS.mailPlus

function isEdge(scan: Scan, i: number): boolean {
  return scan.kindAt(i) !== KIND.word || (scan.wordAt(i).as & JOINTS) !== 0
}

/** Where the said mark that ends before token `end` begins ("guion bajo", "tutto attaccato"); -1 for none, or for a mail sign. */
export function markBefore(scan: Scan, end: number): number {
  for (let width = 4; width >= 1; width--) {
    const from = end - width
    if (from < 0 || scan.kindAt(from) !== KIND.word) continue
    const mark = saidMarkAt(scan, from)
    if (mark !== undefined && found.end === end) return mark === '@' || mark === '/' ? -1 : from
  }
  return -1
}
