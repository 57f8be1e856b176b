/** Shards are fixed for life: changing this number would move every conversation. */
export const SHARD_COUNT = 1024

const encoder = new TextEncoder()

/**
 * The shard of a conversation: FNV-1a 32 over the UTF-8 bytes of `tenant NUL cid`, then murmur3's 32-bit finaliser,
 * low ten bits. Test vectors stand in docs/PROTOCOL.md, so that clients in other languages agree.
 */
export function shardOf(tenant: string, cid: string): number {
  let hash = 0x811c9dc5
  hash = fnv(hash, tenant)
  hash = Math.imul(hash, 0x01000193)
  hash = fnv(hash, cid)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  hash ^= hash >>> 16
  return hash & (SHARD_COUNT - 1)
}

function fnv(seed: number, text: string): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return fnvBytes(seed, encoder.encode(text))
    hash = Math.imul(hash ^ code, 0x01000193)
  }
  return hash
}

function fnvBytes(seed: number, bytes: Uint8Array): number {
  let hash = seed
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}
