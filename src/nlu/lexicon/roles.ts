/** What a word can do in quantities and times; bits of `Word.is`. */
export const IS = {
  cardinal: 1 << 0,
  ordinal: 1 << 1,
  scale: 1 << 2,
  zero: 1 << 3,
  multiply: 1 << 4,
  and: 1 << 5,
  point: 1 << 6,
  minus: 1 << 7,
  month: 1 << 8,
  weekday: 1 << 9,
  day: 1 << 10,
  unit: 1 << 11,
  next: 1 << 12,
  last: 1 << 13,
  this: 1 << 14,
  ago: 1 << 15,
  within: 1 << 16,
  article: 1 << 17,
  of: 1 << 18,
  am: 1 << 19,
  pm: 1 << 20,
  half: 1 << 21,
  quarter: 1 << 22,
  past: 1 << 23,
  to: 1 << 24,
  noon: 1 << 25,
  midnight: 1 << 26,
  oclock: 1 << 27,
  dayTime: 1 << 28,
  at: 1 << 29,
  currency: 1 << 30,
} as const

/** What a word can do in talk; bits of `Word.as`. */
export const AS = {
  filler: 1 << 0,
  /** A function word or everyday word that is no personal name. */
  common: 1 << 1,
  title: 1 << 2,
  particle: 1 << 3,
  question: 1 << 4,
  copula: 1 << 5,
  not: 1 << 6,
  mailAt: 1 << 7,
  mailDot: 1 << 8,
  mailDash: 1 << 9,
  mailUnderscore: 1 << 10,
  mailPlus: 1 << 11,
  with: 1 << 12,
  /** Joins a letter to the word that spells it: "m FOR mike", "a COME Ancona". */
  spells: 1 << 13,
  /** Also an everyday word, so that alone inside a sentence it means nothing ("may", "march"). */
  soft: 1 << 14,
  firstName: 1 << 15,
  /** A word of a spelling alphabet that stands for its letter by itself ("tango"). */
  letter: 1 << 16,
  ordinalEnd: 1 << 17,
  only: 1 << 18,
  self: 1 << 19,
  /** The number one, as the hour is said ("all'una"). */
  oneOclock: 1 << 20,
} as const

/** What a word can do in dates and times beyond `IS`; bits of `Word.when`. */
export const WHEN = {
  weekend: 1 << 0,
} as const

/** What a word can do in numbers beyond `IS`; bits of `Word.how`. */
export const HOW = {
  /** A one that may be an article: a number alone only where a number is asked, and part of a number anywhere. */
  one: 1 << 0,
  /** "And" that joins tens to units: "treinta Y uno". */
  tensAnd: 1 << 1,
  /** "And" that joins units to tens: "ein UND zwanzig". */
  unitAnd: 1 << 2,
  /** Makes eighty of a four before it: "quatre VINGT". */
  score: 1 << 3,
  /** Tens that ten to nineteen may follow: "SOIXANTE douze". */
  teens: 1 << 4,
} as const
