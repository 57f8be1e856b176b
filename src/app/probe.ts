import type { ConversationRouter, Delivery } from '../actors/port.ts'
import type { Cancel, Clock } from '../kernel/clock.ts'
import { HEALTH_TENANT } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { isRejection } from '../kernel/rejection.ts'

const TEMPLATE = 'yes-no'
const DEADLINE_MS = 3000
/** Probes after which what they left is forgotten. */
const PROBES_MAX = 256

export interface ProbeResult {
  readonly ok: boolean
  readonly ms: number
  readonly error?: string
}

export interface ProbeOptions {
  readonly router: ConversationRouter
  readonly clock: Clock
  readonly newId: (nowMs: number) => string
  /** Removes everything that the reserved tenant has in the documents. */
  readonly forget: () => Promise<void>
  readonly log: Log
}

/**
 * A synthetic turn end to end: opens a conversation of the reserved tenant, answers its question, and checks that the answer
 * was understood and is durable. Green means that turns work, not only that the process breathes. One at a time: callers who
 * come meanwhile share the answer. A turn ends its conversation, so each probe takes a new one; after 256 of them the ended
 * ones are forgotten.
 */
export function createProbe(options: ProbeOptions): () => Promise<ProbeResult> {
  let running: Promise<ProbeResult> | undefined
  let probes = 0
  return () => {
    running ??= probe(options, ++probes % PROBES_MAX === 0).finally(() => {
      running = undefined
    })
    return running
  }
}

async function probe(options: ProbeOptions, forgets: boolean): Promise<ProbeResult> {
  const { router, clock, newId, forget, log } = options
  const started = clock.mono()
  let cancel: Cancel | undefined
  const deadline = new Promise<string>((resolve) => {
    cancel = clock.setTimer(DEADLINE_MS, () => resolve('deadline'))
  })
  const error = await Promise.race([turn(router, clock, newId), deadline]).finally(() => cancel?.())
  const ms = Math.round((clock.mono() - started) * 10) / 10
  // Not waited for: an answer about turns must not depend on it.
  if (forgets) forget().catch((err: unknown) => log.warn({ err }, 'what the probes left could not be removed'))
  return error === undefined ? { ok: true, ms } : { ok: false, ms, error }
}

async function turn(router: ConversationRouter, clock: Clock, newId: (nowMs: number) => string): Promise<string | undefined> {
  const now = clock.now()
  const cid = router.newId?.(HEALTH_TENANT, now) ?? newId(now)
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
