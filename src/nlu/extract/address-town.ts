import { AS, IS } from '../lexicon/roles.ts'
import { TOWN_CUES, TOWN_JOINTS, UNITS } from '../lexicon/streets.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { countryAt, isState } from './address-country.ts'
import { cueBefore, detailEnd } from './address-detail.ts'
import { written } from './address-street.ts'
import { codeRunOf } from './code-run.ts'
import { isCapital } from './name-words.ts'
import { evidentLength, postCodeLength, spacedCode, standsAlone } from './post-code-shapes.ts'

/** A stretch of tokens and what it says. */
export interface Piece {
  readonly text: string
  readonly from: number
  readonly end: number
}

/** A post code, and whether words announce it; they belong to the stretch. */
export interface PostCode extends Piece {
  readonly cued: boolean
}

const TOWN_WORDS_MAX = 9

/**
 * The post code of a country among tokens `from` to `limit`, not the number of a house, with the words that announce it; else one in capitals
 * whose shape is evident in any country. British ones have their space.
 */
export function postCodeIn(scan: Scan, from: number, limit: number, country: string): PostCode | undefined {
  const run = codeRunOf(scan, false)
  for (let at = 0; at < run.text.length; at++) {
    const token = run.from[at] as number
    if (run.opens[at] !== true || token < from || token >= limit) continue
    let length = postCodeLength(run, at, country)
    const foreign = length === 0
    if (foreign) length = evidentLength(run, at, country)
    if (length === 0) continue
    const end = run.end[at + length - 1] as number
    if (foreign ? !isGroups(scan, token, end) : country !== 'GB' && !standsAlone(scan, token, end, country, from)) continue
    if (end > limit) continue
    const cue = cueBefore(scan, token, from)
    return { text: spacedCode(run.text.slice(at, at + length)), from: cue, end, cued: cue < token }
  }
  return undefined
}

/** A British code written small: its end has none of the letters that are easily mistaken, so that "e1 2pm" is none. */
const SMALL_BRITISH = /^[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}$/

/** Letters written large and figures, with no marks and at most one gap between them; or a British code written small. */
function isGroups(scan: Scan, from: number, end: number): boolean {
  const source = scan.source(from, end)
  return /^[A-Z0-9]+ ?[A-Z0-9]+$/.test(source) || SMALL_BRITISH.test(source)
}

export interface Town {
  readonly city?: string
  readonly region?: string
  readonly country?: string
  readonly end: number
}

/** City, region and country from token `from`: "Milano (MI), Italia", "London", "Washington, DC", "75002 Paris" without its code. */
export function townAt(scan: Scan, from: number, limit: number, language: string): Town {
  const found: { city?: string; region?: string; country?: string } = {}
  let end = from
  let i = from
  while (i < limit) {
    const start = skipMarks(scan, i, limit)
    if (start >= limit) break
    if (scan.at(start) === '(') {
      const close = closeOf(scan, start, limit)
      if (close < 0) break
      found.region ??= scan.source(start + 1, close)
      i = close + 1
      end = i
      continue
    }
    const detail = detailEnd(scan, start, limit)
    if (detail > start) {
      i = detail
      if (found.city !== undefined) end = i
      continue
    }
    const country = found.city === undefined ? undefined : countryAt(scan, start, limit)
    if (country !== undefined) {
      found.country ??= country.text
      i = country.end
      end = i
      continue
    }
    if (found.city !== undefined && found.region === undefined && isState(scan, start) && !isCode(scan, start)) {
      found.region = scan.source(start, start + 1).toUpperCase()
      i = start + 1
      end = i
      continue
    }
    const stop = wordsEnd(scan, start, limit, language)
    if (stop === start) break
    if (found.city === undefined) found.city = written(scan, start, stop)
    else if (found.region === undefined && scan.at(start - 1) === ',' && !isCode(scan, start))
      found.region = written(scan, start, stop)
    else break
    i = stop
    end = stop
  }
  return { ...found, end }
}

/** Letters that touch a figure are of a code: "SW1A". */
function isCode(scan: Scan, i: number): boolean {
  return scan.kindAt(i + 1) === KIND.number && scan.touches(i + 1)
}

function skipMarks(scan: Scan, from: number, limit: number): number {
  let i = from
  while (i < limit) {
    const mark = scan.at(i)
    const small = TOWN_CUES.has(mark) && !isCapital(scan, i) && i === from
    if (!small && !(scan.kindAt(i) === KIND.mark && mark !== '(')) break
    i++
  }
  return i
}

function closeOf(scan: Scan, open: number, limit: number): number {
  for (let i = open + 2; i <= limit && i - open < 6; i++) if (scan.at(i) === ')') return i
  return -1
}

/** Where the words of one name end: at a mark, a number, a country, talk, or a province in two capitals. */
function wordsEnd(scan: Scan, from: number, limit: number, language: string): number {
  let i = from
  while (i < limit && i - from < TOWN_WORDS_MAX) {
    const inner = scan.at(i) === '-' && scan.touches(i) && scan.touches(i + 1)
    if (scan.kindAt(i) !== KIND.word && !inner) break
    if (i > from && (isCode(scan, i) || detailEnd(scan, i, limit) > i)) break
    if (i > from && (isProvince(scan, i) || countryAt(scan, i, limit) !== undefined)) break
    if (UNITS.has(scan.at(i)) && i > from) break
    if (!isTownWord(scan, i, language)) break
    i++
  }
  while (i > from && (scan.wordAt(i - 1).as & AS.particle || TOWN_JOINTS.has(scan.at(i - 1))) && !isCapital(scan, i - 1)) i--
  return i > from && (isTalk(scan, from, AS.particle) || isTalk(scan, i - 1, 0)) ? from : i
}

/** An everyday word written small, unless it may be the article of a town ("la spezia"). */
function isTalk(scan: Scan, i: number, spared: number): boolean {
  const word = scan.wordAt(i)
  if (!(word.as & AS.common) || isCapital(scan, i)) return false
  return !(word.as & spared) && !(spared !== 0 && word.is & IS.article)
}

function isTownWord(scan: Scan, i: number, language: string): boolean {
  const word = scan.wordAt(i)
  if (word.as & AS.question) return false
  if (!(word.as & AS.common) || word.as & AS.particle || isCapital(scan, i)) return true
  // "Villanova del Ghebbo", "Clermont-Ferrand", "Stratford upon Avon": small words inside a name.
  return language === 'en' ? scan.at(i) === 'upon' || scan.at(i) === 'on' : TOWN_JOINTS.has(scan.at(i))
}

/** "MI" after "Milano". */
function isProvince(scan: Scan, i: number): boolean {
  const source = scan.source(i, i + 1)
  return source.length === 2 && source === source.toUpperCase() && scan.kindAt(i) === KIND.word
}
