import type { DurableEvent, Frame, OpenedBody, Position } from '../src/protocol/frames.ts'
import { ParleyError } from './error.ts'
import type { Link } from './link.ts'
import type { Cancel } from './runtime.ts'
import { Sequence } from './sequence.ts'

/** Waits, page sizes and bounds. */
export const CATCH_UP = {
  /** An event that came too early may be followed by the missing one at once; after this its page is fetched. */
  holeGraceMs: 300,
  fillPage: 200,
  gapPage: 100,
  /** Events kept while the page after a gap is fetched; those beyond are fetched afterwards. */
  earlyMax: 256,
} as const

export interface Gap {
  /** `incarnation`: the log was lost or reset; `hole`: events are missing and history does not have them either. */
  readonly reason: 'incarnation' | 'hole'
}

export interface HistoryPage {
  readonly inc: string
  /** Oldest first. */
  readonly items: readonly DurableEvent[]
  /** More exist: older ones, or newer ones where the page was asked for `after` a position. */
  readonly more: boolean
}

/** The body of `sync`. */
export interface Sync {
  readonly from: number
  readonly to: number
  readonly gap?: boolean
  readonly more?: boolean
}

export interface CatchUpEvents {
  /** Each event once, in order. */
  event(event: DurableEvent, replayed: boolean): void
  gap(gap: Gap): void
  error(error: ParleyError): void
}

/**
 * Turns the frames of one conversation into its log, read once, in order, without a silent hole: what comes twice is dropped,
 * what comes early waits, what is missing is fetched; and when the log itself was replaced, it says `gap` and starts from
 * the newest page.
 */
export class CatchUp {
  /** Events older than the first one given out exist. */
  more = false
  readonly #link: Link
  readonly #cid: string
  readonly #events: CatchUpEvents
  readonly #sequence = new Sequence()
  #stopped = false
  #replayTo = 0
  #cancelHole: Cancel | undefined
  #filling = false
  #early: DurableEvent[] | undefined

  constructor(link: Link, cid: string, position: Position | undefined, events: CatchUpEvents) {
    this.#link = link
    this.#cid = cid
    this.#events = events
    this.#sequence.restart(position?.inc, position?.seq)
  }

  get position(): Position | undefined {
    const { inc, last } = this.#sequence
    return inc === undefined || last === undefined ? undefined : { inc, seq: last }
  }

  stop(): void {
    this.#stopped = true
    this.#cancelHole?.()
  }

