import { describe, expect, it } from 'vitest'
import { settle } from '../../../test/fixtures/virtual-clock.ts'
import { PutLine, WAITING_MAX } from './put-line.ts'

describe('the line of a tenant', () => {
  it('runs one put at a time in order, other tenants beside it, also after a failure', async () => {
    const line = new PutLine()
    const ran: string[] = []
    let fail = (): void => undefined
    const first = line.run('one', () => new Promise<void>((_resolve, reject) => (fail = () => reject(new Error('no')))))
    const second = line.run('one', async () => ran.push('second'))
    const third = line.run('one', async () => ran.push('third'))
    await line.run('two', async () => ran.push('other'))
    await settle()
    expect(ran).toEqual(['other'])
    expect(line.waiting).toBe(2)
    fail()
    await expect(first).rejects.toThrow('no')
    await Promise.all([second, third])
    expect(ran).toEqual(['other', 'second', 'third'])
    expect(line.waiting).toBe(0)
  })

  it('refuses when too many wait', async () => {
    const line = new PutLine()
    let end = (): void => undefined
    const puts = [line.run('one', () => new Promise<void>((resolve) => (end = resolve)))]
    for (let i = 0; i < WAITING_MAX; i++) puts.push(line.run('one', async () => undefined))
    await expect(line.run('one', async () => undefined)).rejects.toMatchObject({ code: 'storage.unavailable', retry: 'later' })
    end()
    await Promise.all(puts)
    await line.run('one', async () => undefined)
  })
})
