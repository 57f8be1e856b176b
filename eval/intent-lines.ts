import { readJsonLines, requireTexts } from './command-line.ts'

/** What evaluation files call a text that belongs to no intent. */
export const OUT_OF_SCOPE = 'oos'

/** A line of `intents-*.jsonl`. */
export interface IntentLine {
  readonly text: string
  readonly intent: string
  readonly split?: 'train' | 'valid'
  /** Place among the few-shot picks of its intent, from 1. */
  readonly k?: number
  /** Part of the published picks of 5 and 10. */
  readonly p5?: boolean
  readonly p10?: boolean
}

/** Lines with the fields that are `needed`. Throws a sentence with `name`, the line and the field where one is wrong. */
export function parseLines(name: string, jsonl: string, needed: readonly string[] = ['text', 'intent']): IntentLine[] {
  return readJsonLines(name, jsonl, (object) => {
    requireTexts(object, needed)
    return object as unknown as IntentLine
  })
}

/** The lines to train on, in a fixed order; `holdValid` leaves out the split that is then predicted. */
export function trainLines(
  lines: readonly IntentLine[],
  shots: 5 | 10 | 'full',
  options: { readonly holdValid: boolean; readonly published: boolean },
): IntentLine[] {
  return lines.filter((line) => {
    if (line.intent === OUT_OF_SCOPE) return false
    if (shots === 'full') return !(options.holdValid && line.split === 'valid')
    if (options.published) return (shots === 5 ? line.p5 : line.p10) === true
    return line.k !== undefined && line.k <= shots
  })
}

/** The lines to predict where one file serves both: its split `valid`, without what was trained on. */
export function testLines(lines: readonly IntentLine[], trained: readonly IntentLine[]): IntentLine[] {
  const known = new Set(trained)
  return lines.filter((line) => line.split === 'valid' && !known.has(line))
}
