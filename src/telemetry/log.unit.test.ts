import { describe, expect, test } from 'vitest'
import { AppError } from '../kernel/rejection.ts'
import { createLog, type LogLevel } from './log.ts'

function logging(level: LogLevel = 'debug') {
  const lines: string[] = []
  const log = createLog({ level, node: 'n1', to: { write: (line) => void lines.push(line) } })
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>
  return { log, lines, last }
}

describe('a line', () => {
  test('is one JSON object with level, time, node, fields and message', () => {
    const { log, lines, last } = logging()
    log.info({ tenant: 'demo', cid: 'C1', shard: 7, turn: 3, tv: 2, durationMs: 1.25 }, 'turn done')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\{.*\}\n$/)
    const { time, ...rest } = last()
    expect(time).toBeTypeOf('number')
    expect(rest).toEqual({
      level: 'info',
      node: 'n1',
      tenant: 'demo',
      cid: 'C1',
      shard: 7,
      turn: 3,
      tv: 2,
      durationMs: 1.25,
      msg: 'turn done',
    })
  })

  test('below the level is not written', () => {
    const { log, lines } = logging('warn')
    log.debug({}, 'a')
    log.info({}, 'b')
    log.warn({}, 'c')
    log.error({}, 'd')
    expect(lines).toHaveLength(2)
    expect(log.debugging).toBe(false)
    expect(logging('debug').log.debugging).toBe(true)
    const silent = logging('silent')
    silent.log.error({}, 'e')
    expect(silent.lines).toEqual([])
  })

  test('keeps its own level, time, node and msg whatever the fields are called', () => {
    const { log, last } = logging()
    log.warn({ level: 'x', node: 'y', msg: 'z', time: 1 }, 'mine')
    expect(last()).toMatchObject({ level: 'warn', node: 'n1', msg: 'mine' })
    expect(last().time).not.toBe(1)
  })

  test('is written for anything that is given', () => {
    const { log, lines } = logging()
    const loop: Record<string, unknown> = { n: 1n, f: () => 1, map: new Map([['a', 'b']]), bytes: new Uint8Array(3), none: null }
    loop.loop = loop
    log.info(loop, 'odd')
    log.info({ wide: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])), long: 'x'.repeat(100_000) }, 'wide')
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line.length).toBeLessThan(4_000)
  })
})

describe('personal data', () => {
  test('in known fields is cut out at every level', () => {
    const { log, lines, last } = logging()
    log.info({ body: 'mi chiamo Mario', d: { x: 'Mario' }, turn: { value: 'Mario', list: [{ first_name: 'Mario' }] } }, 'x')
    expect(lines[0]).not.toContain('Mario')
    expect(last().body).toBe('[redacted]')
  })

  test('that was not taken is cut out like a value: other readings, what was denied, what stood before', () => {
    const { log, lines, last } = logging()
    const datum = {
      status: 'filled',
      confidence: 0.8,
      other: '1980-04-03',
      runnerUp: { first: 'Mario' },
      rejected: ['Mario Rossi'],
    }
    log.info({ datum, slot: { attention: 'correcting', current: 'Mario' } }, 'odd')
    expect(lines[0]).not.toMatch(/Mario|\b1980\b/)
    expect(last().datum).toMatchObject({ status: 'filled', confidence: 0.8 })
  })

  test('in other texts and in the message is masked', () => {
    const { log, lines } = logging()
    log.error({ reason: 'no mailbox a@b.it', notes: ['+39 333 1234567'] }, 'failed for a@b.it and RSSMRA80A01H501U')
    expect(lines[0]).not.toMatch(/a@b|1234567|RSSMRA/)
  })

  test('does not swallow identifiers', () => {
    const { log, last } = logging()
    log.info({ tenant: 'acme-123456789', cid: '01JD2345678901234567890123' }, 'x')
    expect(last()).toMatchObject({ tenant: 'acme-123456789', cid: '01JD2345678901234567890123' })
  })

  test('in the query of a URL is cut', () => {
    const { log, last } = logging()
    log.info({ url: '/api/v2/dev/token?user=Mario' }, 'x')
    expect(last().url).toBe('/api/v2/dev/token')
  })
})

describe('an error', () => {
  test('keeps type, code and place, not the text that an engine quotes', () => {
    const { log, lines, last } = logging()
    try {
      JSON.parse('{"name": Mario Rossi}')
    } catch (err) {
      log.error({ err }, 'bad')
    }
    expect(lines[0]).not.toContain('Mario')
    expect(last().err).toMatchObject({ type: 'SyntaxError', stack: expect.arrayContaining([expect.stringMatching(/^at /)]) })
  })

  test('of Parley or of the system keeps its message; another cause does not', () => {
    const { log, lines, last } = logging()
    const cause = new Error('Mario Rossi said so')
    log.error({ err: new AppError('storage.full', 'no room left', { retry: 'later', cause }) }, 'bad')
    expect(last().err).toMatchObject({
      type: 'AppError',
      code: 'storage.full',
      message: 'no room left',
      cause: { type: 'Error' },
    })
    log.error({ err: Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', syscall: 'listen' }) }, 'bad')
    expect(last().err).toMatchObject({ message: 'listen EADDRINUSE' })
    expect(lines.join('')).not.toContain('Mario')
  })

  test('does not leak a message that looks like a stack', () => {
    const { log, lines } = logging()
    log.error({ err: new Error('x\n    at Mario (/via Roma:1:1)') }, 'bad')
    expect(lines[0]).not.toContain('Mario')
  })
})
