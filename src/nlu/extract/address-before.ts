import { AS } from '../lexicon/roles.ts'
import { ADDRESS_WORDS, HOME_CUES, LIVING, NO_TOWNS } from '../lexicon/streets.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { countryAt } from './address-country.ts'
import { type Town, townAt } from './address-town.ts'
import { isCapital } from './name-words.ts'

const TALK = AS.common | AS.filler | AS.question | AS.copula | AS.title
/** Tokens between "I live" and the town, at most. */
const APART_MAX = 4

/** A town, and the token that it begins at. */
export interface TownBefore extends Town {
  readonly from: number
}

/** The town said before the street: "abito a ROMA in piazza Navona", "MILANO, via Dante 7"; see `isSmallTown` for what is written small. */
export function townBefore(scan: Scan, first: number, limit: number, language: string): TownBefore | undefined {
  for (let i = first; i < limit; i++) {
    if (scan.kindAt(i) !== KIND.word || (!isCapital(scan, i) && !isSmallTown(scan, i))) continue
    const cued = isCue(scan, i - 1)
    if (!cued && (i !== first || !isName(scan, i))) continue
    if (ADDRESS_WORDS.has(scan.at(i)) || countryAt(scan, i, limit) !== undefined) continue
    const town = townAt(scan, i, limit, language)
    if (town.city === undefined) continue
    const closed = scan.at(town.end) === ',' || (cued && (town.end >= limit || isLink(scan, town.end)))
    if (closed) return { ...town, from: i }
  }
  return undefined
}

/** "vivo en Barcelona", "I live in Manchester": the town of someone who says that they live there. */
export function livesIn(scan: Scan, first: number, limit: number, language: string): TownBefore | undefined {
  for (let i = first; i < limit; i++) {
    if (!LIVING.has(scan.at(i))) continue
    for (let k = i + 1; k <= i + APART_MAX && k + 1 < limit; k++) {
      const place = isCue(scan, k) && (isCapital(scan, k + 1) || isSmallTown(scan, k + 1))
      if (!place || ADDRESS_WORDS.has(scan.at(k + 1)) || countryAt(scan, k + 1, limit) !== undefined) continue
      const town = townAt(scan, k + 1, limit, language)
      if (town.city !== undefined && (isCapital(scan, k + 1) || town.end >= limit)) return { ...town, from: k + 1 }
    }
  }
  return undefined
}

/** "abito a roma": where all is written small, a word that is none of everyday talk right behind the verb. */
function isSmallTown(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  const said = LIVING.has(scan.at(i - 2)) && scan.at(i - 2) !== 'sto' && isCue(scan, i - 1) && !isCapital(scan, i)
  return (
    said &&
    word.is === 0 &&
    (word.as & (TALK | AS.particle)) === 0 &&
    !NO_TOWNS.has(scan.at(i)) &&
    scan.text === scan.text.toLowerCase()
  )
}

function isCue(scan: Scan, i: number): boolean {
  return HOME_CUES.has(scan.at(i)) && !isCapital(scan, i)
}

/** At the opening, where all is written large: no talk, and nobody's name. */
function isName(scan: Scan, i: number): boolean {
  const { as } = scan.wordAt(i)
  return (as & (TALK | AS.firstName)) === 0
}

/** Small words between a town and its street: "a Roma IN piazza Navona". */
function isLink(scan: Scan, i: number): boolean {
  return !isCapital(scan, i) && scan.kindAt(i) === KIND.word
}
