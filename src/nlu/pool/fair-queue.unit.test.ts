import { describe, expect, it } from 'vitest'
import { FairQueue } from './fair-queue.ts'

interface Item {
  readonly request: { readonly tenant: string }
  readonly name: string
  done: boolean
}

const item = (tenant: string, n: number): Item => ({ request: { tenant }, name: `${tenant}${n}`, done: false })

function taken(queue: FairQueue<Item>): string[] {
  const names: string[] = []
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) names.push(next.name)
  return names
}

describe('the queue of the interpretation workers', () => {
  it('serves tenants in turn, each in its own order', () => {
    const queue = new FairQueue<Item>(10)
    for (const [tenant, n] of [
      ['a', 1],
      ['a', 2],
      ['a', 3],
      ['b', 1],
      ['c', 1],
      ['b', 2],
    ] as const)
      queue.push(item(tenant, n))
    expect(taken(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3'])
    expect([queue.size, queue.tenants]).toEqual([0, 0])
  })

  it('shows what it would give next', () => {
    const queue = new FairQueue<Item>(4)
    const gone = item('a', 1)
    for (const one of [gone, item('a', 2), item('b', 1)]) queue.push(one)
    gone.done = true
    expect([queue.peek()?.name, queue.peek()?.name, queue.shift()?.name]).toEqual(['b1', 'b1', 'b1'])
    expect([queue.peek()?.name, queue.size]).toEqual(['a2', 1])
  })

  it('makes room at the end of the longest line', () => {
    const queue = new FairQueue<Item>(4)
    for (let n = 1; n <= 4; n++) expect(queue.push(item('flood', n))).toBeUndefined()
    expect(queue.push(item('quiet', 1))?.name).toBe('flood4')
    expect(queue.push(item('quiet', 2))?.name).toBe('flood3')
    expect(taken(queue)).toEqual(['flood1', 'quiet1', 'flood2', 'quiet2'])
  })

  it('refuses the newcomer whose line is as long as any', () => {
    const queue = new FairQueue<Item>(4)
    for (const tenant of ['a', 'b']) for (let n = 1; n <= 2; n++) queue.push(item(tenant, n))
    const late = item('a', 3)
    expect(queue.push(late)).toBe(late)
    expect(queue.size).toBe(4)
  })

  it('drops what is answered already before it refuses anybody', () => {
    const queue = new FairQueue<Item>(3)
    const gone = item('a', 2)
    for (const one of [item('a', 1), gone, item('b', 1)]) queue.push(one)
    gone.done = true
    expect(queue.push(item('a', 3))).toBeUndefined()
    expect(taken(queue)).toEqual(['a1', 'b1', 'a3'])
  })

  it('skips what was answered while it waited, and drains the rest', () => {
    const queue = new FairQueue<Item>(8)
    const gone = item('a', 1)
    for (const one of [gone, item('a', 2), item('b', 1)]) queue.push(one)
    gone.done = true
    expect(queue.shift()?.name).toBe('b1')
    expect(queue.drain().map((one) => one.name)).toEqual(['a2'])
    expect(queue.shift()).toBeUndefined()
  })
})
