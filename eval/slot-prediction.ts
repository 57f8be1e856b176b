import type { Candidate, Interpretation } from '../src/dialogue/interpretation.ts'
import { digitsAt } from '../src/nlu/extract/phone-digits.ts'
import { lexiconOf } from '../src/nlu/lexicon/lexicons.ts'
import { GIVEN } from '../src/nlu/lexicon/names/names.ts'
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

type Spans = Record<string, { span: string }>

function spansOf(item: SlotCase, interpretation: Interpretation): Prediction {
  const spans: Spans = {}
  const sure = interpretation.candidates.filter((candidate) => candidate.invalid === undefined)
  for (const candidate of [...sure].sort((a, b) => b.confidence - a.confidence)) {
    const span = item.text.slice(candidate.start, candidate.end)
    if (candidate.slot === 'name') nameSpans(item, candidate, span, spans)
    else if (candidate.slot === 'date') dateSpan(item, candidate, withoutArticle(span), spans)
    else if (candidate.slot === 'time') spans.time ??= { span: withStop(item.text, candidate.end, span) }
    else if (candidate.slot === 'people' && item.src !== 'nlupp') spans.people ??= { span: partySpan(item, candidate, sure) }
    else spans[candidate.slot] ??= { span: item.src === 'nlupp' ? onlyNumber(candidate, span) : span }
  }
  return spans
}

/** The data leave the article before a figure out: "the 14th" is `14th`, "the first Sunday of May" stays whole. */
function withoutArticle(span: string): string {
  return /^the \d/i.test(span) ? span.slice(4) : span
}

/** The data keep a full stop that follows "pm" at the end of a sentence. */
function withStop(text: string, end: number, span: string): string {
  return /m$/i.test(span) && text.charAt(end) === '.' ? `${span}.` : span
}

/** The restaurant data mark "the 8" of "the 8 of us", and "4 adults and 2 children" as one party. */
function partySpan({ text }: SlotCase, candidate: Candidate, all: readonly Candidate[]): string {
  const span = text.slice(candidate.start, candidate.end)
  if (isOfUs(span)) {
    const article = /the $/i.exec(text.slice(0, candidate.start))?.[0] ?? ''
    return article + onlyNumber(candidate, span)
  }
  for (const other of all) {
    if (other.slot !== 'people') continue
    const first = other.start < candidate.start ? other : candidate
    const last = first === other ? candidate : other
    if (text.slice(first.end, last.start) === ' and ') return text.slice(first.start, last.end)
  }
  return span
}

const isOfUs = (span: string): boolean => span.toLowerCase().endsWith(' of us')

/** Of what is counted only the number: "2 adults" is `2` in the hotel data, "5 of us" `5` in both. */
function onlyNumber(candidate: Candidate, span: string): string {
  return typeof candidate.value === 'number' ? (span.split(/[\s-]/)[0] ?? span) : span
}

const FROM = /\b(from|since|starting|arriving|between|beginning)( on)?( the)? $/i
const TO = /\b(to|until|till|through|leaving|by|up to)( on)?( the)? $|-\s*$/i

/** Ends of a period have names of their own in the banking and hotel data. */
function dateSpan(item: SlotCase, candidate: Candidate, span: string, spans: Spans): void {
  const before = item.text.slice(0, candidate.start)
  const kind = item.src !== 'nlupp' ? 'date' : FROM.test(before) ? 'date_from' : TO.test(before) ? 'date_to' : 'date'
  spans[kind] ??= { span }
}

/** First and last name where they stand in the text; one word for both is a last name unless it is a known given name. */
function nameSpans(item: SlotCase, candidate: Candidate, span: string, spans: Spans): void {
  const { first, last } = candidate.parts ?? {}
  const both = item.requested?.includes('first_name') === true && item.requested.includes('last_name')
  const single = both && first !== undefined && last === undefined && !GIVEN.has(String(first).toLowerCase())
  const said = single ? { last: first } : { first, last }
  for (const [part, name] of Object.entries(said)) {
    const at = name === undefined ? -1 : span.toLowerCase().indexOf(String(name).toLowerCase())
    if (at >= 0) spans[`${part}_name`] ??= { span: span.slice(at, at + String(name).length) }
  }
}
