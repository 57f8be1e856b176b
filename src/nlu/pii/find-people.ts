import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { extractAddress } from '../extract/address.ts'
import { findDates } from '../extract/date-grammar.ts'
import { findMails } from '../extract/email.ts'
import { isCapital, nameAt } from '../extract/name-words.ts'
import type { Utterance } from '../extract/utterance.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import type { Report } from './report.ts'

const NAME_CUES = ['name', 'selfName', 'firstName', 'lastName'] as const
/** Small words between a cue and its value. */
const GAP_MAX = 4
/** How far after "born" a date is one of birth, in tokens. */
const BIRTH_REACH = 10
/** Characters of an address. */
const ADDRESS_MAX = 120
const ADDRESS: SlotExpectation = {
  slot: 'address',
  type: 'postal-address',
  contract: {},
  attention: 'active',
  parts: [],
  names: [],
}

export function findMailAddresses(utterance: Utterance, report: Report): void {
  for (const mail of findMails(utterance)) report.chars('email', mail.start, mail.end)
}

/** Names that are announced: "my name is …", "sono …", "surname: …", "Frau …". */
export function findNames(utterance: Utterance, report: Report): void {
  const { scan, cues } = utterance
  for (let i = 0; i < scan.size; i++) {
    if (scan.wordAt(i).as & AS.title) reportTitled(scan, i, report)
    for (const cue of NAME_CUES) {
      const after = cues.after(cue, scan, i)
      if (after < 0) continue
      const span = nameAt(scan, pastSmallWords(scan, after), scan.size)
      if (span !== undefined) report.tokens('name', span.from, span.end)
    }
  }
}

/** "Mr Rossi", "dott. Bianchi": after a title, and in capitals as names are. */
function reportTitled(scan: Scan, i: number, report: Report): void {
  const from = scan.at(i + 1) === '.' ? i + 2 : i + 1
  if (scan.kindAt(from) !== KIND.word || !isCapital(scan, from)) return
  const span = nameAt(scan, from, scan.size)
  if (span !== undefined) report.tokens('name', span.from, span.end)
}

function pastSmallWords(scan: Scan, from: number): number {
  let i = from
  while (i < scan.size && i - from < GAP_MAX) {
    const word = scan.wordAt(i)
    const small = scan.kindAt(i) === KIND.mark || word.as & (AS.copula | AS.filler) || word.is & (IS.article | IS.of)
    if (!small) break
    i++
  }
  return i
}

/** Whole dates wherever they stand, and any part of one after "born". */
export function findPersonalDates(utterance: Utterance, report: Report): void {
  const { scan, cues } = utterance
  const dates = findDates(utterance)
  for (let i = 0; i < scan.size && dates.length > 0; i++) {
    const after = cues.after('birth', scan, i)
    if (after < 0) continue
    for (const date of dates) if (date.from >= i && date.from - after <= BIRTH_REACH) report.tokens('date', date.from, date.end)
  }
  for (const date of dates)
    if (date.year !== undefined && date.month !== undefined && date.day !== undefined && date.relative !== true)
      report.tokens('date', date.from, date.end)
}

/** A street with its number, and what stands around it of the address. */
export function findAddresses(utterance: Utterance, report: Report): void {
  const { scan } = utterance
  if (!scan.hasNumber && !(scan.is & IS.cardinal)) return
  const found: Candidate[] = []
  extractAddress(utterance, ADDRESS, found)
  for (const { start, end, parts } of found)
    if (parts?.street !== undefined && parts.number !== undefined)
      report.chars('address', start, Math.min(end, start + ADDRESS_MAX))
}
