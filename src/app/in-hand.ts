import type { InHand } from '../actors/services.ts'

/** Room for `tenant/cid` at their longest. */
const NAME_BYTES = 128

/**
 * The conversation whose delivery is being handled, in memory that the watchdog's thread sees as well: when the loop does not
 * come back, that thread writes the name to the slot file, which this thread could not do any more. A write per delivery
 * would cost more than the delivery.
 */
export class SharedInHand implements InHand {
  /** Odd while a delivery is in hand; changes with every one. */
  readonly sequence: Int32Array<SharedArrayBuffer>
  readonly name: SharedArrayBuffer
  readonly #bytes: Buffer
  #depth = 0
  /** The tenant whose name stands there, and where the conversation's begins. */
  #tenant = ''
  #start = 0

  constructor() {
    this.sequence = new Int32Array(new SharedArrayBuffer(8))
    this.name = new SharedArrayBuffer(NAME_BYTES)
    this.#bytes = Buffer.from(this.name)
  }

  /** Deliveries may nest (one finishes and starts the next): the innermost name counts. */
  set(tenant: string, cid: string): void {
    if (this.#depth++ === 0) this.sequence[0] = (this.sequence[0] ?? 0) + 1
    if (tenant !== this.#tenant) {
      this.#tenant = tenant
      this.#start = put(this.#bytes, 0, tenant)
      this.#bytes[this.#start++] = 47
    }
    this.sequence[1] = put(this.#bytes, this.#start, cid)
  }

  clear(): void {
    if (--this.#depth === 0) this.sequence[0] = (this.sequence[0] ?? 0) + 1
  }

  /** What is in hand right now, for a last word from this thread. */
  current(): string | undefined {
    return this.#depth === 0 ? undefined : this.#bytes.toString('latin1', 0, this.sequence[1] ?? 0)
  }
}

/** Ids are short ASCII: a loop is cheaper than a call out of JavaScript. Gives the end, at most the buffer's. */
function put(bytes: Uint8Array, start: number, text: string): number {
  const end = Math.min(start + text.length, bytes.length)
  for (let at = start; at < end; at++) bytes[at] = text.charCodeAt(at - start)
  return end
}
