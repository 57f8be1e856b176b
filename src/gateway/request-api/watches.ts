import type { ConversationRouter } from '../../actors/port.ts'
import type { Bus, BusMessage } from '../../cluster/port.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Position } from '../../protocol/frames.ts'
import type { RequestApiLimits } from './limits.ts'
import type { Request } from './request.ts'
import { Tally } from './tally.ts'
import { Watch, type WatchEnd, type WatchHost } from './watch.ts'

export interface WatchRequest {
  readonly cid: string
  readonly since?: Position
  readonly forMs?: number
}

export interface WatchesOptions {
  readonly bus: Bus
  readonly clock: Clock
  readonly router: ConversationRouter
  readonly node: string
  /** Of this process: begins the ids of its watches. */
  readonly instance: string
  /** Subjects of the probes begin with this and a dot. */
  readonly probes: string
  readonly limits: RequestApiLimits
  readonly room: () => number
  readonly lost: () => void
}

/** The watches of this node: how many there may be, and how they end from outside. */
export class Watches {
  readonly #options: WatchesOptions
  readonly #byId = new Map<string, Watch>()
  readonly #tally: Tally
  #count = 0

  constructor(options: WatchesOptions) {
    this.#options = options
    this.#tally = new Tally('watches', options.limits.watchesMax, options.limits.tenantWatchesMax)
  }

  get size(): number {
    return this.#byId.size
  }

  /** `started` is called once: the first chunk is out, or the refusal. */
  start(request: Request<WatchRequest>, started: () => void): void {
    const { tenant, caller, expMs, body, exchange } = request
    const refusal = this.#tally.take(tenant)
    if (refusal !== undefined) {
      exchange.fail(refusal)
      started()
      return
    }
    const { instance, probes, limits, clock } = this.#options
    const n = ++this.#count
    const id = `${instance}_${n}`
    // Not longer than who asked is who they say they are.
    const forMs = Math.max(0, Math.min(body.forMs ?? limits.watchMs, limits.watchMsMax, expMs - clock.now()))
    const { cid, since } = body
    const watch = new Watch(this.#host(), exchange, { id, probe: `${probes}.${n}`, tenant, cid, caller, since, forMs })
    this.#byId.set(id, watch)
    watch.start(started)
  }

  /** On the subject of a probe: the broker found nobody at the inbox. */
  probed({ subject, noResponders }: BusMessage): void {
    if (noResponders !== true) return
    this.#byId.get(`${this.#options.instance}_${subject.slice(subject.lastIndexOf('.') + 1)}`)?.unheard()
  }

  /** Whether a watch of this id would be here. */
  isHere(id: string): boolean {
    return id.startsWith(`${this.#options.instance}_`)
  }

  /** False when there is none, or it is somebody else's. */
  cancel({ tenant, caller, body }: Request<{ readonly watch: string }>): boolean {
    const watch = this.#byId.get(body.watch)
    if (watch === undefined || watch.tenant !== tenant) return false
    if (caller.role === 'user' && watch.caller.user !== caller.user) return false
    watch.end('cancelled')
    return true
  }

  endAll(reason: WatchEnd): void {
    for (const watch of [...this.#byId.values()]) watch.end(reason)
  }

  #host(): WatchHost {
    const { bus, clock, router, node, limits, room, lost } = this.#options
    return {
      bus,
      clock,
      router,
      node,
      keepAliveMs: limits.keepAliveMs,
      room,
      lost,
      ended: (watch) => {
        this.#byId.delete(watch.id)
        this.#tally.giveBack(watch.tenant)
      },
    }
  }
}
