import { AS, HOW, IS, WHEN } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'

/** Longer stretches between two dates or times say something else. */
const TOKENS_MAX = 8

/** Words that take something back only behind "not". */
const BUT: ReadonlySet<string> = new Set(['but', 'ma', 'mais', 'pero', 'doch'])

/** Whether all that stands at `from`…`end`, between two dates or two times, takes the first back: "no wait", "anzi", "I mean". */
export function isRetraction(scan: Scan, from: number, end: number): boolean {
  if (end <= from || end - from > TOKENS_MAX) return false
  let retracts = false
  for (let i = from; i < end; i++) {
    if (scan.kindAt(i) === KIND.mark) continue
    const word = scan.wordAt(i)
    if (word.how & HOW.instead && !BUT.has(scan.at(i))) retracts = true
    else if (!isSmall(word.is, word.as, word.when)) return false
  }
  return retracts
}

function isSmall(is: number, as: number, when: number): boolean {
  return (
    (as & (AS.filler | AS.common | AS.self | AS.copula)) !== 0 ||
    (is & (IS.article | IS.of | IS.at | IS.within)) !== 0 ||
    (when & WHEN.joint) !== 0
  )
}
