import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberField, stringField } from './field.ts'

describe('stringField', () => {
  test('finds the text of a key wherever it stands', () => {
    const frame = '{"v":1,"t":"msg.ok","re":"0000012","cid":"01J","seq":2,"d":{"mid":"01JA","seq":2}}'
    expect(stringField(frame, 't')).toBe('msg.ok')
    expect(stringField(frame, 're')).toBe('0000012')
    expect(stringField(frame, 'mid')).toBe('01JA')
  })

  test('is undefined where the key is missing or holds no text', () => {
    expect(stringField('{"t":"x","seq":4}', 're')).toBeUndefined()
    expect(stringField('{"t":"x","seq":4}', 'seq')).toBeUndefined()
    expect(stringField('{"re":"cut off', 're')).toBeUndefined()
  })

  test('begins at the given place, so that a nested key can be meant', () => {
    const frame = '{"node":"n1","d":{"prompt":{"node":"email"}}}'
    expect(stringField(frame, 'node', frame.indexOf('"prompt":'))).toBe('email')
  })

  test('takes no text of a user for a key, and keeps escapes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (body, mid) => {
        const frame = JSON.stringify({ d: { body, mid } })
        expect(JSON.parse(`"${stringField(frame, 'mid')}"`)).toBe(mid)
        expect(JSON.parse(`"${stringField(frame, 'body')}"`)).toBe(body)
      }),
    )
    expect(stringField(JSON.stringify({ body: '"mid":"false"', mid: 'true' }), 'mid')).toBe('true')
  })
})

describe('numberField', () => {
  test('reads whole numbers', () => {
    expect(numberField('{"seq":0}', 'seq')).toBe(0)
    expect(numberField('{"seq":1790000000000,"d":{}}', 'seq')).toBe(1_790_000_000_000)
  })

  test('is undefined where there is none', () => {
    expect(numberField('{"seq":null}', 'seq')).toBeUndefined()
    expect(numberField('{"seq":"3"}', 'seq')).toBeUndefined()
    expect(numberField('{}', 'seq')).toBeUndefined()
  })
})
