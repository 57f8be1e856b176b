import { AS, IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isCharacter, isClipped, isSpellingJoint, saidMarkAt } from '../text/spelled.ts'
import type { Mail } from './email.ts'
import { isDomain, isLocal } from './mail-address.ts'
import { type Domain, domainAfter } from './mail-domain.ts'
import { mailLetterAt, mailPieceAt, markBefore } from './mail-pieces.ts'
import { SURE, type Utterance } from './utterance.ts'

/** Tokens that a local part may be made of. */
const PIECES_MAX = 40

/** Endings that make "… at word.word" an address though "at" is an everyday word. */
const COMMON_ENDINGS: ReadonlySet<string> = new Set(
  'com net org it de fr es uk eu io co info biz ch at be nl pt us ca au edu gov me tv app dev'.split(' '),
)

/** Everyday words that mailboxes are called, so that they may stand before an everyday "at". */
const MAILBOXES: ReadonlySet<string> = new Set(
  (
    'info mail email contact hello support office admin sales service help billing jobs news post shop team test name names contacts ' +
    'hi press legal booking orders customer person people money cat dog car house weather'
  ).split(' '),
)

/** "mario dot rossi at example dot com", "a b c punto d chiocciola libero punto it", "yo+yo at blah.org"; `at` is the sign's token. */
export function spokenMail(utterance: Utterance, at: number): Mail | undefined {
  const { scan } = utterance
  const typedSign = scan.at(at) === '@'
  const signEnd = typedSign ? at + 1 : signEndAt(scan, at)
  const domain = signEnd < 0 ? undefined : domainAfter(scan, signEnd)
  if (domain === undefined || !isDomain(domain.text)) return undefined
  if (typedSign && domain.typed && scan.touches(at) && scan.touches(at + 1)) return undefined
  const soft = (scan.wordAt(at).as & AS.mailSoftAt) !== 0
  if (soft && !isLikely(scan, signEnd, domain)) return undefined
  const local = localBefore(utterance, signStart(scan, at), soft)
  if (local === undefined || !isLocal(local.text)) return undefined
  const confidence = domain.guessed ? SURE.fuzzy : SURE.bare
  return { start: scan.startOf(local.from), end: scan.endOf(domain.end), address: `${local.text}@${domain.text}`, confidence }
}

/** Whether words after an everyday "at" are a domain, not a sentence: "at this point and …". */
function isLikely(scan: Scan, from: number, domain: Domain): boolean {
  if (COMMON_ENDINGS.has(domain.text.slice(domain.text.lastIndexOf('.') + 1))) return true
  if (domain.typed) return false
  const ending = scan.wordAt(domain.end - 1)
  const opening = scan.wordAt(from)
  return !(ending.as & AS.common && scan.at(domain.end - 1).length > 1) && !(opening.as & AS.common && scan.at(from).length > 1)
}

/** "mario punto rossi@example.com": a typed address whose local part begins with said words; as it was otherwise. */
export function withSaidWords(utterance: Utterance, at: number, mail: Mail): Mail {
  const { scan } = utterance
  let first = at
  while (first > 0 && scan.startOf(first - 1) >= mail.start) first--
  if (first === at || markBefore(scan, first) < 0) return mail
  const local = localBefore(utterance, at, false)
  if (local === undefined || !isLocal(local.text) || local.from >= first) return mail
  const domain = mail.address.slice(mail.address.lastIndexOf('@'))
  return { start: scan.startOf(local.from), end: mail.end, address: local.text + domain, confidence: SURE.bare }
}

/** Past "at", "at sign", "chiocciola"; "a commercial" is met at its second word. */
function signEndAt(scan: Scan, at: number): number {
  if (saidMarkAt(scan, at) === '@') return found.end
  return saidMarkAt(scan, at - 1) === '@' && found.end === at + 1 ? found.end : -1
}

function signStart(scan: Scan, at: number): number {
  return scan.kindAt(at) === KIND.word && saidMarkAt(scan, at) !== '@' ? at - 1 : at
}

function localBefore(utterance: Utterance, at: number, soft: boolean): { text: string; from: number } | undefined {
  const { scan } = utterance
  let from = at
  while (from > 0 && at - from < PIECES_MAX) {
    const mark = markBefore(scan, from)
    if (mark >= 0) from = mark
    else if (endsLocal(utterance, from - 1, at, soft)) break
    else from--
  }
  while (from < at && isMark(scan, from)) from = found.end
  let text = ''
  let i = from
  while (i < at) {
    const part = mailPieceAt(scan, i)
    if (part === undefined) return undefined
    if (!isHesitation(scan, i)) text += part
    i = found.end
  }
  return i === at && text !== '' ? { text, from } : undefined
}

