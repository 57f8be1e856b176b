import { isDigit, isLetter } from '../text/fold.ts'

/** What the parts of an e-mail address may be made of. */

export const MAIL = { localMax: 64, addressMax: 254, labelMax: 63, topLevelMax: 24 } as const

const LOCAL_MARKS = "._-+%&'*/=?^`{|}~!#$"
/** The full-width copies of our letters, and what comes after them, are none of an address. */
const WIDE_END = 0xff00
const IDEOGRAPHS = 0x2e80

function isPlain(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** Letters of other alphabets. */
function isWide(code: number): boolean {
  return code > 127 && code < WIDE_END && isLetter(code)
}

/** Letters of the scripts that put no spaces between words. */
export function isIdeograph(code: number): boolean {
  return code >= IDEOGRAPHS && isWide(code)
}

export function isLocalChar(code: number): boolean {
  return isPlain(code) || (code > 127 ? isWide(code) : LOCAL_MARKS.includes(String.fromCharCode(code)))
}

/** A character of a domain; `marks`: its dots and dashes too. */
export function isAddressChar(code: number, marks: boolean): boolean {
  return isPlain(code) || isWide(code) || (marks && (code === 45 || code === 46))
}

export function isLocal(local: string): boolean {
  if (local.length === 0 || local.length > MAIL.localMax) return false
  for (let i = 0; i < local.length; i++) if (!isLocalChar(local.charCodeAt(i))) return false
  return local.charAt(0) !== '.' && local.charAt(local.length - 1) !== '.' && !local.includes('..')
}

export function isDomain(domain: string): boolean {
  if (domain.length < 4 || domain.length > MAIL.addressMax) return false
  const labels = domain.split('.')
  if (labels.length < 2) return false
  for (const label of labels) {
    if (label === '' || label.length > MAIL.labelMax) return false
    if (label.charAt(0) === '-' || label.charAt(label.length - 1) === '-') return false
    for (let i = 0; i < label.length; i++)
      if (!isAddressChar(label.charCodeAt(i), false) && label.charCodeAt(i) !== 45) return false
  }
  return isTopLevel(labels[labels.length - 1] as string)
}

function isTopLevel(label: string): boolean {
  if (label.length < 2 || label.length > MAIL.topLevelMax) return false
  for (let i = 0; i < label.length; i++)
    if (isDigit(label.charCodeAt(i)) || label.charCodeAt(i) === 45) return label.startsWith('xn--')
  return true
}
