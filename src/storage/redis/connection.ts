import { readFileSync } from 'node:fs'
import { type ChainableCommander, Redis, type RedisOptions } from 'ioredis'
import type { Cancel, Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Counter } from '../../kernel/metrics.ts'
import { type Identity, identityOf } from './identity.ts'
import type { Script } from './script.ts'

/** Where a server is and how to speak to it. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
  readonly isTls: boolean
  /** File with the authorities to trust instead of the system's. */
  readonly ca: string | undefined
}

export interface ScriptCall {
  readonly script: Script
  readonly keys: readonly string[]
  readonly args: readonly (string | Buffer)[]
}

/**
 * `DOWN`: nothing was sent. `UNKNOWN`: sent, and no answer came. Anything else: the first word of the server's error, and nothing
 * was executed.
 */
export interface Fault {
  readonly code: string
  readonly msg: string
}

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault }

export interface ConnectionOptions {
  readonly endpoint: Endpoint
  readonly scripts: readonly Script[]
  readonly timeoutMs: number
  /** Replicas that must have a call's writes before it answers. */
  readonly waitReplicas: number
  readonly clock: Clock
  readonly log: Log
  readonly reconnects: Counter
  readonly reloads: Counter
  /** Called each time the connection can be used again. */
  readonly onUsable: (identity: Identity) => void
  readonly onLost: () => void
}

const RETRY_MS = { first: 25, max: 1000 } as const
/** A server that answers nothing for so many timeouts is given up, and the connection made anew. */
const SILENT_TIMEOUTS = 4

const down: Reply = { ok: false, fault: { code: 'DOWN', msg: 'Redis is not connected' } }

/**
 * One connection that tries again for ever. Every call settles: when the answer is there, when the time is over, or when the
 * connection is lost. Nothing is kept for later and nothing is sent twice.
 */
