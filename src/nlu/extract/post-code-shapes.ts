import { BRITISH_AREAS } from '../lexicon/post-code-areas.ts'
import { IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { type CodeRun, closes, isFigure, isUpper } from './code-run.ts'

/** Shapes of post codes without spaces and dashes, the longest first: N a figure, A a letter, X either. */
const SHAPES: ReadonlyMap<string, readonly string[]> = new Map(
  (
    'IT:NNNNN ES:NNNNN FR:NNNNN DE:NNNNN FI:NNNNN SM:NNNNN VA:NNNNN MC:NNNNN HR:NNNNN EE:NNNNN RS:NNNNN UA:NNNNN TR:NNNNN GR:NNNNN SE:NNNNN ' +
    'CZ:NNNNN SK:NNNNN MX:NNNNN LT:NNNNN PL:NNNNN KR:NNNNN US:NNNNNNNNN|NNNNN AT:NNNN CH:NNNN LI:NNNN BE:NNNN DK:NNNN NO:NNNN HU:NNNN LU:NNNN ' +
    'BG:NNNN SI:NNNN LV:NNNN CY:NNNN AU:NNNN NZ:NNNN ZA:NNNN NL:NNNNAA PT:NNNNNNN|NNNN RO:NNNNNN SG:NNNNNN IN:NNNNNN CN:NNNNNN RU:NNNNNN ' +
    'CA:ANANAN IE:ANNXXXX|ANAXXXX MT:AAANNNN IL:NNNNNNN JP:NNNNNNN BR:NNNNNNNN'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), entry.slice(3).split('|')]),
)
const ANY: readonly string[] = ['NNNNNN', 'NNNNN', 'NNNN']

/** First and last two figures in use, where the rest is free. */
const RANGES: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ES', [1, 52]],
  ['FR', [1, 98]],
  ['DE', [1, 99]],
  ['CH', [10, 96]],
  ['AT', [10, 99]],
])

/** Where a dash belongs to the code; elsewhere figures joined by marks are dates and amounts. */
const DASHED: ReadonlySet<string> = new Set(['US', 'PT', 'PL', 'BR', 'JP', 'LT', 'LV', 'SE', 'CZ', 'SK', 'GR'])
const FIGURE_MARKS = '.,:/-+°'

/**
 * Whether a code of figures at tokens `from` to `end` is one by itself: no part of a date, an amount or a longer number. What stands before
 * token `first` is of something else.
 */
export function standsAlone(scan: Scan, from: number, end: number, country: string, first = 0): boolean {
  for (let i = from; i < end; i++) if (scan.kindAt(i) === KIND.mark && !(scan.at(i) === '-' && DASHED.has(country))) return false
  const before = scan.kindAt(from - 1) === KIND.mark && scan.touches(from)
  if (before && (scan.word[from - 1]?.is ?? 0) & IS.currency) return false
  if (before && FIGURE_MARKS.includes(scan.at(from - 1)) && isFigures(scan, from - 2)) return false
  if (before && '$€£+#'.includes(scan.at(from - 1))) return false
  if ((from > first && isFigures(scan, from - 1)) || isFigures(scan, end)) return false
  if (FIGURE_MARKS.includes(scan.at(end)) && scan.touches(end) && scan.touches(end + 1) && isFigures(scan, end + 1)) return false
  const after = scan.wordAt(end)
  return !(after.is & (IS.currency | IS.unit | IS.scale)) && !'$€£%'.includes(scan.at(end) || '-')
}

function isFigures(scan: Scan, i: number): boolean {
  return scan.kindAt(i) === KIND.number || (scan.wordAt(i).is & (IS.cardinal | IS.scale)) !== 0
}

/** Length of the post code of a country that begins at character `at` of the run, or 0. */
export function postCodeLength(run: CodeRun, at: number, country: string): number {
  if (country === 'GB') return britishLength(run, at)
  for (const shape of SHAPES.get(country) ?? ANY) if (fits(run, at, shape, country)) return shape.length
  return 0
}

/** First letters of an Irish code. */
const IRISH = 'ACDEFHKNPRTVWXY'

/**
 * Length of a code at character `at` whose shape tells its country wherever it is said, or 0: British, Canadian, Irish, and Dutch where the
 * country has none of figures alone.
 */
export function evidentLength(run: CodeRun, at: number, country: string): number {
  const { text } = run
  const british = britishLength(run, at)
  if (british > 0) return british
  if (fits(run, at, 'ANANAN', '')) return 6
  if (fits(run, at, 'ANNXXXX', '') && IRISH.includes(text.charAt(at)) && isUpper(text.charCodeAt(at + 3))) return 7
  const figures = SHAPES.get(country)?.includes('NNNN') === true
  return !figures && text.charAt(at) !== '0' && fits(run, at, 'NNNNAA', '') ? 6 : 0
}

/** A British code in its two groups, `SW1A 2AA`; others as they are. */
export function spacedCode(code: string): string {
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(code) ? `${code.slice(0, -3)} ${code.slice(-3)}` : code
}

function fits(run: CodeRun, at: number, shape: string, country: string): boolean {
  const { text } = run
  for (let i = 0; i < shape.length; i++) {
    const code = text.charCodeAt(at + i)
    const kind = shape.charAt(i)
    if (!(kind === 'N' ? isFigure(code) : kind === 'A' ? isUpper(code) : isFigure(code) || isUpper(code))) return false
  }
  const end = at + shape.length
  if (!closes(run, end - 1) || (isFigure(text.charCodeAt(end - 1)) && isFigure(text.charCodeAt(end)))) return false
  const range = RANGES.get(country)
  const opening = Number(text.slice(at, at + 2))
  return range === undefined || (opening >= range[0] && opening <= range[1])
}

/** A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A 9AA, of an area that exists. */
function britishLength(run: CodeRun, at: number): number {
  const code = (i: number): number => run.text.charCodeAt(at + i)
  for (let outward = 4; outward >= 2; outward--) {
    const length = outward + 3
    if (at + length > run.text.length || !closes(run, at + length - 1)) continue
    if (!isUpper(code(0)) || !isFigure(code(outward)) || !isUpper(code(outward + 1)) || !isUpper(code(outward + 2))) continue
    if (!BRITISH_AREAS.has(run.text.slice(at, isUpper(code(1)) ? at + 2 : at + 1))) continue
    if (outward === 2 && isFigure(code(1))) return length
    if (outward === 3 && (isFigure(code(1)) ? isFigure(code(2)) || isUpper(code(2)) : isUpper(code(1)) && isFigure(code(2))))
      return length
    if (outward === 4 && isUpper(code(1)) && isFigure(code(2)) && (isFigure(code(3)) || isUpper(code(3)))) return length
  }
  return 0
}
