import { createInterface, type Interface } from 'node:readline'
import type { Readable } from 'node:stream'

const WAITING_MAX = 256

/** The lines of an input, one at a time; a fast writer is held back when 256 wait. */
export class Lines {
  readonly #reader: Interface
  #waiting: string[] = []
  #wanted: ((line: string | undefined) => void) | undefined
  #ended = false

  constructor(input: Readable) {
    this.#reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
    this.#reader.on('line', (line) => this.#came(line))
    this.#reader.on('close', () => this.#end())
  }

  /** The next line; undefined after the last one, or when it was closed. One call at a time. */
  next(): Promise<string | undefined> {
    const line = this.#waiting.shift()
    if (line !== undefined || this.#ended) return Promise.resolve(line)
    this.#reader.resume()
    return new Promise((resolve) => {
      this.#wanted = resolve
    })
  }

  close(): void {
    this.#waiting = []
    this.#reader.close()
  }

  #came(line: string): void {
    const wanted = this.#wanted
    this.#wanted = undefined
    if (wanted !== undefined) {
      wanted(line)
      return
    }
    this.#waiting.push(line)
    if (this.#waiting.length >= WAITING_MAX) this.#reader.pause()
  }

  #end(): void {
    this.#ended = true
    this.#wanted?.(undefined)
    this.#wanted = undefined
  }
}
