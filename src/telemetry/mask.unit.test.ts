import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mask } from './mask.ts'

describe('mask', () => {
  test.each([
    ['write to mario.rossi+x@example.co.uk, please', 'write to [e-mail], please'],
    ['<a@b.it>;"c@d.it"', '<[e-mail]>;"[e-mail]"'],
    ['call +39 333 123 45 67 now', 'call +[digits] now'],
    ['call (02) 1234-5678', 'call ([digits]'],
    ['born 14/12/1980', 'born [digits]'],
    ['born 1980-12-14.', 'born [digits].'],
    ['RSSMRA80A01H501U and rssmra80a01h501u', '[tax code] and [tax code]'],
    ['RSSMRAULALMHRLMU', '[tax code]'],
    ['POD IT001E12345678', 'POD IT001E[digits]'],
    ['card 4111 1111 1111 1111', 'card [digits]'],
  ])('of "%s" gives "%s"', (text, masked) => {
    expect(mask(text)).toBe(masked)
  })

  test.each([
    'took 250 ms',
    'listening on http://127.0.0.1:8080',
    'from 0 to 65535',
    'journal.full at shard 1023',
    'responsibilities',
    '',
  ])('leaves "%s" alone', (text) => {
    expect(mask(text)).toBe(text)
  })

  test('never lets six digits in a row through, nor grows without bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '9', ' ', '-', '.', '@', 'a', '/'), maxLength: 200 }), (text) => {
        expect(mask(text)).not.toMatch(/\d{6}/)
        expect(mask(text).length).toBeLessThanOrEqual(text.length * 4 + 8)
      }),
    )
  })

  test('takes time in proportion to the text', () => {
    const hostile = `${'1 '.repeat(20_000)}${'a@'.repeat(20_000)}${'('.repeat(20_000)}`
    const start = performance.now()
    mask(hostile)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
