import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS } from '../lexicon/roles.ts'
import type { Scan } from '../text/scan.ts'
import { isAddressChar, isDomain, isIdeograph, isLocal, isLocalChar, MAIL } from './mail-address.ts'
import { spokenMail, withSaidWords } from './spoken-mail.ts'
import { SURE, type Utterance } from './utterance.ts'

/** An e-mail address, by UTF-16 offsets. */
export interface Mail {
  readonly start: number
  readonly end: number
  readonly address: string
  readonly confidence: number
}

/** E-mail addresses, typed or spoken; wherever they stand, since nothing else looks like one. */
export function extractEmail(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  for (const mail of findMails(utterance))
    out.push({ slot: slot.slot, start: mail.start, end: mail.end, value: mail.address, confidence: mail.confidence })
}

/** Every address of the text, in order, none overlapping another; found once for an utterance. */
export function findMails(utterance: Utterance): readonly Mail[] {
  if (utterance.mails !== undefined) return utterance.mails
  const { scan } = utterance
  const mails: Mail[] = []
  if (scan.hasAt || scan.as & AS.mailAt) {
    for (let i = 1; i < scan.size; i++) {
      const sign = scan.at(i) === '@'
      if (!sign && !(scan.wordAt(i).as & AS.mailAt)) continue
      const typed = sign ? typedMail(scan, i) : undefined
      const mail = typed === undefined ? spokenMail(utterance, i) : withSaidWords(utterance, i, typed)
      const previous = mails[mails.length - 1]
      if (mail !== undefined && (previous === undefined || mail.start >= previous.end)) mails.push(mail)
    }
  }
  utterance.mails = mails
  return mails
}

const EDGE_MARKS = '"\'`{|}!?*=/&,;:<>()'

/** The run of address characters around an `@` with no space beside it. */
function typedMail(scan: Scan, at: number): Mail | undefined {
  const { text } = scan
  const sign = scan.startOf(at)
  const end = domainEnd(text, sign + 1)
  const domain = text.slice(sign + 1, end)
  if (text.charAt(end) === '@' || !isDomain(domain)) return undefined
  const start = text.charAt(sign - 1) === '"' ? quotedStart(text, sign) : localStart(text, sign)
  if (start < 0 || text.charAt(start - 1) === '@') return undefined
  const local = text.slice(start, sign)
  if (local.charAt(0) !== '"' && !isLocal(local)) return undefined
  return { start, end, address: `${local}@${domain}`.toLowerCase(), confidence: SURE.evident }
}

/** Back over the local part; what another script wrote before it without a space is no part of it. */
function localStart(text: string, sign: number): number {
  let start = sign
  while (start > 0 && sign - start <= MAIL.localMax && isLocalChar(text.charCodeAt(start - 1))) start--
  for (let i = sign - 1; i > start; i--)
    if (isIdeograph(text.charCodeAt(i)) && isIdeograph(text.charCodeAt(i - 1))) {
      start = i + 1
      break
    }
  while (start < sign && EDGE_MARKS.includes(text.charAt(start))) start++
  return start
}

/** Where a quoted local part (`"mario rossi"@…`) begins, by its opening quote; -1 where none stands at the edge of a word. */
function quotedStart(text: string, sign: number): number {
  for (let i = sign - 2; i >= 0 && sign - i <= MAIL.localMax; i--) {
    if (text.charAt(i) !== '"' || isEscaped(text, i)) continue
    const edge = i === 0 || text.charCodeAt(i - 1) <= 32 || '(<,;:'.includes(text.charAt(i - 1))
    return edge && i < sign - 2 ? i : -1
  }
  return -1
}

function isEscaped(text: string, i: number): boolean {
  let slashes = 0
  while (text.charAt(i - 1 - slashes) === '\\') slashes++
  return slashes % 2 === 1
}

/** Past the last character of a domain; another script that goes on after the last label is no part of it. */
function domainEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && end - from <= MAIL.addressMax && isAddressChar(text.charCodeAt(end), true)) end++
  while (end > from && !isAddressChar(text.charCodeAt(end - 1), false)) end--
  const label = text.lastIndexOf('.', end - 1) + 1
  if (label > from && text.charCodeAt(label) < 128)
    for (let i = label; i < end; i++) if (isIdeograph(text.charCodeAt(i))) return i
  return end
}
