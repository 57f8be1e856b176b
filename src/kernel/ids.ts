import { createHash, randomBytes } from 'node:crypto'

/** Tenant names: they become file names, subjects and database names, so nothing else passes. */
const TENANT = /^[a-z0-9][a-z0-9-]{0,39}$/
/** Every other id (conversation, message, template, user, text nodes). */
const ID = /^[A-Za-z0-9_-]{1,64}$/
/** Reserved: the factory's store, the tenant of the synthetic turn, and the operators' place in subjects. */
const RESERVED_TENANTS: ReadonlySet<string> = new Set(['factory', 'health', 'sys'])

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const HEALTH_TENANT = 'health'

/** What a tenant id must look like, for error texts. */
export const TENANT_SHAPE = '[a-z0-9][a-z0-9-]{0,39}, and not "factory", "health" or "sys"'
/** What any other id must look like, for error texts. */
export const ID_SHAPE = '[A-Za-z0-9_-]{1,64}'

export function isTenant(value: unknown): value is string {
  return typeof value === 'string' && TENANT.test(value) && !RESERVED_TENANTS.has(value)
}

/** Also the reserved names: what storage may hold data of. */
export function isStoredTenant(value: unknown): value is string {
  return typeof value === 'string' && TENANT.test(value)
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value)
}

const POOL_BYTES = 4096
let pool = new Uint8Array(0)
let poolAt = 0

/** Ten random bytes out of a pool: one call to the generator for four hundred ids. */
function tenBytes(): Uint8Array {
  if (poolAt + 10 > pool.length) {
    pool = randomBytes(POOL_BYTES)
    poolAt = 0
  }
  poolAt += 10
  return pool.subarray(poolAt - 10, poolAt)
}

/**
 * A new ULID: 48 bits of `nowMs`, 80 bits of randomness, Crockford base 32, 26 characters.
 * Its time is for readers of logs only; nothing in Parley reads it back.
 */
export function ulid(nowMs: number, random: Uint8Array = tenBytes()): string {
  if (nowMs !== stampMs) {
    stampMs = nowMs
    stamp = timeText(nowMs)
  }
  return stamp + fortyBits(random, 0) + fortyBits(random, 5)
}

/** The time of the last id as text: many are made within a millisecond. */
let stampMs = -1
let stamp = ''

function timeText(nowMs: number): string {
  let time = ''
  let rest = nowMs
  for (let i = 0; i < 10; i++) {
    time = CROCKFORD[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  return time
}

/** Two characters for each ten bits. */
const PAIRS: readonly string[] = Array.from({ length: 1024 }, (_, i) => CROCKFORD.charAt(i >> 5) + CROCKFORD.charAt(i & 31))

function fortyBits(bytes: Uint8Array, at: number): string {
  const a = bytes[at] ?? 0
  const b = bytes[at + 1] ?? 0
  const c = bytes[at + 2] ?? 0
  const d = bytes[at + 3] ?? 0
  const e = bytes[at + 4] ?? 0
  return (
    (PAIRS[(a << 2) | (b >> 6)] as string) +
    (PAIRS[((b & 63) << 4) | (c >> 4)] as string) +
    (PAIRS[((c & 15) << 6) | (d >> 2)] as string) +
    (PAIRS[((d & 3) << 8) | e] as string)
  )
}

/** RFC 4648 base 32 without padding. */
function base32(bytes: Uint8Array): string {
  let out = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += BASE32.charAt((value >> bits) & 31)
    }
  }
  return bits > 0 ? out + BASE32.charAt((value << (5 - bits)) & 31) : out
}

/**
 * The conversation id that a client key stands for: every node computes the same one, so two opens with one key
 * meet in one actor. First 26 characters of base32(sha256(tenant NUL user NUL clientKey)).
 */
export function keyedConversationId(tenant: string, user: string, clientKey: string): string {
  return base32(createHash('sha256').update(`${tenant}\0${user}\0${clientKey}`).digest()).slice(0, 26)
}
