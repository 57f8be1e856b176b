import { describe, expect, it } from 'vitest'
import { DATUM_TYPES } from '../dialogue/template.ts'
import { slot, understand } from './testing/ask.ts'

const LANGUAGES = ['en', 'it', 'es', 'fr', 'de'] as const

/** What extractors like to begin at, over and over. */
const PIECES = [
  '12 ',
  'one hundred and ',
  'at 5 ',
  '3/4/',
  'a b c ',
  'the first monday of ',
  'mario at ',
  'via Roma 1, ',
  'no, ',
  'è di erre ',
  'zweiund',
  'dos mil y ',
  '٣ ',
  '\u{1f44d}\u{1f3fd}',
  'e\u0301',
] as const

/** The best of three: what is left is the text's own cost. */
function tookMs(locale: string, text: string, slots: Parameters<typeof understand>[1]['slots']): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const began = performance.now()
    understand(text, { slots, locale })
    best = Math.min(best, performance.now() - began)
  }
  return best
}

describe('a text of 2,000 characters', () => {
  const slots = DATUM_TYPES.map((type) => slot(type, { contract: type === 'pattern' ? { pattern: '[A-Z]{2}[0-9]{6}' } : {} }))

  it.each(LANGUAGES)('costs at most in proportion to one of 250, whatever is repeated in it, all types at once: %s', (locale) => {
    for (const piece of PIECES) {
      const text = piece.repeat(2_000)
      const short = tookMs(locale, text.slice(0, 250), slots)
      const long = tookMs(locale, text.slice(0, 2_000), slots)
      // Eight times the length; as much again, and 5 ms, for a machine that is busy with something else.
      expect(long, `${JSON.stringify(piece)}: ${short.toFixed(2)} ms, then ${long.toFixed(2)} ms`).toBeLessThan(16 * short + 5)
    }
  })
})
