/** Whoever reads the frames of one socket. */
export interface Reader {
  /** Frames of it that wait in the intake. */
  waiting: number
  read(data: Buffer): void
}

/** Frames handled in one round of the event loop. */
export const ROUND_MAX = 64
/** Above these the oldest are handled at once: a flood waits in the kernel, not here. */
export const WAITING_MAX = 4096
const WAITING_BYTES_MAX = 8 * 1024 * 1024

/**
 * Hands frames to their sessions, at most `ROUND_MAX` in one round of the event loop, first come first served. One wake-up may
 * read a thousand sockets; were they all handled at once, a thousand turns would wait for one commit, with all that belongs
 * to them in memory, and none would be answered before the last was decided. So answers leave while others are decided, and
 * a turn's memory is young and warm. Under `ROUND_MAX` frames a round nothing waits.
 */
export class Intake {
  #readers: (Reader | undefined)[] = []
  #frames: (Buffer | undefined)[] = []
  #head = 0
  #bytes = 0
  #left = ROUND_MAX
  #armed = false
  readonly #round = (): void => {
    this.#armed = false
    this.#left = ROUND_MAX
    while (this.#left > 0 && this.#head < this.#frames.length) this.#next()
    if (this.#head < this.#frames.length) this.#arm()
  }

  /** Frames of one reader are read in the order in which they come. */
  take(reader: Reader, data: Buffer): void {
    this.#arm()
    if (this.#left > 0 && this.#head === this.#frames.length) {
      this.#left--
      reader.read(data)
      return
    }
    reader.waiting++
    this.#readers.push(reader)
    this.#frames.push(data)
    this.#bytes += data.length
    while (this.#frames.length - this.#head > WAITING_MAX || this.#bytes > WAITING_BYTES_MAX) this.#next()
  }

  /** Has everything read that this reader's socket brought, and what came before it. */
  finish(reader: Reader): void {
    while (reader.waiting > 0) this.#next()
  }

  #next(): void {
    const at = this.#head++
    const reader = this.#readers[at] as Reader
    const data = this.#frames[at] as Buffer
    if (this.#head === this.#frames.length) this.#emptied()
    else {
      this.#readers[at] = undefined
      this.#frames[at] = undefined
      if (this.#head >= WAITING_MAX) this.#shift()
    }
    this.#left--
    this.#bytes -= data.length
    reader.waiting--
    reader.read(data)
  }

  #emptied(): void {
    this.#readers.length = 0
    this.#frames.length = 0
    this.#head = 0
  }

  #shift(): void {
    this.#readers = this.#readers.slice(this.#head)
    this.#frames = this.#frames.slice(this.#head)
    this.#head = 0
  }

  #arm(): void {
    if (this.#armed) return
    this.#armed = true
    setImmediate(this.#round)
  }
}
