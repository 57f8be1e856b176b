import { type Lexicon, NO_WORD, type Word } from '../lexicon/lexicon.ts'
import { fold, isDigit, isLetter } from './fold.ts'

/** How much of an utterance is read. */
export const READ = { charsMax: 2_000, tokensMax: 200 } as const

export const KIND = { word: 1, number: 2, mark: 3 } as const

const APOSTROPHES = "'’‘`´"
const ZERO_WIDTH_JOINER = 0x200d

/**
 * The tokens of one text: words, runs of digits and single marks, each with its UTF-16 offsets, its folded form and its entry
 * in the lexicon. Spaces and apostrophes separate and leave no token ("don't" is `don`, `t`; "l'altro" is `l`, `altro`).
 * One scan is used again and again: reading a text forgets the one before.
 */
export class Scan {
  text = ''
  /** The language that the words were looked up in. */
  lexicon!: Lexicon
  size = 0
  /** All bits of all words, so that a grammar whose words are absent is not tried. */
  is = 0
  as = 0
  /** Whether digits occur, and which of the marks that matter. */
  hasNumber = false
  hasAt = false
  readonly start = new Int32Array(READ.tokensMax)
  readonly end = new Int32Array(READ.tokensMax)
  readonly kind = new Uint8Array(READ.tokensMax)
  /** Value of a run of digits; NaN for words and marks, and for runs of more than 15 digits. */
  readonly number = new Float64Array(READ.tokensMax)
  readonly folded: string[] = new Array<string>(READ.tokensMax).fill('')
  readonly word: Word[] = new Array<Word>(READ.tokensMax).fill(NO_WORD)

  read(text: string, lexicon: Lexicon): void {
    this.text = text
    this.lexicon = lexicon
    this.size = 0
    this.is = 0
    this.as = 0
    this.hasNumber = false
    this.hasAt = false
    const length = Math.min(text.length, READ.charsMax)
    let i = 0
    while (i < length && this.size < READ.tokensMax) {
      const code = text.charCodeAt(i)
      if (code <= 32 || code === 0xa0 || code === 39) i++
      else if (isDigit(code)) i = this.#number(i, length)
      else if (isLetter(code)) i = this.#word(i, length, lexicon)
      else i = this.#mark(i, length, code, lexicon)
    }
  }

  /** Whether token `i` follows its neighbour without a space. */
  touches(i: number): boolean {
    return i > 0 && i < this.size && this.start[i] === this.end[i - 1]
  }

  /** The folded form of token `i`, empty outside the text. */
  at(i: number): string {
    return i >= 0 && i < this.size ? (this.folded[i] as string) : ''
  }

  /** The lexicon's entry of token `i`, the empty entry outside the text. */
  wordAt(i: number): Word {
    return i >= 0 && i < this.size ? (this.word[i] as Word) : NO_WORD
  }

  kindAt(i: number): number {
    return i >= 0 && i < this.size ? (this.kind[i] as number) : 0
  }

  numberAt(i: number): number {
    return i >= 0 && i < this.size ? (this.number[i] as number) : Number.NaN
  }

  startOf(i: number): number {
    return this.start[i] as number
  }

  /** End offset of the token before `end`: `from`…`end` of tokens is `startOf(from)`…`endOf(end)` of the text. */
  endOf(end: number): number {
    return this.end[end - 1] as number
  }

  source(from: number, end: number): string {
    return this.text.slice(this.start[from] as number, this.end[end - 1] as number)
  }

  #number(from: number, length: number): number {
    let i = from
    let value = 0
    while (i < length) {
      const code = this.text.charCodeAt(i)
      if (!isDigit(code)) break
      value = value * 10 + (code - 48)
      i++
    }
    this.hasNumber = true
    this.#add(from, i, KIND.number, this.text.slice(from, i), NO_WORD, i - from > 15 ? Number.NaN : value)
    return i
  }

  #word(from: number, length: number, lexicon: Lexicon): number {
    let i = from
    let plain = true
    while (i < length) {
      const code = this.text.charCodeAt(i)
      if (code < 97 || code > 122) {
        if (!isLetter(code)) break
        plain = false
      }
      i++
    }
    const source = this.text.slice(from, i)
    const folded = plain ? source : fold(source)
    this.#add(from, i, KIND.word, folded, lexicon.find(folded), Number.NaN)
    return i
  }

  #mark(from: number, length: number, code: number, lexicon: Lexicon): number {
    const char = this.text.charAt(from)
    if (code > 127 && (APOSTROPHES.includes(char) || char.trim() === '')) return from + 1
    if (code === 0x60 || code === ZERO_WIDTH_JOINER || (code >= 0xfe00 && code <= 0xfe0f)) return from + 1
    if (code >= 0xd800 && code <= 0xdbff) return this.#astral(from, length, lexicon)
    if (code === 64) this.hasAt = true
    this.#add(from, from + 1, KIND.mark, char, code > 127 ? lexicon.find(char) : NO_WORD, Number.NaN)
    return from + 1
  }

  /** A code point of two units; skin tones after an emoji are part of its token and not of its folded form. */
  #astral(from: number, length: number, lexicon: Lexicon): number {
    const point = this.text.codePointAt(from) as number
    if (point >= 0x1f3fb && point <= 0x1f3ff) return from + 2
    const folded = String.fromCodePoint(point)
    let end = Math.min(from + 2, length)
    const next = this.text.codePointAt(end)
    if (next !== undefined && next >= 0x1f3fb && next <= 0x1f3ff && end + 2 <= length) end += 2
    this.#add(from, end, KIND.mark, folded, lexicon.find(folded), Number.NaN)
    return end
  }

  #add(start: number, end: number, kind: number, folded: string, word: Word, number: number): void {
    const i = this.size++
    this.start[i] = start
    this.end[i] = end
    this.kind[i] = kind
    this.folded[i] = folded
    this.word[i] = word
    this.number[i] = number
    this.is |= word.is
    this.as |= word.as
  }
}

/** The part of an utterance that is read; never cut inside a surrogate pair. */
export function cutText(text: string): string {
  if (text.length <= READ.charsMax) return text
  const last = text.charCodeAt(READ.charsMax - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? READ.charsMax - 1 : READ.charsMax)
}