/** A mark, typed or said; sets `found.end`. */
function isMark(scan: Scan, i: number): boolean {
  found.end = i + 1
  return scan.kindAt(i) === KIND.mark || saidMarkAt(scan, i) !== undefined
}

/** "Ehm" inside an address, before the next of its marks. */
function isHesitation(scan: Scan, i: number): boolean {
  const end = found.end
  const filler = scan.at(i).length > 1 && (scan.wordAt(i).as & AS.filler) !== 0
  const hesitates = filler && i > 0 && scan.kindAt(i + 1) === KIND.word && isJoint(scan, i + 1)
  found.end = end
  return hesitates && scan.kindAt(i - 1) !== KIND.mark
}

/** Words that end a local part to the left: it begins after them. */
function endsLocal(utterance: Utterance, i: number, at: number, soft: boolean): boolean {
  const { scan } = utterance
  if (scan.kindAt(i) === KIND.number) return false
  if (scan.kindAt(i) === KIND.mark)
    return mailPieceAt(scan, i) === undefined || (scan.at(i) !== '_' && !scan.touches(i) && !scan.touches(i + 1))
  if (i < at - 1 && !isJoint(scan, i + 1) && utterance.cues.after('email', scan, i) >= 0) return true
  if (
    isJoint(scan, i + 1) ||
    isJoint(scan, i - 1) ||
    markBefore(scan, i) >= 0 ||
    isSpellingJoint(scan, i) ||
    isSpellingJoint(scan, i - 1)
  )
    return false
  if (isTypedBefore(scan, i + 1, at)) return true
  const word = scan.wordAt(i)
  const text = scan.at(i)
  if (word.is & IS.and && cardinalAt(scan, i - 1) && found.end > i + 1) return false
  if (text.length === 1 && isClipped(scan, i)) return true
  if (text.length === 1) return word.is !== 0 || word.as & (AS.copula | AS.common) ? !isSpelling(scan, i) : false
  if (mailLetterAt(scan, i) !== '' || word.as & AS.firstName || word.is & (IS.cardinal | IS.scale | IS.multiply)) return false
  if (i === at - 1 && !soft) return (word.as & (AS.filler | AS.copula)) !== 0 || utterance.cues.after('email', scan, i) >= 0
  if (i === at - 1 && MAILBOXES.has(text)) return false
  return (word.as & (AS.common | AS.filler | AS.mailAt | AS.copula)) !== 0 || utterance.cues.after('email', scan, i) >= 0
}

/** "add SAM@gmail dot com": what touches a typed sign is the whole local part, unless it is a letter of a spelling. */
function isTypedBefore(scan: Scan, i: number, at: number): boolean {
  return scan.at(at) === '@' && i < at && scan.touches(at) && !scan.touches(i) && scan.at(at - 1).length > 1
}

/** Whether a letter that is a word too ("a", "e", "y") is meant as a letter: others stand beside it, and no verb before. */
function isSpelling(scan: Scan, i: number): boolean {
  if (i === 0) return true
  const next = isCharacter(scan, i + 1) || isMailSign(scan, i + 1) || isJoint(scan, i + 1) || scan.kindAt(i + 1) === KIND.mark
  const { as } = scan.wordAt(i - 1)
  const opens = scan.kindAt(i - 1) !== KIND.word || scan.at(i - 1).length === 1 || mailLetterAt(scan, i - 1) !== ''
  return next && (opens || isSpellingJoint(scan, i - 2) || (as & (AS.common | AS.copula | AS.filler)) !== 0)
}

const JOINTS = AS.mailDot | AS.mailDash | AS.mailUnderscore | AS.mailPlus

function isJoint(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.mark) return '.-_+'.includes(scan.at(i)) && scan.touches(i) && scan.touches(i + 1)
  if (scan.wordAt(i).as & JOINTS) return true
  const mark = scan.kindAt(i) === KIND.word ? saidMarkAt(scan, i) : undefined
  return mark !== undefined && mark !== '' && mark !== '@'
}

function isMailSign(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).as & AS.mailAt) !== 0
}
