import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRejection } from '../kernel/rejection.ts'
import { FrameChecker } from './schemas.ts'

const checker = new FrameChecker({ textCharsMax: 100, conversationsMax: 2 })
const problem = (frame: unknown): { rejected?: string; field?: string | undefined; msg?: string } => {
  const result = checker.check(frame)
  return isRejection(result) ? result : {}
}
const send = (d: object): unknown => ({ v: 1, t: 'msg.send', id: '1', d: { mid: 'm1', kind: 'text', body: 'hi', ...d } })

describe('a frame that fits', () => {
  it('passes as it is, its unknown fields ignored', () => {
    const frame = { v: 1, t: 'ping', id: '1', d: { n: 1, more: [] }, extra: true }
    expect(checker.check(frame)).toBe(frame)
  })

  it('may leave out v, id and d', () => {
    expect(checker.check({ t: 'bye' })).toEqual({ t: 'bye', d: {} })
  })

  it('opens by template, or by flow as its synonym', () => {
    expect(checker.check({ t: 'conv.open', d: { flow: 'contact' } })).toMatchObject({ d: { template: 'contact' } })
  })

  it.each([
    ['text', 'hello'],
    ['choice', 'blue'],
    ['dtmf', '12#'],
    ['form', { values: { birthDate: '1980-12-14' } }],
    ['silence', undefined],
  ])('carries a message of kind %s', (kind, body) => {
    expect(problem(send({ kind, body }))).toEqual({})
  })

  it('takes vars of scalars, a time zone, a locale and a client key', () => {
    const d = { template: 'x', vars: { a: 'b', c: 1, e: true }, tz: 'Europe/Rome', locale: 'en-GB', clientKey: 'page: first' }
    expect(problem({ t: 'conv.open', d })).toEqual({})
  })
})

describe('a frame that does not fit', () => {
  it.each([
    [{ d: {} }, 't'],
    [{ t: 'ping', v: 2 }, 'v'],
    [{ t: 'ping', id: 7 }, 'id'],
    [{ t: 'ping', id: 'x'.repeat(37) }, 'id'],
    [{ t: 'ping', cid: 'a b' }, 'cid'],
    [{ t: 'ping', d: [] }, 'd'],
    [{ t: 'ping', d: { n: 'x' } }, 'd.n'],
    [{ t: 'hello', d: {} }, 'd.token'],
    [{ t: 'hello', d: { token: 'x', tz: 'Mars/Base' } }, 'd.tz'],
    [{ t: 'hello', d: { token: 'x', tz: '+01:00' } }, 'd.tz'],
    [{ t: 'hello', d: { token: 'x', locale: 'e' } }, 'd.locale'],
    [{ t: 'hello', d: { token: 'x', resume: [{ cid: 'c', inc: 'k', seq: -1 }] } }, 'd.resume.0.seq'],
    [{ t: 'hello', d: { token: 'x', resume: Array(3).fill({ cid: 'c', inc: 'k', seq: 1 }) } }, 'd.resume'],
    [{ t: 'conv.open', d: {} }, 'd.template'],
    [{ t: 'conv.open', d: { template: '../x' } }, 'd.template'],
    [{ t: 'conv.open', d: { template: 'x', version: 0 } }, 'd.version'],
    [{ t: 'conv.open', d: { template: 'x', vars: { a: {} } } }, 'd.vars.a'],
    [{ t: 'conv.open', d: { template: 'x', vars: { 'a b': 1 } } }, 'd.vars'],
    [{ t: 'conv.open', d: { template: 'x', clientKey: 'a\u0000b' } }, 'd.clientKey'],
    [{ t: 'conv.join', d: { since: { inc: 'k' } } }, 'd.since.seq'],
    [{ t: 'history.get', d: { limit: 201 } }, 'd.limit'],
    [{ t: 'typing', d: {} }, 'd.on'],
    [{ t: 'read', d: { upto: 1.5 } }, 'd.upto'],
    [{ t: 'feedback', d: { about: 1, score: 99 } }, 'd.score'],
    [send({ mid: 'a.b' }), 'd.mid'],
    [send({ kind: 'song' }), 'd.kind'],
    [send({ body: '' }), 'd.body'],
    [send({ body: '  \n' }), 'd.body'],
    [send({ body: 7 }), 'd.body'],
    [send({ kind: 'choice', body: 'a b' }), 'd.body'],
    [send({ kind: 'dtmf', body: 'x' }), 'd.body'],
    [send({ kind: 'form', body: 'x' }), 'd.body.values'],
    [send({ kind: 'form', body: { values: {} } }), 'd.body.values'],
    [send({ kind: 'form', body: { values: { 'a.b': 1 } } }), 'd.body.values'],
    [send({ kind: 'silence', body: 'x' }), 'd.body'],
  ])('%j is refused, naming the field', (frame, field) => {
    expect(problem(frame)).toMatchObject({ rejected: 'bad_request', field })
  })

  it('says what was expected and never repeats the value', () => {
    const { msg } = problem(send({ mid: 'my secret' }))
    expect(msg).toContain('[A-Za-z0-9_-]{1,64}')
    expect(msg).not.toContain('secret')
  })

  it('is too_large for a text over the bound', () => {
    expect(problem(send({ body: 'x'.repeat(101) }))).toMatchObject({ rejected: 'too_large', field: 'd.body' })
  })

  it.each(['event', 'file'])('is unsupported for kind %s', (kind) => {
    expect(problem(send({ kind }))).toMatchObject({ rejected: 'unsupported', field: 'd.kind' })
  })

  it.each(['nope', 'toString', '__proto__', 'welcome'])('is an unknown type: %s', (t) => {
    expect(problem({ t, d: {} })).toMatchObject({ rejected: 'unknown_type', field: 't' })
  })

  it.each([null, 7, 'x', [], [[]]])('is no object: %j', (value) => {
    expect(problem(value)).toMatchObject({ rejected: 'bad_request' })
  })

  it('never makes the checker throw', () => {
    const types = fc.constantFrom(
      'hello',
      'conv.open',
      'conv.join',
      'msg.send',
      'history.get',
      'typing',
      'read',
      'feedback',
      'ping',
    )
    const frame = fc.record({ t: fc.oneof(types, fc.string()), id: fc.anything(), cid: fc.anything(), d: fc.anything() })
    fc.assert(fc.property(fc.oneof(frame, fc.anything()), (value) => typeof checker.check(value) === 'object'))
  })
})
