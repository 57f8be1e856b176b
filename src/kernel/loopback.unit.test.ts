import { describe, expect, it } from 'vitest'
import { isLoopback } from './loopback.ts'

describe('a host', () => {
  it.each(['localhost', '127.0.0.1', '127.8.9.10', '::1', '[::1]'])('%s is this machine', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each(['', '0.0.0.0', '::', '128.0.0.1', '127.1', '127.0.0.1.evil.example', 'localhost.evil.example', '127.evil.example'])(
    '%j is not, or not surely',
    (host) => {
      expect(isLoopback(host)).toBe(false)
    },
  )
})
