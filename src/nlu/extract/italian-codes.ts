import { isFigure, isUpper } from './code-run.ts'
import { type CodeShape, every, figuresFrom, isAlnum, NO_LENGTHS } from './code-shape.ts'
import { SURE } from './utterance.ts'

/** The electricity point of delivery: `IT`, 3 figures, `E`, 8 or 9 letters and figures. */
export const pod: CodeShape = {
  confidence: SURE.evident,
  isEvident: () => true,
  lengthsAt(text, at) {
    if (!text.startsWith('IT', at) || text.charAt(at + 5) !== 'E' || !every(text, at + 2, at + 5, isFigure)) return NO_LENGTHS
    if (!every(text, at + 6, at + 14, isAlnum)) return NO_LENGTHS
    return every(text, at + 14, at + 15, isAlnum) ? [15, 14] : [14]
  },
}

const PDR_FIGURES = 14

/** The gas point of delivery: 14 figures, without check characters. */
export const pdr: CodeShape = {
  confidence: SURE.bare,
  isEvident: () => false,
  lengthsAt(text, at) {
    return figuresFrom(text, at, PDR_FIGURES + 1) === PDR_FIGURES ? [PDR_FIGURES] : NO_LENGTHS
  },
}

/** Figures of a tax code, or the letters that stand for them where two people would share one. */
const OMOCODE = 'LMNPQRSTUV'
const isTaxFigure = (code: number): boolean => isFigure(code) || (isUpper(code) && OMOCODE.includes(String.fromCharCode(code)))
const MONTHS = 'ABCDEHLMPRST'
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
/** Women's days of birth are counted from here. */
const WOMEN = 40
const VOWELS = 'AEIOU'
/** Letters of the registers of towns, Z for countries. */
const TOWNS = 'ABCDEFGHIJKLMZ'
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23] as const

/** The Italian tax code of a person. */
export const taxCode: CodeShape = {
  confidence: SURE.evident,
  isEvident: () => true,
  lengthsAt(text, at) {
    if (!every(text, at, at + 6, isUpper) || !every(text, at + 6, at + 8, isTaxFigure)) return NO_LENGTHS
    if (!MONTHS.includes(text.charAt(at + 8)) || !every(text, at + 9, at + 11, isTaxFigure)) return NO_LENGTHS
    const rest = isUpper(text.charCodeAt(at + 11)) && every(text, at + 12, at + 15, isTaxFigure)
    return rest && isUpper(text.charCodeAt(at + 15)) ? [16] : NO_LENGTHS
  },
  holds(code) {
    if (!isNamePart(code, 0) || !isNamePart(code, 3) || !TOWNS.includes(code.charAt(11))) return false
    const said = Number(figureOf(code.charAt(9)) + figureOf(code.charAt(10)))
    const day = said > WOMEN ? said - WOMEN : said
    if (day < 1 || day > (MONTH_DAYS[MONTHS.indexOf(code.charAt(8))] as number)) return false
    let sum = 0
    for (let i = 0; i < 15; i++) {
      const char = code.charCodeAt(i)
      const index = isFigure(char) ? char - 48 : char - 65
      sum += i % 2 === 0 ? (ODD[index] as number) : index
    }
    return code.charCodeAt(15) === 65 + (sum % 26)
  },
}

/** Three letters of a name: its consonants, then its vowels, then X where it has too few. */
function isNamePart(code: string, from: number): boolean {
  let vowel = false
  let filled = false
  for (let i = from; i < from + 3; i++) {
    const char = code.charAt(i)
    if (VOWELS.includes(char)) {
      if (filled) return false
      vowel = true
    } else if (vowel) {
      if (char !== 'X') return false
      filled = true
    }
  }
  return true
}

function figureOf(char: string): string {
  const index = OMOCODE.indexOf(char)
  return index < 0 ? char : String(index)
}
