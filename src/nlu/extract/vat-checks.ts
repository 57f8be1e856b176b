import { isFigure } from './code-run.ts'
import { every, isLuhn } from './code-shape.ts'

/** Whether the check characters of a VAT number's body (without its country) agree. */
export type VatCheck = (body: string) => boolean

const figures = (body: string): boolean => every(body, 0, body.length, isFigure)
const digit = (body: string, i: number): number => body.charCodeAt(i) - 48

function weighted(body: string, weights: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += digit(body, i) * (weights[i] as number)
  return sum
}

/** A weighted sum of the figures, of which `isRight` decides. */
function sums(weights: readonly number[], isRight: (sum: number, body: string) => boolean): VatCheck {
  return (body) => isRight(weighted(body, weights), body)
}

const last = (body: string): number => digit(body, body.length - 1)
const tail = (body: string, length: number): number => Number(body.slice(-length))

/** ISO 7064, modulo 11 and 10. */
function isMod1110(body: string): boolean {
  let product = 10
  for (let i = 0; i < body.length - 1; i++) {
    const sum = (digit(body, i) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === last(body)
}

/** Offices that issue the Italian number: provinces, and the special ones. */
const isItalianOffice = (office: number): boolean => (office >= 1 && office <= 100) || [120, 121, 888, 999].includes(office)
const SPANISH = 'TRWAGMYFPDXBNJZSQVHLCKE'
const SPANISH_CONTROL = 'JABCDEFGHI'
const SPANISH_LETTER_ONLY = 'PQRSNW'
const SPANISH_FIGURE_ONLY = 'ABEH'

function isSpanish(body: string): boolean {
  const first = body.charAt(0)
  if (isFigure(body.charCodeAt(0)) || 'XYZ'.includes(first)) {
    const number = body.slice(0, 8).replace(first, 'XYZ'.includes(first) ? String('XYZ'.indexOf(first)) : first)
    return figures(number) && body.charAt(8) === SPANISH.charAt(Number(number) % 23)
  }
  if ('KLM'.includes(first)) return body.charAt(8) === SPANISH.charAt(Number(body.slice(1, 8)) % 23)
  if (!'ABCDEFGHJNPQRSUVW'.includes(first)) return false
  let sum = 0
  for (let i = 1; i < 8; i++) {
    const double = digit(body, i) * 2
    sum += i % 2 === 0 ? digit(body, i) : double > 9 ? double - 9 : double
  }
  const control = (10 - (sum % 10)) % 10
  const asFigure = body.charAt(8) === String(control) && !SPANISH_LETTER_ONLY.includes(first)
  return asFigure || (body.charAt(8) === SPANISH_CONTROL.charAt(control) && !SPANISH_FIGURE_ONLY.includes(first))
}

const FRENCH = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

function isFrench(body: string): boolean {
  const siren = body.slice(2)
  if (!isLuhn(siren) || Number(siren) === 0) return false
  if (figures(body)) return Number(body.slice(0, 2)) === (12 + 3 * (Number(siren) % 97)) % 97
  const [one, two] = [FRENCH.indexOf(body.charAt(0)), FRENCH.indexOf(body.charAt(1))]
  if (one < 0 || two < 0) return false
  const check = one < 10 ? one * 24 + two - 10 : one * 34 + two - 100
  return (Number(siren) + 1 + Math.floor(check / 11)) % 11 === check % 11
}

const GB_WEIGHTS = [8, 7, 6, 5, 4, 3, 2] as const

function isBritish(body: string): boolean {
  if (Number(body.slice(0, 9)) === 0) return false
  const rest = (weighted(body, GB_WEIGHTS) + Number(body.slice(7, 9))) % 97
  return rest === 0 || rest === 42
}

function isDutch(body: string): boolean {
  const sum = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2])
  if (sum % 11 === digit(body, 8)) return true
  let rest = 0
  for (const char of `NL${body}`) {
    const code = char.charCodeAt(0)
    rest = isFigure(code) ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97
  }
  return rest === 1
}

function isAustrian(body: string): boolean {
  let sum = 4
  for (let i = 1; i < 8; i++) {
    const double = digit(body, i) * 2
    sum += i % 2 === 1 ? digit(body, i) : double > 9 ? double - 9 : double
  }
  return (10 - (sum % 10)) % 10 === digit(body, 8)
}

const IRISH = 'WABCDEFGHIJKLMNOPQRSTUV'

function isIrish(body: string): boolean {
  const extra = body.length === 9 && body.charAt(8) !== 'W' ? (body.charCodeAt(8) - 64) * 9 : 0
  return body.charAt(7) === IRISH.charAt((weighted(body, [8, 7, 6, 5, 4, 3, 2]) + extra) % 23)
}

const CYPRIOT = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21] as const

