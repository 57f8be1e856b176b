import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IntentModel } from './intent-model.ts'
import { type IntentSet, intentSetHash } from './intent-set.ts'
import { BANK, fixtureLines, fixtureSet, setOf } from './testing/sets.ts'
import { train } from './train.ts'

const bank = train(setOf(BANK))
const bytesOf = (model: IntentModel): Buffer => Buffer.from(new Uint8Array(model.buffer))

function accuracy(model: IntentModel, language: 'it' | 'es' | 'fr' | 'de'): number {
  const lines = fixtureLines(language, 'valid')
  return lines.filter(({ text, intent }) => model.predict(text, 0).intent === intent).length / lines.length
}

describe('a trained model', () => {
  it.each([
    ['lost_card', 'my cards got lost'],
    ['lost_card', 'a thief stole my visa'],
    ['opening_hours', 'at what time does the branch open'],
    ['balance', 'tell me my balance please'],
    ['transferMoney', 'I would like to transfer 50 euros'],
  ])('finds %s in "%s"', (intent, text) => {
    const prediction = bank.predict(text)
    expect(prediction.intent).toBe(intent)
    expect(prediction.ranked[0]?.name).toBe(intent)
    expect(prediction.score).toBeGreaterThan(0)
  })

  it('ranks all intents, the likeliest first', () => {
    const { ranked } = bank.predict('I lost my card')
    expect(ranked.map(({ name }) => name).sort()).toEqual(BANK.map(({ name }) => name).sort())
    const probabilities = ranked.map(({ probability }) => probability)
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a))
    expect(probabilities.reduce((sum, probability) => sum + probability)).toBeCloseTo(1)
  })

  it('knows what it is and what it was made of', () => {
    const set = setOf(BANK, { tenant: 'bank-1', version: 12 })
    expect(train(set, { seed: 5 }).header).toMatchObject({
      tenant: 'bank-1',
      version: 12,
      seed: 5,
      hash: intentSetHash(set),
      languages: ['en'],
      examples: 20,
      intents: ['lost_card', 'opening_hours', 'balance', 'transferMoney'],
    })
  })

  it('learns from names and descriptions', () => {
    const named = train(
      setOf([
        { name: 'baggage_allowance', examples: ['x'] },
        { name: 'seat', description: 'Window or aisle', examples: ['y'] },
      ]),
    )
    expect(named.predict('what baggage may I bring', 0).intent).toBe('baggage_allowance')
    expect(named.predict('I want the aisle', 0).intent).toBe('seat')
  })

  it('turns away what is not its business', () => {
    for (const text of ['xyzzy plugh', '早上好', '', '   ', '!!!']) expect(bank.predict(text).intent).toBeUndefined()
    expect(bank.predict('xyzzy plugh')).toEqual({ intent: undefined, score: 0, ranked: [] })
  })

  it('turns away more where the caller says so, and nothing at 0', () => {
    const text = 'my cards got lost in a forest'
    const { score } = bank.predict(text)
    expect(bank.predict(text, 0).intent).toBe('lost_card')
    expect(bank.predict(text, score + 0.001).intent).toBeUndefined()
  })

  it('scores what belongs above what does not', () => {
    const model = train(fixtureSet('it'))
    const belongs = fixtureLines('it', 'valid').map(({ text }) => model.predict(text).score)
    const foreign = [
      'che squadra ha vinto ieri sera',
      'raccontami una barzelletta',
      'scaldami la pizza al forno',
      'mi piace nuotare al mare',
    ]
    const median = belongs.sort((a, b) => a - b)[belongs.length >> 1] as number
    for (const text of foreign) expect(model.predict(text).score).toBeLessThan(median)
  })

  it.each(['it', 'es', 'fr', 'de'] as const)('understands %s from six examples an intent', (language) => {
    expect(accuracy(train(fixtureSet(language)), language)).toBeGreaterThanOrEqual(0.8)
  })

  it('understands four languages at a time, and one it has no examples of', () => {
    const model = train(fixtureSet('it', 'es', 'fr', 'de'))
    for (const language of ['it', 'es', 'fr', 'de'] as const) expect(accuracy(model, language)).toBeGreaterThanOrEqual(0.75)
    const italian: IntentSet = { ...fixtureSet('it'), languages: ['it', 'de'] }
    expect(accuracy(train(italian), 'de')).toBeGreaterThanOrEqual(0.5)
  })
})

describe('training', () => {
  it('gives the same bytes for the same examples and seed', () => {
    expect(bytesOf(train(setOf(BANK))).equals(bytesOf(bank))).toBe(true)
    expect(bytesOf(train(setOf(BANK), { seed: 2 })).equals(bytesOf(bank))).toBe(false)
  })

  it('tells its progress in equal steps to the end', () => {
    const told: [number, number][] = []
    train(setOf(BANK), { onProgress: (done, total) => told.push([done, total]) })
    const total = told.length
    expect(told).toEqual(Array.from({ length: total }, (_, i) => [i + 1, total]))
  })

  it('refuses a set with a fault, naming the field', () => {
    expect(() => train(setOf(BANK.slice(0, 1)))).toThrow(
      expect.objectContaining({ code: 'intents.invalid', message: expect.stringContaining('intents:') }),
    )
  })

  it('takes hostile examples', () => {
    const model = train(
      setOf([
        { name: '__proto__', examples: ['😀'.repeat(200), '\u0000\uffff', 'a'.repeat(500)] },
        { name: 'constructor', examples: ['\ud800 lone', '١٢٣', 'same'] },
        { name: 'same', examples: ['same', 'same', 'same'] },
      ]),
    )
    expect(model.predict('same', 0).ranked).toHaveLength(3)
    expect(model.predict('a'.repeat(400), 0).intent).toBe('__proto__')
  })
})

describe('the bytes of a model', () => {
  it('open again, shared or not, and answer the same', () => {
    for (const bytes of [bank.buffer, bytesOf(bank)]) {
      const again = IntentModel.open(bytes)
      expect(again.header).toEqual(bank.header)
      expect(again.predict('where is my card')).toEqual(bank.predict('where is my card'))
    }
    expect(IntentModel.open(bank.buffer).buffer).toBe(bank.buffer)
  })

  it('are refused when any byte is another, or some are missing', () => {
    const bytes = bytesOf(bank)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const spoilt = Buffer.from(bytes)
        spoilt[at] = (spoilt[at] as number) ^ change
        expect(() => IntentModel.open(spoilt)).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^intents\.(corrupt|stale)$/) }),
        )
      }),
      { numRuns: 60 },
    )
    for (const length of [0, 3, 31, 32, 100, bytes.length - 1])
      expect(() => IntentModel.open(bytes.subarray(0, length))).toThrow(expect.objectContaining({ code: 'intents.corrupt' }))
  })

  it('are stale when another release wrote them', () => {
    const bytes = bytesOf(bank)
    bytes.writeUInt32LE(99, 4)
    expect(() => IntentModel.open(bytes)).toThrow(expect.objectContaining({ code: 'intents.stale' }))
  })
})

describe('predicting', () => {
  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
        const { score, ranked } = bank.predict(text)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(ranked.length).toBeLessThanOrEqual(5)
      }),
    )
  })

  it('reads the first hundred words only', () => {
    const start = 'I lost my card '.repeat(25)
    expect(bank.predict(start + 'what is my balance '.repeat(5_000))).toEqual(bank.predict(start))
  })
})
