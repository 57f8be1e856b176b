import { COUNTRIES } from '../lexicon/places.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'

const NAMES = new Phrases<string>()
for (const { code, names } of COUNTRIES)
  for (const list of Object.values(names)) for (const name of list.split(',')) NAMES.addOne(name, code)

/** A country named at token `i` in any of the languages, as it is written, and where it ends. */
export function countryAt(scan: Scan, i: number, limit: number): { text: string; code: string; end: number } | undefined {
  const code = NAMES.at(scan, i)
  if (code === undefined || i + NAMES.length > limit) return undefined
  const end = i + NAMES.length
  return { text: scan.source(i, end), code, end }
}

const STATES: ReadonlySet<string> = new Set(
  'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc'.split(
    ' ',
  ),
)

/** A state of the US or a province of Italy by its two capitals. */
export function isState(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.word || scan.at(i).length !== 2) return false
  const source = scan.source(i, i + 1)
  return source === source.toUpperCase() || (STATES.has(scan.at(i)) && !isSmallWord(scan, i))
}

/** "il", "la", "in" are words as they are written small. */
function isSmallWord(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  return (word.is & IS.article) !== 0 || (word.as & (AS.common | AS.particle | AS.copula)) !== 0
}
