import { fold } from './fold.ts'
import type { Scan } from './scan.ts'

interface Phrase<T> {
  readonly words: readonly string[]
  readonly means: T
}

/** The words of a phrase as a scan of it would give them. */
export function phraseWords(phrase: string): string[] {
  return fold(phrase)
    .split(/[\s'’-]+/)
    .filter((word) => word !== '')
}

/** Phrases of one meaning each, found by their first word; the longest that fits wins. */
export class Phrases<T> {
  readonly #byFirst = new Map<string, Phrase<T>[]>()
  /** Tokens of what `at` found last; hyphens between its words count. */
  length = 0

  /** Adds phrases separated by `|`. */
  add(phrases: string, means: T): this {
    for (const phrase of phrases.split('|')) this.addOne(phrase, means)
    return this
  }

  addOne(phrase: string, means: T): void {
    const words = phraseWords(phrase)
    const first = words[0]
    if (first === undefined) return
    const list = this.#byFirst.get(first) ?? []
    list.push({ words, means })
    list.sort((a, b) => b.words.length - a.words.length)
    this.#byFirst.set(first, list)
  }

  /** What stands at token `i`, or undefined; its length is in `length`. */
  at(scan: Scan, i: number): T | undefined {
    if (i >= scan.size) return undefined
    const list = this.#byFirst.get(scan.folded[i] as string)
    if (list === undefined) return undefined
    for (let k = 0; k < list.length; k++) {
      const phrase = list[k] as Phrase<T>
      const end = endOf(scan, i, phrase.words)
      if (end > 0) {
        this.length = end - i
        return phrase.means
      }
    }
    return undefined
  }
}

/**
 * The token after the words that stand from token `from`, with or without hyphens between them, also one that stands for the
 * rest of its word ("Buß- und Bettag"); 0 when they do not.
 */
function endOf(scan: Scan, from: number, words: readonly string[]): number {
  let i = from + 1
  for (let k = 1; k < words.length; k++, i++) {
    if (scan.at(i) === '-' && scan.touches(i)) i++
    if (i >= scan.size || scan.folded[i] !== words[k]) return 0
  }
  return i
}
