import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bus, BusError, type BusMessage } from '../../src/cluster/port.ts'

export interface BusPlace {
  /** A further connection to the same broker. */
  connect(): Promise<Bus>
  /** The broker goes away at once, and comes back. */
  stop(): Promise<void>
  start(): Promise<void>
  dispose(): Promise<void>
}

const text = (message: Pick<BusMessage, 'data'>): string => Buffer.from(message.data).toString()
const bytes = (value: string): Uint8Array => Buffer.from(value)
const soon = { timeout: 10_000, interval: 2 }

export function busSuite(name: string, options: { readonly place: () => Promise<BusPlace> }): void {
  describe(`bus, ${name}`, () => {
    let place: BusPlace
    let a: Bus
    let b: Bus

    beforeEach(async () => {
      place = await options.place()
      a = await place.connect()
      b = await place.connect()
    })
    afterEach(async () => {
      await a.close()
      await b.close()
      await place.dispose()
    })

    /** What `bus` hears of a subject from now on. */
    const hear = async (bus: Bus, subject: string, queue?: string): Promise<string[]> => {
      const heard: string[] = []
      bus.subscribe(subject, (message) => heard.push(`${message.subject}=${text(message)}`), queue === undefined ? {} : { queue })
      await bus.flush()
      return heard
    }
    /** Everything sent before has been handled on both sides. */
    const settle = async (): Promise<void> => {
      for (const bus of [a, b, a, b]) await bus.flush()
    }

    it('hands messages to every subscriber, in the order of the publisher, never within publish', async () => {
      const heardByA = await hear(a, 't.order')
      const heardByB = await hear(b, 't.order')
      const expected = Array.from({ length: 500 }, (_, i) => `t.order=${i}`)
      for (let i = 0; i < 500; i++) expect(a.publish('t.order', bytes(`${i}`))).toBe(true)
      expect([heardByA.length, heardByB.length]).toEqual([0, 0])
      await expect.poll(() => heardByB.length, soon).toBe(500)
      await expect.poll(() => heardByA.length, soon).toBe(500)
      expect(heardByA).toEqual(expected)
      expect(heardByB).toEqual(expected)
    })

    it('matches * with one token and > with the rest', async () => {
      const star = await hear(b, 'w.*.end')
      const rest = await hear(b, 'w.>')
      for (const subject of ['w.a.end', 'w.a.b.end', 'w', 'w.end', 'other.a.end']) a.publish(subject, bytes('x'))
      await settle()
      await expect.poll(() => rest.length, soon).toBe(3)
      expect(star).toEqual(['w.a.end=x'])
      expect(rest).toEqual(['w.a.end=x', 'w.a.b.end=x', 'w.end=x'])
    })

    it('gives each message to one member of a queue group, and to every plain subscriber', async () => {
      const one = await hear(a, 'q.work', 'g')
      const two = await hear(b, 'q.work', 'g')
      const other = await hear(b, 'q.*', 'h')
      const plain = await hear(b, 'q.work')
      for (let i = 0; i < 200; i++) a.publish('q.work', bytes(`${i}`))
      await expect.poll(() => plain.length, soon).toBe(200)
      await expect.poll(() => one.length + two.length, soon).toBe(200)
      await expect.poll(() => other.length, soon).toBe(200)
      expect(new Set([...one, ...two]).size).toBe(200)
      expect(two.length).toBeGreaterThan(0)
    })

    it('keeps no reference to what the publisher handed over', async () => {
      const heard = await hear(b, 't.copy')
      const data = bytes('before')
      a.publish('t.copy', data)
      data.fill(0)
      await expect.poll(() => heard, soon).toEqual(['t.copy=before'])
    })

    it('gives each subscriber bytes of its own in the same process', async () => {
      const heard: string[] = []
      const spoil = (message: BusMessage): void => {
        heard.push(text(message))
        message.data.fill(0)
      }
      a.subscribe('t.own', spoil)
      b.subscribe('t.own', spoil)
      await settle()
      a.publish('t.own', bytes('whole'))
      await expect.poll(() => heard, soon).toEqual(['whole', 'whole'])
    })

    it('carries headers with their keys as sent, and bytes of any value', async () => {
      let got: BusMessage | undefined
      b.subscribe('t.headers', (message) => {
        got = { ...message, data: new Uint8Array(message.data) }
      })
      await b.flush()
      const data = Uint8Array.from({ length: 256 }, (_, i) => i)
      const headers = { 'Parley-Id': 'x 1', 'lower-Case': 'zwölf', __proto__x: '3', Empty: '' }
      a.publish('t.headers', data, { headers })
      await expect.poll(() => got, soon).toBeDefined()
      expect([...(got?.headers ?? [])]).toEqual(Object.entries(headers))
      expect(got?.data).toEqual(data)
      expect(got && 'reply' in got).toBe(false)
    })

    it('answers a request, with headers both ways', async () => {
      b.subscribe('r.echo', (message) => {
        const headers = { back: message.headers?.get('to') ?? '' }
        if (message.reply !== undefined) b.publish(message.reply, bytes(`${text(message)}!`), { headers })
      })
      await b.flush()
      const answer = await a.request('r.echo', bytes('hi'), { timeoutMs: 5000, headers: { to: 'fro' } })
      expect(text(answer)).toBe('hi!')
      expect(answer.headers?.get('back')).toBe('fro')
    })

    it('keeps a thousand requests at once apart', async () => {
      b.subscribe('r.many', (message) => void b.publish(message.reply ?? '', message.data))
      await b.flush()
      const asked = Array.from({ length: 1000 }, (_, i) => `${i}`)
      const answers = await Promise.all(asked.map((i) => a.request('r.many', bytes(i), { timeoutMs: 20_000 })))
      expect(answers.map(text)).toEqual(asked)
    })

    it('says at once that nobody listens', async () => {
      await expect(a.request('r.nobody', bytes('?'), { timeoutMs: 20_000 })).rejects.toMatchObject({ fault: 'no_responders' })
    })

    it('takes a member of a queue group for somebody who listens', async () => {
      b.subscribe('r.group', (message) => void b.publish(message.reply ?? '', bytes('here')), { queue: 'g' })
      await b.flush()
      expect(text(await a.request('r.group', bytes('?'), { timeoutMs: 5000 }))).toBe('here')
    })

    it('gives up on a request that is not answered', async () => {
      await hear(b, 'r.silent')
      const err = await a.request('r.silent', bytes('?'), { timeoutMs: 30 }).catch((e: unknown) => e)
      expect(err).toBeInstanceOf(BusError)
      expect(err).toMatchObject({ fault: 'timeout' })
    })

    it('tells the reply subject of a publish that nobody listens, and only its sender', async () => {
      const told: BusMessage[] = []
      const heardByB = await hear(b, 'n.unheard.*')
      a.subscribe('n.unheard.*', (message) => told.push({ ...message, data: new Uint8Array(message.data) }))
      await a.flush()
      a.publish('n.nobody', bytes('lost'), { reply: 'n.unheard.7' })
      await expect.poll(() => told.length, soon).toBe(1)
      expect(told[0]).toMatchObject({ subject: 'n.unheard.7', noResponders: true })
      expect(told[0]?.data.length).toBe(0)
      await settle()
      expect(heardByB).toEqual([])
    })

    it('hands nothing over once unsubscribe has returned', async () => {
      const heard: string[] = []
      const subscription = b.subscribe('u.x', (message) => {
        heard.push(text(message))
        subscription.unsubscribe()
      })
      await b.flush()
      for (let i = 0; i < 50; i++) a.publish('u.x', bytes(`${i}`))
      await settle()
      expect(heard).toEqual(['0'])
      subscription.unsubscribe()
      await subscription.drain()
    })

    it('drains: hands over what was sent before, takes nothing after', async () => {
      const heard: string[] = []
      const subscription = b.subscribe('d.x', (message) => heard.push(text(message)))
      await b.flush()
      for (let i = 0; i < 500; i++) a.publish('d.x', bytes(`${i}`))
      await a.flush()
      await subscription.drain()
      const before = heard.length
      expect(heard).toEqual(Array.from({ length: 500 }, (_, i) => `${i}`))
      a.publish('d.x', bytes('late'))
      await settle()
      expect(heard.length).toBe(before)
      await expect(a.request('d.x', bytes('?'), { timeoutMs: 5000 })).rejects.toMatchObject({ fault: 'no_responders' })
    })

    it('loses no message between two owners that drain and subscribe in turn', async () => {
      const served: string[] = []
      const answer = (bus: Bus) => (message: BusMessage) => {
        served.push(text(message))
        bus.publish(message.reply ?? '', bytes('done'))
      }
      let owner = a.subscribe('h.shard', answer(a))
      await a.flush()
      const asker = await place.connect()
      const answered: string[] = []
      let stop = false
      const ask = async (): Promise<void> => {
        for (let i = 0; !stop; i++) {
          const answer = asker.request('h.shard', bytes(`${i}`), { timeoutMs: 5000 })
          const fault = await answer.then(
            () => 'none',
            (err: BusError) => err.fault,
          )
          if (fault === 'none') answered.push(`${i}`)
          else expect(fault).toBe('no_responders')
        }
      }
      const asking = ask()
      for (const bus of [b, a, b, a]) {
        await expect.poll(() => answered.length, soon).toBeGreaterThan(served.length - 10)
        await owner.drain()
        owner = bus.subscribe('h.shard', answer(bus))
        await bus.flush()
      }
      stop = true
      await asking
      expect(answered).toEqual(served)
      await asker.close()
    })

    it('goes on after a subscriber has thrown', async () => {
      b.subscribe('e.x', () => {
        throw new Error('a fault of the subscriber')
      })
      const heard = await hear(b, 'e.x')
      a.publish('e.x', bytes('1'))
      a.publish('e.x', bytes('2'))
      await expect.poll(() => heard, soon).toEqual(['e.x=1', 'e.x=2'])
    })

    it('refuses what no broker would carry', async () => {
      const none = bytes('')
      const badTokens = ['', '.', 'a.', '.a', 'a..b', 'a b', 'a\tb', 'a\r\nPUB x 0', 'ä', 'x'.repeat(1025)]
      for (const subject of [...badTokens, '*', 'a.*', '>', 'a.>', 'a*b', 'a.b>']) {
        expect(() => a.publish(subject, none), subject).toThrow(RangeError)
        expect(() => a.publish('ok', none, { reply: subject }), subject).toThrow(RangeError)
        await expect(a.request(subject, none, { timeoutMs: 10 }), subject).rejects.toBeInstanceOf(RangeError)
      }
      for (const subject of [...badTokens, '>.a', 'a.>.b', 'a*', '*a', 'a.b>']) {
        expect(() => a.subscribe(subject, () => undefined), subject).toThrow(RangeError)
      }
      expect(() => a.subscribe('a', () => undefined, { queue: 'q q' })).toThrow(RangeError)
      expect(() => a.publish('a', none, { headers: { 'a b': 'x' } })).toThrow(RangeError)
      expect(() => a.publish('a', none, { headers: { a: 'x\r\ny' } })).toThrow(RangeError)
    })

    it('carries a message of payloadMax, and refuses one byte more, headers counted', async () => {
      const heard: number[] = []
      b.subscribe('p.big', (message) => heard.push(message.data.length))
      await b.flush()
      expect(a.publish('p.big', new Uint8Array(a.payloadMax))).toBe(true)
      expect(() => a.publish('p.big', new Uint8Array(a.payloadMax + 1))).toThrow(RangeError)
      expect(() => a.publish('p.big', new Uint8Array(a.payloadMax), { headers: { x: 'y' } })).toThrow(RangeError)
      await expect.poll(() => heard, soon).toEqual([a.payloadMax])
    })

    it('sends nothing and keeps nothing while the broker is away; subscriptions stand again afterwards', async () => {
      const statuses: boolean[] = []
      a.onStatus((connected) => statuses.push(connected))
      const heard = await hear(b, 's.x')
      await hear(b, 's.silent')
      const asked = a.request('s.silent', bytes('?'), { timeoutMs: 1500 }).catch((err: BusError) => err.fault)
      await a.flush()
      await place.stop()
      await expect.poll(() => [a.connected, b.connected], soon).toEqual([false, false])
      expect(a.publish('s.x', bytes('lost'))).toBe(false)
      await expect(a.flush()).rejects.toMatchObject({ fault: 'closed' })
      await expect(a.request('s.x', bytes('lost'), { timeoutMs: 20_000 })).rejects.toMatchObject({ fault: 'closed' })
      const later: string[] = []
      const subscription = b.subscribe('s.later', (message) => later.push(text(message)))
      const unwanted: string[] = []
      b.subscribe('s.gone', (message) => unwanted.push(text(message))).unsubscribe()
      await b.subscribe('s.gone', (message) => unwanted.push(text(message))).drain()
      await place.start()
      await expect.poll(() => [a.connected, b.connected], soon).toEqual([true, true])
      await expect.poll(() => statuses, soon).toEqual([false, true])
      await b.flush()
      for (const subject of ['s.x', 's.later', 's.gone']) a.publish(subject, bytes('again'))
      await expect.poll(() => heard, soon).toEqual(['s.x=again'])
      await expect.poll(() => later, soon).toEqual(['again'])
      expect(unwanted).toEqual([])
      expect(await asked).toBe('timeout')
      subscription.unsubscribe()
    })

    it('sends what was published before it closes, then nothing', async () => {
      const heard = await hear(b, 'c.x')
      const asked = a.request('c.silent', bytes('?'), { timeoutMs: 20_000 }).catch((err: BusError) => err.fault)
      await hear(b, 'c.silent')
      const statuses: boolean[] = []
      a.onStatus((connected) => statuses.push(connected))
      for (let i = 0; i < 100; i++) a.publish('c.x', bytes(`${i}`))
      await a.close()
      await a.close()
      expect(['closed', 'no_responders']).toContain(await asked)
      await expect.poll(() => heard.length, soon).toBe(100)
      expect(statuses).toEqual([false])
      expect([a.connected, a.publish('c.x', bytes('late'))]).toEqual([false, false])
      await expect(a.flush()).rejects.toMatchObject({ fault: 'closed' })
      await expect(a.request('c.x', bytes('late'), { timeoutMs: 10 })).rejects.toMatchObject({ fault: 'closed' })
      await a.subscribe('c.y', () => undefined).drain()
    })
  })
}
