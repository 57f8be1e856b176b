import { describe, expect, it } from 'vitest'
import { readGiven, readJsonLines, requireTexts } from './command-line.ts'
import { caseOf } from './slot-cases.ts'

describe('JSON lines', () => {
  it('are read in order, blank ones left out', () => {
    expect(readJsonLines('cases', '{"a":1}\n\n {"a":2}\r\n', ({ a }) => a)).toEqual([1, 2])
  })

  it('are refused with the number of the line', () => {
    expect(() => readJsonLines('cases', '\n{"a":1}\noops', ({ a }) => a)).toThrow(
      'cases, line 3: expected one JSON object, found oops',
    )
    expect(() => readJsonLines('cases', '[1]', ({ a }) => a)).toThrow('cases, line 1: expected one JSON object, found [1]')
  })

  it('are refused with the field that is missing or no text', () => {
    const read = (line: string) => readJsonLines('cases', line, (object) => requireTexts(object, ['text']))
    expect(() => read('{"text":"a"}\n{}')).toThrow('cases, line 2: "text" is missing')
    expect(() => read('{"text":5}')).toThrow('cases, line 1: "text" must be a text, not 5')
  })
})

describe('a file that is not there', () => {
  it('is told with the option that names it', () => {
    expect(() => readGiven('--train', '/nowhere/x.jsonl')).toThrow('--train /nowhere/x.jsonl: there is no such file or folder')
    expect(() => readGiven('--data', '.')).toThrow('--data .: this is a folder, not a file')
  })
})

describe('a case to predict', () => {
  const whole = { id: '1', lang: 'en', type: 'date', text: 'today' }

  it('is taken with a known language, or none (und), and any type', () => {
    expect(caseOf(whole)).toBe(whole)
    expect(caseOf({ ...whole, lang: 'und', type: 'moon phase' })).toMatchObject({ lang: 'und' })
  })

  it('is refused without type, text or language, and in a language that is not read', () => {
    expect(() => caseOf({ lang: 'en', text: 'today' })).toThrow('"type" is missing')
    expect(() => caseOf({ lang: 'en', type: 'date' })).toThrow('"text" is missing')
    expect(() => caseOf({ type: 'date', text: 'today' })).toThrow('"lang" is missing')
    expect(() => caseOf({ ...whole, lang: 'pt' })).toThrow('"lang" must be en, it, es, fr, de or und, not "pt"')
  })

  it('is refused with a reference time or a country that is no text', () => {
    expect(() => caseOf({ ...whole, ref: 2024 })).toThrow('"ref" must be a text, not 2024')
  })
})
