import type { Candidate, Interpretation } from '../dialogue/interpretation.ts'
import { findCommand } from './extract/command.ts'
import { extractors } from './extract/extractors.ts'
import { loadPhonePlans } from './extract/phone-check.ts'
import { findPolarity } from './extract/polarity.ts'
import { Utterance } from './extract/utterance.ts'
import { foreignLanguage } from './language/foreign-language.ts'
import { lexiconOf } from './lexicon/lexicons.ts'
import { elect, HYPOTHESES_MAX, SURE_ENOUGH, sureness } from './n-best.ts'
import type { Nlu, NluAnswer, NluRequest } from './port.ts'
import { cutText } from './text/scan.ts'

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

/** Types whose hypotheses are weighed together: a spelling may be read in several ways, and they speak for one another. */
const WEIGHED: ReadonlySet<string> = new Set(['post-code', 'full-name', 'first-name', 'last-name'])

/**
 * The interpretation of the hypothesis that answers best what was asked. Reading ends with the first that is sure enough; where none
 * is, the surest wins, or for what is weighed the value that all of them together speak for.
 */
function interpretBest(utterance: Utterance, request: NluRequest): Interpretation {
  let best = interpretText(utterance, request, request.text, 0)
  const weighed = isWeighed(request)
  if (request.alternatives.length === 0 && !weighed) return best
  let sure = sureness(best, request)
  if (best.command !== undefined || (sure >= SURE_ENOUGH && !weighed)) return best
  const heard = [best]
  const limit = Math.min(request.alternatives.length, HYPOTHESES_MAX - 1)
  for (let i = 0; i < limit && (weighed || sure < SURE_ENOUGH); i++) {
    const other = interpretText(utterance, request, (request.alternatives[i] as { text: string }).text, i + 1)
    heard.push(other)
    const otherSure = sureness(other, request)
    if (otherSure > sure) {
      best = other
      sure = otherSure
    }
  }
  return weighed && (heard.length > 1 || best.candidates.length > 1) ? (elect(heard, request) ?? best) : best
}

function isWeighed({ expectations }: NluRequest): boolean {
  const asked = expectations.slots[0]
  return asked !== undefined && asked.attention === 'active' && WEIGHED.has(asked.type)
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
  oneReading(candidates)
  const base = { text, alternative, candidates }
  const { scan } = utterance
  if (expectations.yesNo && polarity !== undefined) {
    const yesNo = { value: polarity.value, start: scan.startOf(polarity.from), end: scan.endOf(polarity.end) }
    return command === undefined ? { ...base, yesNo } : { ...base, yesNo, command }
  }
  if (command !== undefined) return { ...base, command }
  const language = candidates.length === 0 ? foreignLanguage(scan, request.locale) : undefined
  return language === undefined ? base : { ...base, language }
}

/** A second reading that says the same as the first is none. */
function oneReading(candidates: Candidate[]): void {
  for (let i = 0; i < candidates.length; i++) {
    const candidate = candidates[i] as Candidate
    if (candidate.other === undefined || candidate.other !== candidate.value) continue
    const { other: _, ...rest } = candidate
    candidates[i] = rest
  }
}
