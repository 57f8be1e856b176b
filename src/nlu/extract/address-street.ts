import { AS, IS } from '../lexicon/roles.ts'
import {
  CLOSING,
  endsAsGermanStreet,
  GERMAN_CLOSING,
  GERMAN_OPENING,
  HOUSE_NAMES,
  NUMBER_ADDITIONS,
  NUMBER_WORDS,
  OPENING,
  UNITS,
  WEAK_OPENING,
} from '../lexicon/streets.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { capitalised, isCapital } from './name-words.ts'

/** A street as it stands in a text. */
export interface Street {
  readonly street: string
  readonly number: string
  readonly from: number
  readonly end: number
}

/** Figures of a house number after a German word that opens more than streets ("an Ostern 2019"). */
const GERMAN_HOUSE_MAX = 3
/** Most words of a street's name. */
const WORDS_MAX = 7

/** "via Roma 12", "12 rue de la Paix", "10 Park Road", "Hauptstraße 12" from token `from`; undefined when none stands there. */
export function streetAt(scan: Scan, from: number, limit: number, language: string): Street | undefined {
  const street = numberedAt(scan, from, limit) ?? openedAt(scan, from, limit, language)
  if (street !== undefined || language === 'en') return street ?? houseAt(scan, from, limit)
  return language === 'de' ? (germanOpenedAt(scan, from, limit) ?? germanAt(scan, from, limit)) : undefined
}

/** A number first: English, and French with a word that opens a street. */
function numberedAt(scan: Scan, from: number, limit: number): Street | undefined {
  if (scan.kindAt(from) !== KIND.number || scan.at(from).length > 5) return undefined
  if (scan.touches(from + 1) && scan.at(from + 1).length > 1 && scan.kindAt(from + 1) === KIND.word) return undefined
  const after = houseEnd(scan, from)
  let i = scan.at(after) === ',' ? after + 1 : after
  const number = scan.source(from, after)
  if (OPENING.has(scan.at(i))) {
    const end = placeFrom(scan, i + 2, nameEnd(scan, i + 1, limit))
    return end > i + 1 ? { street: written(scan, i, end), number, from, end } : undefined
  }
  const start = i
  if (scan.wordAt(start).as & (AS.common | AS.question) && !isCapital(scan, start)) return undefined
  let closed = -1
  while (i < limit && i - start < WORDS_MAX && isNamePart(scan, i)) {
    if (i > start && CLOSING.has(scan.at(i))) closed = i
    i++
  }
  if (closed < 0) return undefined
  const end = isCompass(scan, closed + 1) ? closed + 2 : closed + 1
  return { street: written(scan, start, end), number, from, end }
}

/** "Rose Cottage, Church Lane": a house by its name, with its street. */
function houseAt(scan: Scan, from: number, limit: number): Street | undefined {
  let i = from
  while (i < limit && i - from < 4 && scan.kindAt(i) === KIND.word && isCapital(scan, i)) i++
  if (i - from < 2 || scan.at(i) !== ',' || !HOUSE_NAMES.has(scan.at(i - 1))) return undefined
  const start = i + 1
  for (i = start; i < limit && i - start < WORDS_MAX && isNamePart(scan, i); i++) {
    if (scan.kindAt(i) === KIND.word && !isCapital(scan, i)) return undefined
    const closes = i > start && CLOSING.has(scan.at(i)) && !CLOSING.has(scan.at(i + 1))
    if (closes) return { street: written(scan, from, i + 1), number: '', from, end: i + 1 }
  }
  return undefined
}

/** Where the town begins that is said without a comma: "place Bellecour À Lyon", "calle Mayor EN Madrid"; `end` without any. */
function placeFrom(scan: Scan, from: number, end: number): number {
  for (let i = from; i + 1 < end; i++) {
    const cue = /^(?:a|ad|en|in)$/.test(scan.at(i)) && !isCapital(scan, i)
    if (!cue || scan.kindAt(i + 1) !== KIND.word) continue
    const small = !isCapital(scan, i + 1) && (scan.source(i, i + 1) !== 'à' || scan.wordAt(i + 1).as & (AS.particle | AS.common))
    if (!small) return i
  }
  return end
}

/** "1600 Pennsylvania Avenue NW". */
function isCompass(scan: Scan, i: number): boolean {
  const text = scan.at(i)
  return text.length <= 2 && /^(?:n|s|e|w|nw|ne|sw|se)$/.test(text)
}

