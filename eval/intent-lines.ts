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

export function parseLines(jsonl: string): IntentLine[] {
  return jsonl
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as IntentLine)
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
