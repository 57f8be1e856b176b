/** Letters below this code are folded by table; the rest by `toLowerCase`. */
const TABLE_SIZE = 0x250

const SPECIAL: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

const FOLDED: readonly string[] = Array.from({ length: TABLE_SIZE }, (_, code) => foldSlowly(String.fromCharCode(code)))

/** 1 for letters below the table's end; º and ª are marks, as they end ordinals. */
const LETTER = Uint8Array.from(FOLDED, (_, code) => (isLetterSlowly(String.fromCharCode(code)) ? 1 : 0))
LETTER[0xaa] = 0
LETTER[0xba] = 0

const ONE_LETTER = /^[\p{L}\p{M}]$/u

function isLetterSlowly(char: string): boolean {
  return /^\p{L}$/u.test(char)
}

function foldSlowly(char: string): string {
  const lower = char.toLowerCase()
  return SPECIAL[lower] ?? (lower.normalize('NFD').replace(/\p{M}/gu, '') || lower)
}

/** Whether the UTF-16 unit belongs to a word: a letter, or a mark that combines with one. */
export function isLetter(code: number): boolean {
  return code < TABLE_SIZE ? LETTER[code] === 1 : ONE_LETTER.test(String.fromCharCode(code))
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Lower case without accents: `Però` gives `pero`, `Straße` gives `strasse`. May be of another length. */
export function fold(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < TABLE_SIZE) out += FOLDED[code]
    else if (code < 0x300 || code > 0x36f) out += foldSlowly(text.charAt(i))
  }
  return out
}
