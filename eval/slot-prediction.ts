import type { Candidate, Interpretation } from '../src/dialogue/interpretation.ts'
import { digitsAt } from '../src/nlu/extract/phone-digits.ts'
import { lexiconOf } from '../src/nlu/lexicon/lexicons.ts'
import { Scan } from '../src/nlu/text/scan.ts'
import type { SlotCase } from './slot-cases.ts'

/** What was understood, in the shape that the scorer reads: `null` when nothing was. */
export type Prediction = Readonly<Record<string, unknown>> | null

/** The prediction of one case from its interpretation. */
export function predictionOf(item: SlotCase, interpretation: Interpretation): Prediction {
  if (item.type === 'spans') return spansOf(item, interpretation)
  if (item.type === 'phone') return saidDigits(item, interpretation)
  const valid = interpretation.candidates.filter((candidate) => candidate.invalid === undefined)
  if (item.type.endsWith('_valid'))
    return { valid: valid.some((candidate) => candidate.value !== undefined && isWhole(item, candidate)) }
  const best = surest(valid)
  if (best === undefined) return null
  const { value, parts } = best
  switch (item.type) {
    case 'date':
      return value === undefined ? { fields: parts } : { value, fields: parts }
    case 'date_part':
      return { fields: parts ?? {} }
    case 'money':
      return value === undefined ? null : { ...(value as object) }
    default:
      return value === undefined ? null : { value }
  }
}

/**
 * The figures of the number that was heard, as they were said: the data's type `phone` asks for those, whether or not a numbering
 * plan has such a number. The dialogue takes a value only where one has (`phone_e164`), and says so otherwise.
 */
function saidDigits(item: SlotCase, { text, candidates }: Interpretation): Prediction {
  const heard = surest(candidates)
  if (heard === undefined) return null
  const scan = new Scan()
  scan.read(text.slice(heard.start, heard.end), lexiconOf(item.lang))
  const said = digitsAt(scan, 0)
  return said === undefined ? null : { value: said.text }
}

function surest(candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined
  for (const candidate of candidates) if (best === undefined || candidate.confidence > best.confidence) best = candidate
  return best
}

function isWhole(item: SlotCase, candidate: Candidate): boolean {
  return item.text.slice(0, candidate.start).trim() === '' && item.text.slice(candidate.end).trim() === ''
}

function spansOf(item: SlotCase, interpretation: Interpretation): Prediction {
  const spans: Record<string, { span: string }> = {}
  const sure = interpretation.candidates.filter((candidate) => candidate.invalid === undefined)
  for (const candidate of [...sure].sort((a, b) => b.confidence - a.confidence)) {
    const span = item.text.slice(candidate.start, candidate.end)
    if (candidate.slot !== 'name') spans[candidate.slot] ??= { span }
    else
      for (const part of ['first', 'last']) {
        const said = candidate.parts?.[part]
        const at = said === undefined ? -1 : span.toLowerCase().indexOf(String(said).toLowerCase())
        if (at >= 0) spans[`${part}_name`] ??= { span: span.slice(at, at + String(said).length) }
      }
  }
  return spans
}
