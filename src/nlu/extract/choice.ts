import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { HOW, IS } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { type ChoiceIndex, type ChoicePhrase, choiceIndexOf } from './choice-index.ts'
import { byEdits, type ChoiceHit, isRefused, isTelling, likeness } from './choice-likeness.ts'
import { isItemRefused, isJoined } from './choice-refused.ts'
import { isTakenBack } from './number.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Longest answer in which "the second" is a place in the list. */
const PLACE_TOKENS_MAX = 6

/**
 * One of a list: by label or synonym, by its beginning or some of its words, mistyped a little, or by its place in the list.
 * Where two items are as likely, both are given.
 */
export function extractChoice(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const items = slot.contract.values
  if (items === undefined || items === null || items.length === 0) return
  const index = choiceIndexOf(items, utterance.request.locale)
  const correcting = slot.attention === 'correcting'
  const hit = mentioned(utterance, index, correcting)
  if (hit !== undefined) {
    if (slot.attention !== 'listening' || isNamed(utterance, slot, hit.from))
      push(utterance, slot, index, slot.attention === 'active' ? longer(utterance, index, hit) : hit, out)
    return
  }
  if (slot.attention === 'listening' || byPlace(utterance, slot, index, out)) return
  if (slot.attention !== 'active' && utterance.polarity?.value !== false) return
  const like = likeness(utterance, index)
  if (like !== undefined && !isItemRefused(utterance.scan, like.from, like.end, correcting))
    push(utterance, slot, index, like, out)
}

/** The longest label or synonym that stands in the text, and another item's; not one that is refused ("not the red one", "anything but red"). */
export function mentioned(utterance: Utterance, index: ChoiceIndex, correcting: boolean): ChoiceHit | undefined {
  const { scan } = utterance
  let item = -1
  let other = -1
  let from = 0
  let end = 0
  let refusedEnd = 0
  for (let i = 0; i < scan.size; i++) {
    const numbers = index.startingWith(scan.at(i))
    if (i < refusedEnd || numbers.length === 0) continue
    const longest = longestEnd(scan, i, index, numbers)
    if (longest < 0) continue
    if (isItemRefused(scan, i, longest, correcting) || (refusedEnd > 0 && isJoined(scan, refusedEnd, i))) {
      refusedEnd = longest
      continue
    }
    for (let k = 0; k < numbers.length; k++) {
      const phrase = index.phrases[numbers[k] as number] as ChoicePhrase
      const last = endOfPhrase(scan, i, phrase.words)
      if (last < 0 || isRefused(scan, i)) continue
      const instead = item >= 0 && i >= end && phrase.item !== item && isTakenBack(scan, end, i)
      if (item < 0 || instead || (i < end && last - i > end - from)) {
        item = phrase.item
        from = i
        end = last
        other = -1
      } else if (phrase.item !== item && (i >= end || last - i === end - from)) other = other < 0 ? phrase.item : other
    }
  }
  if (item < 0) return undefined
  const whole = from <= utterance.first && end >= utterance.last
  if (other >= 0) return { item, other, from, end, confidence: SURE.weak }
  return { item, from, end, confidence: whole ? SURE.evident : SURE.bare }
}

/** Where the longest phrase of the list ends that stands at token `i`; -1 for none. */
function longestEnd(scan: Scan, i: number, index: ChoiceIndex, numbers: readonly number[]): number {
  let longest = -1
  for (let k = 0; k < numbers.length; k++) {
    const { words } = index.phrases[numbers[k] as number] as ChoicePhrase
    longest = Math.max(longest, endOfPhrase(scan, i, words))
  }
  return longest
}

/** A longer name with a slip in it around what was found: "milan centrall" is no "Milan" where there is "Milan Central". */
function longer(utterance: Utterance, index: ChoiceIndex, hit: ChoiceHit): ChoiceHit {
  const { scan, first, last } = utterance
  if (!(hit.from > first && isTelling(scan, hit.from - 1)) && !(hit.end < last && isTelling(scan, hit.end))) return hit
  const near = byEdits(utterance, index)
  return near !== undefined && near.from <= hit.from && near.end >= hit.end && near.end - near.from > hit.end - hit.from
    ? near
    : hit
}

/** Where the words end that begin at token `i`, marks between them allowed; -1 when they do not stand there. */
function endOfPhrase(scan: Scan, i: number, words: readonly string[]): number {
  let at = i
  for (let k = 0; k < words.length; k++) {
    while (at > i && at < scan.size && scan.kindAt(at) === KIND.mark && scan.at(at) !== words[k]) at++
    if (scan.at(at) !== words[k]) return -1
    at++
  }
  return at
}

function push(utterance: Utterance, slot: SlotExpectation, index: ChoiceIndex, hit: ChoiceHit, out: Candidate[]): void {
  const { scan } = utterance
  const item = index.items[hit.item]
  if (item === undefined) return
  const other = hit.other === undefined ? undefined : index.items[hit.other]?.id
  const { confidence } = hit
  if (other !== undefined && slot.rejected?.includes(item.id)) {
    out.push({ slot: slot.slot, start: scan.startOf(hit.from), end: scan.endOf(hit.end), value: other, confidence })
    return
  }
  const candidate = { slot: slot.slot, start: scan.startOf(hit.from), end: scan.endOf(hit.end), value: item.id, confidence }
  out.push(other === undefined ? candidate : { ...candidate, other })
}

/** "the second one", "number two", "2", "der zweite", "the last one". */
function byPlace(utterance: Utterance, slot: SlotExpectation, index: ChoiceIndex, out: Candidate[]): boolean {
  const { scan, first, last } = utterance
  if (last - first > PLACE_TOKENS_MAX) return false
  for (let i = first; i < last; i++) {
    const place = placeAt(utterance, index, i)
    if (place < 0 || isItemRefused(scan, i, found.end, slot.attention === 'correcting')) continue
    const at = { slot: slot.slot, start: scan.startOf(i), end: scan.endOf(found.end), confidence: SURE.bare }
    const item = index.items[place - 1]
    out.push(item === undefined ? { ...at, invalid: 'not-in-list' } : { ...at, value: item.id })
    return true
  }
  return false
}

/** The place that is said at token `i`, with its end in `found`; -1 for none. */
function placeAt(utterance: Utterance, index: ChoiceIndex, i: number): number {
  const { scan, first, last, cues } = utterance
  if (ordinalAt(scan, i)) return found.value
  if (scan.wordAt(i).is & IS.last) {
    found.end = i + 1
    return index.items.length
  }
  const cued = cues.after('number', scan, i - 1) === i
  if (!cued && (last - first !== 1 || isArticle(scan, i))) return -1
  return cardinalAt(scan, i) ? found.value : -1
}

function isArticle(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).how & HOW.one) !== 0 && (scan.wordAt(i).is & IS.article) !== 0
}
