/** Letters after which `c` and `g` are soft. */
const SOFT = 'eiy'
const VOWELS = 'aeiouy'

const isVowel = (char: string): boolean => char !== '' && VOWELS.includes(char)

/** Letter groups that sound as one, by their first letter; `at` is where they stand, the second item what they sound like. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['tch', 'X'],
  ['sch', 'sk'],
  ['sh', 'X'],
  ['ch', 'X'],
  ['th', '0'],
  ['ph', 'f'],
  ['gh', ''],
  ['ck', 'k'],
  ['dge', 'j'],
  ['kn', 'n'],
  ['wr', 'r'],
  ['wh', 'w'],
  ['qu', 'kw'],
]

/**
 * How a name sounds in British English, roughly: equal for names that are spelled in several ways ("Stephen" and "Steven", "Lowe" and
 * "low", "Carr" and "car"). Consonants, and whether it begins with a vowel; `r` only before a vowel. `folded`: lower case letters.
 */
export function soundOf(folded: string): string {
  let out = ''
  let i = 0
  while (i < folded.length) {
    const group = groupAt(folded, i)
    if (group !== undefined) {
      out = joined(out, group[1])
      i += group[0].length
      continue
    }
    out = joined(out, soundAt(folded, i, out === ''))
    i++
  }
  return out
}

function groupAt(text: string, i: number): readonly [string, string] | undefined {
  const first = text.charAt(i)
  if (!'tscpgdkwq'.includes(first)) return undefined
  for (const group of GROUPS) if (text.startsWith(group[0], i) && !(group[0] === 'gh' && i === 0)) return group
  return undefined
}

function joined(out: string, sound: string): string {
  return sound !== '' && out.endsWith(sound.charAt(0)) ? out + sound.slice(1) : out + sound
}

function soundAt(text: string, i: number, opening: boolean): string {
  const char = text.charAt(i)
  const next = text.charAt(i + 1)
  if (char === 'y' && opening && isVowel(next)) return 'y'
  if (isVowel(char)) return opening ? 'A' : ''
  switch (char) {
    case 'c':
      return SOFT.includes(next) && next !== '' ? 's' : 'k'
    case 'g':
      return SOFT.includes(next) && next !== '' ? 'j' : 'g'
    case 'q':
      return 'k'
    case 'x':
      return opening ? 's' : 'ks'
    case 'z':
      return 's'
    case 'v':
      return 'f'
    case 'h':
      return opening && isVowel(next) ? 'h' : ''
    case 'w':
      return isVowel(next) && !(next === 'e' && i + 2 === text.length) ? 'w' : ''
    case 'r':
      return isHeardR(text, next === 'r' ? i + 2 : i + 1) ? 'r' : ''
    default:
      return char
  }
}

/** Before a vowel that is said: not at the end of "Moore", nor in "Carr". */
function isHeardR(text: string, i: number): boolean {
  const next = text.charAt(i)
  return isVowel(next) && !(next === 'e' && i + 1 === text.length)
}
