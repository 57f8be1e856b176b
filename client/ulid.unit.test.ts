import { describe, expect, it } from 'vitest'
import { ulid as serverUlid } from '../src/kernel/ids.ts'
import { ulid } from './ulid.ts'

describe('ulid', () => {
  it('is the same as the server makes of the same time and randomness', () => {
    const random = Uint8Array.from([1, 250, 3, 99, 128, 255, 0, 17, 200, 42])
    for (const nowMs of [0, 1, 1_790_000_000_000, 2 ** 48 - 1]) expect(ulid(nowMs, random)).toBe(serverUlid(nowMs, random))
  })

  it('differs each time and is a valid id', () => {
    const made = new Set(Array.from({ length: 1000 }, () => ulid(1_790_000_000_000)))
    expect(made.size).toBe(1000)
    for (const id of made) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  })
})
