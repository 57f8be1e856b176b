import { isFigure, isUpper } from './code-run.ts'
import { type CodeShape, isAlnum } from './code-shape.ts'
import { SURE } from './utterance.ts'

/** Classes of characters in the formats below; anything else stands for itself. */
const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  9: isFigure,
  a: isUpper,
  /** Italy leaves I, O, Q and U out, France I, O and U, Spain vowels and Q. */
  i: (code) => isUpper(code) && !'IOQU'.includes(String.fromCharCode(code)),
  f: (code) => isUpper(code) && !'IOU'.includes(String.fromCharCode(code)),
  b: (code) => isUpper(code) && !'AEIOUQ'.includes(String.fromCharCode(code)),
}

const german = (): string[] => {
  const formats: string[] = []
  for (let letters = 5; letters >= 2; letters--)
    for (let figures = 4; figures >= 1; figures--)
      for (const end of ['E', 'H', '']) {
        const format = 'a'.repeat(letters) + '9'.repeat(figures) + end
        if (format.length <= 8) formats.push(format)
      }
  return formats
}

/** Formats of plates by country, longer ones first. */
const BY_COUNTRY: ReadonlyMap<string, readonly string[]> = new Map([
  ['IT', ['ii999ii', 'ii99999', 'i9iiii']],
  ['ES', ['aa9999aa', 'a9999aa', 'aa9999a', '9999bbb', 'a999999', 'aa999999']],
  ['FR', ['ff999ff', '9999aa99', '999aaa99', '999aa99', '99aaa99']],
  ['DE', german()],
  ['GB', ['aa99aaa', 'a999aaa', 'aaa999a', 'aaa9999', 'a99aaa', 'aaa99a', 'a9aaa', 'aaa9a', 'aa9999', 'aaa999']],
])

const FORMATS: ReadonlyMap<string, Formats> = new Map(
  [...BY_COUNTRY].map(([country, formats]) => [country, bySignature(formats)]),
)
const ALL_FORMATS = bySignature([...BY_COUNTRY.values()].flat())

function fits(text: string, at: number, format: string): boolean {
  for (let i = 0; i < format.length; i++) {
    const wanted = format.charAt(i)
    const code = text.charCodeAt(at + i)
    const test = CLASSES[wanted]
    if (test === undefined ? text.charAt(at + i) !== wanted : !test(code)) return false
  }
  return true
}

/** Formats by where they have letters and figures (`aa99aaa`), so that few are tried. */
type Formats = ReadonlyMap<string, readonly string[]>

function bySignature(formats: readonly string[]): Formats {
  const map = new Map<string, string[]>()
  for (const format of formats) {
    const signature = format.replaceAll(/[^9]/g, 'a')
    map.set(signature, [...(map.get(signature) ?? []), format])
  }
  return map
}

const LENGTHS = { min: 4, max: 8 } as const

function lengthsOf(formats: Formats, text: string, at: number): readonly number[] {
  let signature = ''
  while (signature.length < LENGTHS.max && isAlnum(text.charCodeAt(at + signature.length)))
    signature += isFigure(text.charCodeAt(at + signature.length)) ? '9' : 'a'
  const lengths: number[] = []
  for (let n = signature.length; n >= SHORTEST; n--)
    if (formats.get(signature.slice(0, n))?.some((format) => fits(text, at, format)) === true) lengths.push(n)
  return lengths
}

/** The shortest German plate. */
const SHORTEST = 3

/** A plate in a format of the conversation's country. */
const native: CodeShape = {
  confidence: SURE.bare,
  isEvident: () => false,
  plain: true,
  lengthsAt: (text, at, country) => lengthsOf(FORMATS.get(country) ?? NO_FORMATS, text, at),
}

const NO_FORMATS: Formats = new Map()

/** A plate in a format of one of the other countries. */
const foreign: CodeShape = {
  confidence: SURE.likely,
  isEvident: () => false,
  plain: true,
  lengthsAt: (text, at) => lengthsOf(ALL_FORMATS, text, at),
}

/** Letters and figures together, four to eight of them: a plate of anywhere. */
const generic: CodeShape = {
  confidence: SURE.fuzzy,
  isEvident: () => false,
  plain: true,
  lengthsAt(text, at) {
    let length = 0
    while (length <= LENGTHS.max && isAlnum(text.charCodeAt(at + length))) length++
    const lengths: number[] = []
    for (let n = Math.min(length, LENGTHS.max); n >= LENGTHS.min; n--) if (isMixed(text, at, n)) lengths.push(n)
    return lengths
  },
}

function isMixed(text: string, at: number, length: number): boolean {
  let figures = 0
  for (let i = at; i < at + length; i++) if (isFigure(text.charCodeAt(i))) figures++
  return figures >= 1 && figures < length
}

/** Licence plates, the surest way to read one first. */
export const plates: readonly CodeShape[] = [native, foreign, generic]
