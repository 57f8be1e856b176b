import { describe, expect, it } from 'vitest'
import { type IntentLine, parseLines, testLines, trainLines } from './intent-lines.ts'

const lines: readonly IntentLine[] = [
  { text: 'a', intent: 'x', split: 'train', k: 1, p5: true, p10: true },
  { text: 'b', intent: 'x', split: 'train', k: 6, p10: true },
  { text: 'c', intent: 'x', split: 'train' },
  { text: 'd', intent: 'x', split: 'valid' },
  { text: 'e', intent: 'oos', split: 'train', k: 1 },
]
const textsOf = (chosen: readonly IntentLine[]): string => chosen.map(({ text }) => text).join('')
const ours = { holdValid: false, published: false }

describe('the lines trained on', () => {
  it('are few by our picks or the published ones, or all', () => {
    expect(textsOf(trainLines(lines, 5, ours))).toBe('a')
    expect(textsOf(trainLines(lines, 10, ours))).toBe('ab')
    expect(textsOf(trainLines(lines, 5, { ...ours, published: true }))).toBe('a')
    expect(textsOf(trainLines(lines, 10, { ...ours, published: true }))).toBe('ab')
    expect(textsOf(trainLines(lines, 'full', ours))).toBe('abcd')
  })

  it('are not those that are then predicted', () => {
    expect(textsOf(trainLines(lines, 'full', { ...ours, holdValid: true }))).toBe('abc')
    expect(textsOf(testLines(lines, []))).toBe('d')
    expect(textsOf(testLines(lines, lines.slice(3)))).toBe('')
  })

  it('are read from JSON lines with blank ones between', () => {
    expect(parseLines('train', '{"text":"a","intent":"x"}\n\n{"text":"b","intent":"y"}\n')).toHaveLength(2)
  })

  it('are refused with the line and the field that is missing', () => {
    expect(() => parseLines('train', '{"text":"a","intent":"x"}\n{"text":"b"}')).toThrow('train, line 2: "intent" is missing')
    expect(parseLines('test', '{"text":"b"}', ['text'])).toEqual([{ text: 'b' }])
  })
})
