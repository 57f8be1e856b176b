import { afterEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../test/fixtures/manual-clock.ts'
import { systemClock } from '../../kernel/clock.ts'
import { silentLog } from '../../kernel/log.ts'
import { BANK, setOf } from './testing/sets.ts'
import { train } from './train.ts'
import { IntentTrainer, type IntentTrainerOptions } from './trainer.ts'

/** Workers of a few lines each, in place of the real one. */
const workerOf = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`)
const NEVER_DONE = workerOf('setInterval(() => {}, 1000)')
const DYING = workerOf('throw new Error("no")')
const LEAVING = workerOf('')
const BABBLING = workerOf(
  'import { parentPort } from "node:worker_threads"; parentPort.postMessage({ model: new SharedArrayBuffer(10), cpuMs: 1 })',
)

const open: IntentTrainer[] = []
const trainerWith = (options: Partial<IntentTrainerOptions> = {}): IntentTrainer => {
  const trainer = new IntentTrainer({ clock: systemClock, log: silentLog, ...options })
  open.push(trainer)
  return trainer
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((trainer) => trainer.close()))
})

describe('the trainer', () => {
  it('trains in a worker what is trained here, byte for byte, and tells its progress', async () => {
    const told: number[] = []
    const answer = await trainerWith().train(setOf(BANK), { seed: 3, onProgress: (share) => told.push(share) })
    if ('refused' in answer) throw new Error(answer.msg)
    expect(Buffer.from(new Uint8Array(answer.model.buffer)).equals(new Uint8Array(train(setOf(BANK), { seed: 3 }).buffer))).toBe(
      true,
    )
    expect(answer.model.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(answer.cpuMs).toBeGreaterThan(0)
    expect(told.at(-1)).toBe(1)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('refuses a set with faults, and says which', async () => {
    const answer = await trainerWith().train(setOf(BANK.slice(0, 1)))
    expect(answer).toMatchObject({ refused: 'invalid', faults: [{ code: 'too-few', field: 'intents' }] })
  })

  it('ends a running training when it is cancelled, and goes on with the next', async () => {
    const trainer = trainerWith({ worker: NEVER_DONE })
    const [first, second] = [new AbortController(), new AbortController()]
    const running = trainer.train(setOf(BANK), { signal: first.signal })
    const next = trainer.train(setOf(BANK), { signal: second.signal })
    first.abort()
    expect(await running).toMatchObject({ refused: 'cancelled' })
    second.abort()
    expect(await next).toMatchObject({ refused: 'cancelled' })
  })

  it('cancels what waits without disturbing what runs', async () => {
    const trainer = trainerWith()
    const abort = new AbortController()
    const running = trainer.train(setOf(BANK))
    const waiting = trainer.train(setOf(BANK), { signal: abort.signal })
    abort.abort()
    expect(await waiting).toMatchObject({ refused: 'cancelled' })
    expect(await running).toHaveProperty('model')
  })

  it('does not begin what was cancelled before', async () => {
    expect(await trainerWith({ worker: DYING }).train(setOf(BANK), { signal: AbortSignal.abort() })).toMatchObject({
      refused: 'cancelled',
    })
  })

  it('refuses more than may wait, by tenant and in all', async () => {
    const trainer = trainerWith({ worker: NEVER_DONE, queueMax: 2 })
    const answers = ['a', 'a', 'a', 'b', 'c'].map((tenant) => trainer.train(setOf(BANK, { tenant })))
    expect(await answers[2]).toMatchObject({ refused: 'full' })
    expect(await answers[4]).toMatchObject({ refused: 'full' })
    await trainer.close()
    expect(await Promise.all(answers)).toMatchObject(Array(5).fill({ refused: 'full' }))
  })

  it('ends a training that takes too long', async () => {
    const clock = new ManualClock()
    const answer = trainerWith({ worker: NEVER_DONE, clock, trainMs: 1_000 }).train(setOf(BANK))
    clock.advance(999)
    expect(clock.timerCount).toBe(1)
    clock.advance(1)
    expect(await answer).toMatchObject({ refused: 'late' })
    expect(clock.timerCount).toBe(0)
  })

  it.each([
    ['dies', DYING],
    ['leaves', LEAVING],
    ['gives what is no model', BABBLING],
  ])('says so when the worker %s, and trains the next', async (_, worker) => {
    const trainer = trainerWith({ worker })
    expect(await Promise.all([trainer.train(setOf(BANK)), trainer.train(setOf(BANK))])).toMatchObject([
      { refused: 'failed' },
      { refused: 'failed' },
    ])
  })

  it('refuses what cannot be sent to a worker, and trains the next', async () => {
    const trainer = trainerWith()
    const intents = BANK.map((intent) => ({ ...intent, unsendable: () => 1 }))
    expect(await trainer.train(setOf(intents))).toMatchObject({ refused: 'failed' })
    expect(await trainer.train(setOf(BANK))).toHaveProperty('model')
  })

  it('takes nothing after it was closed', async () => {
    const trainer = trainerWith()
    await trainer.close()
    expect(await trainer.train(setOf(BANK))).toMatchObject({ refused: 'full' })
  })
})
