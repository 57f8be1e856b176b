/** Pieces of Italian numbers as they are written together, longest first; with the forms that lost a vowel. */
const PIECES: readonly (readonly [string, number])[] = (
  [
    ['quattordici', 14],
    ['diciassette', 17],
    ['diciannove', 19],
    ['cinquanta', 50],
    ['cinquant', 50],
    ['diciotto', 18],
    ['quaranta', 40],
    ['quarant', 40],
    ['sessanta', 60],
    ['sessant', 60],
    ['settanta', 70],
    ['settant', 70],
    ['quindici', 15],
    ['quattro', 4],
    ['ottanta', 80],
    ['ottant', 80],
    ['novanta', 90],
    ['novant', 90],
    ['milione', 1_000_000],
    ['milioni', 1_000_000],
    ['undici', 11],
    ['dodici', 12],
    ['tredici', 13],
    ['sedici', 16],
    ['trenta', 30],
    ['trent', 30],
    ['cinque', 5],
    ['sette', 7],
    ['cento', 100],
    ['cent', 100],
    ['mille', 1000],
    ['dieci', 10],
    ['venti', 20],
    ['vent', 20],
    ['mila', 1000],
    ['otto', 8],
    ['nove', 9],
    ['due', 2],
    ['tre', 3],
    ['sei', 6],
    ['uno', 1],
    ['una', 1],
    ['un', 1],
  ] as [string, number][]
).sort((a, b) => b[0].length - a[0].length)

const STARTS: ReadonlySet<string> = new Set(PIECES.map(([piece]) => piece.slice(0, 2)))
const LENGTH_MAX = 60

/** Whether a piece may follow what was read of the current group of three figures. */
function joins(group: number, value: number): boolean {
  if (value < 10) return group % 10 === 0 && group % 100 !== 10
  return group % 100 === 0
}

function read(word: string, from: number, total: number, group: number): number {
  if (from === word.length) return total + group
  for (const [piece, value] of PIECES) {
    if (!word.startsWith(piece, from)) continue
    const next = from + piece.length
    let result = -1
    if (value === 1_000_000) result = total === 0 && group > 0 ? read(word, next, group * value, 0) : -1
    else if (value === 1000) result = total % 1_000_000 === 0 ? read(word, next, total + (group || 1) * 1000, 0) : -1
    else if (value === 100) result = group < 10 ? read(word, next, total, (group || 1) * 100) : -1
    else if (joins(group, value)) result = read(word, next, total, group + value)
    if (result >= 0) return result
  }
  return -1
}

/** `trecentosessantanove` is 369, `ventun` 21; -1 for anything that is not wholly a number. */
export function gluedItalian(word: string): number {
  if (word.length > LENGTH_MAX || !STARTS.has(word.slice(0, 2))) return -1
  return read(word, 0, 0, 0)
}

/** `ventunesimo` is 21st. The vowel that the ending took is tried again. */
export function gluedItalianOrdinal(word: string): number {
  if (word.length > LENGTH_MAX || word.length < 8 || !STARTS.has(word.slice(0, 2))) return -1
  const end = word.length - 5
  if (!word.startsWith('esim', end) || (!word.endsWith('o') && !word.endsWith('a'))) return -1
  return stemOf(word, end)
}

/** `ventesimi` divides by 20. */
export function gluedItalianFraction(word: string): number {
  if (word.length > LENGTH_MAX || word.length < 8 || !STARTS.has(word.slice(0, 2))) return -1
  const end = word.length - 5
  return word.startsWith('esimi', end) ? stemOf(word, end) : -1
}

function stemOf(word: string, end: number): number {
  const stem = word.slice(0, end)
  for (const vowel of ['', 'o', 'i', 'a', 'e']) {
    const value = gluedItalian(stem + vowel)
    if (value > 0) return value
  }
  return -1
}
