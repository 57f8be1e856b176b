import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { KIND } from '../text/scan.ts'
import { type CodeRun, codeRunOf, isSpoken } from './code-run.ts'
import { slipCost } from './letter-sounds.ts'
import { britishReadings, type PostCodeReading } from './post-code-british.ts'
import { postCodeLength, standsAlone } from './post-code-shapes.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Confidence of a spelled code, at most: whoever spells is asked whether it was understood. */
const SPELLED_MAX = 0.79
/** Tokens of a British post code at most, as it is typed. */
const KEYED_MAX = 5
/** What a code that was denied tells about the right one: it sounds like it. */
const DENIED = { share: 0.35, far: 4, most: 8, same: 6 } as const

/** Post codes of the datum's country: upper case, without spaces and dashes. */
export function extractPostCode(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const country = slot.contract.country ?? utterance.request.country
  if (country === 'GB') {
    extractBritish(utterance, slot, out)
    return
  }
  const spoken = isSpoken(scan)
  if (!scan.hasNumber && !spoken) return
  if (search(utterance, slot, codeRunOf(scan, false), country, out)) return
  if (spoken) search(utterance, slot, codeRunOf(scan, true), country, out)
}

/**
 * Typed codes are taken as they stand. What was spelled is read as speech is: letters that sound alike may stand for one another, and
 * the code must be one that can exist; several readings are given.
 */
function extractBritish(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const strict = scan.hasNumber || isSpoken(scan)
  const before = out.length
  const found = strict && search(utterance, slot, codeRunOf(scan, false), 'GB', out)
  if (found && isTyped(utterance, out[before] as Candidate)) return
  if (slot.attention === 'listening') {
    if (!found && strict && isSpoken(scan)) search(utterance, slot, codeRunOf(scan, true), 'GB', out)
    return
  }
  out.length = before
  if (isKeyedIn(utterance)) return
  const readings = britishReadings(scan, firstOf(utterance), scan.size, utterance.lexicon.language === 'en')
  // A correction is taken as it sounds; several readings are for a first answer.
  const wanted = slot.attention === 'active' ? readings : readings.slice(0, 1)
  for (const reading of wanted) {
    const cost = reading.cost + disagreement(reading, slot)
    const confidence = SPELLED_MAX * Math.exp(-cost)
    out.push({
      slot: slot.slot,
      start: scan.startOf(reading.from),
      end: scan.endOf(reading.end),
      value: reading.value,
      confidence: slot.attention === 'active' ? confidence : Math.max(confidence, SURE.weak),
    })
  }
}

/** A leading "n" or "k" of a spelling is a letter, no answer to a question of yes or no. */
function firstOf({ scan, polarity }: Utterance): number {
  if (polarity === undefined || !polarity.leads) return 0
  return polarity.end === 1 && scan.at(0).length === 1 ? 0 : polarity.end
}

function disagreement({ value }: PostCodeReading, slot: SlotExpectation): number {
  let cost = 0
  for (const denied of slot.rejected ?? []) {
    if (typeof denied !== 'string') continue
    if (denied === value) cost += DENIED.same
    else cost += DENIED.share * distance(denied, value)
  }
  return cost
}

function distance(denied: string, value: string): number {
  if (denied.length !== value.length) return DENIED.most
  let sum = 0
  for (let i = 0; i < value.length; i++) sum += slipCost(denied.charAt(i), value.charAt(i), DENIED.far)
  return Math.min(sum, DENIED.most)
}

/** Letters and figures in one piece and in one case, by no recogniser: what is wrong in it was mistyped, not misheard. */
function isKeyedIn({ scan, request }: Utterance): boolean {
  if (request.alternatives.length > 0 || !scan.hasNumber) return false
  if (scan.text !== scan.text.toUpperCase() && scan.text !== scan.text.toLowerCase()) return false
  for (let i = 0; i < scan.size; i++)
    if (scan.kindAt(i) === KIND.word && scan.at(i).length <= 2 && !scan.touches(i) && !scan.touches(i + 1)) return false
  return scan.size <= KEYED_MAX
}

/** Written as people write it, in one or two groups of small or of capital letters, and not one of several hypotheses. */
function isTyped(utterance: Utterance, candidate: Candidate): boolean {
  if (utterance.request.alternatives.length > 0) return false
  const text = utterance.scan.text.slice(candidate.start, candidate.end)
  if (text !== text.toUpperCase() && text !== text.toLowerCase()) return false
  let gaps = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 32) gaps++
  return gaps <= 1
}

function search(utterance: Utterance, slot: SlotExpectation, run: CodeRun, country: string, out: Candidate[]): boolean {
  const { scan } = utterance
  for (let at = 0; at < run.text.length; at++) {
    if (run.opens[at] !== true) continue
    const length = postCodeLength(run, at, country)
    if (length === 0) continue
    const from = run.from[at] as number
    const end = run.end[at + length - 1] as number
    if (country !== 'GB' && !standsAlone(scan, from, end, country)) continue
    const named = isNamed(utterance, slot, from)
    if (slot.attention === 'listening' && !named) continue
    const confidence = named ? SURE.evident : country === 'GB' ? SURE.cued : SURE.bare
    out.push({
      slot: slot.slot,
      start: scan.startOf(from),
      end: scan.endOf(end),
      value: run.text.slice(at, at + length),
      confidence,
    })
    return true
  }
  return false
}
