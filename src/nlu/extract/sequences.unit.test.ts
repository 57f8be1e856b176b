import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DatumType } from '../../dialogue/template.ts'
import { slot, understand } from '../testing/ask.ts'

const TYPES: readonly DatumType[] = [
  'email',
  'phone',
  'iban',
  'vat',
  'payment-card',
  'licence-plate',
  'pod-code',
  'pdr-code',
  'tax-code-it',
  'pattern',
]

/** Words that letters, figures and addresses are said with, and small ones that stand between them. */
const WORDS: Readonly<Record<string, string>> = {
  en: "at dot dash plus underscore double triple times o oh u w x ray for as in like it's a three twenty hundred and then not mike 07 12 @ . - + ( )",
  it: "è chiocciola punto trattino basso più doppia vu i lunga greca di come a e o l' acca erre tre venti cento volte poi non roma 07 12 @ . - + ( )",
  es: 'es arroba punto guion bajo más doble uve ve i griega de como a y o hache erre tres treinta cien veces luego no madrid 07 12 @ . - + ( )',
  fr: "c'est arobase a commercial chez point tiret bas du huit trait d'union plus double vé i grec de comme à et hache trois quatre vingt cent fois puis pas 07 12 @ . - + ( )",
  de: 'ist at punkt bindestrich unterstrich plus doppel zweimal die mal scharfes s eszett u umlaut wie be ce drei zwanzig und hundert dann nicht berta 07 12 @ . - + ( )',
}

describe.each(Object.entries(WORDS))('what is said letter by letter in %s', (locale, list) => {
  const words = list.split(' ')
  const slots = TYPES.map((type, i) =>
    slot(type, { slot: `${type}${i}`, contract: type === 'pattern' ? { pattern: '[A-Z]{2}[0-9]{4}' } : {} }),
  )

  it('is read to its end whatever the words are, and offsets stay inside the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), fc.constantFrom(' ', ''), (said, gap) => {
        const text = said.join(gap)
        for (const { start, end } of understand(text, { slots, locale, commands: [] }).candidates) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('takes time in proportion to its length', () => {
    const time = (text: string): number => {
      const began = performance.now()
      understand(text, { slots, locale, commands: [] })
      return performance.now() - began
    }
    for (const word of words) {
      const text = `${word} `.repeat(500).slice(0, 2_000)
      time(text)
      expect(time(text), word).toBeLessThan(250)
    }
  })
})
