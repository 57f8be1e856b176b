import type { Frame } from '../../src/protocol/frames.ts'
import { contentKey, type History, OWN, type Stream } from './history.ts'

/** An event that came too early may be followed by the missing one; after this it is a silent gap. */
const HOLE_MS = 2_000

/** One client's view of one conversation: what came, in order, once; and whether something was passed over in silence. */
export class StreamView {
  readonly stream: Stream
  readonly #history: History
  readonly #early = new Map<number, number>()
  #hole: NodeJS.Timeout | undefined
  inc: string | undefined
  closed = false

  constructor(history: History, tenant: string, cid: string, client: string) {
    this.#history = history
    this.stream = { tenant, cid, client, keys: [], live: true }
    history.streams.push(this.stream)
  }

  get last(): number {
    return this.stream.keys.length
  }

  /** Of a `msg.ok`: the sender's own message is not pushed to it. */
  own(seq: number): void {
    this.#take(seq, OWN)
  }

  event(frame: Frame): void {
    const { seq = 0, t, ts = 0, d, inc } = frame
    if (inc !== undefined) this.incarnation(inc)
    this.#take(seq, contentKey(t, ts, d))
    if (t === 'conv.state' && (d as { state?: string }).state === 'closed') this.closed = true
  }

  incarnation(inc: string): void {
    this.inc ??= inc
    if (this.inc !== inc) this.#broken(`incarnation ${inc} after ${this.inc}`)
  }

  /** The server says where it goes on. */
  synced(from: number, gap: boolean): void {
    if (gap) this.#broken(`a gap was told: it goes on at ${from}, after ${this.last}`)
    else if (from > this.last + 1) this.#broken(`the replay begins at ${from}, after ${this.last}`)
  }

  /** The socket is gone, and with it what came too early. */
  detached(): void {
    clearTimeout(this.#hole)
    this.#hole = undefined
    this.#early.clear()
  }

  leave(): void {
    this.detached()
    this.stream.live = false
  }

  #take(seq: number, key: number): void {
    const { keys } = this.stream
    if (seq <= keys.length) {
      const known = keys[seq - 1]
      if (known === OWN) keys[seq - 1] = key
      else if (key !== OWN && known !== key) this.#broken(`event ${seq} came again with another content`)
      return
    }
    if (this.#early.get(seq) === undefined || this.#early.get(seq) === OWN) this.#early.set(seq, key)
    for (let next = this.#early.get(keys.length + 1); next !== undefined; next = this.#early.get(keys.length + 1)) {
      this.#early.delete(keys.length + 1)
      keys.push(next)
    }
    this.#watch()
  }

  #watch(): void {
    if (this.#early.size === 0) {
      clearTimeout(this.#hole)
      this.#hole = undefined
    } else {
      this.#hole ??= setTimeout(() => {
        const early = [...this.#early.keys()].sort((a, b) => a - b).join(', ')
        this.#broken(`silent gap: ${early} came, and ${this.last + 1} did not within ${HOLE_MS} ms`)
      }, HOLE_MS)
    }
  }

  #broken(what: string): void {
    const { cid, client } = this.stream
    this.#history.violations.add('resume', `${client} ${cid}: ${what}`)
    this.#history.note(client, 'violation', { cid, problem: what })
  }
}
