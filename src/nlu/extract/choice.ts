import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { type ChoiceIndex, type ChoicePhrase, choiceIndexOf } from './choice-index.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Most tokens that one mistyped label is looked for in. */
const WINDOW_MAX = 5
const TEXT_MAX = 60
/** A longer answer is searched for mistyped labels only at its beginning. */
const TOKENS_MAX = 16

/** One of a list: by label or synonym, mistyped a little, by its beginning, or by its place in the list. */
export function extractChoice(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const items = slot.contract.values
  if (items === undefined || items === null || items.length === 0) return
  const index = choiceIndexOf(items, utterance.request.locale)
  const hit = mentioned(utterance, index)
  if (hit !== undefined) {
    if (slot.attention === 'listening' && !isNamed(utterance, slot, hit.from)) return
    const whole = hit.from <= utterance.first && hit.end >= utterance.last
    push(utterance, slot, index, hit, whole ? SURE.evident : hit.several ? SURE.weak : SURE.bare, out)
    return
  }
  if (slot.attention === 'listening') return
  if (byPlace(utterance, slot, index, out)) return
  if (slot.attention === 'active' || utterance.polarity?.value === false) byLikeness(utterance, slot, index, out)
}

interface Hit {
  readonly item: number
  readonly from: number
  readonly end: number
  /** Another item was mentioned too. */
  readonly several: boolean
}

/** The longest label or synonym that stands in the text; not one that is refused ("not the red one"). */
function mentioned(utterance: Utterance, index: ChoiceIndex): Hit | undefined {
  const { scan } = utterance
  let best: Hit | undefined
  for (let i = 0; i < scan.size; i++) {
    for (const number of index.startingWith(scan.at(i))) {
      const phrase = index.phrases[number] as ChoicePhrase
      const end = endOfPhrase(scan, i, phrase.words)
      if (end < 0 || isRefused(scan, i)) continue
      if (best === undefined) best = { item: phrase.item, from: i, end, several: false }
      else if (i < best.end) {
        if (end - i > best.end - best.from) best = { item: phrase.item, from: i, end, several: best.several }
      } else if (phrase.item !== best.item) best = { ...best, several: true }
    }
  }
  return best
}

function isRefused(scan: Scan, i: number): boolean {
  return ((scan.wordAt(i - 1).as | (scan.wordAt(i - 1).is & IS.article ? scan.wordAt(i - 2).as : 0)) & AS.not) !== 0
}

/** Where the words end that begin at token `i`, marks between them allowed; -1 when they do not stand there. */
function endOfPhrase(scan: Scan, i: number, words: readonly string[]): number {
  let at = i
  for (const word of words) {
    while (at > i && at < scan.size && scan.kindAt(at) === KIND.mark && scan.at(at) !== word) at++
    if (scan.at(at) !== word) return -1
    at++
  }
  return at
}

function push(
  utterance: Utterance,
  slot: SlotExpectation,
  index: ChoiceIndex,
  hit: Hit,
  confidence: number,
  out: Candidate[],
): void {
  const { scan } = utterance
  const item = index.items[hit.item]
  if (item === undefined) return
  out.push({ slot: slot.slot, start: scan.startOf(hit.from), end: scan.endOf(hit.end), value: item.id, confidence })
}

/** "the second one", "number two", "2", "the last one". */
function byPlace(utterance: Utterance, slot: SlotExpectation, index: ChoiceIndex, out: Candidate[]): boolean {
  const { scan, first, last, cues } = utterance
  if (last - first > 5) return false
  for (let i = first; i < last; i++) {
    const ordinal = ordinalAt(scan, i)
    const number = !ordinal && (cues.after('number', scan, i - 1) === i || last - first === 1) && cardinalAt(scan, i)
    const final = !ordinal && !number && (scan.wordAt(i).is & IS.last) !== 0
    if (!ordinal && !number && !final) continue
    const place = final ? index.items.length : found.value
    const end = final ? i + 1 : found.end
    const at = { slot: slot.slot, start: scan.startOf(i), end: scan.endOf(end), confidence: SURE.bare }
    const item = index.items[place - 1]
    out.push(item === undefined ? { ...at, invalid: 'not-in-list' } : { ...at, value: item.id })
    return true
  }
  return false
}

function textOf(scan: Scan, from: number, end: number): string {
  let text = ''
  for (let i = from; i < end; i++) if (scan.kindAt(i) !== KIND.mark) text = text === '' ? scan.at(i) : `${text} ${scan.at(i)}`
  return text
}

/** Edits forgiven in a text of this length. */
function forgiven(length: number): number {
  return length <= 3 ? 0 : length <= 6 ? 1 : 2
}

/** The answer, or a window of it, as the beginning of one item's label, or as one mistyped. */
function byLikeness(utterance: Utterance, slot: SlotExpectation, index: ChoiceIndex, out: Candidate[]): void {
  const { scan, first, last } = utterance
  const whole = textOf(scan, first, last)
  if (whole.length < 3) return
  if (whole.length <= TEXT_MAX) {
    const item = index.byPrefix(whole)
    if (item >= 0) {
      push(utterance, slot, index, { item, from: first, end: last, several: false }, SURE.likely, out)
      return
    }
  }
  let best: { hit: Hit; distance: number } | undefined
  for (let i = first; i < Math.min(last, first + TOKENS_MAX); i++)
    for (let end = Math.min(last, i + WINDOW_MAX); end > i; end--) {
      const text = textOf(scan, i, end)
      if (text.length > TEXT_MAX || (end - i === 1 && scan.wordAt(i).as & AS.common)) continue
      const near = index.nearest(text, forgiven(text.length))
      if (near !== undefined && (best === undefined || near.distance < best.distance))
        best = { hit: { item: near.phrase.item, from: i, end, several: false }, distance: near.distance }
    }
  if (best !== undefined) push(utterance, slot, index, best.hit, best.distance <= 1 ? SURE.likely : SURE.fuzzy, out)
}
