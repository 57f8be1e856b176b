import { AS, IS } from '../lexicon/roles.ts'
import { found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { figuresAt, isCharacter, isSpelled, isSpellingJoint, letterAt, saidMarkAt } from '../text/spelled.ts'

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
  /** Whether an "o" was taken for a zero, or a short word for a letter, which may stand for themselves too. */
  readonly doubtful: boolean
  readonly reading: Reading
}

/** How an utterance becomes characters: as written; with words decoded; the same with "o" and short words as they stand. */
export type Reading = 'written' | 'spoken' | 'letters'

/** `spoken` decodes words that say figures or letters; otherwise every word stands as it is written. */
export function codeRunOf(scan: Scan, spoken: boolean): CodeRun {
  return runOf(scan, spoken ? 'spoken' : 'written')
}

/** The readings of one utterance, made when they are first asked for. */
export class CodeRuns {
  readonly #scan: Scan
  readonly #runs: (CodeRun | undefined)[] = []

  constructor(scan: Scan) {
    this.#scan = scan
  }

  /** The reading `k`, the plainest first; undefined past the last that differs from the others. */
  at(k: number): CodeRun | undefined {
    if (k < this.#runs.length) return this.#runs[k]
    const run = this.#read(k)
    this.#runs[k] = run
    return run
  }

  #read(k: number): CodeRun | undefined {
    if (k === 0) return runOf(this.#scan, 'written')
    if (k === 1) return isSpelled(this.#scan) ? runOf(this.#scan, 'spoken') : undefined
    return k === 2 && this.at(1)?.doubtful === true ? runOf(this.#scan, 'letters') : undefined
  }
}

function runOf(scan: Scan, reading: Reading): CodeRun {
  const run = new Run(reading)
  let i = 0
  while (i < scan.size && run.text.length < CHARS_MAX) {
    if (scan.kindAt(i) === KIND.mark) {
      if (!isJoint(scan.at(i))) run.put(' ', i, i + 1, false)
      i++
      continue
    }
    const piece = reading === 'written' ? writtenAt(scan, i) : spokenAt(scan, i, reading, run)
    run.put(piece, i, found.end, true)
    i = Math.max(found.end, i + 1)
  }
  return run
}

class Run implements CodeRun {
  text = ''
  readonly from: number[] = []
  readonly end: number[] = []
  readonly opens: boolean[] = []
  doubtful = false
  readonly reading: Reading

  constructor(reading: Reading) {
    this.reading = reading
  }

  put(piece: string, from: number, end: number, opens: boolean): void {
    for (let k = 0; k < piece.length; k++) {
      this.from.push(from)
      this.end.push(end)
      this.opens.push(opens && k === 0)
    }
    this.text += piece
  }
}

function isJoint(mark: string): boolean {
  return mark === '-' || mark === '.' || mark === '/' || mark === ',' || mark === '–' || mark === '_' || mark === '‑'
}

/** The token as it stands; "e come Empoli" is one letter even so. Sets `found.end`. */
function writtenAt(scan: Scan, i: number): string {
  const text = scan.at(i)
  const joined = text.length === 1 && scan.kindAt(i) === KIND.word && (scan.wordAt(i + 1).as & AS.spells) !== 0
  const letter = joined ? letterAt(scan, i) : ''
  if (letter !== '') return letter
  found.end = i + 1
  return scan.kindAt(i) === KIND.number ? text : text.toUpperCase()
}

/** The characters that the token says, empty for a word between them; sets `found.end`. */
function spokenAt(scan: Scan, i: number, reading: Reading, run: Run): string {
  const text = scan.at(i)
  const word = scan.wordAt(i)
  if (word.as & AS.softLetter && text.length === 2) {
    run.doubtful = true
    if (reading === 'letters' || scan.source(i, i + 1) === text.toUpperCase()) return writtenAt(scan, i)
  }
  if (scan.kindAt(i) === KIND.word && text.length === 1 && word.is & IS.zero) {
    const last = run.text.charCodeAt(run.text.length - 1)
    const zero = reading === 'spoken' && (isFigure(last) || saysFigures(scan, i + 1))
    if (!zero) return writtenAt(scan, i)
    run.doubtful = true
    found.end = i + 1
    return '0'
  }
  if (scan.kindAt(i) === KIND.number || (word.is & IS.multiply && saysFigures(scan, i))) return figuresAt(scan, i)
  const letter = letterAt(scan, i)
  if (letter !== '') return letter
  const figures = figuresAt(scan, i)
  if (figures !== '') return figures
  const mark = scan.kindAt(i) === KIND.word && isCharacter(scan, i - 1) ? saidMarkAt(scan, i) : undefined
  if (mark !== undefined && mark !== '@') return ''
  found.end = i + 1
  return word.as & AS.filler && isCharacter(scan, i - 1) && isCharacter(scan, i + 1) ? '' : text.toUpperCase()
}

function saysFigures(scan: Scan, i: number): boolean {
  return figuresAt(scan, i) !== ''
}

/** Whether spelling or spoken figures could be in the text at all. */
export function isSpoken(scan: Scan): boolean {
  return isSpelled(scan)
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90
}

export function isFigure(code: number): boolean {
  return code >= 48 && code <= 57
}

/** How many figures a code has. */
export function figuresIn(code: string): number {
  let count = 0
  for (let i = 0; i < code.length; i++) if (isFigure(code.charCodeAt(i))) count++
  return count
}

/** Whether the character at `i` of the run ends a token, so that a code may end there. */
export function closes(run: CodeRun, i: number): boolean {
  return i + 1 >= run.text.length || run.opens[i + 1] === true || run.text.charCodeAt(i + 1) === 32
}

/** Letters of a code that stand together: a longer word in lower case is a word. */
const GROUP_MAX = 3
const NUMBERS = IS.cardinal | IS.scale | IS.zero | IS.multiply

/** Whether a word of everyday language is among the tokens, not written as codes are. */
export function isWordy(scan: Scan, { reading }: CodeRun, from: number, end: number): boolean {
  if (isSmallWord(scan, from)) return true
  for (let i = from; i < end; ) {
    const word = scan.wordAt(i)
    const capitals = scan.kindAt(i) !== KIND.word || scan.source(i, i + 1) === scan.at(i).toUpperCase()
    const long = scan.at(i).length > 1
    if (reading !== 'spoken' && long && word.as & (AS.letter | AS.softLetter) && !capitals) return true
    if (reading !== 'written' && letterAt(scan, i) !== '') {
      i = found.end
      continue
    }
    const known = word.is !== 0 || word.as !== 0
    const said = word.letter !== '' || word.is & NUMBERS || isSpellingJoint(scan, i) || isSpellingJoint(scan, i - 1)
    if (long && !said && (known || scan.at(i).length > GROUP_MAX) && !capitals) return true
    i++
  }
  return false
}

/** "a 500", "à 8h45", "y 24": one letter that is a word, before figures and apart from them. */
function isSmallWord(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.word || scan.at(i).length > 1 || scan.touches(i + 1)) return false
  const word = scan.wordAt(i)
  const small = word.is !== 0 || (word.as & (AS.common | AS.copula)) !== 0
  return small && scan.kindAt(i + 1) === KIND.number && scan.source(i, i + 1) !== scan.at(i).toUpperCase()
}
