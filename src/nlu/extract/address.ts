import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { KIND } from '../text/scan.ts'
import { livesIn, type TownBefore, townBefore } from './address-before.ts'
import { countryAt } from './address-country.ts'
import { type Street, streetAt, written } from './address-street.ts'
import { type Piece, postCodeIn, type Town, townAt } from './address-town.ts'
import { isCapital } from './name-words.ts'
import { extractPostCode } from './post-code.ts'
import { spacedCode } from './post-code-shapes.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

type Parts = Record<string, string>

/** Tokens of a post code with its town, at most. */
const LINE_MAX = 10

/**
 * `{street, number, postCode, city, region, country}` of one address where it was asked or announced; what was not said is absent. Where
 * one part is asked (`slot.part`), an answer that is only that part counts as it.
 */
export function extractAddress(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { first, last } = utterance
  for (let i = first; i < last; i++) {
    const street = streetAt(utterance.scan, i, last, utterance.lexicon.language)
    if (street === undefined || !isWanted(utterance, slot, i)) continue
    push(utterance, slot, street, out)
    return
  }
  if (slot.attention === 'listening') return
  if (slot.part === 'postCode') partPostCode(utterance, slot, out)
  else if (slot.part !== undefined) partWords(utterance, slot, slot.part, out)
  else if (slot.attention === 'correcting') correctedPart(utterance, slot, out)
  else withoutStreet(utterance, slot, out)
}

function isWanted(utterance: Utterance, slot: SlotExpectation, from: number): boolean {
  return slot.attention !== 'listening' || isNamed(utterance, slot, from)
}

function countryOf(utterance: Utterance, slot: SlotExpectation): string {
  return slot.contract.country ?? utterance.request.country
}

function push(utterance: Utterance, slot: SlotExpectation, street: Street, out: Candidate[]): void {
  const { scan, first, last } = utterance
  const country = countryOf(utterance, slot)
  let code = postCodeIn(scan, street.end, last, country)
  const parts: Parts = { street: street.street }
  if (street.number !== '') parts.number = street.number
  let { from, end } = street
  if (code !== undefined) end = code.end
  else if (street.from > first) {
    code = postCodeIn(scan, first, street.from, country)
    if (code !== undefined) from = code.from
  }
  if (code !== undefined) parts.postCode = code.text
  end = Math.max(end, addTowns(utterance, parts, street.end, code !== undefined && code.from >= street.end ? code : undefined))
  if (parts.city === undefined) {
    const before = placeBefore(utterance, street.from, code)
    if (before !== undefined) {
      from = Math.min(from, before.from)
      addTown(parts, before)
    }
  }
  give(utterance, slot, parts, from, end, out)
}

/** "10117 Berlin, Unter den Linden 77", "Milano, via Dante 7": the town before the street at token `limit`. */
function placeBefore({ scan, first, lexicon }: Utterance, limit: number, code: Piece | undefined): TownBefore | undefined {
  if (code === undefined || code.from >= limit) return townBefore(scan, first, limit, lexicon.language)
  const town = townAt(scan, code.end, limit, lexicon.language)
  return town.city === undefined ? townBefore(scan, first, code.from, lexicon.language) : { ...town, from: code.from }
}

/** The town before the post code ("London SW1A 1AA"), behind it ("20121 Milano"), or alone. */
function addTowns(utterance: Utterance, parts: Parts, from: number, code: Piece | undefined): number {
  const { scan, last, lexicon } = utterance
  const behind = townAt(scan, code?.end ?? from, last, lexicon.language)
  const before = code === undefined ? undefined : townAt(scan, from, code.from, lexicon.language)
  if (before?.city !== undefined) {
    addTown(parts, before)
    const rest = addRest(utterance, parts, code?.end ?? from)
    return Math.max(before.end, rest)
  }
  if (behind.city === undefined) return 0
  addTown(parts, behind)
  return behind.end
}

function addTown(parts: Parts, { city, region, country }: Town): void {
  if (city !== undefined) parts.city = city
  if (region !== undefined) parts.region = region
  if (country !== undefined) parts.country = country
}

/** Behind a post code that already had its town stands a country that is known, or nothing of the address; where it ends. */
function addRest({ scan, last }: Utterance, parts: Parts, from: number): number {
  let i = from
  while (i < last && scan.kindAt(i) === KIND.mark) i++
  const country = countryAt(scan, i, last)
  if (country === undefined) return 0
  parts.country ??= country.text
  return country.end
}

function give(utterance: Utterance, slot: SlotExpectation, parts: Parts, from: number, end: number, out: Candidate[]): void {
  const { scan } = utterance
  const whole = parts.street !== undefined && parts.city !== undefined
  out.push({
    slot: slot.slot,
    start: scan.startOf(from),
    end: scan.endOf(end),
    ...(parts.street === undefined ? undefined : { value: parts }),
    parts,
    confidence: whole ? SURE.likely : SURE.fuzzy,
  })
}

function partPostCode(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const codes: Candidate[] = []
  extractPostCode(utterance, slot, codes)
  const code = codes[0]
  const { scan, first, last, lexicon } = utterance
  if (typeof code?.value !== 'string') {
    const foreign = postCodeIn(scan, first, last, countryOf(utterance, slot))
    if (foreign !== undefined) give(utterance, slot, { postCode: foreign.text }, foreign.from, foreign.end, out)
    return
  }
  const { value, ...place } = code
  const parts: Parts = { postCode: spacedCode(value) }
  let from = 0
  while (from < scan.size && scan.startOf(from) < code.end) from++
  const town = townAt(scan, from, last, lexicon.language)
  addTown(parts, town)
  out.push({
    ...place,
    end: town.city === undefined ? place.end : scan.endOf(town.end),
    parts,
    confidence: Math.max(place.confidence, SURE.fuzzy),
  })
}

