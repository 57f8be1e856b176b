import { describe, expect, it } from 'vitest'
import { TextSlab } from './text-slab.ts'

describe('texts kept as bytes', () => {
  it('stay what they were, however many follow', () => {
    const slab = new TextSlab()
    const texts = Array.from({ length: 300 }, (_, i) => `${i} è ${'€'.repeat(i * 20)} \u{1f600}`)
    const kept = texts.map((text) => slab.put(text))
    expect(kept.map((bytes) => bytes.toString())).toEqual(texts)
  })

  it('may be longer than a slab, or empty', () => {
    const slab = new TextSlab()
    const long = 'x'.repeat(300_000)
    expect(slab.put(long).toString()).toBe(long)
    expect(slab.put('')).toHaveLength(0)
    expect(slab.put('a').toString()).toBe('a')
  })
})
