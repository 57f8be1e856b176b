import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isSpelled } from '../text/spelled.ts'
import { card } from './card.ts'
import { type CodeRun, CodeRuns, closes, figuresIn, isWordy } from './code-run.ts'
import type { CodeShape } from './code-shape.ts'
import { iban } from './iban.ts'
import { pdr, pod, taxCode } from './italian-codes.ts'
import { plates } from './plate.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'
import { vat } from './vat.ts'

const SHAPES = {
  'pod-code': [pod],
  'pdr-code': [pdr],
  'tax-code-it': [taxCode],
  iban: [iban],
  vat: [vat],
  'payment-card': [card],
  'licence-plate': plates,
} as const
type CodeType = keyof typeof SHAPES

/** Codes of fixed shape, typed or spelled. One with wrong check characters is told as `checksum` where no right one stands. */
export function extractCode(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  if (!scan.hasNumber && !isSpelled(scan)) return
  utterance.codes ??= new CodeRuns(scan)
  const runs = utterance.codes
  let wrong: Candidate | undefined
  for (const shape of SHAPES[slot.type as CodeType])
    for (let k = 0, run = runs.at(0); run !== undefined; run = runs.at(++k)) {
      const code = searchRun(utterance, slot, shape, run)
      if (code?.value !== undefined) {
        out.push(code)
        return
      }
      wrong ??= code
    }
  if (wrong !== undefined) out.push(wrong)
}

/** The first code of that shape in the run whose check agrees; else the first that has the shape; undefined for none. */
function searchRun(utterance: Utterance, slot: SlotExpectation, shape: CodeShape, run: CodeRun): Candidate | undefined {
  const { scan } = utterance
  const { text } = run
  const country = slot.contract.country ?? utterance.request.country
  let wrong: Candidate | undefined
  /** Where the last code with a wrong check ends: what begins inside it is a piece of it, whatever its own check says. */
  let wrongEnd = 0
  for (let at = 0; at < text.length; at++) {
    if (run.opens[at] !== true || at < wrongEnd) continue
    for (const length of shape.lengthsAt(text, at, country)) {
      if (!closes(run, at + length - 1)) continue
      const from = run.from[at] as number
      const end = run.end[at + length - 1] as number
      if (!standsAlone(scan, from, end) || (shape.plain === true && isWordy(scan, run, from, end))) continue
      const named = isNamed(utterance, slot, from)
      const code = text.slice(at, at + length)
      const evident = named || shape.isEvident(code)
      if (slot.attention === 'listening' && !evident) continue
      const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end) }
      if (shape.holds === undefined || shape.holds(code, country)) {
        const value = shape.kept?.(code, country) ?? code
        return { ...place, value, confidence: evident ? SURE.evident : shape.confidence }
      }
      if (figuresIn(code) < WRONG_FIGURES_MIN) continue
      const wordy = isWordy(scan, run, from, end)
      if (!wordy) wrongEnd = at + length
      if (!(slot.attention === 'listening' && !named && wordy)) wrong ??= { ...place, confidence: SURE.bare, invalid: 'checksum' }
    }
  }
  return wrong
}

/** A stretch with the shape of a code and fewer figures is words, no slip of a code. */
const WRONG_FIGURES_MIN = 4

/** Not glued to letters, figures or odd marks on either side: "prefix6234…" holds no card. */
function standsAlone(scan: Scan, from: number, end: number): boolean {
  if (scan.touches(from) && scan.kindAt(from - 1) !== KIND.mark) return false
  return !scan.touches(end) || (scan.kindAt(end) === KIND.mark && CLOSING_MARKS.includes(scan.at(end)))
}

const CLOSING_MARKS = '.,;:!?)]"\'-'
