import { describe, expect, it } from 'vitest'
import { anna, bruno, operator, Recorder, TestNode } from '../../test/fixtures/node.ts'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { AppError } from '../kernel/rejection.ts'
import { shardOf } from '../kernel/shard.ts'
import { createInlineNlu } from '../nlu/inline.ts'
import type { NluAnswer, NluRequest } from '../nlu/port.ts'
import { MemoryDocuments } from '../storage/memory/documents.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import type { AppendBatch, AppendResult, Collection, DocumentKey, StoredDocument } from '../storage/port.ts'

const rejected = (code: string) => expect.objectContaining({ rejected: code })

/** An interpreter that answers when it is let. */
class HeldNlu {
  readonly held: (() => void)[] = []
  readonly #inline = createInlineNlu()
  refuse: NluAnswer | undefined

  interpret(batch: readonly NluRequest[]): Promise<readonly NluAnswer[]> {
    return new Promise((resolve) => {
      this.held.push(() => resolve(this.refuse ? batch.map(() => this.refuse as NluAnswer) : this.#inline.interpret(batch)))
    })
  }

  async close(): Promise<void> {}
}

/** A journal whose next appends answer as told. */
class FaultyJournal extends MemoryJournal {
  readonly faults: Extract<AppendResult, { ok: false }>['reason'][] = []
  writesAnyway = false

  override async append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    const reason = this.faults.shift()
    if (!reason) return super.append(batches)
    if (this.writesAnyway) await super.append(batches)
    return batches.map(() => ({ ok: false, reason, msg: 'told to' }))
  }
}

/** Documents that read at once and answer when they are let, as a store over a network may. */
class SlowDocuments extends MemoryDocuments {
  slow = false
  readonly #held: (() => void)[] = []

