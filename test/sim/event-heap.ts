/** What is to happen at a moment of virtual time. */
export interface Planned {
  readonly atMs: number
  /** Orders events of one moment; drawn from the seed. */
  readonly tie: number
  /** Orders events of one moment and tie. */
  readonly order: number
  cancelled: boolean
}

/** Events by time, then tie, then the order in which they were planned. */
export class EventHeap<E extends Planned> {
  readonly #heap: E[] = []

  get size(): number {
    return this.#heap.length
  }

  get first(): E | undefined {
    return this.#heap[0]
  }

  push(event: E): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(event)
    while (index > 0) {
      const up = (index - 1) >> 1
      const parent = heap[up] as E
      if (before(parent, event)) break
      heap[index] = parent
      index = up
    }
    heap[index] = event
  }

  pop(): E | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || first === last) return first
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1] as E, heap[child] as E)) child++
      if (before(last, heap[child] as E)) break
      heap[index] = heap[child] as E
      index = child
    }
    heap[index] = last
    return first
  }
}

function before(a: Planned, b: Planned): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs
  return a.tie !== b.tie ? a.tie < b.tie : a.order < b.order
}
