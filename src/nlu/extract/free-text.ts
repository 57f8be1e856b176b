import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { SURE, type Utterance } from './utterance.ts'

const LENGTH_MAX = 8_000

/** The whole text as it was written, trimmed; also what lies beyond the part that is read. Only where it was asked. */
export function extractFreeText(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  if (slot.attention === 'listening') return
  const read = utterance.scan.text
  const whole =
    read.length < utterance.request.text.length && utterance.request.text.startsWith(read) ? utterance.request.text : read
  const value = whole.trim()
  if (value === '') return
  if (slot.attention === 'correcting' && utterance.polarity?.leads === true) return
  const start = read.length - read.trimStart().length
  const end = Math.max(start + 1, read.trimEnd().length)
  if (start >= read.length) return
  const place = { slot: slot.slot, start, end, confidence: SURE.cued }
  if (value.length > Math.min(slot.contract.maxLength ?? LENGTH_MAX, LENGTH_MAX)) out.push({ ...place, invalid: 'too-long' })
  else out.push({ ...place, value })
}
