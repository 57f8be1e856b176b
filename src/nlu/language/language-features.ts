import { isLetter } from '../text/fold.ts'

/** Languages that are told apart, in the order of the table's columns. */
export const LANGUAGES = ['en', 'it', 'es', 'fr', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** Rows of the table: features share them by hash. A power of two. */
export const ROWS = 16384
/** How much of a text is looked at: more does not make it surer. */
export const READ_MAX = { chars: 160, features: 1024 } as const

const GRAM_MAX = 4
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const SPACE = 32

/**
 * The rows of a text's words: each word whole, and all runs of one to four characters in it, with the space around. Lower case,
 * accents kept, figures and marks left out. Reading a text forgets the one before.
 */
export class LanguageFeatures {
  size = 0
  words = 0
  readonly row = new Uint16Array(READ_MAX.features)

  read(text: string): void {
    this.size = 0
    this.words = 0
    const source = (text.length > READ_MAX.chars ? text.slice(0, READ_MAX.chars) : text).toLowerCase()
    const { length } = source
    let i = 0
    while (i < length) {
      if (!isLetter(source.charCodeAt(i))) {
        i++
        continue
      }
      const from = i
      while (i < length && isLetter(source.charCodeAt(i))) i++
      this.#word(source, from, i)
    }
  }

  #word(source: string, from: number, end: number): void {
    this.words++
    let whole = FNV_OFFSET ^ 0xff
    for (let i = from; i < end; i++) whole = Math.imul(whole ^ source.charCodeAt(i), FNV_PRIME)
    this.#add(whole)
    for (let first = from - 1; first < end; first++) {
      let hash = FNV_OFFSET
      for (let i = first; i <= end && i < first + GRAM_MAX; i++) {
        const code = i < from || i === end ? SPACE : source.charCodeAt(i)
        hash = Math.imul(hash ^ code, FNV_PRIME)
        if (i > first || code !== SPACE) this.#add(hash)
      }
    }
  }

  #add(hash: number): void {
    if (this.size === READ_MAX.features) return
    this.row[this.size++] = (hash ^ (hash >>> 15)) & (ROWS - 1)
  }
}
