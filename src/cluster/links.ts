import type { Log } from '../kernel/log.ts'
import type { Counter, Metrics } from '../kernel/metrics.ts'
import type { Heartbeat } from './membership.ts'
import type { Bus, Subscription } from './port.ts'
import type { Subjects } from './subjects.ts'
import { packed, unpacked } from './wire.ts'

/** One-way, numbered. A large payload goes in parts: `part` counts from 0, `more` says that the next frame goes on with it. */
type Frame = readonly [from: string, generation: number, number: number, part: number, more: boolean, payload: Uint8Array]

interface Outgoing {
  readonly to: string
  generation: number
  frames: number
  items: unknown[]
  /** Its receiver was no member at the last look. */
  strange: boolean
}

interface Incoming {
  generation: number
  frames: number
  /** What the last heartbeat said; still missing at the next one means lost. */
  expected: number
  parts: Uint8Array[]
  partBytes: number
  /** Its sender was no member at the last look. */
  strange: boolean
}

export interface LinkEvents {
  /** Items of one sender come in the order in which they were sent. Must not throw. */
  item(from: string, item: unknown): void
  /** Something of that sender was lost, or it began anew: answers and pushes may be missing. */
  gap(from: string): void
  /** Nobody listened to a frame: its items are lost. */
  unheard(to: string): void
}

export interface LinksOptions {
  readonly self: string
  readonly bus: Bus
  readonly subjects: Subjects
  readonly log: Log
  readonly metrics: Metrics
  readonly events: LinkEvents
}

/** Items per frame, and bytes of a frame's payload: a broker takes a megabyte, and many small things should not wait for a large one. */
const ITEMS_MAX = 256
const PAYLOAD_MAX = 256 * 1024
/** A message put together from parts; a larger one is dropped as lost. */
const MESSAGE_BYTES_MAX = 64 * 1024 * 1024

/**
 * Batched one-way messages between two nodes. What is sent within one round of the event loop goes into one frame. Frames are
 * numbered per link; the receiver drops repeats and notices holes, and heartbeats carry the newest number, so that a lost
 * last frame is noticed too (within two heartbeats). At most once: whoever needs an answer asks again.
 */
export class Links {
  readonly #o: LinksOptions
  readonly #outgoing = new Map<string, Outgoing>()
  readonly #incoming = new Map<string, Incoming>()
  readonly #subscriptions: Subscription[] = []
  readonly #sent: Counter
  readonly #received: Counter
  readonly #gaps: Counter
  #scheduled = false
  /** Generations rise over all links of this incarnation. */
  #generation = 0

  constructor(options: LinksOptions) {
    this.#o = options
    const { metrics } = options
    this.#sent = metrics.counter('parley_links_frames_total', 'Frames between nodes', { way: 'out' })
    this.#received = metrics.counter('parley_links_frames_total', 'Frames between nodes', { way: 'in' })
    this.#gaps = metrics.counter('parley_links_gaps_total', 'Frames from other nodes that were lost')
  }

  start(): void {
    const { bus, subjects, self } = this.#o
    this.#subscriptions.push(
      bus.subscribe(subjects.turns(self), ({ data }) => this.#receive(data)),
      bus.subscribe(subjects.unheard(self, '*'), ({ subject, noResponders }) => {
        const to = subject.slice(subject.lastIndexOf('.') + 1)
        if (noResponders) this.#o.events.unheard(to)
      }),
    )
  }

