import { card } from '../extract/card.ts'
import { type CodeRun, CodeRuns, closes, figuresIn } from '../extract/code-run.ts'
import type { CodeShape } from '../extract/code-shape.ts'
import { iban } from '../extract/iban.ts'
import { pod, taxCode } from '../extract/italian-codes.ts'
import { digitsAt } from '../extract/phone-digits.ts'
import { plates } from '../extract/plate.ts'
import type { Utterance } from '../extract/utterance.ts'
import { vat } from '../extract/vat.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { KIND } from '../text/scan.ts'
import { isSpelled } from '../text/spelled.ts'
import type { PersonalKind, Report } from './report.ts'
import { announcersOf } from './words.ts'

interface Searched {
  readonly kind: PersonalKind
  readonly shape: CodeShape
  /** Whether a code with a wrong check character is one too: a slip does not make it anybody's. */
  readonly loose: boolean
}

const SEARCHED: readonly Searched[] = [
  { kind: 'iban', shape: iban, loose: true },
  { kind: 'tax-code', shape: taxCode, loose: true },
  { kind: 'code', shape: pod, loose: true },
  { kind: 'vat', shape: vat, loose: false },
  { kind: 'card', shape: card, loose: false },
]

/** A code of that shape without so many figures is a stretch of words. */
const LOOSE_FIGURES_MIN = 4
/** Runs of so many figures and more are somebody's number, whatever they are. */
const FIGURES_MIN = 6
/** Where servers listen: nobody's. */
const LOOPBACK = '127.0.0.1'
/** Tokens after an announcement that its value may take. */
const REACH = 14

/** Codes with a shape of their own, typed or spelled. */
export function findCodes(utterance: Utterance, report: Report): void {
  const { scan } = utterance
  if (!scan.hasNumber && !isSpelled(scan)) return
  utterance.codes ??= new CodeRuns(scan)
  for (let k = 0, run = utterance.codes.at(0); run !== undefined; run = utterance.codes.at(++k))
    for (let at = 0; at < run.text.length; at++)
      if (run.opens[at] === true) for (const searched of SEARCHED) reportCode(utterance, searched, run, at, report)
}

function reportCode(utterance: Utterance, { kind, shape, loose }: Searched, run: CodeRun, at: number, report: Report): void {
  const { country } = utterance.request
  for (const length of shape.lengthsAt(run.text, at, country)) {
    if (!closes(run, at + length - 1)) continue
    const code = run.text.slice(at, at + length)
    if (loose ? figuresIn(code) < LOOSE_FIGURES_MIN : shape.holds?.(code, country) !== true) continue
    report.tokens(kind, run.from[at] as number, run.end[at + length - 1] as number)
    return
  }
}

/** Long runs of figures, typed or said: telephones and numbers of every kind. */
export function findFigures(utterance: Utterance, report: Report): void {
  const { scan } = utterance
  if (!scan.hasNumber && !(scan.is & (IS.cardinal | IS.zero | IS.multiply))) return
  for (let i = 0; i < scan.size; ) {
    const run = digitsAt(scan, i)
    if (run === undefined) {
      i++
      continue
    }
    const plus = run.text.startsWith('+')
    if (run.text.length - (plus ? 1 : 0) >= FIGURES_MIN && scan.source(i, run.end) !== LOOPBACK)
      report.tokens(plus || utterance.cues.before('phone', scan, i) ? 'phone' : 'digits', i, run.end)
    i = run.end
  }
}

/** Post codes and plates, which only their announcement tells from other words. */
export function findAnnounced(utterance: Utterance, report: Report): void {
  const { scan } = utterance
  const announcers = announcersOf(utterance.lexicon)
  for (let i = 0; i < scan.size; i++) {
    const kind = announcers.at(scan, i)
    if (kind === undefined) continue
    const from = i + announcers.length
    const end = kind === 'plate' ? plateEnd(utterance, from) : postCodeEnd(utterance, from)
    if (end > from) report.tokens(kind, from, end)
  }
}

/** Everything from the announcement to the end of what has the shape of a plate. */
function plateEnd(utterance: Utterance, from: number): number {
  utterance.codes ??= new CodeRuns(utterance.scan)
  for (const shape of plates)
    for (let k = 0, run = utterance.codes.at(0); run !== undefined; run = utterance.codes.at(++k)) {
      const end = shapeEnd(utterance, shape, run, from)
      if (end > 0) return end
    }
  return 0
}

function shapeEnd(utterance: Utterance, shape: CodeShape, run: CodeRun, from: number): number {
  for (let at = 0; at < run.text.length; at++) {
    const token = run.from[at] as number
    if (token < from || run.opens[at] !== true) continue
    if (token > from + REACH) return 0
    for (const length of shape.lengthsAt(run.text, at, utterance.request.country))
      if (closes(run, at + length - 1)) return run.end[at + length - 1] as number
  }
  return 0
}

/** The first group with a figure in it after small words, and a British second group. */
function postCodeEnd(utterance: Utterance, from: number): number {
  const { scan } = utterance
  let end = 0
  for (let i = from; i < scan.size && i < from + REACH; i++) {
    const word = scan.wordAt(i)
    const short = scan.kindAt(i) === KIND.word && scan.at(i).length <= 3
    const figures = scan.kindAt(i) === KIND.number || (word.is & (IS.cardinal | IS.zero | IS.multiply)) !== 0
    if (figures) end = i + 1
    else if (end > 0 && !(short && scan.kindAt(i - 1) === KIND.number)) break
    else if (end > 0) end = i + 1
    else if (!short && !(word.as & (AS.common | AS.copula | AS.filler | AS.letter)) && scan.kindAt(i) !== KIND.mark) break
  }
  return end
}
