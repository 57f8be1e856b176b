import { AS, IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import type { ChoiceIndex, ChoicePhrase } from './choice-index.ts'
import { SURE, type Utterance } from './utterance.ts'

/** A longer answer is searched for items only at its beginning. */
const TOKENS_MAX = 16
const TEXT_MAX = 80
/** How many words are looked for with a slip in each. */
const WORDS_MAX = 6

/** What was found of a list in a text: an item, another that is as likely, where, and how surely. */
export interface ChoiceHit {
  readonly item: number
  readonly other?: number
  readonly from: number
  readonly end: number
  readonly confidence: number
}

/** An item that the answer does not name in full: its beginning, some of its words, or its name mistyped or misheard. */
export function likeness(utterance: Utterance, index: ChoiceIndex): ChoiceHit | undefined {
  const begun = byPrefix(utterance, index)
  if (begun !== undefined) return begun
  const near = byEdits(utterance, index)
  if (near !== undefined && near.confidence >= SURE.likely) return near
  return bySomeWords(utterance, index) ?? near ?? byMistypedWord(utterance, index)
}

function textOf(scan: Scan, from: number, end: number): string {
  let text = ''
  for (let i = from; i < end; i++) if (scan.kindAt(i) !== KIND.mark) text = text === '' ? scan.at(i) : `${text} ${scan.at(i)}`
  return text
}

function hit(items: readonly number[], from: number, end: number, confidence: number): ChoiceHit | undefined {
  const [item, other] = items
  if (item === undefined || items.length > 2) return undefined
  return other === undefined ? { item, from, end, confidence } : { item, other, from, end, confidence: SURE.weak }
}

/** The whole answer as the beginning of one item's name, or of two. */
function byPrefix(utterance: Utterance, index: ChoiceIndex): ChoiceHit | undefined {
  const { scan, first, last } = utterance
  const text = textOf(scan, first, last)
  if (text.length < 3 || text.length > TEXT_MAX) return undefined
  return hit(index.byPrefix(text), first, last, SURE.likely)
}

/** Whether a word may tell items apart: no word of every day, and not refused. */
export function isTelling(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.mark || scan.at(i).length < 3) return scan.kindAt(i) === KIND.number
  return !(scan.wordAt(i).as & AS.common) && !isRefused(scan, i)
}

/** "not the red one": what a word after "not" says is not meant. */
export function isRefused(scan: Scan, i: number): boolean {
  const before = scan.wordAt(i - 1)
  return ((before.as | (before.is & IS.article ? scan.wordAt(i - 2).as : 0)) & AS.not) !== 0
}

/** The items whose names have all the telling words that the list knows: "the central one" of "Milan Central Station". */
function bySomeWords(utterance: Utterance, index: ChoiceIndex): ChoiceHit | undefined {
  const { scan, first } = utterance
  const last = Math.min(utterance.last, first + TOKENS_MAX)
  let rarest: readonly number[] | undefined
  let from = -1
  let end = -1
  let unknown = 0
  for (let i = first; i < last; i++) {
    if (!isTelling(scan, i)) continue
    const list = index.having(scan.at(i))
    if (list.length === 0) {
      unknown++
      continue
    }
    if (from < 0) from = i
    end = i + 1
    if (rarest === undefined || list.length < rarest.length) rarest = list
  }
  if (rarest === undefined) return undefined
  const items: number[] = []
  for (let k = 0; k < rarest.length && items.length < 3; k++) {
    const phrase = index.phrases[rarest[k] as number] as ChoicePhrase
    if (!items.includes(phrase.item) && hasAll(scan, from, end, phrase, index)) items.push(phrase.item)
  }
  return hit(items, from, end, unknown === 0 ? SURE.likely : SURE.fuzzy)
}

function hasAll(scan: Scan, from: number, end: number, phrase: ChoicePhrase, index: ChoiceIndex): boolean {
  for (let i = from; i < end; i++)
    if (isTelling(scan, i) && index.having(scan.at(i)).length > 0 && !phrase.words.includes(scan.at(i))) return false
  return true
}

/** One word of an item's name, mistyped: "tiburtna" of "Roma Tiburtina". */
function byMistypedWord(utterance: Utterance, index: ChoiceIndex): ChoiceHit | undefined {
  const { scan, first } = utterance
  const last = Math.min(utterance.last, first + WORDS_MAX)
  for (let i = first; i < last; i++) {
    if (scan.at(i).length < 5 || scan.kindAt(i) !== KIND.word || !isTelling(scan, i)) continue
    const word = index.wordLike(scan.at(i), scan.at(i).length < 8 ? 1 : 2)
    if (word === undefined) continue
    const items: number[] = []
    for (const number of index.having(word)) {
      const { item } = index.phrases[number] as ChoicePhrase
      if (!items.includes(item) && items.push(item) > 2) break
    }
    const found = hit(items, i, i + 1, SURE.fuzzy)
    if (found !== undefined) return found
  }
  return undefined
}

/** Edits forgiven in a text of this length. */
function forgiven(length: number): number {
  return length <= 3 ? 0 : length <= 6 ? 1 : length <= 12 ? 2 : 3
}

/** What an edit costs, in letters that fit: a longer name with a slip is nearer than a short one without. */
const EDIT_COST = 3

/** The stretch of the answer that fits an item's name best, allowing for a few edits. */
export function byEdits(utterance: Utterance, index: ChoiceIndex): ChoiceHit | undefined {
  const { scan, first } = utterance
  const last = Math.min(utterance.last, first + TOKENS_MAX)
  let whole = ''
  for (let i = first; i < last; i++) if (isTelling(scan, i)) whole += ` ${scan.at(i)}`
  if (whole.length < 4) whole = textOf(scan, first, last)
  if (whole.length < 3) return undefined
  let best: ChoiceHit | undefined
  let most = 0
  for (const number of index.likely(whole)) {
    const phrase = index.phrases[number] as ChoicePhrase
    const count = phrase.words.length
    const { length } = phrase.text
    if (length < most) continue
    for (let from = first; from < last; from++)
      for (let end = from + Math.max(1, count - 1); end <= Math.min(last, from + count + 1); end++) {
        if (end - from === 1 && !isTelling(scan, from)) continue
        const text = textOf(scan, from, end)
        const max = Math.min(forgiven(Math.max(text.length, length)), Math.floor((length - most) / EDIT_COST))
        if (Math.abs(text.length - length) > max) continue
        const distance = index.distance(text, number, max)
        const worth = length - distance * EDIT_COST
        if (distance > max || worth <= 0 || (worth === most && best?.item === phrase.item)) continue
        const confidence = distance <= 1 ? SURE.likely : SURE.fuzzy
        if (worth > most) best = { item: phrase.item, from, end, confidence }
        else if (best !== undefined && best.other === undefined) best = { ...best, other: phrase.item, confidence: SURE.weak }
        most = worth
      }
  }
  return best
}
