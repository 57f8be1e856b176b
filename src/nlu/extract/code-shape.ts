import { isFigure, isUpper } from './code-run.ts'

/** What a code of one kind looks like, over letters and figures in upper case. */
export interface CodeShape {
  /** Lengths that a code beginning at `at` of the text may have, the best first; `country` is where it belongs unless it says so. */
  lengthsAt(text: string, at: number, country: string): readonly number[]
  /** Whether its check characters agree. Absent where there are none. */
  holds?(code: string, country: string): boolean
  /** The code as it is kept, where that is not as it was said. */
  kept?(code: string, country: string): string
  /** So special that it counts without being announced. */
  isEvident(code: string): boolean
  /** How sure a code is that was not announced: 0 to 1. */
  readonly confidence: number
  /** Whether everyday words in lower case are no part of it ("am 5"), as it has nothing else to be told by. */
  readonly plain?: boolean
}

export const NO_LENGTHS: readonly number[] = []

/** Whether the characters from `from` to `end` are there and all pass. */
export function every(text: string, from: number, end: number, test: (code: number) => boolean): boolean {
  if (end > text.length) return false
  for (let i = from; i < end; i++) if (!test(text.charCodeAt(i))) return false
  return true
}

export const isAlnum = (code: number): boolean => isFigure(code) || isUpper(code)

/** How many figures stand from `at` on, at most `most`. */
export function figuresFrom(text: string, at: number, most: number): number {
  let length = 0
  while (length < most && isFigure(text.charCodeAt(at + length))) length++
  return length
}

/** Luhn's check: cards, SIREN numbers, the Italian VAT number. */
export function isLuhn(figures: string): boolean {
  let sum = 0
  for (let i = 0; i < figures.length; i++) {
    const figure = figures.charCodeAt(figures.length - 1 - i) - 48
    sum += i % 2 === 0 ? figure : figure > 4 ? figure * 2 - 9 : figure * 2
  }
  return sum % 10 === 0
}
