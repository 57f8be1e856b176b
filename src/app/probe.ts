import type { ConversationRouter, Delivery } from '../actors/port.ts'
import type { Clock } from '../kernel/clock.ts'
import { HEALTH_TENANT } from '../kernel/ids.ts'
import { isRejection } from '../kernel/rejection.ts'

const TEMPLATE = 'yes-no'
const DEADLINE_MS = 3000

export interface ProbeResult {
  readonly ok: boolean
  readonly ms: number
  readonly error?: string
}

/**
 * A synthetic turn end to end: opens a conversation of the reserved tenant, answers its question, and checks that the answer
 * was understood and is durable. Green means that turns work, not only that the process breathes. One at a time: callers who
 * come meanwhile share the answer.
 */
export function createProbe(
  router: ConversationRouter,
  clock: Clock,
  newId: (nowMs: number) => string,
): () => Promise<ProbeResult> {
  let running: Promise<ProbeResult> | undefined
  return () => {
    running ??= probe(router, clock, newId).finally(() => {
      running = undefined
    })
    return running
  }
}

async function probe(router: ConversationRouter, clock: Clock, newId: (nowMs: number) => string): Promise<ProbeResult> {
  const started = clock.mono()
  const error = await Promise.race([turn(router, clock, newId), deadline(clock)])
  const ms = Math.round((clock.mono() - started) * 10) / 10
  return error === undefined ? { ok: true, ms } : { ok: false, ms, error }
}

async function turn(router: ConversationRouter, clock: Clock, newId: (nowMs: number) => string): Promise<string | undefined> {
  const now = clock.now()
  const cid = newId(now)
  const caller = { tenant: HEALTH_TENANT, user: 'probe', role: 'service' } as const
  const opened = await ask(router, cid, {
    type: 'open',
    caller,
    template: TEMPLATE,
    locale: 'en',
    tz: 'UTC',
    channel: 'probe',
    keyed: false,
  })
  if (isRejection(opened)) return opened.rejected
  const sent = await ask(router, cid, { type: 'send', caller, mid: newId(now), kind: 'text', body: 'yes' })
  if (isRejection(sent)) return sent.rejected
  const result = sent.events.find((event) => event.t === 'data.result')
  return result?.d && 'outcome' in result.d && result.d.outcome === 'success' ? undefined : 'wrong_answer'
}

function ask<D extends Delivery>(router: ConversationRouter, cid: string, delivery: D) {
  return new Promise<Parameters<Parameters<typeof router.deliver<D>>[3]>[0]>((resolve) => {
    router.deliver(HEALTH_TENANT, cid, delivery, resolve)
  })
}

function deadline(clock: Clock): Promise<string> {
  return new Promise((resolve) => {
    clock.setTimer(DEADLINE_MS, () => resolve('deadline'))
  })
}
