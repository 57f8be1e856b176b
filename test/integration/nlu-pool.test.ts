import { afterEach, describe, expect, it } from 'vitest'
import type { Interpretation, SlotExpectation } from '../../src/dialogue/interpretation.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import { createInlineNlu } from '../../src/nlu/inline.ts'
import { createPooledNlu, type PooledNlu, type PooledNluOptions } from '../../src/nlu/pool/pool.ts'
import type { NluAnswer, NluRequest } from '../../src/nlu/port.ts'

const HOSTILE = new URL('./nlu-pool-hostile-worker.ts', import.meta.url)
const LONG = ' and so on'.repeat(60)

const email: SlotExpectation = { slot: 'email', type: 'email', contract: {}, attention: 'active', parts: [], names: [] }
const order: SlotExpectation = { ...email, slot: 'order', type: 'pattern', contract: { pattern: '[A-Z]{2}[0-9]{6}' } }

function request(text: string, slot: SlotExpectation = email, deadlineMs = 20_000): NluRequest {
  return {
    tenant: 'acme',
    cid: 'c1',
    text,
    alternatives: [],
    locale: 'en',
    country: 'GB',
    localNow: '2026-11-20T10:30:00',
    tz: 'Europe/London',
    expectations: { key: 'k', slots: [slot], yesNo: false, commands: ['help'] },
    deadlineMs,
  }
}

let open: PooledNlu | undefined

function pool(more: Partial<PooledNluOptions> = {}): PooledNlu {
  open = createPooledNlu({
    inline: createInlineNlu(),
    workers: 1,
    queueMax: 100,
    deadlineMs: 20_000,
    killAfterMs: 300,
    clock: systemClock,
    log: silentLog,
    metrics: noMetrics,
    worker: HOSTILE,
    ...more,
  })
  return open
}

afterEach(async () => {
  await open?.close()
  open = undefined
})

const value = (answer: NluAnswer | undefined): unknown => (answer as Interpretation).candidates[0]?.value
const refusal = (answer: NluAnswer | undefined): string | undefined =>
  answer !== undefined && 'refused' in answer ? answer.refused : undefined

