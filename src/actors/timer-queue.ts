import type { Cancel, Clock } from '../kernel/clock.ts'

/** A set timer of one conversation. */
export interface Timer {
  readonly tenant: string
  readonly cid: string
  readonly name: string
  dueMs: number
  /** Position in the heap; -1 when it is not set. */
  index: number
}

/** A sleep this long re-reads the wall clock, so that a clock that was set back never fires early and forward not too late. */
const SLEEP_MAX_MS = 30_000
/** Timers fired per wake-up; the rest goes in the next turn of the loop. */
const BURST_MAX = 256

/**
 * Every live timer of this node's conversations in one binary heap with one system timer. Never early by the wall clock; the
 * actor checks the due time again, so a stale firing does nothing.
 */
export class TimerQueue {
  readonly #clock: Clock
  readonly #fire: (timer: Timer) => void
  readonly #heap: Timer[] = []
  readonly #byCid = new Map<string, Timer[]>()
  #cancel: Cancel | undefined
  #wakeMs = Number.POSITIVE_INFINITY

  constructor(clock: Clock, fire: (timer: Timer) => void) {
    this.#clock = clock
    this.#fire = fire
  }

  get size(): number {
    return this.#heap.length
  }

  /** Sets, moves (`dueMs`) or clears (`null`) a timer. */
  change(tenant: string, cid: string, name: string, dueMs: number | null): void {
    const timer = this.#find(tenant, cid, name)
    if (dueMs === null) {
      if (timer) this.#remove(timer)
      return
    }
    if (timer) {
      timer.dueMs = dueMs
      this.#sift(timer.index)
    } else {
      this.#insert({ tenant, cid, name, dueMs, index: this.#heap.length })
    }
    this.#arm()
  }

  /** Forgets the timers of which `belongs` holds: they are another node's now. */
  drop(belongs: (tenant: string, cid: string) => boolean): void {
    const kept = this.#heap.filter((timer) => {
      const goes = belongs(timer.tenant, timer.cid)
      if (goes) timer.index = -1
      return !goes
    })
    if (kept.length === this.#heap.length) return
    this.#heap.length = 0
    this.#byCid.clear()
    for (const timer of kept) this.#insert(Object.assign(timer, { index: this.#heap.length }))
    this.#arm()
  }

  /** Forgets every timer; nothing fires any more. */
  stop(): void {
    this.#cancel?.()
    this.#heap.length = 0
    this.#byCid.clear()
  }

  #find(tenant: string, cid: string, name: string): Timer | undefined {
    return this.#byCid.get(cid)?.find((timer) => timer.name === name && timer.tenant === tenant)
  }

  #insert(timer: Timer): void {
    const own = this.#byCid.get(timer.cid)
    if (own) own.push(timer)
    else this.#byCid.set(timer.cid, [timer])
    this.#heap.push(timer)
    this.#sift(timer.index)
  }

  #remove(timer: Timer): void {
    const own = this.#byCid.get(timer.cid) ?? []
    if (own.length <= 1) this.#byCid.delete(timer.cid)
    else own.splice(own.indexOf(timer), 1)
    const last = this.#heap.pop() as Timer
    if (last !== timer) {
      last.index = timer.index
      this.#heap[last.index] = last
      this.#sift(last.index)
    }
    timer.index = -1
  }

  #arm(): void {
    const next = this.#heap[0]
    if (!next || next.dueMs >= this.#wakeMs) return
    this.#cancel?.()
    this.#wakeMs = next.dueMs
    const wait = Math.min(Math.max(0, next.dueMs - this.#clock.now()), SLEEP_MAX_MS)
    this.#cancel = this.#clock.setTimer(wait, () => this.#wake())
  }

  #wake(): void {
    this.#wakeMs = Number.POSITIVE_INFINITY
    this.#cancel = undefined
    for (let fired = 0; fired < BURST_MAX; fired++) {
      const timer = this.#heap[0]
      if (!timer || timer.dueMs > this.#clock.now()) break
      this.#remove(timer)
      this.#fire(timer)
    }
    this.#arm()
  }

  #sift(at: number): void {
    const heap = this.#heap
    let index = at
    const timer = heap[index] as Timer
    while (index > 0) {
      const parent = heap[(index - 1) >> 1] as Timer
      if (parent.dueMs <= timer.dueMs) break
      heap[index] = parent
      parent.index = index
      index = (index - 1) >> 1
    }
    for (;;) {
      let child = index * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && (heap[child + 1] as Timer).dueMs < (heap[child] as Timer).dueMs) child++
      const smaller = heap[child] as Timer
      if (smaller.dueMs >= timer.dueMs) break
      heap[index] = smaller
      smaller.index = index
      index = child
    }
    heap[index] = timer
    timer.index = index
  }
}
