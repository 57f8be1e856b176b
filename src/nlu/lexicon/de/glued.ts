/** Number words below 100 as they stand in German compounds; where one begins another, the longer first. */
const PIECES: readonly (readonly [string, number])[] = (
  [
    ['einund', 1],
    ['eine', 1],
    ['eins', 1],
    ['ein', 1],
    ['zwei', 2],
    ['zwo', 2],
    ['drei', 3],
    ['vier', 4],
    ['funf', 5],
    ['fuenf', 5],
    ['sechs', 6],
    ['sieben', 7],
    ['acht', 8],
    ['neun', 9],
    ['zehn', 10],
    ['elf', 11],
    ['zwolf', 12],
    ['zwoelf', 12],
    ['dreizehn', 13],
    ['vierzehn', 14],
    ['funfzehn', 15],
    ['fuenfzehn', 15],
    ['sechzehn', 16],
    ['siebzehn', 17],
    ['achtzehn', 18],
    ['neunzehn', 19],
    ['zwanzig', 20],
    ['dreissig', 30],
    ['dreisig', 30],
    ['vierzig', 40],
    ['funfzig', 50],
    ['fuenfzig', 50],
    ['sechzig', 60],
    ['siebzig', 70],
    ['achtzig', 80],
    ['neunzig', 90],
  ] as [string, number][]
).sort((a, b) => b[0].length - a[0].length)

const STARTS: ReadonlySet<string> = new Set([...PIECES.map(([piece]) => piece.slice(0, 2)), 'hu', 'ta'])
const LENGTH_MAX = 80

/** Where the number that was read ends; -1 for none. */
let end = 0

/** 1 to 99 from `from`: sets `end`. "und" joins a unit to the tens after it. */
function below100(word: string, from: number): number {
  for (const [piece, value] of PIECES) {
    if (!word.startsWith(piece, from) || piece === 'einund') continue
    end = from + piece.length
    if (value > 9 || !word.startsWith('und', end)) return value
    const tens = tensAt(word, end + 3)
    return tens < 0 ? value : tens + value
  }
  return -1
}

function tensAt(word: string, from: number): number {
  for (const [piece, value] of PIECES) {
    if (value < 20 || !word.startsWith(piece, from)) continue
    end = from + piece.length
    return value
  }
  return -1
}

/** 1 to 999, or 1100 to 1999 as hundreds ("neunzehnhundertachtzig"): sets `end`. */
function group(word: string, from: number): number {
  let value = below100(word, from)
  let at = value < 0 ? from : end
  if (word.startsWith('hundert', at) && (value < 0 || value < 20)) {
    at += 7
    value = (value < 0 ? 1 : value) * 100
    if (word.startsWith('und', at)) at += 3
    const rest = below100(word, at)
    if (rest > 0) return value + rest
    end = at
    return value
  }
  return value
}

/** `dreihunderteinundzwanzig` is 321, `neunzehnhundertachtzig` 1980; -1 for anything that is not wholly a number. */
export function gluedGerman(word: string): number {
  if (word.length > LENGTH_MAX || !STARTS.has(word.slice(0, 2))) return -1
  let total = 0
  let at = 0
  const million = word.indexOf('million')
  if (million > 0) {
    const many = group(word, 0)
    if (many < 0 || end !== million) return -1
    total = many * 1_000_000
    at = million + (word.startsWith('en', million + 7) ? 9 : 7)
    if (at === word.length) return total
  }
  const low = thousands(word, at)
  if (low >= 0) return total + low
  return total === 0 ? century(word) : -1
}

const CENTURIES: readonly (readonly [string, number])[] = [
  ['siebzehn', 1700],
  ['achtzehn', 1800],
  ['neunzehn', 1900],
  ['zwanzig', 2000],
]

/** `neunzehnachtzig` is 1980, as years are said without their hundred; -1 for anything else. */
function century(word: string): number {
  for (const [first, value] of CENTURIES) {
    if (!word.startsWith(first)) continue
    const rest = below100(word, first.length)
    return rest >= 10 && end === word.length ? value + rest : -1
  }
  return -1
}

function thousands(word: string, from: number): number {
  let value = group(word, from)
  let at = value < 0 ? from : end
  if (word.startsWith('tausend', at)) {
    at += 7
    value = (value < 0 ? 1 : value) * 1000
    if (word.startsWith('und', at)) at += 3
    if (at === word.length) return value
    const rest = group(word, at)
    return rest > 0 && rest < 1000 && end === word.length ? value + rest : -1
  }
  return value > 0 && at === word.length ? value : -1
}

const ENDINGS = ['e', 'en', 'er', 'es', 'em'] as const
const IRREGULAR: readonly (readonly [string, number])[] = [
  ['erst', 1],
  ['dritt', 3],
  ['siebt', 7],
  ['acht', 8],
]

/** `einundzwanzigsten` is 21st, `hundertdritte` 103rd; -1 for anything else. */
export function gluedGermanOrdinal(word: string): number {
  if (!STARTS.has(word.slice(0, 2))) return -1
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending)) continue
    const stem = word.slice(0, -ending.length)
    for (const [last, value] of IRREGULAR) {
      const before = stem.endsWith(last) ? gluedGerman(stem.slice(0, -last.length)) : -1
      if (before >= 100 && before % 100 === 0) return before + value
    }
    const value = stem.endsWith('st') ? gluedGerman(stem.slice(0, -2)) : -1
    const teens = value < 0 && stem.endsWith('t') ? gluedGerman(stem.slice(0, -1)) : -1
    if (value >= 20) return value
    if (teens > 12) return teens
  }
  return -1
}

/** `zwanzigstel` divides by 20, `hundertstel` by 100. */
export function gluedGermanFraction(word: string): number {
  return word.endsWith('tel') ? gluedGermanOrdinal(`${word.slice(0, -2)}e`) : -1
}