  override async get(tenant: string, collection: Collection, key: DocumentKey): Promise<StoredDocument | undefined> {
    const found = await super.get(tenant, collection, key)
    if (this.slow && collection !== 'templates') await new Promise<void>((resolve) => this.#held.push(resolve))
    return found
  }

  answer(): void {
    this.slow = false
    for (const resolve of this.#held.splice(0)) resolve()
  }
}

describe('a conversation', () => {
  it('opens with the first question at seq 1 and numbers everything without holes', async () => {
    const node = await new TestNode().start()
    const watcher = new Recorder()
    const opened = await node.open('c1', 'date-of-birth', { watcher })
    expect(opened).toMatchObject({ seq: 0, state: 'active', existing: false, flow: { id: 'date-of-birth', version: 1 } })
    expect(opened).toMatchObject({ events: [{ seq: 1, d: { body: 'What is your date of birth?' } }] })
    expect(await node.said('c1', 'm1', 'december 1980')).toBe('And the day?')
    expect(await node.said('c1', 'm2', 'the 14th')).toBe('14 December 1980, is that right?')
    expect(await node.said('c1', 'm3', 'yes')).toBe('Thank you. | data.result | conv.state')
    expect(watcher.seqs).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('answers a repeated message with the old seq and does nothing again', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    const first = await node.send('c1', 'm1', 'december 1980')
    expect(await node.send('c1', 'm1', 'december 1980')).toEqual({ ...first, dup: true, events: [] })
    expect(await node.send('c1', 'm1', 'another body')).toEqual(rejected('conflict'))
    expect(await node.ask('c1', { type: 'get', caller: anna })).toMatchObject({ seq: 3 })
  })

  it('answers the repeat of a message that is still being handled once that is durable', async () => {
    const nlu = new HeldNlu()
    const node = await new TestNode({ nlu }).start()
    await node.open('c1', 'date-of-birth')
    const both = Promise.all([node.send('c1', 'm1', 'december 1980'), node.send('c1', 'm1', 'december 1980')])
    await settle()
    expect(nlu.held.length).toBe(1)
    nlu.held[0]?.()
    expect(await both).toMatchObject([
      { seq: 2, dup: false },
      { seq: 2, dup: true },
    ])
  })

  it('handles one delivery at a time, also while an interpretation is awaited', async () => {
    const nlu = new HeldNlu()
    const node = await new TestNode({ nlu }).start()
    await node.open('c1', 'date-of-birth')
    const first = node.said('c1', 'm1', 'december 1980')
    const second = node.said('c1', 'm2', 'the 14th')
    await settle()
    expect(nlu.held.length).toBe(1)
    nlu.held[0]?.()
    expect(await first).toBe('And the day?')
    await settle()
    nlu.held[1]?.()
    expect(await second).toBe('14 December 1980, is that right?')
  })

  it.each([
    ['full', 'unavailable'],
    ['late', 'deadline'],
    ['killed', 'deadline'],
  ] as const)('refuses a turn whose interpretation was %s, and counts no noMatch', async (refused, code) => {
    const nlu = new HeldNlu()
    const node = await new TestNode({ nlu }).start()
    await node.open('c1', 'date-of-birth')
    nlu.refuse = { refused, msg: 'told to' }
    const answer = node.send('c1', 'm1', 'asdf')
    await settle()
    nlu.held[0]?.()
    expect(await answer).toEqual(rejected(code))
    expect(await node.ask('c1', { type: 'get', caller: anna })).toMatchObject({ seq: 1 })
    nlu.refuse = undefined
    const again = node.said('c1', 'm1', 'december 1980')
    await settle()
    nlu.held[1]?.()
    expect(await again).toBe('And the day?')
  })

  it('answers an error when its handler throws, and goes on from the state before', async () => {
    let broken = true
    const inline = createInlineNlu()
    const nlu = {
      interpret: (batch: readonly NluRequest[]) => {
        if (broken) throw new Error('defect')
        return inline.interpret(batch)
      },
      close: async () => {},
    }
    const node = await new TestNode({ nlu }).start()
    await node.open('c1', 'date-of-birth')
    expect(await node.send('c1', 'm1', 'december 1980')).toEqual(rejected('internal'))
    broken = false
    expect(await node.said('c1', 'm1', 'december 1980')).toBe('And the day?')
  })

  it('belongs to its user; operators may join, strangers may not', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    expect(await node.send('c1', 'm1', 'hello', bruno)).toEqual(rejected('forbidden'))
    expect(await node.ask('c1', { type: 'join', caller: bruno, watcher: new Recorder() })).toEqual(rejected('forbidden'))
    expect(await node.ask('c1', { type: 'join', caller: operator, watcher: new Recorder() })).toMatchObject({ existing: true })
    expect(await node.send('nowhere', 'm1', 'hello')).toEqual(rejected('not_found'))
  })

  it('is closed after its end: a new message is refused, a repeated one still gets its answer', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    await node.send('c1', 'm1', 'cancel')
    expect(await node.send('c1', 'm2', 'hello?')).toEqual(rejected('closed'))
    expect(await node.send('c1', 'm1', 'cancel')).toMatchObject({ dup: true, seq: 2 })
  })

  it('takes a form’s values as certain, and names the field of a wrong one', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    const form = (mid: string, values: Record<string, unknown>) =>
      node.ask('c1', { type: 'send', caller: anna, mid, kind: 'form', body: { values } })
    expect(await form('m1', { birthDate: '1980-02-31' })).toMatchObject({
      rejected: 'bad_request',
      field: 'd.body.values.birthDate',
    })
    expect(await form('m2', { nothing: 1 })).toMatchObject({ rejected: 'bad_request', field: 'd.body.values.nothing' })
    await form('m3', { birthDate: { year: 1980, month: 12 } })
    expect(await form('m4', { birthDate: { day: 14 } })).toMatchObject({
      events: [{ d: { body: '14 December 1980, is that right?' } }],
    })
    const yes = await node.ask('c1', { type: 'send', caller: anna, mid: 'm5', kind: 'choice', body: 'yes' })
    expect(yes).toMatchObject({ state: 'closed' })
  })

  it('refuses what its mailbox cannot hold, before it is executed', async () => {
    const nlu = new HeldNlu()
    const node = await new TestNode({ nlu, limits: { mailboxMax: 2 } }).start()
    await node.open('c1', 'date-of-birth')
    const answers = ['m1', 'm2', 'm3', 'm4'].map((mid) => node.send('c1', mid, 'asdf'))
    expect(await answers[3]).toMatchObject({ rejected: 'unavailable', retryMs: 1000 })
    for (let i = 0; i < 3; i++) {
      await settle()
      nlu.held[i]?.()
    }
    expect(await Promise.all(answers.slice(0, 3))).toMatchObject([{ seq: 2 }, { seq: 4 }, { seq: 6 }])
  })
})

describe('a commit', () => {
  it('that finds the disk full is refused and changes nothing; the same message succeeds when there is room', async () => {
    const journal = new FaultyJournal()
    const node = await new TestNode({ journal }).start()
    await node.open('c1', 'date-of-birth')
    journal.faults.push('full')
    expect(await node.send('c1', 'm1', 'december 1980')).toEqual(rejected('unavailable'))
    expect(await node.said('c1', 'm1', 'december 1980')).toBe('And the day?')
  })

  it('whose answer was lost is settled by its batch id, and written once', async () => {
    const journal = new FaultyJournal()
    const node = await new TestNode({ journal }).start()
    await node.open('c1', 'date-of-birth')
    journal.faults.push('unavailable')
    journal.writesAnyway = true
    const answer = node.said('c1', 'm1', 'december 1980')
    await settle()
    await node.clock.advance(100)
    expect(await answer).toBe('And the day?')
    const entries = await journal.read(shardOf('demo', 'c1'), 0)
    expect(entries.map(({ n }) => n)).toEqual([1, 2])
  })

  it('refused by the fence answers nothing but that, and lets go of the shard', async () => {
    const node = await new TestNode().start()
    const watcher = new Recorder()
    await node.open('c1', 'date-of-birth', { watcher })
    await node.journal.claim([shardOf('demo', 'c1')], 'another')
    expect(await node.send('c1', 'm1', 'december 1980')).toEqual(rejected('fenced'))
    expect(watcher.pushes).toEqual([])
    expect(watcher.lost).toEqual(['c1'])
  })
})

describe('a store that is behind', () => {
  it('takes no more of what adds to it, by any door, and all of it again when it has caught up', async () => {
    const documents = new MemoryDocuments()
    const node = await new TestNode({ documents, unflushedMax: 10 }).start()
    const put = documents.put.bind(documents)
    await node.open('c0', 'date-of-birth')
    documents.put = () => Promise.reject(new AppError('storage.unavailable', 'away', { retry: 'later' }))
    for (let i = 1; i < 30; i++) {
      // Acknowledgements are slowed down before anything is refused.
      const opened = node.open(`c${i}`, 'date-of-birth')
      await node.clock.advance(50)
      await opened
    }
    expect(node.writeBehind.lag().entries).toBeLessThanOrEqual(10)
    expect(await node.send('c0', 'm1', 'hello')).toEqual(rejected('unavailable'))
    expect(await node.ask('c0', { type: 'feedback', caller: anna, about: 1, score: 1 })).toEqual(rejected('unavailable'))
    expect(await node.ask('c0', { type: 'read', caller: anna, upto: 1 })).toEqual(rejected('unavailable'))
    documents.put = put
    await node.clock.advance(5000)
    expect(await node.said('c0', 'm1', 'december 1980')).toBe('And the day?')
  })
})

describe('an outcome that stays unknown', () => {
  it('makes the node read the shard again: the same message is settled, and nobody else is stuck', async () => {
    const journal = new FaultyJournal()
    const node = await new TestNode({ journal }).start()
    await node.open('c1', 'date-of-birth')
    journal.writesAnyway = true
    journal.faults.push('unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable')
    const unknown = node.send('c1', 'm1', 'december 1980')
    await node.clock.advance(3000)
    expect(await unknown).toEqual(rejected('unavailable'))
    await node.clock.advance(1000)
    expect(await node.send('c1', 'm1', 'december 1980')).toMatchObject({ seq: 2, dup: true })
    expect(await node.said('c1', 'm2', 'the 14th')).toBe('14 December 1980, is that right?')
  })
})

describe('an activation', () => {
  it('is released when idle and comes back where it was, its watchers kept', async () => {
    const node = await new TestNode({ limits: { passivateMs: 1000 } }).start()
    const watcher = new Recorder()
    await node.open('c1', 'date-of-birth', { watcher })
    await node.send('c1', 'm1', 'december 1980')
    await node.clock.advance(5000)
    expect(await node.documents.get('demo', 'conversations', { id: 'c1', n: 0 })).toBeDefined()
    expect(await node.said('c1', 'm2', 'the 14th')).toBe('14 December 1980, is that right?')
    expect(watcher.seqs).toEqual([2, 3, 4, 5])
  })

  it('keeps the language of the first words, and tells it to those who join', async () => {
    const clock = new VirtualClock()
    const stores = { clock, journal: new MemoryJournal(), documents: new MemoryDocuments(), limits: { passivateMs: 1000 } }
    const node = await new TestNode(stores).start()
    await node.open('c1', 'date-of-birth')
    expect(await node.said('c1', 'm1', 'buongiorno, non parlo inglese')).toBe('Qual è la tua data di nascita?')
    await clock.advance(5000)
    expect(await node.said('c1', 'm2', 'dicembre 1980')).toBe('E il giorno?')
    await node.crash()
    const next = await new TestNode(stores).start()
    expect(await next.said('c1', 'm3', 'il quattordici')).toBe('14 dicembre 1980, è corretto?')
    expect(await next.ask('c1', { type: 'get', caller: anna })).toMatchObject({ locale: 'it' })
    expect(await next.ask('c1', { type: 'join', caller: anna, watcher: new Recorder() })).toMatchObject({ locale: 'it' })
  })

  it('makes room for another one above the resident limit', async () => {
    const node = await new TestNode({ limits: { residentsMax: 2 } }).start()
    for (const cid of ['c1', 'c2', 'c3', 'c4']) await node.open(cid, 'date-of-birth')
    for (const cid of ['c1', 'c2', 'c3', 'c4']) expect(await node.said(cid, 'm1', 'december 1980')).toBe('And the day?')
  })

  it('is whole although its entries are flushed while the documents are being read', async () => {
    const documents = new SlowDocuments()
    const node = await new TestNode({ documents, limits: { passivateMs: 100 } }).start()
    await node.open('c1', 'date-of-birth')
    const acked = await node.send('c1', 'm1', 'december 1980')
    await node.clock.advance(150)
    documents.slow = true
    const next = node.said('c1', 'm2', 'the 14th')
    await settle()
    await node.clock.advance(2000)
    documents.answer()
    expect(await next).toBe('14 December 1980, is that right?')
    expect(await node.send('c1', 'm1', 'december 1980')).toEqual({ ...acked, dup: true, events: [] })
  })

  it('that is at work is never taken for another one’s room', async () => {
    const nlu = new HeldNlu()
    const node = await new TestNode({ nlu, limits: { residentsMax: 1 } }).start()
    await node.open('c1', 'date-of-birth')
    const busy = node.said('c1', 'm1', 'december 1980')
    await settle()
    expect(await node.open('c2', 'date-of-birth')).toEqual(rejected('unavailable'))
    nlu.held[0]?.()
    expect(await busy).toBe('And the day?')
    expect(await node.open('c2', 'date-of-birth')).toMatchObject({ seq: 0 })
  })

  it('is refused for a quarantined conversation', async () => {
    const node = await new TestNode({ quarantined: ['demo/c1'] }).start()
    expect(await node.send('c1', 'm1', 'hello')).toMatchObject({ rejected: 'closed', cid: 'c1' })
  })
})

describe('a node that takes over after a crash', () => {
  it('knows every acknowledged message, answers repeats, and goes on', async () => {
    const first = await new TestNode().start()
    await first.open('c1', 'date-of-birth')
    const acked = await first.send('c1', 'm1', 'december 1980')
    await first.crash()
    const { clock, journal, documents } = first
    const second = await new TestNode({ clock, journal, documents }).start()
    expect(await second.send('c1', 'm1', 'december 1980')).toEqual({ ...acked, dup: true, events: [] })
    expect(await second.said('c1', 'm2', 'the 14th')).toBe('14 December 1980, is that right?')
  })

  it('never takes its first batch for the last one of the run before', async () => {
    const first = await new TestNode().start()
    await first.open('c1', 'date-of-birth')
    await first.crash()
    const { clock, journal, documents } = first
    const second = await new TestNode({ clock, journal, documents }).start()
    expect(await second.said('c1', 'm1', 'december 1980')).toBe('And the day?')
    expect((await journal.read(shardOf('demo', 'c1'), 0)).map(({ n }) => n)).toEqual([1, 2])
  })

  it('serves a resume exactly, from the journal’s tail and from the documents', async () => {
    const first = await new TestNode().start()
    const opened = await first.open('c1', 'date-of-birth')
    const inc = 'inc' in opened ? opened.inc : ''
    await first.send('c1', 'm1', 'december 1980')
    await first.clock.advance(1000)
    await first.send('c1', 'm2', 'the 14th')
    await first.crash()
    const { clock, journal, documents } = first
    const second = await new TestNode({ clock, journal, documents }).start()
    const since = async (seq: number) => {
      const joined = await second.ask('c1', { type: 'join', caller: anna, since: { inc, seq }, watcher: new Recorder() })
      return 'events' in joined ? joined.events.map((event) => event.seq) : joined
    }
    for (let seq = 0; seq <= 5; seq++) expect(await since(seq)).toEqual([1, 2, 3, 4, 5].slice(seq))
    expect(
      await second.ask('c1', { type: 'join', caller: anna, since: { inc, seq: 99 }, watcher: new Recorder() }),
    ).toMatchObject({ gap: true })
    const gap = await second.ask('c1', { type: 'join', caller: anna, since: { inc: 'other', seq: 3 }, watcher: new Recorder() })
    expect(gap).toMatchObject({ gap: true, events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }, { seq: 5 }] })
    expect(await second.ask('c1', { type: 'history', caller: anna, before: 4, limit: 2 })).toMatchObject({
      items: [{ seq: 2 }, { seq: 3 }],
      more: true,
    })
    expect(await second.ask('c1', { type: 'history', caller: anna, after: 3, limit: 10 })).toMatchObject({
      items: [{ seq: 4 }, { seq: 5 }],
      more: false,
    })
  })

