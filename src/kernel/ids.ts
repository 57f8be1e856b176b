import { createHash, randomBytes } from 'node:crypto'

/** Tenant names: they become file names, subjects and database names, so nothing else passes. */
const TENANT = /^[a-z0-9][a-z0-9-]{0,39}$/
/** Every other id (conversation, message, template, user, text nodes). */
const ID = /^[A-Za-z0-9_-]{1,64}$/
/** Reserved: the factory's store, and the tenant of the synthetic turn. */
const RESERVED_TENANTS: ReadonlySet<string> = new Set(['factory', 'health'])

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const HEALTH_TENANT = 'health'

/** What a tenant id must look like, for error texts. */
export const TENANT_SHAPE = '[a-z0-9][a-z0-9-]{0,39}, and neither "factory" nor "health"'
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
  let time = ''
  let rest = nowMs
  for (let i = 0; i < 10; i++) {
    time = CROCKFORD[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  let tail = ''
  for (let i = 0; i < 10; i += 5) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = random.subarray(i, i + 5)
    tail +=
      CROCKFORD.charAt(a >> 3) +
      CROCKFORD.charAt(((a & 7) << 2) | (b >> 6)) +
      CROCKFORD.charAt((b >> 1) & 31) +
      CROCKFORD.charAt(((b & 1) << 4) | (c >> 4)) +
      CROCKFORD.charAt(((c & 15) << 1) | (d >> 7)) +
      CROCKFORD.charAt((d >> 2) & 31) +
      CROCKFORD.charAt(((d & 3) << 3) | (e >> 5)) +
      CROCKFORD.charAt(e & 31)
  }
  return time + tail
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
