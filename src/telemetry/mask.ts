const E_MAIL = /[^\s@<>()[\]"',;:]{1,64}@[^\s@<>()[\]"',;:]{1,255}/g
/** Digits, with what people write between them; those with six digits and more are cut (phones, dates of birth, cards, accounts). */
const DIGITS = /\d(?:[\d\s./()-]{0,40}\d)?/g
const DIGITS_MAX = 5
/** Where servers listen: nobody's. */
const LOOPBACK = '127.0.0.1'
/** Italian tax codes, also with letters in place of digits (omocodia). */
const TAX_CODE = /\b[a-z]{6}[\dl-v]{2}[a-z][\dl-v]{2}[a-z][\dl-v]{3}[a-z]\b/gi

/** Cuts personal values out of a text. */
export type Mask = (text: string) => string

/**
 * Cuts what looks personal out of free text: e-mail addresses, tax codes and runs of six digits and more.
 * Names cannot be told from other words, so text that may hold them is never logged: see `redact.ts`.
 */
export function mask(text: string): string {
  return text
    .replace(E_MAIL, '[e-mail]')
    .replace(TAX_CODE, '[tax code]')
    .replace(DIGITS, (run) => (countDigits(run) > DIGITS_MAX && run !== LOOPBACK ? '[digits]' : run))
}

function countDigits(run: string): number {
  let count = 0
  for (let i = 0; i < run.length; i++) {
    const code = run.charCodeAt(i)
    if (code >= 48 && code <= 57) count++
  }
  return count
}
