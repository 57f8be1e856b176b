import type { Candidate, Interpretation } from '../dialogue/interpretation.ts'
import { findCommand } from './extract/command.ts'
import { extractors } from './extract/extractors.ts'
import { loadPhonePlans } from './extract/phone-check.ts'
import { findPolarity } from './extract/polarity.ts'
import { Utterance } from './extract/utterance.ts'
import { lexiconOf } from './lexicon/lexicons.ts'
import type { Nlu, NluAnswer, NluRequest } from './port.ts'
import { cutText } from './text/scan.ts'

/** An alternative this sure ends the search through the rest. */
const SURE_ENOUGH = 0.9

/** Interprets at once, on the caller's thread: always an array, never a refusal but `failed`. */
export interface InlineNlu extends Nlu {
  interpret(batch: readonly NluRequest[]): readonly NluAnswer[]
  /** Interprets one request. Throws only where there is a defect. */
  one(request: NluRequest): Interpretation
  /** Loads what is otherwise loaded at its first use (phone numbering plans, tens of milliseconds). */
  warm(): void
}

export function createInlineNlu(): InlineNlu {
  const utterance = new Utterance()
  const one = (request: NluRequest): Interpretation => interpretBest(utterance, request)
  return {
    one,
    interpret: (batch) => batch.map((request) => guarded(one, request)),
    warm: loadPhonePlans,
    close: async () => {},
  }
}

function guarded(one: (request: NluRequest) => Interpretation, request: NluRequest): NluAnswer {
  try {
    return one(request)
  } catch (error) {
    return { refused: 'failed', msg: `interpretation failed: ${error instanceof Error ? error.name : 'unknown fault'}` }
  }
}

/** The first alternative, text included, whose answer to what was asked is surest. */
function interpretBest(utterance: Utterance, request: NluRequest): Interpretation {
  let best = interpretText(utterance, request, request.text, 0)
  if (request.alternatives.length === 0) return best
  let sure = sureness(best, request)
  for (let i = 0; i < request.alternatives.length && sure < SURE_ENOUGH; i++) {
    const other = interpretText(utterance, request, (request.alternatives[i] as { text: string }).text, i + 1)
    const otherSure = sureness(other, request)
    if (otherSure > sure) {
      best = other
      sure = otherSure
    }
  }
  return best
}

/** What a part is worth where the whole was asked: less than a whole value that another alternative has. */
const PART_WORTH = 0.85

/** How well an interpretation answers what was asked, 0 to 1. */
function sureness(interpretation: Interpretation, request: NluRequest): number {
  if (interpretation.command !== undefined) return 1
  const asked = request.expectations.slots[0]
  let sure = interpretation.yesNo !== undefined && asked?.attention !== 'active' ? SURE_ENOUGH : 0
  const whole = asked?.part === undefined && asked?.current === undefined
  for (const candidate of interpretation.candidates) {
    if (candidate.invalid !== undefined || (asked !== undefined && candidate.slot !== asked.slot)) continue
    const worth = whole && asked?.type === 'date' && candidate.value === undefined ? PART_WORTH : 1
    sure = Math.max(sure, candidate.confidence * worth)
  }
  return sure
}

function interpretText(utterance: Utterance, request: NluRequest, source: string, alternative: number): Interpretation {
  const text = cutText(source)
  const { expectations } = request
  utterance.begin(request, lexiconOf(request.locale), text)
  const command = findCommand(utterance)
  if (command !== undefined && expectations.slots[0]?.type !== 'choice') return { text, alternative, candidates: [], command }
  const polarity = findPolarity(utterance)
  utterance.polarity = polarity
  utterance.trim(polarity?.leads === true ? polarity.end : 0)
  const candidates: Candidate[] = []
  const { slots } = expectations
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as (typeof slots)[number]
    extractors[slot.type](utterance, slot, candidates)
  }
  const base = { text, alternative, candidates }
  const { scan } = utterance
  if (expectations.yesNo && polarity !== undefined) {
    const yesNo = { value: polarity.value, start: scan.startOf(polarity.from), end: scan.endOf(polarity.end) }
    return command === undefined ? { ...base, yesNo } : { ...base, yesNo, command }
  }
  return command === undefined ? base : { ...base, command }
}
