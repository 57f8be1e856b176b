import { expect, it } from 'vitest'
import { silentLog } from '../kernel/log.ts'
import { type Running, stopAll } from './stop.ts'

/** A server whose parts write down what they are told; `fails` names those that cannot. */
function server(fails: readonly string[] = []): { readonly done: string[]; readonly running: Running } {
  const done: string[] = []
  const part = (name: string) => async (): Promise<void> => {
    await Promise.resolve()
    done.push(name)
    if (fails.includes(name)) throw new Error(name)
  }
  const running: Running = {
    log: silentLog,
    drainMs: 1000,
    requests: { stop: part('requests') },
    shape: { handOver: part('handOver'), stop: part('shape'), close: part('bus') },
    gateway: { drain: part('sockets'), close: part('http') },
    writeBehind: { stop: part('writeBehind') },
    journal: { close: part('journal') },
    nlu: { close: part('nlu') },
    documents: { drop: part('probes'), close: part('documents') },
    events: { close: part('events') },
    store: { unlock: part('lock') },
    forgetProbes: true,
    written: () => done.push('written'),
    idle: part('idle'),
  }
  return { done, running }
}

const ALL = 'requests handOver sockets shape writeBehind journal written http nlu probes documents events bus idle lock'

it('a stop answers, says goodbye, writes down, and then closes', async () => {
  const { done, running } = server()
  await stopAll(running)
  expect(done.join(' ')).toBe(ALL)
})

it.each(['requests', 'handOver', 'sockets', 'http', 'documents', 'bus'])(
  'a stop in which %s fails goes on to the end',
  async (name) => {
    const { done, running } = server([name])
    await expect(stopAll(running)).rejects.toThrow(name)
    expect(done.join(' ')).toBe(ALL)
  },
)

it.each(['shape', 'writeBehind', 'journal'])(
  'a stop in which %s fails is not taken for written, and goes on to the end',
  async (name) => {
    const { done, running } = server([name])
    await expect(stopAll(running)).rejects.toThrow(name)
    expect(done.join(' ')).toBe(ALL.replace(' written', ''))
  },
)
