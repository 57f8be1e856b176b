const SLAB_BYTES = 256 * 1024
/** Longer texts get a buffer of their own: they would waste the rest of a slab. */
const TEXT_CHARS_MAX = 16 * 1024
/** The most bytes that UTF-8 takes for one UTF-16 unit. */
const BYTES_PER_CHAR = 3

/**
 * UTF-8 of texts, one after another in slabs outside the collected heap. A text that waits (for the disk, for the documents)
 * would be copied by the collector twice and moved into the old generation; these bytes are not. A slab goes when the last
 * of its texts does.
 */
export class TextSlab {
  #slab = Buffer.allocUnsafeSlow(0)
  #at = 0

  /** The bytes are the caller's; nothing is written over them. */
  put(text: string): Buffer {
    if (text.length > TEXT_CHARS_MAX) return Buffer.from(text)
    if (this.#at + text.length * BYTES_PER_CHAR > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      this.#at = 0
    }
    const start = this.#at
    this.#at += this.#slab.write(text, start)
    return this.#slab.subarray(start, this.#at)
  }
}
