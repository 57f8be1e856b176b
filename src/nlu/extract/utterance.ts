import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { AS } from '../lexicon/roles.ts'
import type { NluRequest } from '../port.ts'
import { KIND, Scan } from '../text/scan.ts'
import type { CodeRuns } from './code-run.ts'
import { type Cues, cuesOf } from './cues.ts'
import type { DateReading } from './date-grammar.ts'
import type { Mail } from './email.ts'
import type { Polarity } from './polarity.ts'
import type { Times } from './time-grammar.ts'

/** Local time of the conversation, in numbers. */
export interface LocalNow {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** How sure we are, by how it was said. */
export const SURE = { evident: 0.97, cued: 0.95, bare: 0.9, likely: 0.8, fuzzy: 0.7, weak: 0.6 } as const

/**
 * One text being understood: its scan, and what several extractors share, found at most once. It is used again for the
 * next text, so nothing may keep it.
 */
export class Utterance {
  readonly scan = new Scan()
  request!: NluRequest
  lexicon!: Lexicon
  cues!: Cues
  /** First and last (exclusive) token of the answer proper: without a leading yes or no and without fillers around it. */
  first = 0
  last = 0
  polarity: Polarity | undefined
  #now: LocalNow | undefined
  dates: readonly DateReading[] | undefined
  times: Times | undefined
  mails: readonly Mail[] | undefined
  codes: CodeRuns | undefined

  begin(request: NluRequest, lexicon: Lexicon, text: string): void {
    this.request = request
    this.lexicon = lexicon
    this.cues = cuesOf(lexicon)
    this.#now = undefined
    this.dates = undefined
    this.times = undefined
    this.mails = undefined
    this.codes = undefined
    this.polarity = undefined
    this.scan.read(text, lexicon)
    this.first = 0
    this.last = this.scan.size
  }

  /** Leaves a leading yes or no, and fillers and marks at both ends, outside `first`…`last`. */
  trim(polarityEnd: number): void {
    const scan = this.scan
    let first = polarityEnd
    let last = scan.size
    while (first < last && isFiller(scan, first)) first++
    while (last > first && isFiller(scan, last - 1)) last--
    this.first = first
    this.last = last
  }

  get now(): LocalNow {
    this.#now ??= localNow(this.request.localNow)
    return this.#now
  }
}

function isFiller(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.mark) return scan.at(i) !== '+' && scan.at(i) !== '#' && scan.at(i) !== '@'
  return (scan.wordAt(i).as & AS.filler) !== 0
}

function localNow(text: string): LocalNow {
  const part = (from: number, to: number): number => {
    const value = Number(text.slice(from, to))
    return Number.isInteger(value) ? value : 0
  }
  return {
    year: part(0, 4),
    month: part(5, 7) || 1,
    day: part(8, 10) || 1,
    hour: part(11, 13),
    minute: part(14, 16),
    second: part(17, 19),
  }
}

/** What an extractor does: adds to `out` what the text says about `slot`. */
export type Extract = (utterance: Utterance, slot: SlotExpectation, out: Candidate[]) => void

/** Whether one of the slot's own names stands before token `from`, with nothing but small words and marks between. */
export function isNamed(utterance: Utterance, slot: SlotExpectation, from: number): boolean {
  if (slot.names.length === 0) return false
  return utterance.cues.namedBefore(utterance.scan, slot.names, from)
}
