import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileText, placeholders, renderText } from './text.ts'

const render = (text: string, values: Record<string, string> = {}): string => {
  const compiled = compileText(text)
  if (typeof compiled === 'string') throw new Error(compiled)
  return renderText(compiled, (name) => values[name])
}

describe('a text with places', () => {
  it('is filled where a name stands in braces', () => {
    expect(render('Hello {fullName.first}, {date}!', { 'fullName.first': 'Ada', date: 'today' })).toBe('Hello Ada, today!')
    expect(render('{a}{b}', { a: '1', b: '2' })).toBe('12')
    expect(render('nothing here')).toBe('nothing here')
    expect(render('{gone}.')).toBe('.')
  })

  it('keeps doubled braces as braces', () => {
    expect(render('{{a}} {a} }}{{', { a: 'x' })).toBe('{a} x }{')
    expect(render('{{{a}}}', { a: 'x' })).toBe('{x}')
  })

  it('names its places in order', () => {
    const compiled = compileText('{a} and {b.c} and {a}')
    expect(typeof compiled === 'string' ? compiled : placeholders(compiled)).toEqual(['a', 'b.c', 'a'])
  })

  it('is refused with the place of the brace that is alone', () => {
    expect(compileText('a {b')).toBe('"{" at 2 is never closed')
    expect(compileText('a} b')).toBe('"}" at 1 was never opened')
    expect(compileText('a {not so} b')).toContain('"{not so}" is no placeholder')
    expect(compileText('{}')).toContain('"{}" is no placeholder')
  })

  it('without names says itself, whatever its braces', () => {
    fc.assert(
      fc.property(fc.string(), (text) => render(text.replaceAll('{', '{{').replaceAll('}', '}}')) === text),
      { numRuns: 500 },
    )
  })
})
