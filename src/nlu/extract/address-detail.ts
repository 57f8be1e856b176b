import { AS, IS } from '../lexicon/roles.ts'
import { CARE_OF, CODE_CUES, LEVELS, UNITS } from '../lexicon/streets.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isCapital } from './name-words.ts'

const CUES = new Phrases<boolean>().add(CODE_CUES, true)
const CUE_WORDS_MAX = 6
const ORDINAL_SIGNS = 'º°ª'
const ORDINAL_END = /^(?:st|nd|rd|th|e|er|ere|eme|o|a)$/

/** Where the words that announce a post code begin ("CAP 00186", "code postal : 69002"); `code` itself without any. */
export function cueBefore(scan: Scan, code: number, first: number): number {
  let end = code
  while (end > first && (isJoint(scan, end - 1) || scan.wordAt(end - 1).as & AS.copula)) end--
  for (let i = Math.max(first, end - CUE_WORDS_MAX); i < end; i++) if (CUES.at(scan, i) && i + CUES.length === end) return i
  // "c.a.p. 20123", "C.P. 28013"
  if (end - 5 >= first && scan.at(end - 1) === 'p' && scan.at(end - 3) === 'a' && scan.at(end - 5) === 'c') return end - 5
  if (end - 3 >= first && scan.at(end - 1) === 'p' && scan.at(end - 2) === '.' && scan.at(end - 3) === 'c') return end - 3
  return code
}

function isJoint(scan: Scan, i: number): boolean {
  const mark = scan.at(i)
  return mark === ':' || mark === '.' || mark === '-'
}

/**
 * Where a flat, a floor, a staircase, "c/o" or an announced code ends that begins at token `i`: "interno 5", "3e étage", "2º B"; `i` itself
 * where none begins. None of it is a town.
 */
export function detailEnd(scan: Scan, i: number, limit: number): number {
  if (scan.at(i) === 'c' && scan.at(i + 1) === '/' && scan.at(i + 2) === 'o') return commaFrom(scan, i, limit)
  if (CARE_OF.has(scan.at(i)) && !isCapital(scan, i)) return commaFrom(scan, i, limit)
  if (CUES.at(scan, i)) {
    const end = i + CUES.length
    return scan.kindAt(end) === KIND.number ? end + 1 : end >= limit ? end : i
  }
  if (scan.kindAt(i) === KIND.number) return countedEnd(scan, i, limit)
  const level = (scan.wordAt(i).is & IS.ordinal) !== 0 || LEVELS.has(scan.at(i))
  if (level && UNITS.has(scan.at(i + 1)) && i + 1 < limit) return sideEnd(scan, i + 2, limit)
  if (!UNITS.has(scan.at(i))) return i
  const end = valueEnd(scan, i + 1, limit)
  if (end > i + 1 || end >= limit || scan.at(end) === ',' || scan.at(end) === '(') return end
  return isCapital(scan, i) ? i : commaFrom(scan, i, limit)
}

/** "3e étage", "2nd floor", "3. Etage", "2º B", "3º izquierda". */
function countedEnd(scan: Scan, i: number, limit: number): number {
  if (scan.at(i).length > 3) return i
  let at = i + 1
  const sign = scan.touches(at) && ORDINAL_SIGNS.includes(scan.at(at) || '-')
  if (sign || (scan.touches(at) && (scan.at(at) === '.' || ORDINAL_END.test(scan.at(at))))) at++
  if (scan.at(at) === '.' && scan.touches(at)) at++
  if (at < limit && UNITS.has(scan.at(at))) return sideEnd(scan, at + 1, limit)
  return sign ? sideEnd(scan, at, limit) : i
}

/** Behind "interno", "flat", "piso": a number with its letter, a letter, or a level ("piano terra"). */
function valueEnd(scan: Scan, from: number, limit: number): number {
  let i = from
  while (i < limit && (scan.at(i) === '.' || scan.at(i) === ':' || scan.at(i) === '#' || /^n[or]?$/.test(scan.at(i)))) i++
  if (i >= limit) return i
  if (scan.kindAt(i) === KIND.number && scan.at(i).length <= 4) {
    i++
    while (i < limit && scan.touches(i) && scan.at(i) !== ',') i++
  } else if (scan.at(i).length === 1 && scan.kindAt(i) === KIND.word && !(scan.wordAt(i).as & AS.particle)) i++
  else if (LEVELS.has(scan.at(i)) || scan.wordAt(i).is & (IS.ordinal | IS.cardinal)) i++
  else return from
  return sideEnd(scan, i, limit)
}

/** "B", "izquierda", "links" behind a floor. */
function sideEnd(scan: Scan, i: number, limit: number): number {
  if (i >= limit || scan.kindAt(i) !== KIND.word) return i
  return LEVELS.has(scan.at(i)) || (scan.at(i).length === 1 && isCapital(scan, i)) ? i + 1 : i
}

function commaFrom(scan: Scan, from: number, limit: number): number {
  let i = from
  while (i < limit && scan.at(i) !== ',' && !(scan.kindAt(i) === KIND.number && scan.at(i).length > 3)) i++
  return i
}