describe('the interpretation pool', () => {
  it('answers cheap requests at once, without a promise', () => {
    const answers = pool().interpret([request('mario@example.com')])
    expect(Array.isArray(answers)).toBe(true)
    expect(value((answers as readonly NluAnswer[])[0])).toBe('mario@example.com')
  })

  it('sends long texts to the worker that production uses, and gets the inline answer', async () => {
    const nlu = createPooledNlu({
      inline: createInlineNlu(),
      workers: 1,
      queueMax: 10,
      deadlineMs: 20_000,
      killAfterMs: 2_000,
      clock: systemClock,
      log: silentLog,
      metrics: noMetrics,
    })
    open = nlu
    const long = request(`mario@example.com${LONG}`)
    const answers = nlu.interpret([long])
    expect(answers).toBeInstanceOf(Promise)
    expect(await answers).toEqual([createInlineNlu().one(long)])
  })

  it("matches a tenant's small pattern at once", () => {
    const answers = pool().interpret([request('it is ab 12 34 56', order)])
    expect(value((answers as readonly NluAnswer[])[0])).toBe('AB123456')
  })

  it("matches a tenant's large pattern in the worker", async () => {
    const large = { ...order, contract: { pattern: '[A-Z]{2}[0-9]{6}|X[A-Z0-9]{80,100}' } }
    const answers = pool().interpret([request('it is ab 12 34 56', large)])
    expect(answers).toBeInstanceOf(Promise)
    expect(value((await answers)[0])).toBe('AB123456')
  })

  it('serves a tenant with one request before the rest of a tenant with many', async () => {
    const nlu = pool({ queueMax: 40, killAfterMs: 5_000 })
    await nlu.interpret([request(`warm@example.com${LONG}`)])
    let flooded = 0
    const flood = Array.from({ length: 30 }, async (_, i) => {
      const answer = await nlu.interpret([request(`SLOW u${i}@example.com${LONG}`)])
      flooded++
      return answer
    })
    const quiet = await nlu.interpret([{ ...request(`a@example.com${LONG}`), tenant: 'quiet' }])
    expect(value(quiet[0])).toBe('a@example.com')
    expect(flooded).toBeLessThanOrEqual(20)
    expect((await Promise.all(flood)).every((answers) => refusal(answers[0]) === undefined)).toBe(true)
  })

  it('refuses the tenant that filled the queue, and takes in the others', async () => {
    const nlu = pool({ queueMax: 8, killAfterMs: 5_000 })
    await nlu.interpret([request(`warm@example.com${LONG}`)])
    const flood = Promise.all(Array.from({ length: 60 }, (_, i) => nlu.interpret([request(`SLOW u${i}@example.com${LONG}`)])))
    const others = await Promise.all(
      ['t1', 't2', 't3'].map((tenant) => nlu.interpret([{ ...request(`${tenant}@example.com${LONG}`), tenant }])),
    )
    expect(others.map((answers) => value(answers[0]))).toEqual(['t1@example.com', 't2@example.com', 't3@example.com'])
    expect((await flood).filter((answers) => refusal(answers[0]) === 'full').length).toBeGreaterThan(20)
  })

  it('lets one stuck request of a tenant at most go before the request of another', async () => {
    const nlu = pool({ killAfterMs: 200 })
    await nlu.interpret([request(`warm@example.com${LONG}`)])
    let killed = 0
    const stuck = Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        const answers = await nlu.interpret([{ ...request(`STUCK${i}${LONG}`), tenant: 'evil' }])
        killed++
        return refusal(answers[0])
      }),
    )
    const quiet = await nlu.interpret([{ ...request(`a@example.com${LONG}`), tenant: 'quiet' }])
    expect(value(quiet[0])).toBe('a@example.com')
    expect(killed).toBeLessThanOrEqual(1)
    expect(await stuck).toEqual(Array(6).fill('killed'))
  })

  it('looks through a long list in the worker', async () => {
    const values = Array.from({ length: 2_000 }, (_, i) => ({ id: `p${i}`, label: { en: `place number ${i}` } }))
    const place = { ...email, slot: 'place', type: 'choice' as const, contract: { values } }
    const answers = pool().interpret([request('place number 7', place)])
    expect(answers).toBeInstanceOf(Promise)
    expect(value((await answers)[0])).toBe('p7')
  })

  it('keeps the order of a batch of cheap and dear requests', async () => {
    const texts = ['a@example.com', `b@example.com${LONG}`, 'c@example.com', `d@example.com${LONG}`]
    const answers = await pool().interpret(texts.map((text) => request(text)))
    expect(answers.map(value)).toEqual(['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'])
  })

  it('kills a stuck worker and refuses only the request that stuck it', async () => {
    const nlu = pool()
    await nlu.interpret([request(`warm@example.com${LONG}`)])
    const began = performance.now()
    const texts = [`a@example.com${LONG}`, `STUCK${LONG}`, `b@example.com${LONG}`, `c@example.com${LONG}`]
    const answers = await nlu.interpret(texts.map((text) => request(text)))
    expect(answers.map(refusal)).toEqual([undefined, 'killed', undefined, undefined])
    expect(value(answers[0])).toBe('a@example.com')
    expect(value(answers[3])).toBe('c@example.com')
    expect(performance.now() - began).toBeLessThan(10_000)
    const after = await nlu.interpret([request(`later@example.com${LONG}`)])
    expect(value(after[0])).toBe('later@example.com')
  })

  it('survives one stuck request after another', async () => {
    const nlu = pool({ killAfterMs: 100 })
    const texts = [`STUCK${LONG}`, `a@example.com${LONG}`, `STUCK${LONG}`, `b@example.com${LONG}`]
    const answers = await nlu.interpret(texts.map((text) => request(text)))
    expect(answers.map(refusal)).toEqual(['killed', undefined, 'killed', undefined])
  })

  it('fails only the request that ended the worker, or threw', async () => {
    const texts = [`a@example.com${LONG}`, `CRASH${LONG}`, `THROW${LONG}`, `b@example.com${LONG}`]
    const answers = await pool().interpret(texts.map((text) => request(text)))
    expect(answers.map(refusal)).toEqual([undefined, 'failed', 'failed', undefined])
  })

  it('refuses with `full` what does not fit the queue, and answers what does', async () => {
    const nlu = pool({ queueMax: 4, batchMax: 2 })
    const answers = await nlu.interpret(Array.from({ length: 12 }, (_, i) => request(`SLOW u${i}@example.com${LONG}`)))
    const outcomes = answers.map(refusal)
    expect(outcomes.filter((outcome) => outcome === 'full').length).toBeGreaterThan(0)
    expect(outcomes.filter((outcome) => outcome === undefined).length).toBeGreaterThanOrEqual(4)
    expect(new Set(outcomes)).toEqual(new Set(['full', undefined]))
  })

  it('answers `late` at the deadline, and what waits behind with its own', async () => {
    const nlu = pool({ killAfterMs: 600 })
    await nlu.interpret([request(`warm@example.com${LONG}`)])
    const began = performance.now()
    const stuck = nlu.interpret([request(`STUCK${LONG}`, email, 150)])
    const patient = nlu.interpret([request(`a@example.com${LONG}`)])
    expect((await stuck).map(refusal)).toEqual(['late'])
    expect(performance.now() - began).toBeLessThan(1_500)
    expect(value((await patient)[0])).toBe('a@example.com')
  })

  it('makes room in a full queue for requests whose neighbours gave up', async () => {
    const nlu = pool({ queueMax: 2, batchMax: 1, killAfterMs: 800 })
    await nlu.interpret([request(`warm@example.com${LONG}`)])
    const stuck = nlu.interpret([request(`STUCK${LONG}`)])
    const late = nlu.interpret([request(`b@example.com${LONG}`, email, 100), request(`c@example.com${LONG}`, email, 100)])
    expect((await late).map(refusal)).toEqual(['late', 'late'])
    const next = nlu.interpret([request(`d@example.com${LONG}`)])
    expect((await stuck).map(refusal)).toEqual(['killed'])
    expect(value((await next)[0])).toBe('d@example.com')
  })

  it('refuses what waits when it closes, finishes what runs, and takes nothing afterwards', async () => {
    const nlu = pool({ batchMax: 1, workers: 1 })
    await nlu.interpret([request(`warm@example.com${LONG}`)])
    const running = nlu.interpret([request(`SLOW a@example.com${LONG}`)])
    const waiting = nlu.interpret([request(`b@example.com${LONG}`)])
    await Promise.all([nlu.close(), nlu.close()])
    expect((await running).map(refusal)).toEqual([undefined])
    expect((await waiting).map(refusal)).toEqual(['full'])
    expect((await nlu.interpret([request(`c@example.com${LONG}`)])).map(refusal)).toEqual(['full'])
  })

  it('refuses with `failed` when its workers cannot even start', async () => {
    const nlu = pool({ worker: new URL('./no-such-worker.ts', import.meta.url) })
    expect((await nlu.interpret([request(`a@example.com${LONG}`)])).map(refusal)).toEqual(['failed'])
  })

  it('spreads batches over several workers', async () => {
    const nlu = pool({ workers: 2, batchMax: 8 })
    const answers = await nlu.interpret(Array.from({ length: 64 }, (_, i) => request(`u${i}@example.com${LONG}`)))
    expect(answers.map(value)).toEqual(Array.from({ length: 64 }, (_, i) => `u${i}@example.com`))
  })
})
