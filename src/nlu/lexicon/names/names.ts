import { soundOf } from '../../extract/name-sounds.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import type { NameList } from './source.ts'

/** A name of the lists, ready to be compared with a spelling. */
export interface KnownName {
  readonly name: string
  /** Its letters from the last to the first. */
  readonly reversed: string
  /** Which letters it has: bit 0 is `a`. */
  readonly letters: number
}

/** Bits of the letters of a text, bit 0 for `a`; other characters have none. */
export function letterBits(text: string): number {
  let bits = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 97
    if (code >= 0 && code < 26) bits |= 1 << code
  }
  return bits
}

/** The names of all languages in one place: what they are, how common, and which sound alike. */
class Names {
  readonly #ranks = new Map<string, number>()
  readonly #bySound = new Map<string, string[]>()
  readonly #byOpening = new Map<string, KnownName[]>()
  readonly #byClosing = new Map<string, KnownName[]>()

  add(list: string): this {
    let rank = this.#ranks.size
    for (const name of list.split(' ')) {
      if (name === '' || this.#ranks.has(name)) continue
      this.#ranks.set(name, rank++)
      put(this.#bySound, soundOf(name), name)
      const known = { name, reversed: [...name].reverse().join(''), letters: letterBits(name) }
      put(this.#byOpening, name.charAt(0), known)
      put(this.#byClosing, name.charAt(name.length - 1), known)
    }
    return this
  }

  has(folded: string): boolean {
    return this.#ranks.has(folded)
  }

  /** Names that sound like this word, commoner ones first, itself among them where it is a name. */
  soundingLike(folded: string): readonly string[] {
    return this.#bySound.get(soundOf(folded)) ?? []
  }

  /** 1 for the commonest names down to 0.5 for the rarest known. */
  commonness(folded: string): number {
    const rank = this.#ranks.get(folded)
    return rank === undefined ? 0 : 1 - (0.5 * rank) / this.#ranks.size
  }

  /** Names that a spelling may open with: their first letter is its first or second one, or sounds like its first. */
  openingLike(letters: string): readonly KnownName[] {
    return among(this.#byOpening, letters.charAt(0), letters.charAt(1))
  }

  /** Names that a spelling may close with, by their last letter. */
  closingLike(letters: string): readonly KnownName[] {
    return among(this.#byClosing, letters.charAt(letters.length - 1), letters.charAt(letters.length - 2))
  }
}

function put<T>(lists: Map<string, T[]>, key: string, name: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [name])
  else list.push(name)
}

/** Letters heard for one another at the edges of a spelling. */
const ALIKE: Readonly<Record<string, string>> = {
  a: 'hjke',
  b: 'pdv',
  c: 'ts',
  d: 'bte',
  e: 'ai',
  f: 's',
  g: 'jd',
  h: 'a',
  i: 'aey',
  j: 'gk',
  k: 'jc',
  l: 'o',
  m: 'n',
  n: 'm',
  o: 'rl',
  p: 'tb',
  r: 'ao',
  s: 'f',
  t: 'dpc',
  v: 'b',
}

function among(lists: ReadonlyMap<string, readonly KnownName[]>, edge: string, inner: string): KnownName[] {
  const keys = new Set([edge, inner, ...(ALIKE[edge] ?? '')])
  const out: KnownName[] = []
  for (const key of keys) out.push(...(lists.get(key) ?? []))
  return out
}

const LISTS: readonly NameList[] = [en, it, es, fr, de]

export const GIVEN = new Names()
export const FAMILY = new Names()
for (const { given, family } of LISTS) {
  GIVEN.add(given)
  FAMILY.add(family)
}

export type { Names }
