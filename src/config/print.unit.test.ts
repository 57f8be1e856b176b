import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { configMarkdown, helpText } from './print.ts'
import { OPTIONS } from './schema.ts'

describe('the help', () => {
  test('names every option with its default and what is expected', () => {
    const text = helpText().replaceAll(/\s+/g, ' ')
    for (const { option } of OPTIONS) {
      expect(text).toContain(` ${option.env} ${option.about} default ${option.fallbackText}; ${option.expected}`)
    }
  })

  test('fits into 100 columns', () => {
    expect(
      helpText()
        .split('\n')
        .filter((line) => line.length > 100),
    ).toEqual([])
  })

  test('says of each option one sentence', () => {
    for (const { option } of OPTIONS) expect(option.about).toMatch(/^[A-Z].*[^.]\.$/)
  })
})

describe('docs/CONFIGURATION.md', () => {
  test('is what `npm run config:docs` writes', () => {
    expect(readFileSync(new URL('../../docs/CONFIGURATION.md', import.meta.url), 'utf8')).toBe(configMarkdown())
  })

  test('is the same on every machine', () => {
    expect(configMarkdown()).not.toMatch(/\/(?:home|root|work|tmp|Users)\//)
  })
})

describe('the schema', () => {
  test('names every variable and every field once, PARLEY_ before all but HOST and PORT', () => {
    const names = OPTIONS.map(({ option }) => option.env)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(OPTIONS.map(({ field }) => field)).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^(?:HOST|PORT|PARLEY_[A-Z]+(?:_[A-Z]+)*)$/)
  })

  test('accepts its own defaults', () => {
    for (const { option } of OPTIONS) {
      if (typeof option.fallback === 'string' || typeof option.fallback === 'number') {
        expect(option.parse(String(option.fallback))).toBe(option.fallback)
      }
    }
  })
})
