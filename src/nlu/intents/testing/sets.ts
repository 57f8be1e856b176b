import { readFileSync } from 'node:fs'
import type { IntentSet, IntentSource, Language } from '../intent-set.ts'

/** Builders for tests: small sets, and the fixtures in four languages. */

interface FixtureLine {
  readonly text: string
  readonly intent: string
  readonly split: 'train' | 'valid'
}

/** Twelve intents with ten texts each: six to train on, four to ask. */
export function fixtureLines(language: Exclude<Language, 'en'>, split: 'train' | 'valid'): readonly FixtureLine[] {
  const file = new URL(`../../../../test/fixtures/intents/${language}.jsonl`, import.meta.url)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as FixtureLine).filter((line) => line.split === split)
}

export function fixtureSet(...languages: readonly Exclude<Language, 'en'>[]): IntentSet {
  const examples = new Map<string, string[]>()
  for (const { intent, text } of languages.flatMap((language) => fixtureLines(language, 'train'))) {
    const known = examples.get(intent)
    if (known === undefined) examples.set(intent, [text])
    else known.push(text)
  }
  return setOf(
    [...examples].map(([name, texts]) => ({ name, examples: texts })),
    { languages },
  )
}

export function setOf(intents: readonly IntentSource[], more: Partial<IntentSet> = {}): IntentSet {
  return { tenant: 'acme', version: 1, languages: ['en'], intents, ...more }
}

/** Four intents of a bank, five examples each. */
export const BANK: readonly IntentSource[] = [
  {
    name: 'lost_card',
    examples: [
      'I lost my card',
      'my card was stolen',
      'I cannot find my debit card',
      'somebody took my credit card',
      'card is missing',
    ],
  },
  {
    name: 'opening_hours',
    description: 'When the branch is open',
    examples: [
      'when do you open',
      'what are your opening hours',
      'are you open on Sunday',
      'until when are you open',
      'closing time',
    ],
  },
  {
    name: 'balance',
    examples: [
      'how much money do I have',
      'what is my balance',
      'show my account balance',
      'how much is left',
      'check my balance',
    ],
  },
  {
    name: 'transferMoney',
    examples: [
      'send money to a friend',
      'I want to make a transfer',
      'wire 200 dollars',
      'transfer funds to Anna',
      'pay somebody',
    ],
  },
]
