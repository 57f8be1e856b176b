const TENS: readonly (readonly [string, number])[] = [
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
  ['ninety', 90],
]
const UNITS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'] as const

function tensAnd(word: string, units: readonly string[]): number {
  for (const [tens, value] of TENS) {
    if (!word.startsWith(tens)) continue
    const unit = units.indexOf(word.slice(tens.length))
    return unit < 0 ? -1 : value + unit + 1
  }
  return -1
}

/** `twentyone` is 21; -1 for anything else. */
export function gluedEnglish(word: string): number {
  return tensAnd(word, UNITS)
}

/** `twentyfirst` is 21st; -1 for anything else. */
export function gluedEnglishOrdinal(word: string): number {
  return tensAnd(word, ORDINALS)
}
