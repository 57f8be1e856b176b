import { AS, IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isCharacter, isSpellingJoint, saidMarkAt } from '../text/spelled.ts'
import type { Mail } from './email.ts'
import { isDomain, isLocal } from './mail-address.ts'
import { mailLetterAt, mailPieceAt, markBefore } from './mail-pieces.ts'
import { SURE, type Utterance } from './utterance.ts'

/** Words that one spoken label or local part may be made of. */
const PIECES_MAX = 40
const WORDS_MAX = 6

/** Providers that people name without their ending. */
const PROVIDERS: ReadonlyMap<string, string> = new Map(
  (
    'gmail.com googlemail.com hotmail.com outlook.com yahoo.com icloud.com protonmail.com libero.it tiscali.it virgilio.it ' +
    'wanadoo.fr laposte.net gmx.de'
  )
    .split(' ')
    .map((domain) => [domain.slice(0, domain.indexOf('.')), domain]),
)

/** How recognisers write the names of providers. */
const HEARD_AS: ReadonlyMap<string, string> = new Map([
  ['gimail', 'gmail'],
  ['jimail', 'gmail'],
  ['geemail', 'gmail'],
  ['gmeil', 'gmail'],
  ['otmail', 'hotmail'],
  ['hotmeil', 'hotmail'],
  ['autlook', 'outlook'],
])

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
  if (soft && domain.typed && !COMMON_ENDINGS.has(domain.text.slice(domain.text.lastIndexOf('.') + 1))) return undefined
  const local = localBefore(utterance, signStart(scan, at), soft)
  if (local === undefined || !isLocal(local.text)) return undefined
  const confidence = domain.guessed ? SURE.fuzzy : SURE.bare
  return { start: scan.startOf(local.from), end: scan.endOf(domain.end), address: `${local.text}@${domain.text}`, confidence }
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
  return hesitates && mailLetterless(scan, i - 1)
}

function mailLetterless(scan: Scan, i: number): boolean {
  return scan.kindAt(i) === KIND.word || scan.kindAt(i) === KIND.number
}

/** Words that end a local part to the left: it begins after them. */
function endsLocal(utterance: Utterance, i: number, at: number, soft: boolean): boolean {
  const { scan } = utterance
  if (scan.kindAt(i) === KIND.number) return false
  if (scan.kindAt(i) === KIND.mark)
    return mailPieceAt(scan, i) === undefined || (scan.at(i) !== '_' && !scan.touches(i) && !scan.touches(i + 1))
  if (
    isJoint(scan, i + 1) ||
    isJoint(scan, i - 1) ||
    markBefore(scan, i) >= 0 ||
    isSpellingJoint(scan, i) ||
    isSpellingJoint(scan, i - 1)
  )
    return false
  const word = scan.wordAt(i)
  const text = scan.at(i)
  if (word.is & IS.and && cardinalAt(scan, i - 1) && found.end > i + 1) return false
  if (text.length === 1) return word.is !== 0 || word.as & (AS.copula | AS.common) ? !isSpelling(scan, i) : false
  if (mailLetterAt(scan, i) !== '' || word.is & (IS.cardinal | IS.scale | IS.multiply)) return false
  if (i === at - 1 && !soft) return (word.as & (AS.filler | AS.copula)) !== 0 || utterance.cues.after('email', scan, i) >= 0
  if (i === at - 1 && MAILBOXES.has(text)) return false
  return (word.as & (AS.common | AS.filler | AS.mailAt | AS.copula)) !== 0 || utterance.cues.after('email', scan, i) >= 0
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
  let words = 0
  let typed = true
  let i = from
  let best: Domain | undefined
  while (i < scan.size && i - from < PIECES_MAX) {
    const point = pointAt(scan, i)
    if (point > 0) {
      if (label === '') break
      if (scan.at(i) !== '.') typed = false
      text += `${HEARD_AS.get(label) ?? label}.`
      label = ''
      words = 0
      i = point
      const last = labelEnd(scan, i)
      if (last === undefined) break
      best = { text: text + last.text, end: last.end, typed, guessed: false }
      continue
    }
    if (text !== '' && label !== '' && !scan.touches(i) && mailLetterAt(scan, i) === '') break
    if (isDomainEnd(scan, i) || ++words > WORDS_MAX + label.length) break
    const part = scan.kindAt(i) === KIND.mark && scan.at(i) !== '-' ? undefined : mailPieceAt(scan, i)
    if (part === undefined || part === '_' || part === '+' || part === '.') break
    label += part
    i = found.end
  }
  return best ?? provider(scan, from)
}

/** The token after a point, said or typed; 0 for none. */
function pointAt(scan: Scan, i: number): number {
  if (scan.at(i) === '.') return scan.touches(i + 1) || !scan.touches(i) ? i + 1 : 0
  return scan.kindAt(i) === KIND.word && saidMarkAt(scan, i) === '.' ? found.end : 0
}

/** An everyday word that no label is made of, unless a point follows ("g MAIL dot com"). */
function isDomainEnd(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  if (!(word.as & (AS.common | AS.filler)) || scan.at(i).length < 2) return false
  if (word.is & (IS.cardinal | IS.multiply) || scan.at(i) === 'mail' || mailLetterAt(scan, i) !== '') return false
  const { as } = scan.wordAt(i + 1)
  return !(as === 0 || as & (AS.mailDot | AS.mailDash)) && saidMarkAt(scan, i) === undefined
}

/** The last label: one word, or the letters of "c o m"; more labels may follow it. */
function labelEnd(scan: Scan, from: number): { text: string; end: number } | undefined {
  if (scan.kindAt(from) === KIND.mark || from >= scan.size) return undefined
  let text = ''
  let i = from
  while (i < scan.size && scan.kindAt(i) === KIND.word) {
    const letter = mailLetterAt(scan, i)
    if (letter === '') break
    text += letter.toLowerCase()
    i = found.end
  }
  if (text.length >= 2) return { text, end: i }
  if (text.length === 1) return undefined
  return { text: scan.at(from), end: from + 1 }
}

function provider(scan: Scan, from: number): Domain | undefined {
  const joined = PROVIDERS.get(scan.at(from) + scan.at(from + 1))
  const domain = joined ?? PROVIDERS.get(scan.at(from))
  if (domain === undefined) return undefined
  return { text: domain, end: joined === undefined ? from + 1 : from + 2, typed: false, guessed: true }
}
