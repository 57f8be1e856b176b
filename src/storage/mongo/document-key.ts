import type { PageRequest } from '../port.ts'

/*
 * A document's `_id` is its id and its number as one text, "C7…Q 0000000000000042": texts in order of id, then number, so the
 * index that every collection has anyway serves every read and write. No second index is needed, made, or waited for.
 */

const NUMBER_DIGITS = 16
/** Sorts below whatever an escaped id may hold, so "a" and all its numbers come before "a-". */
const BETWEEN = ' '
/** Comes right after `BETWEEN`, and no id continues with less. */
const PAST = '!'

/** RangeError: the id holds half a surrogate pair, which no database text can keep. */
export function idOf(id: string, n: number): string {
  return escaped(id) + BETWEEN + padded(n)
}

/** Condition on `_id`, for one id between two numbers, or for all ids after (before, in reverse) the one given. */
export function rangeOf({ id, afterId, fromN, toN, reverse = false }: PageRequest): Record<string, unknown> {
  if (id !== undefined) {
    const low = Math.max(0, Math.ceil(fromN ?? 0))
    const high = Math.min(Number.MAX_SAFE_INTEGER, Math.floor(toN ?? Number.MAX_SAFE_INTEGER))
    return { _id: { $gte: idOf(id, low), $lte: high < 0 ? '' : idOf(id, high) } }
  }
  if (afterId === undefined || afterId === '') return afterId === '' && reverse ? { _id: { $lt: '' } } : {}
  return { _id: reverse ? { $lt: escaped(afterId) + BETWEEN } : { $gte: escaped(afterId) + PAST } }
}

function padded(n: number): string {
  return String(n).padStart(NUMBER_DIGITS, '0')
}

/** Characters up to `!` become `!` and a letter or sign in the same order; those of Parley's own ids stay as they are. */
function escaped(id: string): string {
  if (!id.isWellFormed()) throw new RangeError('a document id is well-formed Unicode')
  return id.replace(/[^"-\u{10ffff}]/gu, (low) => PAST + String.fromCharCode(low.charCodeAt(0) + 0x40))
}
