import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS } from '../lexicon/roles.ts'
import type { Scan } from '../text/scan.ts'
import { countWords, isKnownFirst, isOnlyFamily, joinedAsOne, type Span, splitName, titleCase } from './name-words.ts'
import { spelledName } from './spelled-name.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Adds the name in the shape of its slot. */
export function pushName(utterance: Utterance, slot: SlotExpectation, span: Span, confidence: number, out: Candidate[]): void {
  const { scan } = utterance
  const spelled = spelledName(utterance, span)
  if (slot.type !== 'full-name') {
    if (slot.attention !== 'listening')
      out.push(nameCandidate(utterance, slot, span, confidence, spelled ?? partOf(scan, span, slot.type)))
    return
  }
  const comma = commaIn(scan, span)
  if (spelled !== undefined || (comma < 0 && wholeAsPart(scan, span, slot))) {
    if (slot.attention === 'listening') return
    const part = partFor(scan, span, slot)
    const parts = { [part]: spelled ?? titleCase(scan, span) }
    out.push({ ...place(utterance, slot, span), confidence: Math.min(confidence, SURE.bare), parts })
    return
  }
  if (comma >= 0) {
    const name = {
      first: titleCase(scan, { from: comma + 1, end: span.end }),
      last: titleCase(scan, { from: span.from, end: comma }),
    }
    out.push({ ...place(utterance, slot, span), confidence: SURE.likely, value: name, parts: name })
    return
  }
  const { name, turned } = splitName(scan, span)
  const value = { first: name.first, last: name.last }
  out.push({ ...place(utterance, slot, span), confidence: turned ? SURE.likely : confidence, value, parts: value })
}

/** One word, or several that are all of the last name that was asked for ("De Luca"). */
function wholeAsPart(scan: Scan, span: Span, slot: SlotExpectation): boolean {
  if (countWords(scan, span) === 1) return true
  if (joinedAsOne(scan, span)) return true
  return slot.part === 'last' && !repeatsFirst(scan, span, slot) && !isKnownFirst(scan, span.from)
}

function repeatsFirst(scan: Scan, span: Span, slot: SlotExpectation): boolean {
  const { current } = slot
  if (typeof current !== 'object' || typeof current.first !== 'string') return false
  return current.first.toLowerCase() === scan.source(span.from, span.from + 1).toLowerCase()
}

function partFor(scan: Scan, span: Span, slot: SlotExpectation): 'first' | 'last' {
  if (repeatsFirst(scan, span, slot)) return 'first'
  if (slot.part === 'first' || slot.part === 'last') return slot.part
  const { current } = slot
  if (typeof current === 'object' && 'first' in current && !('last' in current)) return 'last'
  const titled = scan.wordAt(scan.at(span.from - 1) === '.' ? span.from - 2 : span.from - 1).as & AS.title
  return titled || isOnlyFamily(scan, span.from) || (scan.wordAt(span.from).as & AS.particle && countWords(scan, span) > 1)
    ? 'last'
    : 'first'
}

function commaIn(scan: Scan, span: Span): number {
  for (let i = span.from; i < span.end; i++) if (scan.at(i) === ',') return i
  return -1
}

/** Of a full name said where a first or last name was asked, the part that was asked. */
function partOf(scan: Scan, span: Span, type: string): string {
  if (countWords(scan, span) === 1 || joinedAsOne(scan, span) || commaIn(scan, span) >= 0) return titleCase(scan, span)
  if (type === 'first-name') return isKnownFirst(scan, span.from + 1) ? titleCase(scan, span) : splitName(scan, span).name.first
  return isKnownFirst(scan, span.from) ? splitName(scan, span).name.last : titleCase(scan, span)
}

function place(utterance: Utterance, slot: SlotExpectation, span: Span): Pick<Candidate, 'slot' | 'start' | 'end'> {
  return { slot: slot.slot, start: utterance.scan.startOf(span.from), end: utterance.scan.endOf(span.end) }
}

export function nameCandidate(
  utterance: Utterance,
  slot: SlotExpectation,
  span: Span,
  confidence: number,
  value: string,
): Candidate {
  const sure = isNamed(utterance, slot, span.from) ? SURE.evident : confidence
  return { ...place(utterance, slot, span), confidence: sure, value }
}
