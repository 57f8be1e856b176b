import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { SURE, type Utterance } from './utterance.ts'

/** A yes or no as a datum. Nobody states one in passing, so only where it was asked, or is being confirmed. */
export function extractYesNo(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan, polarity } = utterance
  if (polarity === undefined || slot.attention === 'listening') return
  if (slot.attention === 'correcting' && polarity.leads) return
  const confidence = polarity.leads ? SURE.evident : SURE.likely
  out.push({
    slot: slot.slot,
    start: scan.startOf(polarity.from),
    end: scan.endOf(polarity.end),
    value: polarity.value,
    confidence,
  })
}
