import type { Scan } from '../text/scan.ts'

/** What a personal value is; of two in one place the earlier of this list names both. */
export const PERSONAL_KINDS = [
  'email',
  'iban',
  'tax-code',
  'card',
  'vat',
  'code',
  'address',
  'date',
  'phone',
  'plate',
  'post-code',
  'name',
  'digits',
] as const
export type PersonalKind = (typeof PERSONAL_KINDS)[number]

/** A stretch of text that holds a personal value: UTF-16 offsets, end exclusive. */
export interface PersonalSpan {
  readonly start: number
  readonly end: number
  readonly kind: PersonalKind
}

/** Takes what the searches find in one stretch of a longer text, in offsets of the whole. */
export class Report {
  readonly spans: PersonalSpan[] = []
  readonly #scan: Scan
  /** Where the stretch being searched begins in the whole. */
  offset = 0

  constructor(scan: Scan) {
    this.#scan = scan
  }

  chars(kind: PersonalKind, start: number, end: number): void {
    this.spans.push({ kind, start: this.offset + start, end: this.offset + end })
  }

  tokens(kind: PersonalKind, from: number, end: number): void {
    this.chars(kind, this.#scan.startOf(from), this.#scan.endOf(end))
  }

  /** The spans in order, those that overlap made one. */
  merged(): readonly PersonalSpan[] {
    const merged: PersonalSpan[] = []
    for (const span of this.spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
      const last = merged[merged.length - 1]
      if (last === undefined || span.start >= last.end) merged.push(span)
      else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end), kind: kindOf(last, span) }
    }
    return merged
  }
}

/** The kind of the longer one; of equals that which is earlier in the list. */
function kindOf(a: PersonalSpan, b: PersonalSpan): PersonalKind {
  const difference = a.end - a.start - (b.end - b.start)
  if (difference !== 0) return difference > 0 ? a.kind : b.kind
  return PERSONAL_KINDS.indexOf(a.kind) <= PERSONAL_KINDS.indexOf(b.kind) ? a.kind : b.kind
}