  it('fires a timer once, never early', async () => {
    const limits = { idleCloseMs: 10_000 }
    const first = await new TestNode({ limits }).start()
    await first.open('c1', 'date-of-birth')
    await first.clock.advance(6000)
    await first.crash()
    const { clock, journal, documents } = first
    const second = await new TestNode({ clock, journal, documents, limits }).start()
    const watcher = new Recorder()
    await second.ask('c1', { type: 'join', caller: anna, watcher })
    await clock.advance(3999)
    expect(watcher.pushes).toEqual([])
    await clock.advance(2)
    expect(watcher.pushes.flatMap((push) => push.events)).toMatchObject([
      { t: 'data.result', d: { outcome: 'cancelled' } },
      { t: 'conv.state', d: { state: 'closed', reason: 'idle' } },
    ])
    await clock.advance(60_000)
    expect(watcher.pushes.length).toBe(1)
  })
})

describe('the idle timer', () => {
  it('starts again with every message', async () => {
    const node = await new TestNode({ limits: { idleCloseMs: 10_000 } }).start()
    await node.open('c1', 'date-of-birth')
    await node.clock.advance(8000)
    await node.send('c1', 'm1', 'december 1980')
    await node.clock.advance(9000)
    expect(await node.ask('c1', { type: 'get', caller: anna })).toMatchObject({ state: 'active' })
    await node.clock.advance(1100)
    expect(await node.ask('c1', { type: 'get', caller: anna })).toMatchObject({ state: 'closed' })
  })
})

