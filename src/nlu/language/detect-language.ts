import { LANGUAGES, type Language, LanguageFeatures } from './language-features.ts'
import { SCALE, TABLE } from './language-table.ts'

export interface DetectedLanguage {
  readonly language: Language
  /** 0 to 1, against the other four. */
  readonly probability: number
  /** Words that were looked at. */
  readonly words: number
}

const COLUMNS = LANGUAGES.length
const features = new LanguageFeatures()
const sums = new Float64Array(COLUMNS)
let table: Int8Array | undefined

/** The table's bytes, decoded at first use. */
function weights(): Int8Array {
  if (table === undefined) {
    const bytes = Buffer.from(TABLE, 'base64')
    table = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  return table
}

/**
 * Which of the five languages a text is in, by its words and letters; undefined when it has no letters. Looks at the first 160
 * characters. A text of names or of another language gets an answer too: mind the probability and the number of words.
 */
export function detectLanguage(text: string): DetectedLanguage | undefined {
  features.read(text)
  if (features.words === 0) return undefined
  const bytes = weights()
  sums.fill(0)
  for (let i = 0; i < features.size; i++) {
    const row = (features.row[i] as number) * COLUMNS
    for (let c = 0; c < COLUMNS; c++) sums[c] = (sums[c] as number) + (bytes[row + c] as number)
  }
  const unit = SCALE / Math.sqrt(features.size)
  let best = 0
  for (let c = 1; c < COLUMNS; c++) if ((sums[c] as number) > (sums[best] as number)) best = c
  let all = 0
  for (let c = 0; c < COLUMNS; c++) all += Math.exp(((sums[c] as number) - (sums[best] as number)) * unit)
  return { language: LANGUAGES[best] as Language, probability: 1 / all, words: features.words }
}
