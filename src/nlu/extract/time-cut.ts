import type { Word } from '../lexicon/lexicon.ts'
import { READ, type Scan } from '../text/scan.ts'
import type { Utterance } from './utterance.ts'

/** Tokens of the text put aside while dates are looked for, so that "Monday 9 pm" is no 9th. One text at a time. */
const KEPT = {
  folded: new Array<string>(READ.tokensMax),
  word: new Array<Word>(READ.tokensMax),
  start: new Int32Array(READ.tokensMax),
  end: new Int32Array(READ.tokensMax),
  kind: new Uint8Array(READ.tokensMax),
  number: new Float64Array(READ.tokensMax),
}

function copyToken(from: Scan | typeof KEPT, i: number, to: Scan | typeof KEPT, k: number): void {
  to.folded[k] = from.folded[i] as string
  to.word[k] = from.word[i] as Word
  to.start[k] = from.start[i] as number
  to.end[k] = from.end[i] as number
  to.kind[k] = from.kind[i] as number
  to.number[k] = from.number[i] as number
}

/**
 * What `look` gives on the text without the tokens for which `isCut` says so. Offsets stay those of the whole text; token
 * numbers and what is found in the meantime hold only inside `look`.
 */
export function withoutTokens<T>(utterance: Utterance, isCut: (token: number) => boolean, look: () => T): T {
  const { scan, first, last, dates } = utterance
  const { size } = scan
  let kept = 0
  let firstKept = 0
  let lastKept = 0
  for (let i = 0; i < size; i++) {
    copyToken(scan, i, KEPT, i)
    if (i === first) firstKept = kept
    if (!isCut(i)) {
      if (kept < i) copyToken(scan, i, scan, kept)
      kept++
    }
    if (i === last - 1) lastKept = kept
  }
  scan.size = kept
  utterance.first = firstKept
  utterance.last = lastKept
  utterance.dates = undefined
  try {
    return look()
  } finally {
    for (let i = 0; i < size; i++) copyToken(KEPT, i, scan, i)
    scan.size = size
    utterance.first = first
    utterance.last = last
    utterance.dates = dates
  }
}