/** "Milano", "it's London", "via Roma" without a word that opens a street; no questions and no talk. */
function partWords(utterance: Utterance, slot: SlotExpectation, part: string, out: Candidate[]): void {
  const { scan, first, last, lexicon } = utterance
  if (first >= last || scan.at(scan.size - 1) === '?') return
  if (part === 'number') {
    if (scan.kindAt(first) === KIND.number) give(utterance, slot, { number: scan.source(first, last) }, first, last, out)
    return
  }
  if (home(utterance, slot, out)) return
  const code = postCodeIn(scan, first, last, countryOf(utterance, slot))
  const town = townAt(scan, code !== undefined && code.from === first ? code.end : first, last, lexicon.language)
  if (part === 'city') {
    if (town.city === undefined || town.end < (code !== undefined && code.from >= town.end ? code.from : last)) return
    const parts: Parts = code === undefined ? {} : { postCode: code.text }
    addTown(parts, town)
    give(utterance, slot, parts, first, Math.max(town.end, code?.end ?? 0), out)
    return
  }
  let from = first
  while (from < last && scan.wordAt(from).as & (AS.copula | AS.filler)) from++
  if (from < last && isPlain(utterance, from, last)) give(utterance, slot, { [part]: written(scan, from, last) }, from, last, out)
}

/** No everyday word at either end, so that it may be a name. */
function isPlain({ scan }: Utterance, from: number, end: number): boolean {
  const talk = AS.common | AS.question
  return !((scan.wordAt(from).as | scan.wordAt(end - 1).as) & talk) && end - from <= 8
}

/** Words for the number of a house. */
const HOUSE: ReadonlySet<string> = new Set('number house no nr numero civico portal nummer hausnummer'.split(' '))

/** "No, 20122", "no, number 12", "no, Torino": one part, in an address that is being confirmed. */
function correctedPart(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan, last, lexicon, polarity } = utterance
  let { first } = utterance
  if (last - first > LINE_MAX || scan.at(scan.size - 1) === '?') return
  const code = postCodeIn(scan, first, last, countryOf(utterance, slot))
  if (code !== undefined) {
    const town = townAt(scan, code.end, last, lexicon.language)
    const parts: Parts = { postCode: code.text }
    addTown(parts, town)
    give(utterance, slot, parts, code.from, town.city === undefined ? code.end : town.end, out)
    return
  }
  while (first < last && isSmall(utterance, first)) first++
  const figures = scan.kindAt(first) === KIND.number && scan.at(first).length <= HOUSE_FIGURES_MAX
  if (figures && last - first <= 2) {
    const lettered = last - first === 1 || (scan.kindAt(first + 1) === KIND.word && scan.at(first + 1).length === 1)
    if (lettered) give(utterance, slot, { number: written(scan, first, last) }, first, last, out)
  } else if (polarity?.leads === true && polarity.value === false && isCapital(scan, first) && isPlain(utterance, first, last)) {
    const town = townAt(scan, first, last, lexicon.language)
    const parts: Parts = {}
    addTown(parts, town)
    if (parts.city !== undefined && town.end === last) give(utterance, slot, parts, first, last, out)
  }
}

const HOUSE_FIGURES_MAX = 4

function isSmall({ scan }: Utterance, i: number): boolean {
  const word = scan.wordAt(i)
  return (word.is & IS.article) !== 0 || (word.as & (AS.copula | AS.filler)) !== 0 || HOUSE.has(scan.at(i))
}

/** "vivo en Barcelona", "I live in Manchester, M1 1AE": the town, and the code if it is said. */
function home(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): boolean {
  const { scan, first, last, lexicon } = utterance
  const town = livesIn(scan, first, last, lexicon.language)
  if (town === undefined) return false
  const parts: Parts = {}
  addTown(parts, town)
  const code = postCodeIn(scan, town.end, last, countryOf(utterance, slot))
  if (code !== undefined) parts.postCode = code.text
  give(utterance, slot, parts, town.from, Math.max(town.end, code?.end ?? 0), out)
  return true
}

/** "Damrak 1, 1012 AB Amsterdam": what stands before a post code, with a house number, is a street even without a word for one. */
function namedOnly({ scan, first }: Utterance, code: Piece): Street | undefined {
  let i = first
  while (i < code.from && scan.kindAt(i) === KIND.word && isCapital(scan, i) && !(scan.wordAt(i).as & AS.common)) i++
  if (i === first || scan.kindAt(i) !== KIND.number || scan.at(i).length > HOUSE_FIGURES_MAX) return undefined
  const end = i + 1
  if (end !== code.from && !(scan.at(end) === ',' && end + 1 === code.from)) return undefined
  return { street: written(scan, first, i), number: scan.source(i, end), from: first, end }
}

/** A post code with its town and no street: parts of an address that was asked. */
function withoutStreet(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan, first, last } = utterance
  if (home(utterance, slot, out)) return
  if (last - first > LINE_MAX) return
  const code = postCodeIn(scan, first, last, countryOf(utterance, slot))
  if (code === undefined || (code.from > first && !code.cued && !isCapital(scan, first))) return
  const street = namedOnly(utterance, code)
  if (street !== undefined) {
    push(utterance, slot, street, out)
    return
  }
  const parts: Parts = { postCode: code.text }
  const from = isCapital(scan, first) ? first : code.from
  const end = addTowns(utterance, parts, from, code)
  if (parts.city !== undefined || ((code.cued || code.from === first) && code.end === last))
    give(utterance, slot, parts, Math.min(from, code.from), Math.max(end, code.end), out)
}
