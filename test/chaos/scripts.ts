import type { SeededRandom } from '../sim/random.ts'

/** What one user says in one conversation. It may end before its last text: then another one begins. */
export interface Script {
  readonly template: string
  readonly locale: string
  readonly texts: readonly string[]
}

const NAMES = ['Mario Rossi', 'Ada Lovelace', 'Giulia Bianchi', 'John Smith', 'Marie Curie']

/** Conversations of the factory templates: short ones that come to their end, and long ones that correct themselves again and again. */
export function drawScript(random: SeededRandom, round: number): Script {
  const name = random.pick(NAMES)
  switch (random.below(5)) {
    case 0:
      return { template: 'contact', locale: 'en', texts: [name, `user${round}@example.com`, 'yes'] }
    case 1:
      return { template: 'full-name', locale: 'it', texts: [`sono ${name}`, 'sì'] }
    case 2:
      return { template: 'email', locale: 'en', texts: ['well', `first${round}@example.com`, 'no, second@example.com', 'yes'] }
    default:
      return { template: 'date-of-birth', locale: 'en', texts: correcting(random, 8 + random.below(24)) }
  }
}

/** A date that is corrected so many times before it is confirmed. */
export function correcting(random: SeededRandom, times: number): string[] {
  const days = Array.from({ length: times }, (_, i) => `no, the ${1 + ((i + random.below(20)) % 28)}th`)
  return ['december 1980', 'the 14th', ...days, 'yes']
}

/** One conversation that goes on for as long as anybody wants. */
export const endless = (random: SeededRandom): Script => ({
  template: 'date-of-birth',
  locale: 'en',
  texts: correcting(random, 100_000),
})
