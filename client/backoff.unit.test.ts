import { describe, expect, it } from 'vitest'
import { CLOSE, reconnectAdvice as serverAdvice } from '../src/protocol/codes.ts'
import { backoffMs, reconnectAdvice, reconnectDelayMs } from './backoff.ts'

describe('reconnecting', () => {
  it('follows the same table of close codes as the server', () => {
    for (let code = 1000; code < 5000; code++) expect([code, reconnectAdvice(code)]).toEqual([code, serverAdvice(code)])
  })

  it('waits anything up to an exponential bound of at most 30 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map((attempt) => backoffMs(attempt, 0.9999))).toEqual([
      999, 1999, 3999, 7999, 15998, 29997, 29997, 29997,
    ])
    expect(backoffMs(9, 0)).toBe(0)
  })

  it('leaves an overloaded server alone for a second at least', () => {
    for (const code of [CLOSE.overload, CLOSE.rate, CLOSE.slowConsumer, CLOSE.tryLater]) {
      expect(reconnectDelayMs(code, undefined, 0, 0)).toBe(1000)
    }
    expect(reconnectDelayMs(CLOSE.overload, undefined, 20, 0.9999)).toBe(30_000)
  })

  it('obeys a bye whatever the code: after its wait, spread at random', () => {
    const bye = { reconnect: true, afterMs: 200, spreadMs: 4000 }
    expect(reconnectDelayMs(CLOSE.drain, bye, 7, 0)).toBe(200)
    expect(reconnectDelayMs(CLOSE.drain, bye, 7, 0.5)).toBe(2200)
    expect(reconnectDelayMs(CLOSE.restart, { ...bye, reconnect: false }, 0, 0.5)).toBeUndefined()
  })

  it('never comes back after a normal or terminal close', () => {
    for (const code of [CLOSE.normal, CLOSE.malformed, CLOSE.replaced, CLOSE.unauthorized, CLOSE.unsupportedVersion]) {
      expect(reconnectDelayMs(code, undefined, 0, 0.5)).toBeUndefined()
    }
  })
})
