import { describe, expect, it } from 'vitest'
import { shapeFault } from './value.ts'

describe('the shape of an e-mail address', () => {
  it.each(['a@b.co', 'hans@müller.com', '"mario rossi"@example.com', String.raw`"foo\@bar"@example.com`])('fits %s', (value) => {
    expect(shapeFault('email', {}, value)).toBeUndefined()
  })

  it.each(['a@b', 'a b@c.de', 'a@B.co', '"a"b@c@d.de', '"a', 'a@c..de', `a@${'b.'.repeat(9)}de`])('does not fit %s', (value) => {
    expect(shapeFault('email', {}, value)).toBeDefined()
  })
})
