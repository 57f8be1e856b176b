import { Packr } from 'msgpackr'

/** What nodes tell each other is msgpack of plain values: versions of the code may differ during a rolling restart. */
const packr = new Packr({ useRecords: false })

export const packed = (value: unknown): Uint8Array => packr.pack(value)

/** Undefined for what is not msgpack: a stranger's message. */
export function unpacked(data: Uint8Array): unknown {
  try {
    return packr.unpack(data)
  } catch {
    return undefined
  }
}
