const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }
const SIGNS: readonly (readonly [string, number])[] = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
]
/** What is written behind a Roman ordinal: "XXIe", "IIème", "XXIst". */
const ENDINGS: ReadonlySet<string> = new Set([
  '',
  'e',
  'er',
  're',
  'ère',
  'ere',
  'ème',
  'eme',
  'ième',
  'ieme',
  'nd',
  'nde',
  'st',
  'rd',
  'th',
  'º',
  'ª',
  '°',
])
const LENGTH_MAX = 15

/** The value of a Roman number in capitals, with or without the ending of an ordinal; 0 for anything else ("IIX", "Mi"). */
export function romanOf(word: string): number {
  let figures = 0
  while (figures < word.length && VALUES[word.charAt(figures)] !== undefined) figures++
  if (figures === 0 || figures > LENGTH_MAX || !ENDINGS.has(word.slice(figures))) return 0
  const said = word.slice(0, figures)
  let value = 0
  for (let i = 0; i < figures; i++) {
    const own = VALUES[said.charAt(i)] as number
    value += own < (VALUES[said.charAt(i + 1)] ?? 0) ? -own : own
  }
  return value > 0 && written(value) === said ? value : 0
}

function written(value: number): string {
  let rest = value
  let text = ''
  for (const [sign, worth] of SIGNS)
    while (rest >= worth) {
      text += sign
      rest -= worth
    }
  return text
}
