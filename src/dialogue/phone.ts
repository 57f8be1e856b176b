/** Calling codes of one and of two figures; all others have three. */
const SHORT_CODES: ReadonlySet<string> = new Set(
  (
    '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 ' +
    '81 82 84 86 90 91 92 93 94 95 98'
  ).split(' '),
)

/** `+393331234567` → `+39 333 123 4567`: the calling code, then groups that can be read aloud. What is not E.164 stays as it is. */
export function writePhone(number: string): string {
  if (!/^\+\d{7,15}$/.test(number)) return number
  const length = [1, 2].find((figures) => SHORT_CODES.has(number.slice(1, 1 + figures))) ?? 3
  const code = number.slice(1, 1 + length)
  const national = number.slice(1 + length)
  return `+${code} ${(code === '33' ? pairs(national) : threes(national)).join(' ')}`
}

/** As in France: 6 12 34 56 78. */
function pairs(figures: string): string[] {
  return [figures.slice(0, 1), ...(figures.slice(1).match(/\d{1,2}/g) ?? [])]
}

/** Groups of three, the last one of up to four. */
function threes(figures: string): string[] {
  const groups: string[] = []
  let at = 0
  while (figures.length - at > 4) {
    groups.push(figures.slice(at, at + 3))
    at += 3
  }
  return [...groups, figures.slice(at)]
}
