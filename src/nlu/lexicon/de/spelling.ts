import type { SpellingWords } from '../source.ts'

export const spelling: SpellingWords = { letters: [] }
