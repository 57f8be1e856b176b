const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new ULID: 48 bits of `nowMs`, 80 random bits, 26 characters of Crockford base 32. */
export function ulid(nowMs: number, random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  let time = ''
  let rest = nowMs
  for (let i = 0; i < 10; i++) {
    time = CROCKFORD.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  let tail = ''
  let bits = 0
  let value = 0
  for (const byte of random.subarray(0, 10)) {
    value = ((value << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      tail += CROCKFORD.charAt((value >> bits) & 31)
    }
  }
  return time + tail
}
