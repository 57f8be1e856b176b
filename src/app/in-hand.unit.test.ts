import { describe, expect, it } from 'vitest'
import { SharedInHand } from './in-hand.ts'

describe('the delivery in hand', () => {
  it('is named while it lasts', () => {
    const inHand = new SharedInHand()
    expect(inHand.current()).toBeUndefined()
    inHand.set('demo', 'c1')
    expect(inHand.current()).toBe('demo/c1')
    inHand.clear()
    expect(inHand.current()).toBeUndefined()
  })

  it('is the innermost of those that nest, of whichever tenant', () => {
    const inHand = new SharedInHand()
    for (const [tenant, cid] of [
      ['demo', '01JABC'],
      ['a-longer-tenant', 'c'],
      ['demo', 'x'.repeat(64)],
      ['t'.repeat(40), 'x'.repeat(64)],
    ] as const) {
      inHand.set(tenant, cid)
      expect(inHand.current()).toBe(`${tenant}/${cid}`)
    }
  })
})
