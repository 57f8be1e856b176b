import { expect, it } from 'vitest'
import { silentLog } from '../kernel/log.ts'
import { inTurn } from './in-turn.ts'

it('runs the steps in order, each when the former has ended', async () => {
  const done: string[] = []
  const slow = async (): Promise<void> => {
    await Promise.resolve()
    done.push('slow')
  }
  await inTurn(silentLog, [slow, () => done.push('quick')])
  expect(done).toEqual(['slow', 'quick'])
})

it('runs the later steps when one fails, and then tells the first fault', async () => {
  const done: string[] = []
  const logged: unknown[] = []
  const log = { ...silentLog, error: (fields: object) => logged.push(fields) }
  const fails = (what: string) => async (): Promise<void> => {
    throw new Error(what)
  }
  const steps = [fails('first'), () => done.push('b'), fails('second'), () => done.push('d')]
  await expect(inTurn(log, steps)).rejects.toThrow('first')
  expect(done).toEqual(['b', 'd'])
  expect(logged).toEqual([{ err: new Error('second') }])
})