  stop(): void {
    this.flush()
    for (const subscription of this.#subscriptions.splice(0)) subscription.unsubscribe()
  }

  send(to: string, item: unknown): void {
    let link = this.#outgoing.get(to)
    if (!link) {
      link = { to, generation: ++this.#generation, frames: 0, items: [], strange: false }
      this.#outgoing.set(to, link)
    }
    link.items.push(item)
    if (link.items.length >= ITEMS_MAX) this.#flush(link)
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.flush())
  }

  flush(): void {
    this.#scheduled = false
    for (const link of this.#outgoing.values()) if (link.items.length > 0) this.#flush(link)
  }

  /** For the heartbeat. */
  positions(): Heartbeat['links'] {
    const positions: Record<string, readonly [number, number]> = {}
    for (const { to, generation, frames } of this.#outgoing.values()) positions[to] = [generation, frames]
    return positions
  }

  /** A peer's heartbeat: what it says it has sent here must have come by the next one. */
  heard({ id, links }: Heartbeat): void {
    const told = links?.[this.#o.self]
    if (!Array.isArray(told)) return
    const [generation, frames] = told as unknown as [number, number]
    const link = this.#of(id, generation)
    if (!link) return
    if (link.frames < link.expected) {
      link.frames = link.expected
      this.#lost(id, link)
    }
    link.expected = Math.max(link.frames, frames)
  }

  /** It is dead, or forgotten: the next frame to it begins anew, so that it notices. */
  forget(id: string): void {
    this.#outgoing.delete(id)
    this.#incoming.delete(id)
  }

  /** Links known, both ways. */
  get size(): number {
    return this.#outgoing.size + this.#incoming.size
  }

  /** Called every now and then: forgets those who were no members twice in a row, as answers to the dead leave them behind. */
  prune(isMember: (id: string) => boolean): void {
    for (const links of [this.#outgoing, this.#incoming]) {
      for (const [id, link] of links) {
        const strange = !isMember(id)
        if (strange && link.strange) links.delete(id)
        else link.strange = strange
      }
    }
  }

  #flush(link: Outgoing): void {
    const { items } = link
    link.items = []
    const payload = packed(items)
    if (payload.length <= PAYLOAD_MAX) {
      this.#publish(link, 0, false, payload)
      return
    }
    const parts = Math.ceil(payload.length / PAYLOAD_MAX)
    for (let part = 0; part < parts; part++) {
      const from = part * PAYLOAD_MAX
      this.#publish(link, part, part < parts - 1, payload.subarray(from, from + PAYLOAD_MAX))
    }
  }

  #publish(link: Outgoing, part: number, more: boolean, payload: Uint8Array): void {
    const { bus, subjects, self } = this.#o
    const frame: Frame = [self, link.generation, ++link.frames, part, more, payload]
    this.#sent.inc()
    // Not sent counts as lost: the number is used up, and the receiver notices.
    bus.publish(subjects.turns(link.to), packed(frame), { reply: subjects.unheard(self, link.to) })
  }

  #receive(data: Uint8Array): void {
    const frame = unpacked(data)
    if (!Array.isArray(frame) || typeof frame[0] !== 'string' || !(frame[5] instanceof Uint8Array)) return
    const [from, generation, number, part, more, payload] = frame as unknown as Frame
    this.#received.inc()
    const link = this.#of(from, generation)
    if (!link || number <= link.frames) return
    if (number > link.frames + 1) this.#lost(from, link)
    link.frames = number
    if (link.expected < number) link.expected = number
    if (more || part > 0) this.#part(from, link, part, more, payload)
    else this.#items(from, payload)
  }

  #part(from: string, link: Incoming, part: number, more: boolean, payload: Uint8Array): void {
    // An earlier part of it was lost.
    if (part !== link.parts.length) return
    link.parts.push(Uint8Array.from(payload))
    link.partBytes += payload.length
    if (link.partBytes > MESSAGE_BYTES_MAX) {
      this.#lost(from, link)
      return
    }
    if (more) return
    const whole = Buffer.concat(link.parts)
    link.parts = []
    link.partBytes = 0
    this.#items(from, whole)
  }

  #items(from: string, payload: Uint8Array): void {
    const items = unpacked(payload)
    if (!Array.isArray(items)) return
    for (const item of items) {
      try {
        this.#o.events.item(from, item)
      } catch (error) {
        // Of another version, perhaps: those after it are not to blame.
        this.#o.log.error({ err: error, from }, 'an item of another node could not be handled')
      }
    }
  }

  /** Undefined for what comes late from before the sender began anew. */
  #of(from: string, generation: number): Incoming | undefined {
    const known = this.#incoming.get(from)
    if (known?.generation === generation) return known
    if (known && generation < known.generation) return undefined
    const link: Incoming = { generation, frames: 0, expected: 0, parts: [], partBytes: 0, strange: false }
    this.#incoming.set(from, link)
    if (known) this.#o.events.gap(from)
    return link
  }

  #lost(from: string, link: Incoming): void {
    link.parts = []
    link.partBytes = 0
    this.#gaps.inc()
    this.#o.log.warn({ from }, 'frames of another node were lost')
    this.#o.events.gap(from)
  }
}