describe('dedup', () => {
  it('reaches past the window of a thousand messages, also after a restart', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    await node.ask('c1', { type: 'send', caller: anna, mid: 'm0', kind: 'text', body: 'operator' })
    for (let i = 1; i <= 1100; i++) await node.send('c1', `m${i}`, `message ${i}`)
    expect(await node.send('c1', 'm5', 'message 5')).toMatchObject({ dup: true })
    await node.clock.advance(5000)
    expect(await node.send('c1', 'm6', 'message 6')).toMatchObject({ dup: true })
    expect(await node.send('c1', 'm7', 'something else')).toEqual(rejected('conflict'))
    await node.crash()
    const { clock, journal, documents } = node
    const second = await new TestNode({ clock, journal, documents }).start()
    expect(await second.send('c1', 'm8', 'message 8')).toMatchObject({ dup: true })
    expect(await second.send('c1', 'm1050', 'message 1050')).toMatchObject({ dup: true })
    expect(await second.send('c1', 'new', 'hello')).toMatchObject({ dup: false })
  })
})

describe('a form', () => {
  it('corrects what is done while the whole is confirmed', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'appointment')
    const words = ['Mario Rossi', '333 1234567', 'tomorrow', '15:30']
    for (const [i, text] of words.entries()) await node.send('c1', `m${i}`, text)
    const body = { values: { phone: '+393337654321' } }
    const answer = await node.ask('c1', { type: 'send', caller: anna, mid: 'f1', kind: 'form', body })
    expect(JSON.stringify(answer)).toContain('+39 333 765 4321')
    expect(answer).toMatchObject({ events: [{ d: { prompt: { node: 'form', step: 'confirmation' } } }] })
  })

  it('shows sensitive values to services alone', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'payment-card')
    const sent = await node.send('c1', 'm1', '4111 1111 1111 1111')
    expect(JSON.stringify(sent)).not.toContain('411111')
    expect(JSON.stringify(await node.ask('c1', { type: 'get', caller: anna }))).not.toContain('411111')
    const service = { ...anna, user: 'billing', role: 'service' } as const
    expect(await node.ask('c1', { type: 'get', caller: service })).toMatchObject({ data: [{ value: '4111111111111111' }] })
  })
})

