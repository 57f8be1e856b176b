import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { KIND } from '../text/scan.ts'
import { type CodeRun, closes, codeRunOf, isFigure, isSpoken, isUpper } from './code-run.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** What a code of one kind looks like. */
interface Shape {
  /** Length of the code that begins at `at` of the text, or 0. Longest first where several fit. */
  lengthsAt(text: string, at: number): readonly number[]
  /** Whether its check characters agree. */
  holds?(code: string): boolean
  /** So special that it counts without being announced. */
  readonly evident: boolean
}

const NONE: readonly number[] = []

function every(text: string, from: number, end: number, test: (code: number) => boolean): boolean {
  if (end > text.length) return false
  for (let i = from; i < end; i++) if (!test(text.charCodeAt(i))) return false
  return true
}

const isAlnum = (code: number): boolean => isFigure(code) || isUpper(code)

const pod: Shape = {
  evident: true,
  lengthsAt(text, at) {
    if (!text.startsWith('IT', at) || text.charAt(at + 5) !== 'E' || !every(text, at + 2, at + 5, isFigure)) return NONE
    if (!every(text, at + 6, at + 14, isAlnum)) return NONE
    return every(text, at + 14, at + 15, isAlnum) ? [15, 14] : [14]
  },
}

/** Figures of a tax code, or the letters that stand for them where two people would share one. */
const OMOCODE = 'LMNPQRSTUV'
const isTaxFigure = (code: number): boolean => isFigure(code) || (isUpper(code) && OMOCODE.includes(String.fromCharCode(code)))
const TAX_MONTHS = 'ABCDEHLMPRST'
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23] as const

const taxCode: Shape = {
  evident: true,
  lengthsAt(text, at) {
    if (!every(text, at, at + 6, isUpper) || !every(text, at + 6, at + 8, isTaxFigure)) return NONE
    if (!TAX_MONTHS.includes(text.charAt(at + 8)) || !every(text, at + 9, at + 11, isTaxFigure)) return NONE
    const rest = isUpper(text.charCodeAt(at + 11)) && every(text, at + 12, at + 15, isTaxFigure)
    return rest && isUpper(text.charCodeAt(at + 15)) ? [16] : NONE
  },
  holds(code) {
    const day = Number(figureOf(code.charAt(9)) + figureOf(code.charAt(10)))
    if (!((day >= 1 && day <= 31) || (day >= 41 && day <= 71))) return false
    let sum = 0
    for (let i = 0; i < 15; i++) {
      const char = code.charCodeAt(i)
      const index = isFigure(char) ? char - 48 : char - 65
      sum += i % 2 === 0 ? (ODD[index] as number) : index
    }
    return code.charCodeAt(15) === 65 + (sum % 26)
  },
}

function figureOf(char: string): string {
  const index = OMOCODE.indexOf(char)
  return index < 0 ? char : String(index)
}

/** Lengths of IBANs by country (registry of SWIFT). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 ' +
    'MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 ' +
    'TN24 TR26 UA29 VA22 VG24 XK20 YE30 DZ26 MA28 IR26 AO25 BF28 BJ28 CM27 CV25 CI28 MG27 ML28 MZ25 SN28 NE28 TG28 TD27 CF27 CG27 GA27 GQ27 KM27 HN28 GW25'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/** What follows the check figures, where it is known: a run of letters (a), figures (n) or either (c), each with its length. */
const ACCOUNTS: ReadonlyMap<string, string> = new Map(
  (
    'AT:n16 BE:n12 BG:a4n6c8 CY:n8c16 CZ:n20 DE:n18 DK:n14 EE:n16 ES:n20 FI:n14 FR:n10c11n2 GB:a4n14 GR:n7c16 HR:n17 HU:n24 IE:a4n14 IT:a1n10c12 LI:n5c12 ' +
    'LT:n16 LU:n3c13 LV:a4c13 MC:n10c11n2 MT:a4n5c18 NL:a4n10 NO:n11 PL:n24 PS:a4c21 PT:n21 RO:a4c16 SE:n20 SI:n15 SK:n20 SM:a1n10c12 TR:n6c16 VG:a4n16'
  )
    .split(' ')
    .map((entry) => entry.split(':') as [string, string]),
)

function isAccount(code: string, account: string): boolean {
  let at = 4
  let i = 0
  while (i < account.length) {
    const kind = account.charAt(i++)
    let length = 0
    while (i < account.length && isFigure(account.charCodeAt(i))) length = length * 10 + account.charCodeAt(i++) - 48
    if (kind !== 'c' && !every(code, at, at + length, kind === 'a' ? isUpper : isFigure)) return false
    at += length
  }
  return true
}

