import { describe, expect, it } from 'vitest'
import { isLoopback } from '../kernel/loopback.ts'
import { hostName } from './development.ts'
import { isAdmitted } from './origin.ts'

const rules = { origins: ['https://app.example'], development: false }

describe('an origin', () => {
  it.each([
    [{ host: 'chat.example' }, true],
    [{ host: 'chat.example', origin: 'https://chat.example' }, true],
    [{ host: 'chat.example:8080', origin: 'http://chat.example:8080' }, true],
    [{ host: 'chat.example', origin: 'https://app.example' }, true],
    [{ host: 'chat.example', origin: 'https://evil.example' }, false],
    [{ host: 'chat.example', origin: 'https://chat.example.evil.example' }, false],
    [{ host: 'chat.example', origin: 'null' }, false],
    [{}, false],
  ])('%j is admitted: %s', (headers, admitted) => {
    expect(isAdmitted(headers, rules)).toBe(admitted)
  })

  it('may be any where the configuration says so, but never in development mode', () => {
    const headers = { host: 'localhost:1', origin: 'https://evil.example' }
    expect(isAdmitted(headers, { origins: ['*'], development: false })).toBe(true)
    expect(isAdmitted(headers, { origins: ['*'], development: true })).toBe(false)
  })
})

describe('in development mode the host', () => {
  it.each([
    ['localhost:8080', true],
    ['127.0.0.1', true],
    ['[::1]:8080', true],
    ['127.8.9.10:80', true],
    ['128.0.0.1', false],
    ['LOCALHOST', true],
    ['localhost.evil.example', false],
    ['evil.example:8080', false],
    ['127.0.0.1.evil.example', false],
  ])('%s is this machine: %s', (host, loopback) => {
    expect(isLoopback(hostName(host))).toBe(loopback)
    expect(isAdmitted({ host }, { origins: [], development: true })).toBe(loopback)
  })
})
