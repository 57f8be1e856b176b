import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { isLetter } from '../text/fold.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { SURE, type Utterance } from './utterance.ts'

/** An e-mail address, by UTF-16 offsets. */
export interface Mail {
  readonly start: number
  readonly end: number
  readonly address: string
  readonly confidence: number
}

const LOCAL_MAX = 64
const ADDRESS_MAX = 254
/** Words that one spoken label or local part may be made of. */
const PIECES_MAX = 24

/** Providers that people name without their ending. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['gmail', 'gmail.com'],
  ['hotmail', 'hotmail.com'],
  ['outlook', 'outlook.com'],
  ['yahoo', 'yahoo.com'],
  ['icloud', 'icloud.com'],
  ['libero', 'libero.it'],
  ['tiscali', 'tiscali.it'],
  ['virgilio', 'virgilio.it'],
])

/** E-mail addresses, typed or spoken; wherever they stand, since nothing else looks like one. */
export function extractEmail(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  for (const mail of findMails(utterance))
    out.push({ slot: slot.slot, start: mail.start, end: mail.end, value: mail.address, confidence: mail.confidence })
}

export function findMails(utterance: Utterance): readonly Mail[] {
  if (utterance.mails !== undefined) return utterance.mails
  const { scan } = utterance
  const mails: Mail[] = []
  if (scan.hasAt || scan.as & AS.mailAt) {
    for (let i = 1; i < scan.size - 1; i++) {
      const sign = scan.at(i) === '@'
      if (!sign && !(scan.wordAt(i).as & AS.mailAt)) continue
      const mail = (sign ? typedMail(scan, i) : undefined) ?? spokenMail(utterance, i)
      const previous = mails[mails.length - 1]
      if (mail !== undefined && (previous === undefined || mail.start >= previous.end)) mails.push(mail)
    }
  }
  utterance.mails = mails
  return mails
}

