/** Number words as they stand in French compounds. */
const PIECES: readonly (readonly [string, number])[] = [
  ['quatrevingts', 80],
  ['quatrevingt', 80],
  ['quarante', 40],
  ['cinquante', 50],
  ['soixante', 60],
  ['septante', 70],
  ['huitante', 80],
  ['nonante', 90],
  ['quatorze', 14],
  ['quinze', 15],
  ['treize', 13],
  ['trente', 30],
  ['quatre', 4],
  ['douze', 12],
  ['seize', 16],
  ['vingt', 20],
  ['trois', 3],
  ['onze', 11],
  ['deux', 2],
  ['cinq', 5],
  ['sept', 7],
  ['huit', 8],
  ['neuf', 9],
  ['une', 1],
  ['six', 6],
  ['dix', 10],
  ['un', 1],
]

const STARTS: ReadonlySet<string> = new Set(PIECES.map(([piece]) => piece.slice(0, 2)))
const LENGTH_MAX = 30

function below100(word: string, from: number, group: number): number {
  if (from === word.length) return group
  for (const [piece, value] of PIECES) {
    if (!word.startsWith(piece, from) || !follows(group, value)) continue
    const result = below100(word, from + piece.length, group + value)
    if (result >= 0) return result
  }
  return group >= 20 && word.startsWith('et', from) ? below100(word, from + 2, group) : -1
}

function follows(group: number, value: number): boolean {
  if (group === 0) return true
  if (group === 10 || group === 70 || group === 90) return value >= 7 && value <= 9
  if (group === 60 || group === 80) return value < 20
  return group % 10 === 0 && value < 10
}

/** `vingtdeux` is 22, `quatrevingtdixsept` 97; -1 for anything that is not wholly a number below 100. */
export function gluedFrench(word: string): number {
  return word.length > LENGTH_MAX || !STARTS.has(word.slice(0, 2)) ? -1 : below100(word, 0, 0)
}

/** `vingtdeuxieme` is 22nd, `unieme` the end of `vingt et unieme`. */
export function gluedFrenchOrdinal(word: string): number {
  if (!word.endsWith('ieme') || !STARTS.has(word.slice(0, 2))) return -1
  const stem = word.slice(0, -4)
  for (const ending of ['', 'e', 's']) {
    const value = gluedFrench(stem + ending)
    if (value > 0) return value
  }
  if (stem.endsWith('cinqu')) return gluedFrench(stem.slice(0, -1))
  return stem.endsWith('neuv') ? gluedFrench(`${stem.slice(0, -1)}f`) : -1
}

/** `vingtiemes` divides by 20. */
export function gluedFrenchFraction(word: string): number {
  return word.endsWith('iemes') ? gluedFrenchOrdinal(word.slice(0, -1)) : -1
}
