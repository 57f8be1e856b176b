import type { NumberWords } from '../source.ts'

export const numbers: NumberWords = { cardinals: [], ordinals: [], scales: [], multipliers: [], currencies: [], decimalMark: ',' }