const iban: Shape = {
  evident: true,
  lengthsAt(text, at) {
    const length = IBAN_LENGTHS.get(text.slice(at, at + 2))
    if (length === undefined || !every(text, at + 2, at + 4, isFigure)) return NONE
    return every(text, at + 4, at + length, isAlnum) ? [length] : NONE
  },
  holds(code) {
    const account = ACCOUNTS.get(code.slice(0, 2))
    if (account !== undefined && !isAccount(code, account)) return false
    let rest = 0
    for (let i = 0; i < code.length; i++) {
      const char = code.charCodeAt((i + 4) % code.length)
      rest = isFigure(char) ? (rest * 10 + char - 48) % 97 : (rest * 100 + char - 55) % 97
    }
    return rest === 1
  },
}

const card: Shape = {
  evident: false,
  lengthsAt(text, at) {
    let length = 0
    while (length <= 20 && isFigure(text.charCodeAt(at + length))) length++
    return length >= 13 && length <= 19 ? [length] : NONE
  },
  holds(code) {
    const issuer = Number(code.slice(0, 4))
    if (issuer < 2221 || (issuer > 2720 && issuer < 3000)) return false
    let sum = 0
    for (let i = 0; i < code.length; i++) {
      const figure = code.charCodeAt(code.length - 1 - i) - 48
      sum += i % 2 === 0 ? figure : figure > 4 ? figure * 2 - 9 : figure * 2
    }
    return sum % 10 === 0
  },
}

const plate: Shape = {
  evident: false,
  lengthsAt(text, at) {
    let length = 0
    let figures = 0
    while (length <= 9 && isAlnum(text.charCodeAt(at + length))) {
      if (isFigure(text.charCodeAt(at + length))) figures++
      length++
    }
    const lengths: number[] = []
    if (figures === 0) return NONE
    for (let n = Math.min(length, 8); n >= 4; n--) lengths.push(n)
    return lengths
  },
  holds(code) {
    let figures = 0
    for (let i = 0; i < code.length; i++) if (isFigure(code.charCodeAt(i))) figures++
    return figures >= 1 && figures < code.length
  },
}

const SHAPES = { 'pod-code': pod, 'tax-code-it': taxCode, iban, 'payment-card': card, 'licence-plate': plate } as const
type CodeType = keyof typeof SHAPES

/** Codes of fixed shape, typed or spelled. One with wrong check characters is told as `checksum`. */
export function extractCode(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const spoken = isSpoken(scan)
  if (!scan.hasNumber && !spoken) return
  const shape: Shape = SHAPES[slot.type as CodeType]
  if (searchRun(utterance, slot, shape, codeRunOf(scan, false), out)) return
  if (spoken) searchRun(utterance, slot, shape, codeRunOf(scan, true), out)
}

function searchRun(utterance: Utterance, slot: SlotExpectation, shape: Shape, run: CodeRun, out: Candidate[]): boolean {
  const { scan } = utterance
  const { text } = run
  let wrong: Candidate | undefined
  for (let at = 0; at < text.length; at++) {
    if (run.opens[at] !== true) continue
    for (const length of shape.lengthsAt(text, at)) {
      if (!closes(run, at + length - 1)) continue
      const from = run.from[at] as number
      const end = run.end[at + length - 1] as number
      if (!standsAlone(utterance, from, end)) continue
      const named = isNamed(utterance, slot, from)
      if (slot.attention === 'listening' && !named && !shape.evident) continue
      const code = text.slice(at, at + length)
      const place = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end) }
      if (shape.holds === undefined || shape.holds(code)) {
        out.push({ ...place, value: code, confidence: shape.evident || named ? SURE.evident : SURE.bare })
        return true
      }
      if (slot.type !== 'licence-plate') wrong ??= { ...place, confidence: SURE.bare, invalid: 'checksum' }
    }
  }
  if (wrong !== undefined) out.push(wrong)
  return wrong !== undefined
}

/** Not glued to letters, figures or odd marks on either side: "prefix6234…" holds no card. */
function standsAlone(utterance: Utterance, from: number, end: number): boolean {
  const { scan } = utterance
  if (scan.touches(from) && scan.kindAt(from - 1) !== KIND.mark) return false
  return !scan.touches(end) || (scan.kindAt(end) === KIND.mark && CLOSING_MARKS.includes(scan.at(end)))
}

const CLOSING_MARKS = '.,;:!?)]"\'-'
