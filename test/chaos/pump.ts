import type { Socket } from 'node:net'

/** Bytes that wait in a direction before its source is no longer read: what a link's buffers would hold. */
const WAITING_BYTES_MAX = 1024 * 1024

/** How one direction of a link behaves; may change at any moment. */
export interface Way {
  /** Nothing passes, and nobody is told: what was sent arrives when the way is open again. */
  blocked: boolean
  delayMs: number
  /** 0: as fast as it comes. */
  bytesPerS: number
}

interface Waiting {
  /** Undefined: the end of the stream. */
  readonly chunk: Buffer | undefined
  readonly dueMs: number
}

/** One direction of one connection: what `from` sent reaches `to` in order, as the way lets it. */
export class Pump {
  readonly #from: Socket
  readonly #to: Socket
  readonly #way: Way
  readonly #waiting: Waiting[] = []
  #bytes = 0
  #freeMs = 0
  #timer: NodeJS.Timeout | undefined

  constructor(from: Socket, to: Socket, way: Way) {
    this.#from = from
    this.#to = to
    this.#way = way
    from.on('data', (chunk: Buffer) => this.#take(chunk))
    from.on('end', () => this.#put(undefined))
    to.on('drain', () => this.#flow())
  }

  /** The way changed. */
  flow(): void {
    this.#flow()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#waiting.length = 0
  }

  #take(chunk: Buffer): void {
    const { blocked, delayMs, bytesPerS } = this.#way
    const isPlain = !blocked && delayMs === 0 && bytesPerS === 0 && this.#waiting.length === 0
    if (!isPlain) this.#put(chunk)
    else if (!this.#to.write(chunk)) this.#from.pause()
  }

  #put(chunk: Buffer | undefined): void {
    const { delayMs, bytesPerS } = this.#way
    const now = performance.now()
    this.#freeMs = Math.max(now + delayMs, this.#freeMs)
    if (bytesPerS > 0) this.#freeMs += ((chunk?.length ?? 0) / bytesPerS) * 1000
    this.#waiting.push({ chunk, dueMs: this.#freeMs })
    this.#bytes += chunk?.length ?? 0
    if (this.#bytes > WAITING_BYTES_MAX) this.#from.pause()
    this.#flow()
  }

  #flow(): void {
    clearTimeout(this.#timer)
    if (this.#way.blocked || this.#to.destroyed) return
    const now = performance.now()
    for (;;) {
      const next = this.#waiting[0]
      if (next === undefined) break
      if (next.dueMs > now) {
        this.#timer = setTimeout(() => this.#flow(), next.dueMs - now)
        return
      }
      this.#waiting.shift()
      this.#bytes -= next.chunk?.length ?? 0
      if (next.chunk === undefined) this.#to.end()
      else if (!this.#to.write(next.chunk)) return
    }
    if (this.#from.isPaused()) this.#from.resume()
  }
}