function isCypriot(body: string): boolean {
  let sum = 0
  for (let i = 0; i < 8; i++) sum += i % 2 === 0 ? (CYPRIOT[digit(body, i)] as number) : digit(body, i)
  return body.charCodeAt(8) === 65 + (sum % 26)
}

/** Two weightings, the second where the first gives ten. */
const twice = (first: readonly number[], second: readonly number[]): VatCheck =>
  sums(first, (sum, body) => {
    const rest = sum % 11
    return (rest < 10 ? rest : (weighted(body, second) % 11) % 10) === last(body)
  })

export interface VatRule {
  /** What bodies look like, longest first: `9` a figure, `a` a letter, `c` either, anything else itself. */
  readonly formats: readonly string[]
  readonly check: VatCheck
}

const nines = (...lengths: readonly number[]): readonly string[] => lengths.map((length) => '9'.repeat(length))

function isRomanian(body: string): boolean {
  if (body.charAt(0) === '0') return false
  return ((weighted(body.padStart(10, '0'), [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === last(body)
}

const notZero = (body: string): boolean => Number(body) > 0
const opens = (body: string): boolean => body.charAt(0) !== '0'

const FIGURES_8 = nines(8)
const FIGURES_9 = nines(9)

const RULES: Readonly<Record<string, readonly [formats: readonly string[], check: VatCheck]>> = {
  IT: [nines(11), (body) => isLuhn(body) && isItalianOffice(Number(body.slice(7, 10)))],
  ES: [['c9999999c'], isSpanish],
  FR: [['cc999999999'], isFrench],
  DE: [FIGURES_9, (body) => opens(body) && isMod1110(body)],
  GB: [nines(12, 9), isBritish],
  XI: [nines(12, 9), isBritish],
  AT: [['U99999999'], isAustrian],
  BE: [nines(10), (body) => 97 - (Number(body.slice(0, 8)) % 97) === tail(body, 2)],
  BG: [FIGURES_9, twice([1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10])],
  CY: [['99999999a'], isCypriot],
  CZ: [FIGURES_8, sums([8, 7, 6, 5, 4, 3, 2], (sum, body) => (11 - (sum % 11)) % 10 === last(body))],
  DK: [FIGURES_8, sums([2, 7, 6, 5, 4, 3, 2, 1], (sum, body) => sum % 11 === 0 && opens(body))],
  EE: [FIGURES_9, sums([3, 7, 1, 3, 7, 1, 3, 7, 1], (sum) => sum % 10 === 0)],
  EL: [FIGURES_9, sums([256, 128, 64, 32, 16, 8, 4, 2], (sum, body) => (sum % 11) % 10 === last(body) && notZero(body))],
  FI: [FIGURES_8, sums([7, 9, 10, 5, 8, 4, 2, 1], (sum, body) => sum % 11 === 0 && notZero(body))],
  HR: [nines(11), isMod1110],
  HU: [FIGURES_8, sums([9, 7, 3, 1, 9, 7, 3, 1], (sum, body) => sum % 10 === 0 && notZero(body))],
  IE: [['9999999aa', '9999999a'], isIrish],
  LT: [FIGURES_9, twice([1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 1])],
  LU: [FIGURES_8, (body) => Number(body.slice(0, 6)) % 89 === tail(body, 2) && notZero(body)],
  LV: [nines(11), sums([9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1], (sum, body) => sum % 11 === 3 && body.charAt(0) > '3')],
  MT: [FIGURES_8, sums([3, 4, 6, 7, 8, 9, 10, 1], (sum, body) => sum % 37 === 0 && notZero(body))],
  NL: [['999999999B99'], isDutch],
  PL: [nines(10), sums([6, 5, 7, 2, 3, 4, 5, 6, 7], (sum, body) => sum % 11 === last(body) && notZero(body))],
  PT: [FIGURES_9, sums([9, 8, 7, 6, 5, 4, 3, 2], (sum, body) => ((11 - (sum % 11)) % 11) % 10 === last(body) && opens(body))],
  RO: [nines(10, 9, 8, 7, 6), isRomanian],
  SE: [nines(12), (body) => isLuhn(body.slice(0, 10)) && tail(body, 2) > 0],
  SI: [
    FIGURES_8,
    sums([8, 7, 6, 5, 4, 3, 2], (sum, body) => opens(body) && sum % 11 > 0 && (11 - (sum % 11)) % 10 === last(body)),
  ],
  SK: [nines(10), (body) => Number(body) % 11 === 0 && opens(body)],
}

/** Rules by prefix: the European Union, Britain and Northern Ireland (`XI`). A check is asked of what has one of the formats. */
export const VAT_RULES: ReadonlyMap<string, VatRule> = new Map(
  Object.entries(RULES).map(([prefix, [formats, check]]): [string, VatRule] => [prefix, { formats, check }]),
)
