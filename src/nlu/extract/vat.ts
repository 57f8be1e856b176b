import { isFigure, isUpper } from './code-run.ts'
import { type CodeShape, isAlnum, NO_LENGTHS } from './code-shape.ts'
import { SURE } from './utterance.ts'
import { VAT_RULES, type VatRule } from './vat-checks.ts'

/** Greek numbers begin with the language, not with the country. */
const prefixOf = (country: string): string => (country === 'GR' ? 'EL' : country)
const PREFIX = 2

/** Lengths of the bodies of that rule that stand at `at`. */
function bodiesAt(rule: VatRule | undefined, text: string, at: number): readonly number[] {
  if (rule === undefined) return NO_LENGTHS
  return rule.formats.filter((format) => fits(text, at, format)).map((format) => format.length)
}

function fits(text: string, at: number, format: string): boolean {
  if (at + format.length > text.length) return false
  for (let i = 0; i < format.length; i++) {
    const code = text.charCodeAt(at + i)
    const wanted = format.charAt(i)
    const right =
      wanted === '9'
        ? isFigure(code)
        : wanted === 'a'
          ? isUpper(code)
          : wanted === 'c'
            ? isAlnum(code)
            : text.charAt(at + i) === wanted
    if (!right) return false
  }
  return true
}

/** The prefix that the code itself has, also where a French body might begin with the same letters; empty for a code without one. */
function ownPrefix(code: string): string {
  const prefix = code.slice(0, PREFIX)
  return bodiesAt(VAT_RULES.get(prefix), code, PREFIX).includes(code.length - PREFIX) ? prefix : ''
}

/** A VAT number of the European Union or Britain, with its country before it or of the conversation's country; kept with it. */
export const vat: CodeShape = {
  confidence: SURE.bare,
  isEvident: (code) => VAT_RULES.has(code.slice(0, PREFIX)),
  lengthsAt(text, at, country) {
    const prefixed = bodiesAt(VAT_RULES.get(text.slice(at, at + PREFIX)), text, at + PREFIX)
    const home = bodiesAt(VAT_RULES.get(prefixOf(country)), text, at)
    return prefixed.length === 0 ? home : [...prefixed.map((length) => length + PREFIX), ...home]
  },
  holds(code, country) {
    const prefix = ownPrefix(code)
    const rule = VAT_RULES.get(prefix === '' ? prefixOf(country) : prefix)
    return rule?.check(prefix === '' ? code : code.slice(PREFIX)) === true
  },
  kept: (code, country) => (ownPrefix(code) === '' ? prefixOf(country) + code : code),
}
