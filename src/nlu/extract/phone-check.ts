import { createRequire } from 'node:module'
import type { parsePhoneNumberFromString } from 'libphonenumber-js/max'

type Parse = typeof parsePhoneNumberFromString

let parse: Parse | undefined

/** Loads the numbering plans (tens of milliseconds); done at the first phone number otherwise. */
export function loadPhonePlans(): void {
  parse ??= (createRequire(import.meta.url)('libphonenumber-js/max') as { parsePhoneNumberFromString: Parse })
    .parsePhoneNumberFromString
}

/** What E.164 allows, with the `+`; some national plans go beyond it. */
const CHARS_MAX = 16

/** The number in E.164 if the country's plan, or that of its own prefix, has such numbers; undefined otherwise. */
export function phoneNumber(digits: string, country: string): string | undefined {
  loadPhonePlans()
  const number = (parse as Parse)(digits, country as 'IT')
  return number?.isValid() === true && number.number.length <= CHARS_MAX ? number.number : undefined
}
