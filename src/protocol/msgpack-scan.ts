/**
 * Walks the structure of one msgpack message without building anything, so that what cannot be a frame is refused before
 * a decoder allocates for it: truncated data, declared lengths beyond the message, extension types, nesting over `depthMax`,
 * bytes after the end. Work is bounded by the message's length.
 */
export function isPlainMsgpack(bytes: Uint8Array, depthMax: number): boolean {
  const left: number[] = [1]
  let at = 0
  while (left.length > 0) {
    const top = left.length - 1
    if (left[top] === 0) {
      left.pop()
      continue
    }
    left[top] = (left[top] ?? 0) - 1
    if (at >= bytes.length) return false
    const lead = bytes[at] ?? 0xc1
    const items = itemsOf(bytes, at, lead)
    if (items >= 0) {
      at += headOf(lead)
      if (items > bytes.length - at || top >= depthMax) return false
      left.push(items)
      continue
    }
    const size = sizeOf(bytes, at, lead)
    if (size < 0 || size > bytes.length - at) return false
    at += size
  }
  return at === bytes.length
}

/** Number of values inside the container that starts here; -1 when it is no container. */
function itemsOf(bytes: Uint8Array, at: number, lead: number): number {
  if (lead >= 0x80 && lead <= 0x8f) return (lead & 15) * 2
  if (lead >= 0x90 && lead <= 0x9f) return lead & 15
  if (lead === 0xdc) return big(bytes, at + 1, 2)
  if (lead === 0xdd) return big(bytes, at + 1, 4)
  if (lead === 0xde) return big(bytes, at + 1, 2) * 2
  if (lead === 0xdf) return big(bytes, at + 1, 4) * 2
  return -1
}

const headOf = (lead: number): number => (lead < 0xa0 ? 1 : lead === 0xdc || lead === 0xde ? 3 : 5)

/** Bytes that a scalar takes with its head; -1 for what a frame may not contain. */
function sizeOf(bytes: Uint8Array, at: number, lead: number): number {
  if (lead <= 0x7f || lead >= 0xe0) return 1
  if (lead >= 0xa0 && lead <= 0xbf) return 1 + (lead & 31)
  switch (lead) {
    case 0xc0:
    case 0xc2:
    case 0xc3:
      return 1
    case 0xc4:
    case 0xd9:
      return 2 + big(bytes, at + 1, 1)
    case 0xc5:
    case 0xda:
      return 3 + big(bytes, at + 1, 2)
    case 0xc6:
    case 0xdb:
      return 5 + big(bytes, at + 1, 4)
    case 0xcc:
    case 0xd0:
      return 2
    case 0xcd:
    case 0xd1:
      return 3
    case 0xca:
    case 0xce:
    case 0xd2:
      return 5
    case 0xcb:
    case 0xcf:
    case 0xd3:
      return 9
    default:
      return -1
  }
}

/** Big-endian unsigned number; beyond the end it is larger than any message. */
function big(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let i = at; i < at + size; i++) value = value * 256 + (bytes[i] ?? 2 ** 40)
  return value
}
