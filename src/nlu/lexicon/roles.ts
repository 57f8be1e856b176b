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
  /** The name of a letter ("acca"), and one that is another word too ("di"). */
  letterName: 1 << 21,
  softLetter: 1 << 22,
  /** Repeats the figure after it, behind a number: "due VOLTE tre". */
  times: 1 << 23,
  /** Joins stretches of one long number: "zero due POI tre quattro". */
  digitJoint: 1 << 24,
  /** A mail sign that is an everyday word: "mario AT example", "mario CHEZ example". */
  mailSoftAt: 1 << 25,
  /** A thing whose number is no telephone's: "ACCOUNT 12345678". */
  otherNumber: 1 << 26,
} as const

/** What a word can do in dates and times beyond `IS`; bits of `Word.when`. */
export const WHEN = {
  weekend: 1 << 0,
  /** Three quarters in one word ("dreiviertel"). */
  threeQuarters: 1 << 20,
  /** About, after the hour: "11ish". */
  ish: 1 << 21,
  /** Says that the number before it is an hour, or a number of hours: "7 heures", "15 h". */
  hourMark: 1 << 22,
  /** Announces an hour only where no other noun follows: "about 7", "le sette". */
  softAt: 1 << 23,
  /** "To" of "ten to four" that also joins ranges: only with minutes, a fraction or a multiple of five. */
  softTo: 1 << 24,
  /** "To" only where minutes or a fraction were named as such: "dieci minuti ALLE otto". */
  minutesTo: 1 << 25,
  /** "MANCANO dieci alle otto". */
  lacking: 1 << 26,
  /** Tomorrow as well as morning: the morning only after `partLead` or a weekday. */
  orTomorrow: 1 << 27,
  partLead: 1 << 28,
  /** Small words that may stand between a time, its part of the day and its date. */
  joint: 1 << 29,
  /** Begins a range, so that "to" after it is none of "ten to four": "FROM 10 to 4". */
  rangeLead: 1 << 30,
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
  /** A ten that seven to nine may follow: "DIX sept". */
  ten: 1 << 5,
  /** An ordinal that a smaller one may follow: "VIGÉSIMO primero". */
  ordinalTens: 1 << 6,
  /** An indefinite article that is no number: "A third". */
  a: 1 << 7,
  /** Stands between numerator and denominator: "one OVER three". */
  over: 1 << 8,
  /** Before "one" it makes a pronoun of it: "THAT one". */
  pronoun: 1 << 9,
  /** Joins ten to six and more too: "diez Y seis". */
  teensAnd: 1 << 10,
  /** Joins tens to one in the first place, so that more behind it may be a fraction: "trente ET deux tiers". */
  oneAnd: 1 << 11,
  /** A noun with which an article is no one: "un MOMENTO". */
  moment: 1 << 12,
  /** Stands between what is asked for and how many: "a table FOR four". */
  purpose: 1 << 13,
  /** Thanks a thousand are no thousand: "MERCI mille fois". */
  thanks: 1 << 14,
  /** A number that is also a verb, and what stands before or behind the verb: "chi SEI", "sei SICURO". */
  verb: 1 << 15,
  subject: 1 << 16,
  complement: 1 << 17,
  /** Takes back the number before it for the one behind it: "3, ANZI 4". */
  instead: 1 << 18,
} as const

/** What a phrase does in a date; bits, as one phrase may do several things. */
export const JOIN = {
  /** An amount of time follows, counted from today: "in", "dentro de". */
  ahead: 1 << 0,
  /** The same, counted back: "hace", "il y a", "vor". */
  behind: 1 << 1,
  /** An amount stands before it: "from now", "später". */
  later: 1 << 2,
  /** The same, counted back: "ago", "fa". */
  earlier: 1 << 3,
  /** Between an amount and the date that it is counted from. */
  after: 1 << 4,
  before: 1 << 5,
  next: 1 << 6,
  /** The first one ahead, whatever the week. */
  coming: 1 << 7,
  last: 1 << 8,
  /** The last one passed, whatever the week. */
  recent: 1 << 9,
  this: 1 << 10,
  afterNext: 1 << 11,
  beforeLast: 1 << 12,
  /** The day after, or before, the date that follows it; from today where none follows. */
  dayAfter: 1 << 13,
  dayBefore: 1 << 14,
  /** The same, but nothing without a date. */
  eveOf: 1 << 15,
  morrowOf: 1 << 16,
  /** Small words between the pieces of a date: "on", "of the", "il", "den". */
  link: 1 << 17,
  /** After a year that is as it was said, however short. */
  era: 1 << 18,
  /** After an amount: days on which people work. */
  workdays: 1 << 19,
  /** A stretch that is the month, or year, in hand: "later in", "the rest of". */
  within: 1 << 20,
  /** "nach dem nächsten": after a weekday, month or year. */
  thanNext: 1 << 21,
  /** An article that no day of the month has: "la seconda", "die zweite". */
  notDay: 1 << 22,
} as const