function isLocalChar(code: number): boolean {
  if ((code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return true
  return code > 127 ? isWide(code) : LOCAL_MARKS.includes(String.fromCharCode(code))
}

/** Letters of other alphabets; the full-width copies of ours are none of an address. */
function isWide(code: number): boolean {
  return code < 0xff00 && isLetter(code)
}

const LOCAL_MARKS = "._-+%&'*/=?^`{|}~!#$"
const EDGE_MARKS = '"\'`{|}!?*=/&,;:<>()'

function isDomainChar(code: number): boolean {
  if ((code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return true
  return code === 45 || code === 46 || (code > 127 && isWide(code))
}

/** The run of address characters around an `@` with no space beside it. */
function typedMail(scan: Scan, at: number): Mail | undefined {
  const { text } = scan
  const sign = scan.startOf(at)
  let start = sign
  while (start > 0 && sign - start <= LOCAL_MAX && isLocalChar(text.charCodeAt(start - 1))) start--
  while (start < sign && EDGE_MARKS.includes(text.charAt(start))) start++
  let end = sign + 1
  while (end < text.length && end - sign <= ADDRESS_MAX && isDomainChar(text.charCodeAt(end))) end++
  while (end > sign + 1 && !isAlphanumeric(text.charCodeAt(end - 1))) end--
  const local = text.slice(start, sign)
  const domain = text.slice(sign + 1, end)
  if (text.charAt(end) === '@' || text.charAt(start - 1) === '@') return undefined
  if (!isLocal(local) || !isDomain(domain)) return undefined
  return { start, end, address: `${local}@${domain}`.toLowerCase(), confidence: SURE.evident }
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code > 127 && isWide(code))
}

function isLocal(local: string): boolean {
  if (local.length === 0 || local.length > LOCAL_MAX) return false
  return local.charAt(0) !== '.' && local.charAt(local.length - 1) !== '.' && !local.includes('..')
}

function isDomain(domain: string): boolean {
  if (domain.length < 4 || domain.length > ADDRESS_MAX) return false
  const labels = domain.split('.')
  if (labels.length < 2) return false
  for (const label of labels) {
    if (label === '' || label.length > 63) return false
    if (label.charAt(0) === '-' || label.charAt(label.length - 1) === '-') return false
  }
  return isTopLevel(labels[labels.length - 1] as string)
}

function isTopLevel(label: string): boolean {
  if (label.length < 2 || label.length > 24) return false
  for (let i = 0; i < label.length; i++) {
    const code = label.charCodeAt(i)
    if (!((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127)) return label.startsWith('xn--')
  }
  return true
}

/** "mario dot rossi at example dot com", "a b c punto d chiocciola libero punto it", "yo+yo at blah.org". */
function spokenMail(utterance: Utterance, at: number): Mail | undefined {
  const { scan } = utterance
  const local = localBefore(utterance, at)
  if (local === undefined) return undefined
  const domain = domainAfter(scan, at + 1)
  if (domain === undefined) return undefined
  if (!isLocal(local.text) || !isDomain(domain.text)) return undefined
  const everyday = scan.at(at) === 'at'
  if (everyday && domain.typed && !COMMON_ENDINGS.has(domain.text.slice(domain.text.lastIndexOf('.') + 1))) return undefined
  const confidence = domain.guessed ? SURE.fuzzy : SURE.bare
  return { start: scan.startOf(local.from), end: scan.endOf(domain.end), address: `${local.text}@${domain.text}`, confidence }
}

/** Endings that make "… at word.word" an address though "at" is an everyday word. */
const COMMON_ENDINGS: ReadonlySet<string> = new Set(
  'com net org it de fr es uk eu io co info biz ch at be nl pt us ca au edu gov me tv app dev'.split(' '),
)

/** What one token adds to an address; undefined when it ends one. Advances `pieceEnd`. */
let pieceEnd = 0
function piece(scan: Scan, i: number): string | undefined {
  pieceEnd = i + 1
  const text = scan.at(i)
  if (scan.kindAt(i) === KIND.number) return text
  const word = scan.wordAt(i)
  if (scan.kindAt(i) === KIND.mark) return text === '.' || text === '-' || text === '_' || text === '+' ? text : undefined
  if (word.as & AS.mailDot) return '.'
  if (word.as & AS.mailUnderscore) return '_'
  if (word.as & AS.mailDash) {
    if (scan.at(i + 1) !== 'basso') return '-'
    pieceEnd = i + 2
    return '_'
  }
  if (word.as & AS.mailPlus) return '+'
  if (text.length === 1) return text
  if (word.is & IS.multiply && i + 1 < scan.size) return undefined
  if (word.is & (IS.cardinal | IS.scale) && cardinalAt(scan, i)) {
    pieceEnd = found.end
    return String(found.value)
  }
  return text
}

/** Words that end a local part to the left: it begins after them. */
function endsLocal(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.number) return false
  if (scan.kindAt(i) === KIND.mark)
    return piece(scan, i) === undefined || (scan.at(i) !== '_' && !scan.touches(i) && !scan.touches(i + 1))
  const word = scan.wordAt(i)
  if (word.as & (AS.mailDot | AS.mailDash | AS.mailUnderscore | AS.mailPlus)) return false
  if (scan.at(i).length === 1) return (word.is & IS.and) !== 0 || (word.as & AS.copula) !== 0 ? !isSpelling(scan, i) : false
  if (word.is & (IS.cardinal | IS.scale)) return false
  return (word.as & (AS.common | AS.filler | AS.mailAt)) !== 0
}

/** Whether a letter stands among other letters or after "dot", so that it is one itself. */
function isSpelling(scan: Scan, i: number): boolean {
  if (i === 0 || isJoint(scan, i - 1)) return true
  const next = scan.at(i + 1).length === 1 || isJoint(scan, i + 1)
  return scan.at(i - 1).length === 1 && next
}

function localBefore(utterance: Utterance, at: number): { text: string; from: number } | undefined {
  const { scan } = utterance
  let from = at
  while (from > 0 && at - from < PIECES_MAX && !endsLocal(scan, from - 1) && !isCueWord(utterance, from - 1)) from--
  while (from < at && (scan.kindAt(from) === KIND.mark || isJoint(scan, from))) from++
  let text = ''
  let i = from
  while (i < at) {
    const part = piece(scan, i)
    if (part === undefined) return undefined
    text += part
    i = pieceEnd
  }
  return i === at && text !== '' ? { text, from } : undefined
}

function isCueWord(utterance: Utterance, i: number): boolean {
  return utterance.cues.after('email', utterance.scan, i) >= 0
}

function isJoint(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).as & (AS.mailDot | AS.mailDash | AS.mailUnderscore | AS.mailPlus)) !== 0
}

interface Domain {
  readonly text: string
  readonly end: number
  /** All its points were typed, none was said. */
  readonly typed: boolean
  /** Only the provider was said. */
  readonly guessed: boolean
}

/** Labels joined by points; the last label is one word, or letters spelled one by one. */
function domainAfter(scan: Scan, from: number): Domain | undefined {
  let text = ''
  let label = ''
  let typed = true
  let i = from
  let best: Domain | undefined
  while (i < scan.size && i - from < PIECES_MAX) {
    const isPoint = scan.at(i) === '.' ? scan.touches(i) && scan.touches(i + 1) : (scan.wordAt(i).as & AS.mailDot) !== 0
    if (isPoint) {
      if (label === '') break
      if (scan.at(i) !== '.') typed = false
      text += `${label}.`
      label = ''
      i++
      const last = labelEnd(scan, i)
      if (last === undefined) break
      best = { text: text + last.text, end: last.end, typed, guessed: false }
      continue
    }
    if (text !== '' && label !== '' && !scan.touches(i) && scan.at(i).length > 1) break
    const part = scan.kindAt(i) === KIND.mark && scan.at(i) !== '-' ? undefined : piece(scan, i)
    if (part === undefined || part === '_' || part === '+' || (part === '.' && scan.at(i) !== '.')) break
    if (
      scan.wordAt(i).as & AS.common &&
      scan.at(i).length > 1 &&
      !(scan.wordAt(i).is & IS.cardinal) &&
      part.length > 1 &&
      !isLabelWord(scan, i)
    )
      break
    label += part
    i = pieceEnd
  }
  return best ?? provider(scan, from)
}

/** Everyday words that are part of a provider's name ("g mail"). */
function isLabelWord(scan: Scan, i: number): boolean {
  return scan.at(i) === 'mail' || scan.wordAt(i + 1).as === 0 || (scan.wordAt(i + 1).as & AS.mailDot) !== 0
}

/** The last label: one word, or the letters of "c o m"; more labels may follow it. */
function labelEnd(scan: Scan, from: number): { text: string; end: number } | undefined {
  if (scan.kindAt(from) === KIND.mark || from >= scan.size) return undefined
  let text = ''
  let i = from
  while (i < scan.size && scan.kindAt(i) === KIND.word && scan.at(i).length === 1) text += scan.at(i++)
  if (text.length >= 2) return { text, end: i }
  if (text.length === 1) return undefined
  return { text: scan.at(from), end: from + 1 }
}

function provider(scan: Scan, from: number): Domain | undefined {
  const joined = scan.at(from) === 'g' && scan.at(from + 1) === 'mail' ? 'gmail' : scan.at(from)
  const domain = PROVIDERS.get(joined)
  if (domain === undefined) return undefined
  return { text: domain, end: joined === 'gmail' && scan.at(from) === 'g' ? from + 2 : from + 1, typed: false, guessed: true }
}
