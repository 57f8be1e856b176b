import { AS, IS } from '../lexicon/roles.ts'
import { found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { figuresAt } from './phone.ts'

const CHARS_MAX = 400

/**
 * An utterance as the letters and figures of a code, upper case, without spaces and marks; spoken figures and spelling
 * words decoded ("I T zero zero one", "E come Empoli"). Each character knows its token, so that a stretch of it has offsets.
 */
export interface CodeRun {
  readonly text: string
  /** First token of each character, and the token after it. */
  readonly from: readonly number[]
  readonly end: readonly number[]
  /** Whether a code may begin at a character: it begins a token. */
  readonly opens: readonly boolean[]
}

/** `spoken` decodes words that say figures or letters; otherwise every word stands as it is written. */
export function codeRunOf(scan: Scan, spoken: boolean): CodeRun {
  let text = ''
  const from: number[] = []
  const end: number[] = []
  const opens: boolean[] = []
  let i = 0
  while (i < scan.size && text.length < CHARS_MAX) {
    if (scan.kindAt(i) === KIND.mark) {
      if (!isJoint(scan.at(i))) {
        text += ' '
        from.push(i)
        end.push(i + 1)
        opens.push(false)
      }
      i++
      continue
    }
    const piece = pieceAt(scan, i, spoken)
    for (let k = 0; k < piece.length; k++) {
      from.push(i)
      end.push(found.end)
      opens.push(k === 0)
    }
    text += piece
    i = found.end
  }
  return { text, from, end, opens }
}

function isJoint(mark: string): boolean {
  return mark === '-' || mark === '.' || mark === '/' || mark === ',' || mark === '–' || mark === '_'
}

/** The characters that the token says; sets `found.end` to the token after it. */
function pieceAt(scan: Scan, i: number, spoken: boolean): string {
  if (scan.kindAt(i) === KIND.number) {
    found.end = i + 1
    return scan.at(i)
  }
  const text = scan.at(i)
  if (text.length === 1) {
    const spelled = scan.wordAt(i + 1).as & AS.spells && scan.at(i + 2).startsWith(text)
    found.end = spelled ? i + 3 : i + 1
    return text.toUpperCase()
  }
  if (spoken) {
    const word = scan.wordAt(i)
    if (word.as & AS.letter) {
      found.end = i + 1
      return word.letter
    }
    if (word.is & IS.multiply && scan.at(i + 1).length === 1 && scan.kindAt(i + 1) === KIND.word) {
      found.end = i + 2
      return scan
        .at(i + 1)
        .toUpperCase()
        .repeat(word.multiply)
    }
    const figures = figuresAt(scan, i)
    if (figures !== '') return figures
  }
  found.end = i + 1
  return text.toUpperCase()
}

/** Whether spelling or spoken figures could be in the text at all. */
export function isSpoken(scan: Scan): boolean {
  return (scan.as & AS.letter) !== 0 || (scan.is & (IS.cardinal | IS.zero | IS.multiply)) !== 0
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90
}

export function isFigure(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Whether the character at `i` of the run ends a token, so that a code may end there. */
export function closes(run: CodeRun, i: number): boolean {
  return i + 1 >= run.text.length || run.opens[i + 1] === true || run.text.charCodeAt(i + 1) === 32
}