  /** `conv.opened`: a new conversation begins here; for one that existed a `sync` follows and says where it goes on. */
  opened(body: Partial<OpenedBody>, inc: string | undefined): void {
    if (body.existing !== false) return
    if (inc !== undefined && !this.#belongs(inc)) this.#startOver('incarnation', inc, 0, 0)
    else this.#sequence.last ??= 0
  }

  /** `sync`: the events `from`..`to` follow; after a `gap` they are the newest page, and nothing before them counts. */
  synced(d: Sync, inc: string | undefined): void {
    if (this.#stopped || !Number.isInteger(d.from) || !Number.isInteger(d.to)) return
    const same = inc === undefined || this.#belongs(inc)
    if (d.gap === true || !same) {
      this.#early = undefined
      this.#startOver(same ? 'hole' : 'incarnation', inc, d.from - 1, d.to)
      this.more = d.more ?? d.from > 1
    } else if (this.#sequence.last === undefined) {
      this.#sequence.last = d.from - 1
      this.more = d.more ?? d.from > 1
    }
    this.#replayTo = Math.max(this.#replayTo, d.to)
  }

  frame(frame: Frame): void {
    if (frame.inc !== undefined && !this.#belongs(frame.inc)) this.#refetch('incarnation')
    this.take({ seq: frame.seq ?? 0, ts: frame.ts ?? 0, t: frame.t, d: frame.d } as DurableEvent)
  }

  take(event: DurableEvent): void {
    if (this.#stopped) return
    if (this.#early !== undefined) {
      if (this.#early.length < CATCH_UP.earlyMax) this.#early.push(event)
      return
    }
    if (this.#sequence.last === undefined) this.more = event.seq > 1
    for (const due of this.#sequence.take(event)) this.#events.event(due, due.seq <= this.#replayTo)
    this.#watchHole()
  }

  /** The position is of no use: starts anew from the newest page, unless a `sync` brings it first. */
  #refetch(reason: Gap['reason']): void {
    if (this.#early !== undefined || this.#stopped) return
    this.#early = []
    this.#fetch(
      { limit: CATCH_UP.gapPage },
      (page) => {
        if (this.#early !== undefined) this.#restart(reason, page)
      },
      () => {
        if (this.#early !== undefined) this.#restart(reason, undefined)
      },
    )
  }

  /** Learns the incarnation from the first who tells it; afterwards says whether it is still the same. */
  #belongs(inc: string): boolean {
    this.#sequence.inc ??= inc
    return this.#sequence.inc === inc
  }

  #watchHole(): void {
    if (!this.#sequence.incomplete) {
      this.#cancelHole?.()
      this.#cancelHole = undefined
    } else if (!this.#filling) {
      this.#cancelHole ??= this.#link.runtime.setTimer(CATCH_UP.holeGraceMs, () => {
        this.#cancelHole = undefined
        this.#fill()
      })
    }
  }

  #fill(): void {
    const after = this.#sequence.last ?? 0
    this.#filling = true
    this.#fetch(
      { after, limit: CATCH_UP.fillPage },
      (page) => {
        this.#filling = false
        if (page.inc !== this.#sequence.inc) this.#refetch('incarnation')
        else this.#filled(page, after)
      },
      () => {
        this.#filling = false
        this.#restart('hole', undefined)
      },
    )
  }

  #filled({ items, more }: HistoryPage, after: number): void {
    if (!more) this.#sequence.caughtUp()
    for (const event of items) this.take(event)
    if (this.#sequence.incomplete && (this.#sequence.last ?? 0) === after) this.#refetch('hole')
    else this.#watchHole()
  }

  /** Without a page the log goes on at whatever comes next: a live event, or the page that the next join brings. */
  #restart(reason: Gap['reason'], page: HistoryPage | undefined): void {
    const early = page === undefined ? [] : (this.#early ?? [])
    const items = page?.items ?? []
    const first = items[0]
    this.#early = undefined
    this.#startOver(reason, page?.inc, first === undefined ? undefined : first.seq - 1, items.at(-1)?.seq ?? 0)
    for (const event of items) this.take(event)
    for (const event of early) this.take(event)
    this.more = page?.more === true
  }

  #startOver(reason: Gap['reason'], inc: string | undefined, last: number | undefined, replayTo: number): void {
    this.#sequence.restart(inc, last)
    this.#replayTo = replayTo
    this.#events.gap({ reason })
  }

  /** A page, however long the connection takes to give it, or a lasting refusal. */
  #fetch(query: { after?: number; limit: number }, use: (page: HistoryPage) => void, refused: () => void): void {
    this.#link.call('history.get', this.#cid, query).then(
      (frame) => {
        if (!this.#stopped) use(readPage(frame))
      },
      (error: unknown) => {
        if (this.#stopped) return
        const told = error instanceof ParleyError ? error : new ParleyError('internal', 500, String(error))
        this.#events.error(told)
        if (told.temporary) this.#fetch(query, use, refused)
        else refused()
      },
    )
  }
}

export function readPage(frame: Frame): HistoryPage {
  const d = frame.d as Partial<HistoryPage> | undefined
  const items = [...(d?.items ?? [])].sort((a, b) => a.seq - b.seq)
  return { inc: d?.inc ?? frame.inc ?? '', items, more: d?.more === true }
}
