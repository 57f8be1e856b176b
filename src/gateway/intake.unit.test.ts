import { setImmediate as nextRound } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Intake, type Reader, ROUND_MAX, WAITING_MAX } from './intake.ts'

function readers(): { log: string[]; reader: (name: string) => Reader } {
  const log: string[] = []
  const reader = (name: string): Reader => ({ waiting: 0, read: (data) => log.push(`${name}${data}`) })
  return { log, reader }
}

describe('the intake', () => {
  it('hands on at once what a round has room for, and the rest in later rounds, in order', async () => {
    const { log, reader } = readers()
    const intake = new Intake()
    const [a, b] = [reader('a'), reader('b')]
    const sent: string[] = []
    for (let i = 0; i < ROUND_MAX * 5; i++) {
      const [name, to] = i % 3 === 0 ? (['a', a] as const) : (['b', b] as const)
      sent.push(`${name}${i}`)
      intake.take(to, Buffer.from(String(i)))
    }
    expect(log).toEqual(sent.slice(0, ROUND_MAX))
    expect(a.waiting + b.waiting).toBe(ROUND_MAX * 4)
    await nextRound()
    expect(log.length).toBeLessThan(sent.length)
    while (a.waiting + b.waiting > 0) await nextRound()
    expect(log).toEqual(sent)
  })

  it('keeps the order also for what comes while others wait', async () => {
    const { log, reader } = readers()
    const intake = new Intake()
    const a = reader('a')
    const total = ROUND_MAX * 3
    for (let i = 0; i < total; i++) intake.take(a, Buffer.from(String(i)))
    await nextRound()
    for (let i = total; i < total + 5; i++) intake.take(a, Buffer.from(String(i)))
    while (a.waiting > 0) await nextRound()
    expect(log).toEqual(Array.from({ length: total + 5 }, (_, i) => `a${i}`))
  })

  it('reads what a socket brought before it went, and nothing of it twice', async () => {
    const { log, reader } = readers()
    const intake = new Intake()
    const [a, b] = [reader('a'), reader('b')]
    for (let i = 0; i < ROUND_MAX * 2; i++) intake.take(a, Buffer.from(String(i)))
    intake.take(b, Buffer.from('x'))
    intake.finish(a)
    expect([a.waiting, b.waiting, log.length]).toEqual([0, 1, ROUND_MAX * 2])
    while (b.waiting > 0) await nextRound()
    expect(log.at(-1)).toBe('bx')
    expect(log).toHaveLength(ROUND_MAX * 2 + 1)
  })

  it('never holds more than its bound', () => {
    const { log, reader } = readers()
    const intake = new Intake()
    const a = reader('a')
    for (let i = 0; i < WAITING_MAX * 2 + ROUND_MAX; i++) intake.take(a, Buffer.from(String(i)))
    expect(a.waiting).toBe(WAITING_MAX)
    expect(log).toHaveLength(WAITING_MAX + ROUND_MAX)
    intake.finish(a)
    expect(log).toEqual(Array.from({ length: WAITING_MAX * 2 + ROUND_MAX }, (_, i) => `a${i}`))
  })

  it('holds no more bytes than its bound', () => {
    const { log, reader } = readers()
    const intake = new Intake()
    const a = reader('a')
    const large = Buffer.alloc(1 << 20, 97)
    for (let i = 0; i < ROUND_MAX + 20; i++) intake.take(a, large)
    expect(a.waiting).toBeLessThanOrEqual(8)
    expect(log.length + a.waiting).toBe(ROUND_MAX + 20)
  })
})