describe('a conversation that ends in its first turn', () => {
  it('leaves no timer behind', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    await node.send('c1', 'm1', 'cancel')
    expect(await node.journal.timers(shardOf('demo', 'c1'), Number.POSITIVE_INFINITY)).toEqual([])
  })
})

describe('receipts, feedback and typing', () => {
  it('tell the others, and receipts survive', async () => {
    const node = await new TestNode().start()
    const watcher = new Recorder('me')
    const other = new Recorder('other')
    await node.open('c1', 'date-of-birth', { watcher })
    await node.ask('c1', { type: 'join', caller: operator, watcher: other })
    await node.ask('c1', { type: 'typing', caller: anna, on: true, ttlMs: 3000, origin: 'me' })
    expect(other.pushes).toMatchObject([{ typing: { who: 'anna', on: true }, origin: 'me' }])
    await node.ask('c1', { type: 'read', caller: anna, upto: 1 })
    expect(other.pushes.at(-1)).toMatchObject({ receipt: { who: 'anna', kind: 'read', upto: 1 } })
    expect(await node.ask('c1', { type: 'feedback', caller: anna, about: 1, score: 1 })).toEqual({ ok: true })
    expect(await node.ask('c1', { type: 'feedback', caller: anna, about: 9, score: 1 })).toMatchObject({ field: 'd.about' })
    const joined = await node.ask('c1', { type: 'join', caller: anna, watcher })
    expect(joined).toMatchObject({ receipts: [{ who: 'anna', upto: 1 }] })
  })
})

