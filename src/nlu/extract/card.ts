import { type CodeShape, figuresFrom, isLuhn, NO_LENGTHS } from './code-shape.ts'
import { SURE } from './utterance.ts'

/** Ranges of first figures that are issued, and the lengths of their cards: `from[-to]:lengths`. */
const RANGES = (
  '4:13,16,19 51-55:16 2221-2720:16 34:15 37:15 300-305:14-19 3095:14-19 36:14-19 38-39:14-19 3528-3589:16-19 ' +
  '6011:16-19 644-649:16-19 65:16-19 60:16 62:14-19 81:16-19 508:16 50:12-19 56-58:12-19 61:12-19 63:12-19 66-69:12-19 ' +
  '2200-2204:16-19 9792:16'
)
  .split(' ')
  .map((entry) => {
    const [figures = '', lengths = ''] = entry.split(':')
    const [first = '', last = first] = figures.split('-')
    return { width: first.length, first: Number(first), last: Number(last), lengths: lengthsOf(lengths) }
  })

function lengthsOf(list: string): ReadonlySet<number> {
  const lengths = new Set<number>()
  for (const item of list.split(',')) {
    const [first = '', last = first] = item.split('-')
    for (let n = Number(first); n <= Number(last); n++) lengths.add(n)
  }
  return lengths
}

const FIGURES = { min: 12, max: 19 } as const

/** Whether a network issues cards of this beginning and length, and the check figure agrees. */
export function isCard(figures: string): boolean {
  for (const range of RANGES) {
    const head = Number(figures.slice(0, range.width))
    if (head >= range.first && head <= range.last && range.lengths.has(figures.length)) return isLuhn(figures)
  }
  return false
}

/** A payment card's number. */
export const card: CodeShape = {
  confidence: SURE.bare,
  isEvident: () => false,
  lengthsAt(text, at) {
    const length = figuresFrom(text, at, FIGURES.max + 1)
    return length >= FIGURES.min && length <= FIGURES.max ? [length] : NO_LENGTHS
  },
  holds: isCard,
}