/** "via Roma 12", "Piazza del Duomo, 3/b", "calle Mayor número 5", "Am Markt 3". */
function openedAt(scan: Scan, from: number, limit: number, language: string): Street | undefined {
  const short = scan.at(from) === 'c' && scan.at(from + 1) === '/' && scan.touches(from + 1)
  const german = language === 'de' && GERMAN_OPENING.has(scan.at(from))
  if (!OPENING.has(scan.at(from)) && !short && !german) return undefined
  const start = short ? from + 2 : scan.at(from + 1) === '.' && scan.touches(from + 1) ? from + 2 : from + 1
  let end = nameEnd(scan, start, limit)
  if (end === start) return undefined
  const house = houseAfter(scan, end, limit)
  if (house === undefined) end = placeFrom(scan, start + 1, end)
  if (isOccasion(scan, start, end) || (german && (house?.text.length ?? 0) > GERMAN_HOUSE_MAX)) return undefined
  if (house === undefined && (german || WEAK_OPENING.has(scan.at(from)))) return undefined
  // "via credit card", "the square root of": in English such words are everyday ones.
  const foreign = language === 'en' && !(isCapital(scan, from) && isCapital(scan, start))
  if (foreign && (house === undefined || !isCapital(scan, start))) return undefined
  return { street: written(scan, from, end), number: house?.text ?? '', from, end: house?.end ?? end }
}

/** "am Montag", "via la mattina": a time and no street, whose days and hours are written large ("via Primo Maggio"). */
function isOccasion(scan: Scan, from: number, end: number): boolean {
  for (let i = from; i < end; i++) {
    const word = scan.wordAt(i)
    if (word.is & IS.weekday || (word.is & IS.month && i === from)) return true
    if (!isCapital(scan, i) && word.is & (IS.dayTime | IS.oclock | IS.unit | IS.cardinal)) return true
  }
  return false
}

/** "Straße des 17. Juni 135", "Platz der Republik 1": a street that is named by what follows the word. */
function germanOpenedAt(scan: Scan, from: number, limit: number): Street | undefined {
  if (!GERMAN_CLOSING.has(scan.at(from)) || !GERMAN_JOINTS.has(scan.at(from + 1))) return undefined
  let i = from + 2
  if (scan.kindAt(i) === KIND.number && scan.at(i + 1) === '.' && scan.wordAt(i + 2).month > 0) i += 3
  else if (isCapital(scan, from)) while (i < limit && i - from < WORDS_MAX && isNamePart(scan, i) && isCapital(scan, i)) i++
  if (i === from + 2 || i > limit) return undefined
  const house = houseAfter(scan, i, limit)
  if (house === undefined && scan.at(from) !== 'strasse') return undefined
  return { street: written(scan, from, i), number: house?.text ?? '', from, end: house?.end ?? i }
}

const GERMAN_JOINTS: ReadonlySet<string> = new Set('des der dem den am an zum zur vor von im in'.split(' '))

/** "Hauptstraße 12", "Berliner Straße 5". A word by itself at the end needs a number, or it is any word in -weg or -markt. */
function germanAt(scan: Scan, from: number, limit: number): Street | undefined {
  if (scan.kindAt(from) !== KIND.word) return undefined
  let i = from
  while (i < limit && i - from < 4 && isNamePart(scan, i)) {
    if (i > from && !leadsTo(scan, i - 1, i)) return undefined
    const closes = i > from && GERMAN_CLOSING.has(scan.at(i))
    if (closes || endsAsGermanStreet(scan.at(i))) {
      const end = scan.at(i + 1) === '.' && scan.touches(i + 1) ? i + 2 : i + 1
      const house = houseAfter(scan, end, limit)
      const surely = scan.at(i).endsWith('strasse') || scan.at(i).endsWith('str') || scan.at(i).endsWith('allee')
      if (house === undefined && !surely) return undefined
      return { street: written(scan, from, end), number: house?.text ?? '', from, end: house?.end ?? end }
    }
    i++
  }
  return undefined
}

/** "Berliner Straße", "Kleine Gasse": what stands before belongs to the name when it is no talk, and written large as the rest is. */
function leadsTo(scan: Scan, before: number, i: number): boolean {
  if (scan.kindAt(before) === KIND.mark) return true
  if (scan.wordAt(before).as & (AS.common | AS.copula | AS.question)) return false
  return isCapital(scan, before) || (!isCapital(scan, i) && scan.at(before).endsWith('er'))
}