describe('a host that gives shards to another', () => {
  it('says which templates its conversations need there, and gets at hand what it is told itself', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    await node.open('c2', 'date-of-birth')
    await node.open('c3', 'contact')
    const all = Array.from({ length: 1024 }, (_, shard) => shard)
    const needs = node.host.needs(all)
    expect(needs).toEqual(expect.arrayContaining([['demo', 'date-of-birth', 1]]))
    expect(needs).toEqual(expect.arrayContaining([['demo', 'contact', 1]]))
    expect(needs).toHaveLength(2)
    expect(node.host.needs([])).toEqual([])
    const documents = new MemoryDocuments()
    const other = await new TestNode({ documents }).start()
    await other.host.prepare([...(needs as unknown[]), ['demo', 'no-such-template', 1], 'nonsense', ['../etc', 'x', 1]])
    expect((await documents.page('demo', { collection: 'templates', limit: 10 })).map(({ id }) => id)).toEqual([
      'contact',
      'date-of-birth',
    ])
    await expect(other.host.prepare('nonsense')).resolves.toBeUndefined()
  })
})

describe('a message of an operator', () => {
  it('is refused, with how to speak: it would stand there as the user’s, and be taken for an answer', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    expect(await node.send('c1', 'm1', 'december 1980', operator)).toMatchObject({
      rejected: 'forbidden',
      msg: expect.stringContaining('inject'),
    })
    expect(await node.ask('c1', { type: 'get', caller: anna })).toMatchObject({ seq: 1, data: [] })
  })
})
