import { soundOf } from '../../extract/name-sounds.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import type { NameList } from './source.ts'

/** The names of all languages in one place: what they are, how common, and which sound alike. */
class Names {
  readonly #ranks = new Map<string, number>()
  readonly #bySound = new Map<string, string[]>()
  readonly #byOpening = new Map<string, string[]>()
  readonly #byClosing = new Map<string, string[]>()

  add(list: string): this {
    let rank = this.#ranks.size
    for (const name of list.split(' ')) {
      if (name === '' || this.#ranks.has(name)) continue
      this.#ranks.set(name, rank++)
      put(this.#bySound, soundOf(name), name)
      put(this.#byOpening, name.charAt(0), name)
      put(this.#byClosing, name.charAt(name.length - 1), name)
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
  openingLike(letters: string): readonly string[] {
    return among(this.#byOpening, letters.charAt(0), letters.charAt(1))
  }

  /** Names that a spelling may close with, by their last letter. */
  closingLike(letters: string): readonly string[] {
    return among(this.#byClosing, letters.charAt(letters.length - 1), letters.charAt(letters.length - 2))
  }
}

function put(lists: Map<string, string[]>, key: string, name: string): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [name])
  else list.push(name)
}

/** Letters heard for one another at the edges of a spelling. */
const ALIKE: Readonly<Record<string, string>> = {
  a: 'hjke8',
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

function among(lists: ReadonlyMap<string, readonly string[]>, edge: string, inner: string): string[] {
  const keys = new Set([edge, inner, ...(ALIKE[edge] ?? '')])
  const out: string[] = []
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