export class RedisConnection {
  readonly #redis: Redis
  readonly #options: ConnectionOptions
  readonly #waiting = new Set<(msg: string) => void>()
  #usable = false
  #closed = false
  #wasUsable = false
  #cancelPrepare: Cancel = () => undefined
  /** Why it is not usable, for whoever waits for the first time. */
  lastError = 'it does not answer'

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#redis = new Redis(ioredisOptions(options))
    this.#redis.on('ready', () => this.#prepare())
    this.#redis.on('close', () => this.#lost())
    this.#redis.on('error', (error: Error) => {
      this.lastError = error.message
    })
    this.#redis.connect().catch((error: Error) => {
      this.lastError = error.message
    })
  }

  get usable(): boolean {
    return this.#usable
  }

  /** Scripts in one write, answered in their order. */
  async run(calls: readonly ScriptCall[], { asking = false, wait = false } = {}): Promise<readonly Reply[]> {
    if (!this.#usable) return calls.map(() => down)
    const replies = await this.#runOnce(calls, asking, wait)
    const missing = replies.flatMap((reply, index) => (!reply.ok && reply.fault.code === 'NOSCRIPT' ? [index] : []))
    if (missing.length === 0) return replies
    this.#options.reloads.inc()
    const loaded = await this.#load()
    if (loaded !== undefined) return replies.map((reply, index) => (missing.includes(index) ? loaded : reply))
    const again = await this.#runOnce(
      missing.map((index) => calls[index] as ScriptCall),
      asking,
      wait,
    )
    return replies.map((reply, index) => again[missing.indexOf(index)] ?? reply)
  }

  /** One command of the server's own; texts. */
  async command(name: string, args: readonly string[] = []): Promise<Reply> {
    if (this.#redis.status !== 'ready') return down
    const [reply = down] = await this.#send(1, (pipeline) => pipeline.call(name, [...args]))
    return reply
  }

  /** One reading command; bytes. */
  async bytes(name: string, args: readonly string[]): Promise<Reply> {
    if (!this.#usable) return down
    const [reply = down] = await this.#send(1, (pipeline) => pipeline.callBuffer(name, [...args]))
    return reply
  }

  /** Makes the connection anew, as after the server said that it is the wrong one. */
  reconnect(): void {
    this.#redis.disconnect(true)
  }

  close(): void {
    this.#closed = true
    this.#usable = false
    this.#cancelPrepare()
    this.#redis.disconnect()
    this.#fail('the journal was closed')
  }

  async #runOnce(calls: readonly ScriptCall[], asking: boolean, wait: boolean): Promise<readonly Reply[]> {
    const { waitReplicas, timeoutMs } = this.#options
    const waits = wait && waitReplicas > 0
    const replies = await this.#send(calls.length * (asking ? 2 : 1) + (waits ? 1 : 0), (pipeline) => {
      for (const { script, keys, args } of calls) {
        if (asking) pipeline.call('asking')
        pipeline.call('evalsha', [script.sha, String(keys.length), ...keys, ...args])
      }
      // Half of what there is: its own answer must come in time too.
      if (waits) pipeline.call('wait', [String(waitReplicas), String(Math.ceil(timeoutMs / 2))])
    })
    const answers = replies.slice(0, replies.length - (waits ? 1 : 0)).filter((_, index) => !asking || index % 2 === 1)
    if (!waits) return answers
    const waited = replies.at(-1)
    if (waited?.ok && Number(waited.value) >= waitReplicas) return answers
    const msg = `fewer than ${waitReplicas} replicas have it`
    return answers.map((reply) => (reply.ok ? { ok: false, fault: { code: 'UNKNOWN', msg } } : reply))
  }

  #send(count: number, fill: (pipeline: ChainableCommander) => void): Promise<readonly Reply[]> {
    const { clock, timeoutMs } = this.#options
    const pipeline = this.#redis.pipeline()
    fill(pipeline)
    return new Promise((resolve) => {
      let cancel: Cancel | undefined
      const settle = (replies: readonly Reply[]): void => {
        cancel?.()
        this.#waiting.delete(fail)
        resolve(replies)
      }
      const fail = (msg: string): void => settle(new Array<Reply>(count).fill({ ok: false, fault: { code: 'UNKNOWN', msg } }))
      // Answers that waited while this process was busy are read first.
      const late = (): void => void setImmediate(() => setImmediate(() => fail(`no answer within ${timeoutMs} ms`)))
      cancel = clock.setTimer(timeoutMs, late)
      this.#waiting.add(fail)
      pipeline.exec().then(
        (results) => settle((results ?? []).map(([error, value]) => replyOf(error, value))),
        (error: Error) => fail(error.message),
      )
    })
  }

  #prepare(): void {
    this.#cancelPrepare()
    this.#load()
      .then(async (fault) => {
        const info = fault ?? (await this.command('info'))
        if (this.#closed || this.#redis.status !== 'ready') return
        if (!info.ok) {
          this.lastError = info.fault.msg
          this.#cancelPrepare = this.#options.clock.setTimer(RETRY_MS.max, () => this.#prepare())
          return
        }
        this.#usable = true
        if (this.#wasUsable) this.#options.reconnects.inc()
        this.#wasUsable = true
        this.#options.onUsable(identityOf(String(info.value)))
      })
      .catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'the journal’s connection to Redis could not be prepared'),
      )
  }

  /** Undefined when all scripts are there. */
  async #load(): Promise<Extract<Reply, { ok: false }> | undefined> {
    const { scripts } = this.#options
    const replies = await this.#send(scripts.length, (pipeline) => {
      for (const { lua } of scripts) pipeline.call('script', ['load', lua])
    })
    return replies.find((reply) => !reply.ok)
  }

  #lost(): void {
    const was = this.#usable
    this.#cancelPrepare()
    this.#usable = false
    this.#fail('the connection to Redis was lost')
    if (was && !this.#closed) this.#options.onLost()
  }

  #fail(msg: string): void {
    for (const fail of [...this.#waiting]) fail(msg)
  }
}

function ioredisOptions({ endpoint, timeoutMs }: ConnectionOptions) {
  const { host, port, username, password, isTls, ca } = endpoint
  return {
    host,
    port,
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    ...(isTls ? { tls: ca === undefined ? {} : { ca: readFileSync(ca) } } : {}),
    protocol: 2,
    lazyConnect: true,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: null,
    connectTimeout: Math.max(1000, timeoutMs * SILENT_TIMEOUTS),
    socketTimeout: Math.max(1000, timeoutMs * SILENT_TIMEOUTS),
    retryStrategy: (times) => Math.min(RETRY_MS.first * 2 ** Math.min(times, 10), RETRY_MS.max) * (0.5 + Math.random() / 2),
  } satisfies RedisOptions
}

function replyOf(error: Error | null, value: unknown): Reply {
  if (error === null) return { ok: true, value }
  // An error of the server begins with its code; ioredis' own are sentences.
  const code = error.name === 'ReplyError' ? (/^-?([A-Z]+)\b/.exec(error.message)?.[1] ?? 'ERR') : 'UNKNOWN'
  return { ok: false, fault: { code, msg: error.message } }
}