/** Words that a street's name may have: no talk, no numbers but dates in names ("via 20 Settembre"). */
function isNamePart(scan: Scan, i: number): boolean {
  const kind = scan.kindAt(i)
  if (kind === KIND.word) return !NUMBER_WORDS.has(scan.at(i)) && !UNITS.has(scan.at(i)) && !isWithoutNumber(scan, i)
  return kind === KIND.mark && (scan.at(i) === '-' || scan.at(i) === '.') && scan.touches(i)
}

/** "s/n": there is no number. */
function isWithoutNumber(scan: Scan, i: number): boolean {
  return scan.at(i) === 'snc' || (scan.at(i) === 's' && scan.at(i + 1) === '/' && scan.at(i + 2) === 'n')
}

function nameEnd(scan: Scan, from: number, limit: number): number {
  let i = from
  if (scan.kindAt(i) === KIND.number && scan.wordAt(i + 1).month > 0) i++
  while (i < limit && i - from < WORDS_MAX && isNamePart(scan, i) && !(i > from && isSpokenHouse(scan, i, limit))) i++
  while (i > from && scan.kindAt(i - 1) === KIND.mark) i--
  return i
}

/** A number in words at the end of what belongs to the street: "via Garibaldi dodici". */
function isSpokenHouse(scan: Scan, i: number, limit: number): boolean {
  if (!cardinalAt(scan, i) || found.value < 1 || found.value > 9999 || isCapital(scan, i)) return false
  return found.end >= limit || scan.kindAt(found.end) !== KIND.word || scan.at(found.end - 1).length > 2
}

/** The house number behind a street's name, and where it ends. */
function houseAfter(scan: Scan, from: number, limit: number): { text: string; end: number } | undefined {
  let i = from
  while (i < limit && (scan.at(i) === ',' || scan.at(i) === '°' || scan.at(i) === '.' || NUMBER_WORDS.has(scan.at(i)))) i++
  if (i >= limit) return undefined
  if (scan.kindAt(i) === KIND.number && scan.at(i).length <= 4) {
    // "9am", "29km".
    if (scan.touches(i + 1) && scan.at(i + 1).length > 1 && scan.kindAt(i + 1) === KIND.word) return undefined
    const end = houseEnd(scan, i)
    return { text: scan.source(i, end), end }
  }
  if (isWithoutNumber(scan, i)) return { text: scan.at(i) === 'snc' ? 'snc' : 's/n', end: scan.at(i) === 'snc' ? i + 1 : i + 3 }
  if (scan.kindAt(i) === KIND.word && cardinalAt(scan, i) && found.value >= 1 && found.value <= 9999)
    return { text: String(found.value), end: found.end }
  return undefined
}

/** "12", "12b", "3/b", "12 bis", "4-6". */
function houseEnd(scan: Scan, i: number): number {
  if (scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.word && scan.at(i + 1).length === 1) return i + 2
  if (
    (scan.at(i + 1) === '/' || scan.at(i + 1) === '-') &&
    scan.touches(i + 1) &&
    scan.at(i + 2).length <= 2 &&
    scan.touches(i + 2)
  )
    return i + 3
  if (NUMBER_ADDITIONS.has(scan.at(i + 1))) return i + 2
  const letter = scan.at(i + 1)
  const alone = letter.length === 1 && scan.kindAt(i + 1) === KIND.word && !(scan.wordAt(i + 1).as & (AS.common | AS.particle))
  return alone && (i + 2 >= scan.size || scan.at(i + 2) === ',') ? i + 2 : i + 1
}

/** As it stands; with raised letters where all was written small. */
export function written(scan: Scan, from: number, end: number): string {
  const source = scan.source(from, end)
  return source === source.toLowerCase() ? streetCase(source) : source
}

/** Words that stay small inside a street's or a town's name. */
const SMALL: ReadonlySet<string> = new Set(
  'via viale piazza piazzale corso largo vicolo strada rue avenue boulevard place allee impasse chemin route quai calle avenida plaza paseo camino carretera di del della dello dei degli delle da dal de la las los el du des les le et y e in der den dem am im an zur zum von sur sous aux au'.split(
    ' ',
  ),
)

function streetCase(lower: string): string {
  return lower
    .split(' ')
    .map((word) => (SMALL.has(word) ? word : capitalised(word)))
    .join(' ')
}
