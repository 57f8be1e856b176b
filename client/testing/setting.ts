import { type ClientOptions, ParleyClient } from '../client.ts'
import type { Conversation } from '../conversation.ts'
import type { ParleyError } from '../error.ts'
import type { KeyValueStore } from '../outbox.ts'
import { FakeServer } from './fake-server.ts'
import { VirtualTime } from './virtual-time.ts'

/** A client and a fake server, in virtual time. */
export function setting(options: Partial<ClientOptions> = {}) {
  const time = new VirtualTime()
  const server = new FakeServer(time)
  const client = new ParleyClient({
    url: 'ws://test/v1/ws',
    token: () => 'token',
    tz: 'Europe/Rome',
    runtime: server.runtime(),
    ...options,
  })
  const errors: ParleyError[] = []
  client.on('error', (error) => errors.push(error))
  return { time, server, client, errors }
}

/** Lets time pass until the promise should be settled. */
export async function within<T>(time: VirtualTime, promise: Promise<T>, ms = 1000): Promise<T> {
  promise.catch(() => {})
  await time.advance(ms)
  return promise
}

/** Everything a conversation tells, as short lines. */
export function heard(conversation: Conversation): string[] {
  const lines: string[] = []
  conversation.on('message', ({ seq, from, body }) => lines.push(`${seq} ${from}: ${String(body)}`))
  conversation.on('state', ({ seq, state }) => lines.push(`${seq} ${state}`))
  conversation.on('result', ({ seq, outcome }) => lines.push(`${seq} ${outcome}`))
  conversation.on('gap', ({ reason }) => lines.push(`gap ${reason}`))
  return lines
}

export function memoryStore(): KeyValueStore & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

/** Connected, with one conversation whose events are heard. */
export async function opened(setup: ReturnType<typeof setting>) {
  const connected = setup.client.connect()
  await within(setup.time, connected)
  const conversation = await within(setup.time, setup.client.open({ template: 'date-of-birth', clientKey: 'key' }))
  const lines = heard(conversation)
  await setup.time.advance(0)
  return { conversation, lines }
}
