import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFilter, checkMessage, checkSubject, headerBytes, matches } from './bus-rules.ts'

const token = fc.constantFrom('a', 'b', 'c')
const subjects = fc.array(token, { minLength: 1, maxLength: 5 })
const filters = fc
  .tuple(fc.array(fc.oneof(token, fc.constant('*')), { maxLength: 4 }), fc.constantFrom('a', '*', '>'))
  .map(([head, last]) => [...head, last])

/** What the broker's documentation says, as an expression. */
function expression(filter: readonly string[]): RegExp {
  const parts = filter.map((part) => (part === '*' ? '[^.]+' : part === '>' ? '.+' : part))
  return new RegExp(`^${parts.join('\\.')}$`)
}

describe('subjects', () => {
  it('match filters as the broker says', () => {
    fc.assert(
      fc.property(filters, subjects, (filter, subject) => {
        expect(matches(filter, subject)).toBe(expression(filter).test(subject.join('.')))
      }),
    )
  })

  it('are any printable tokens between dots', () => {
    for (const subject of ['a', 'a.b-c.D_9', '$KV.x.s.1', '_INBOX.x.1', "!#%&'()+,-/:;<=?@[]^`{|}~", 'x'.repeat(1024)]) {
      expect(() => checkSubject(subject), subject).not.toThrow()
      expect(() => checkFilter(`${subject.slice(0, 1000)}.*.>`), subject).not.toThrow()
    }
  })

  it('end quickly in a refusal, however long they are', () => {
    const startMs = performance.now()
    for (const subject of ['a.'.repeat(512), `${'a'.repeat(1023)} `, 'x'.repeat(10_000_000)]) {
      expect(() => checkSubject(subject)).toThrow(RangeError)
      expect(() => checkFilter(subject)).toThrow(RangeError)
    }
    expect(performance.now() - startMs).toBeLessThan(1000)
  })
})

describe('the size of a message', () => {
  it('counts headers as they are on the wire', () => {
    expect(headerBytes(undefined)).toBe(0)
    expect(headerBytes({ a: 'ü' })).toBe('NATS/1.0\r\na: ü\r\n\r\n'.length + 1)
    expect(checkMessage('a', new Uint8Array(10), { headers: { a: 'b' } }, 28)).toBe(28)
    expect(() => checkMessage('a', new Uint8Array(10), { headers: { a: 'b' } }, 27)).toThrow(RangeError)
  })
})
