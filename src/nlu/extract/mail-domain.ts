import { AS, IS } from '../lexicon/roles.ts'
import { found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { saidMarkAt } from '../text/spelled.ts'
import { mailLetterAt, mailPieceAt } from './mail-pieces.ts'

/** Tokens that a domain, and words that a label may be made of. */
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

/** A domain as it was said or typed, and the token after it. */
export interface Domain {
  readonly text: string
  readonly end: number
  /** All its points were typed, none was said. */
  readonly typed: boolean
  /** Only the provider was said. */
  readonly guessed: boolean
}

/** Labels joined by points; the last label is one word, or letters spelled one by one. */
export function domainAfter(scan: Scan, from: number): Domain | undefined {
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
  if (PROVIDERS.has(scan.at(i) + scan.at(i + 1)) || PROVIDERS.has(scan.at(i - 1) + scan.at(i))) return false
  const { as } = scan.wordAt(i + 1)
  return !(as === 0 || as & (AS.mailDot | AS.mailDash)) && saidMarkAt(scan, i) === undefined
}

/** The last label: one word, or the letters of "c o m"; more labels may follow it. */
function labelEnd(scan: Scan, from: number): { text: string; end: number } | undefined {
  if (scan.kindAt(from) === KIND.mark || from >= scan.size) return undefined
  let text = ''
  let i = from
  while (i < scan.size && scan.kindAt(i) === KIND.word) {
    let letter = mailLetterAt(scan, i)
    if (letter === '' && text !== '' && scan.wordAt(i).as & AS.softLetter) {
      letter = scan.wordAt(i).letter
      found.end = i + 1
    }
    if (letter === '') break
    text += letter.toLowerCase()
    i = found.end
  }
  if (text.length >= 2) return { text, end: i }
  if (text.length === 1) return undefined
  return { text: scan.at(from), end: from + 1 }
}

function provider(scan: Scan, from: number): Domain | undefined {
  const joined = scan.at(from + 1) === '' ? undefined : PROVIDERS.get(scan.at(from) + scan.at(from + 1))
  const domain = joined ?? PROVIDERS.get(scan.at(from))
  if (domain === undefined) return undefined
  return { text: domain, end: joined === undefined ? from + 1 : from + 2, typed: false, guessed: true }
}
