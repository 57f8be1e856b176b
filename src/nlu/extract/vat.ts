import { type CodeShape, every, isAlnum, NO_LENGTHS } from './code-shape.ts'
import { SURE } from './utterance.ts'
import { VAT_RULES } from './vat-checks.ts'

/** Greek numbers begin with the language, not with the country. */
const prefixOf = (country: string): string => (country === 'GR' ? 'EL' : country)
const PREFIX = 2

/** The prefix that the code itself has; empty for a code without one, as Spanish and Irish bodies may begin with letters too. */
function ownPrefix(code: string, country: string): string {
  const prefix = code.slice(0, PREFIX)
  const own = VAT_RULES.get(prefix)
  if (own === undefined || !own.lengths.includes(code.length - PREFIX)) return ''
  const home = VAT_RULES.get(prefixOf(country))
  return home?.lengths.includes(code.length) === true && home.check(code) ? '' : prefix
}

/** A VAT number of the European Union or Britain, with its country before it or of the conversation's country; kept with it. */
export const vat: CodeShape = {
  confidence: SURE.bare,
  isEvident: (code) => VAT_RULES.has(code.slice(0, PREFIX)),
  lengthsAt(text, at, country) {
    const prefixed = VAT_RULES.get(text.slice(at, at + PREFIX))
    const home = VAT_RULES.get(prefixOf(country))
    if (prefixed === undefined && home === undefined) return NO_LENGTHS
    const lengths = [...(prefixed?.lengths.map((length) => length + PREFIX) ?? NO_LENGTHS), ...(home?.lengths ?? NO_LENGTHS)]
    return lengths.filter((length) => every(text, at, at + length, isAlnum) && hasFigures(text, at, length))
  },
  holds(code, country) {
    const prefix = ownPrefix(code, country)
    const rule = VAT_RULES.get(prefix === '' ? prefixOf(country) : prefix)
    return rule?.check(prefix === '' ? code : code.slice(PREFIX)) === true
  },
  kept: (code, country) => (ownPrefix(code, country) === '' ? prefixOf(country) + code : code),
}

/** Half of it at least: words have none. */
function hasFigures(text: string, at: number, length: number): boolean {
  let figures = 0
  for (let i = at; i < at + length; i++) if (text.charCodeAt(i) < 58) figures++
  return figures * 2 >= length
}
