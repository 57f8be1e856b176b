import type { Parts } from './value.ts'

/** Below this a word does not look like what it would replace. */
const ALIKE_MIN = 0.5
/** Letters that are compared. */
const LETTERS_MAX = 40

/** One name said to correct a full name is the part that it looks like: "Smythe" is the last name of Bob Smith. */
export function likelierPart(said: Parts, known: Parts): Parts {
  const { first } = said
  if (typeof first !== 'string' || Object.keys(said).length !== 1) return said
  const asLast = likeness(first, String(known.last ?? ''))
  return asLast >= ALIKE_MIN && asLast > likeness(first, String(known.first ?? '')) ? { last: first } : said
}

/** 1 for equal words, 0 for words that have nothing in common: by the letters to add, drop and change. */
function likeness(a: string, b: string): number {
  const one = a.slice(0, LETTERS_MAX).toLowerCase()
  const two = b.slice(0, LETTERS_MAX).toLowerCase()
  if (one === '' || two === '') return 0
  let row = Array.from({ length: two.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let k = 1; k <= two.length; k++) {
      const changed = (row[k - 1] as number) + Number(one[i - 1] !== two[k - 1])
      next.push(Math.min(changed, (row[k] as number) + 1, (next[k - 1] as number) + 1))
    }
    row = next
  }
  return 1 - (row[two.length] as number) / Math.max(one.length, two.length)
}
