import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { capitalised } from './name-words.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Words that open the name of a street (Italian, Spanish, French), or close it (English). */
const OPENING: ReadonlySet<string> = new Set(
  'via viale piazza piazzale corso largo vicolo strada lungomare contrada calle avenida rue'.split(' '),
)
const CLOSING: ReadonlySet<string> = new Set(
  'street st road rd avenue ave lane drive close square place way court gardens terrace crescent boulevard hill row'.split(' '),
)
/** Words between a street and its number. */
const NUMBER_WORDS: ReadonlySet<string> = new Set(['numero', 'n', 'number', 'no', 'civico'])

interface Address {
  from: number
  end: number
  readonly parts: Record<string, string>
}

/** `{street, number, postCode, city}` from one typed line, where an address was asked or announced: what was not said is absent. */
export function extractAddress(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  for (let i = utterance.first; i < utterance.last; i++) {
    const address = openedAt(scan, i) ?? numberedAt(scan, i)
    if (address === undefined) continue
    const named = isNamed(utterance, slot, i)
    if (slot.attention === 'listening' && !named) continue
    addTown(utterance, address)
    out.push({
      slot: slot.slot,
      start: scan.startOf(address.from),
      end: scan.endOf(address.end),
      value: address.parts,
      parts: address.parts,
      confidence: address.parts.city === undefined ? SURE.fuzzy : SURE.likely,
    })
    return
  }
}

/** "via Roma 12", "Piazza del Duomo, 3/b". */
function openedAt(scan: Scan, from: number): Address | undefined {
  if (!OPENING.has(scan.at(from))) return undefined
  let i = from + 1
  while (i < scan.size && i - from < 8 && scan.kindAt(i) === KIND.word && !NUMBER_WORDS.has(scan.at(i))) i++
  if (i === from + 1) return undefined
  const parts: Record<string, string> = { street: written(scan, from, i) }
  let end = i
  while (scan.at(i) === ',' || NUMBER_WORDS.has(scan.at(i)) || scan.at(i) === '°') i++
  if (scan.kindAt(i) === KIND.number && scan.at(i).length <= 4) {
    end = houseEnd(scan, i)
    parts.number = scan.source(i, end)
  }
  return { from, end, parts }
}

/** "10 Downing Street". */
function numberedAt(scan: Scan, from: number): Address | undefined {
  if (scan.kindAt(from) !== KIND.number || scan.at(from).length > 5) return undefined
  const street = houseEnd(scan, from)
  let i = street
  while (i < scan.size && i - street < 5 && scan.kindAt(i) === KIND.word && !CLOSING.has(scan.at(i))) i++
  if (i === street || !CLOSING.has(scan.at(i))) return undefined
  return { from, end: i + 1, parts: { street: written(scan, street, i + 1), number: scan.source(from, street) } }
}

/** "12", "12b", "3/b". */
function houseEnd(scan: Scan, i: number): number {
  if (scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.word && scan.at(i + 1).length === 1) return i + 2
  if (scan.at(i + 1) === '/' && scan.touches(i + 1) && scan.at(i + 2).length <= 2 && scan.touches(i + 2)) return i + 3
  return i + 1
}

function written(scan: Scan, from: number, end: number): string {
  const source = scan.source(from, end)
  return source === source.toLowerCase() ? capitalised(source) : source
}

/** Post code and town after the street, in either order. */
function addTown(utterance: Utterance, address: Address): void {
  const { scan } = utterance
  let i = address.end
  while (i < utterance.last) {
    const code = postCodeEnd(scan, i)
    if (code > i && address.parts.postCode === undefined) {
      address.parts.postCode = scan.source(i, code).toUpperCase().split(' ').join('')
      i = code
      address.end = i
      continue
    }
    let end = i
    while (end < utterance.last && scan.kindAt(end) === KIND.word && end - i < 4 && postCodeEnd(scan, end) === end) end++
    if (end > i && address.parts.city === undefined) {
      address.parts.city = written(scan, i, end)
      address.end = end
      i = end
    } else i++
  }
}

/** The token after a post code at `i`: five figures, or a British code in two groups; `i` itself when there is none. */
function postCodeEnd(scan: Scan, i: number): number {
  if (scan.kindAt(i) === KIND.number && scan.at(i).length === 5) return i + 1
  if (scan.kindAt(i) !== KIND.word || scan.at(i).length > 2 || !scan.touches(i + 1) || scan.kindAt(i + 1) !== KIND.number)
    return i
  const inward = scan.kindAt(i + 2) === KIND.word && scan.touches(i + 2) && scan.at(i + 2).length === 1 ? i + 3 : i + 2
  const fits =
    scan.kindAt(inward) === KIND.number &&
    scan.at(inward).length === 1 &&
    scan.at(inward + 1).length === 2 &&
    scan.touches(inward + 1)
  return fits ? inward + 2 : i
}
