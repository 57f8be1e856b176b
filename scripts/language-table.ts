/**
 * Writes src/nlu/language/language-table.ts: the weights by which languages are told apart, learnt from texts of this repository
 * (the factory's templates, the lexicons, the thesaurus, and the sentences in language-corpus/). Run it when those have grown:
 *   node scripts/language-table.ts
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Random } from '../src/nlu/intents/random.ts'
import { WORDS } from '../src/nlu/intents/thesaurus.ts'
import { LANGUAGES, type Language, LanguageFeatures, ROWS } from '../src/nlu/language/language-features.ts'
import { lexiconOf } from '../src/nlu/lexicon/lexicons.ts'
import { de } from './language-corpus/de.ts'
import { en } from './language-corpus/en.ts'
import { es } from './language-corpus/es.ts'
import { fr } from './language-corpus/fr.ts'
import { it } from './language-corpus/it.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CORPUS: Readonly<Record<Language, string>> = { en, it, es, fr, de }
const COLUMNS = LANGUAGES.length
const TRAINING = { epochs: 12, rate: 1, shrink: 1e-6, seed: 1 } as const
/** Roles of the lexicon whose words are names: they tell nothing of the language of a sentence. */
const NAMES = new Set(['firstName', 'letters', 'currencies'])

/** All texts under a value, names left out. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('|')
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => (NAMES.has(key) ? [] : textsIn(item)))
}

function templateTexts(language: Language): string[] {
  const folder = join(ROOT, 'templates')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const { texts } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { texts: Record<string, unknown> }
      return textsIn(texts[language]).map((text) => text.replace(/\{[^}]*\}/g, ' '))
    })
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss')

/** Sentences, pairs and single words of a language, with accents and without. */
function samplesOf(language: Language): string[] {
  const sentences = [
    ...CORPUS[language].split('\n'),
    ...templateTexts(language),
    ...textsIn(lexiconOf(language).source).flatMap((list) => (list.length > 200 ? list.split(' ') : [list])),
  ]
  const words = Object.values(WORDS[language]).flatMap((list) => list.split(' '))
  const samples = new Set<string>(words)
  for (const sentence of sentences) {
    const tokens = sentence.split(/[^\p{L}\p{M}'’-]+/u).filter((token) => token !== '')
    if (tokens.length < 40) samples.add(tokens.join(' '))
    for (let i = 0; i < tokens.length; i++) {
      samples.add(tokens[i] as string)
      if (i > 0) samples.add(`${tokens[i - 1]} ${tokens[i]}`)
      if (i > 1) samples.add(`${tokens[i - 2]} ${tokens[i - 1]} ${tokens[i]}`)
    }
  }
  samples.delete('')
  return [...new Set([...samples, ...[...samples].map(plain)])]
}

function learn(samples: readonly (readonly [string, number])[]): Float64Array {
  const weights = new Float64Array(ROWS * COLUMNS)
  const random = new Random(TRAINING.seed)
  const features = new LanguageFeatures()
  const order = Int32Array.from(samples, (_, i) => i)
  const sums = new Float64Array(COLUMNS)
  for (let epoch = 0; epoch < TRAINING.epochs; epoch++) {
    random.shuffle(order)
    const rate = TRAINING.rate * (1 - epoch / TRAINING.epochs)
    for (const at of order) {
      const [text, label] = samples[at] as readonly [string, number]
      features.read(text)
      if (features.size === 0) continue
      const unit = 1 / Math.sqrt(features.size)
      sums.fill(0)
      for (let i = 0; i < features.size; i++)
        for (let c = 0; c < COLUMNS; c++)
          sums[c] = (sums[c] as number) + unit * (weights[(features.row[i] as number) * COLUMNS + c] as number)
      const most = Math.max(...sums)
      let all = 0
      for (let c = 0; c < COLUMNS; c++) all += Math.exp((sums[c] as number) - most)
      for (let c = 0; c < COLUMNS; c++) {
        const step = rate * unit * (Math.exp((sums[c] as number) - most) / all - (c === label ? 1 : 0))
        for (let i = 0; i < features.size; i++) {
          const place = (features.row[i] as number) * COLUMNS + c
          weights[place] = (weights[place] as number) * (1 - rate * TRAINING.shrink) - step
        }
      }
    }
  }
  return weights
}

function write(weights: Float64Array): void {
  let most = 0
  for (const weight of weights) most = Math.max(most, Math.abs(weight))
  const bytes = Int8Array.from(weights, (weight) => Math.round((weight / most) * 127))
  const source = [
    '// Written by scripts/language-table.ts: rows of five signed bytes, one for each language.',
    `export const SCALE = ${(most / 127).toFixed(6)}`,
    `export const TABLE =\n  '${Buffer.from(bytes.buffer).toString('base64')}'`,
    '',
  ]
  writeFileSync(join(ROOT, 'src/nlu/language/language-table.ts'), source.join('\n'))
}

const all = LANGUAGES.map(samplesOf)
const largest = Math.max(...all.map((samples) => samples.length))
const balanced = all.flatMap((samples, label) =>
  Array.from({ length: largest }, (_, i) => [samples[i % samples.length] as string, label] as const),
)
write(learn(balanced))
process.stdout.write(`${LANGUAGES.map((language, i) => `${language} ${all[i]?.length}`).join(', ')} samples\n`)
