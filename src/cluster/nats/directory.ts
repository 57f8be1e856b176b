import { type JetStreamClient, type JetStreamManager, jetstream, StorageType } from '@nats-io/jetstream'
import { type KV, type KvEntry, Kvm } from '@nats-io/kv'
import type { Subscription } from '@nats-io/transport-node'
import { checkId, checkMember, checkRows, isMemberRow, isShardRow } from '../directory-rules.ts'
import type { Directory, MemberRow, ShardRow } from '../port.ts'
import { each, JETSTREAM_MS, jetStreamFault } from './jetstream.ts'
import { NatsLink } from './link.ts'
import type { NatsOptions } from './options.ts'

/** Writes that wait for their acknowledgement. */
const PUTS_AT_ONCE = 256
/** Up to so many stored rows are read one by one; more of them all in one go. */
const SINGLE_READS_MAX = 16
const READ_ALL_MS = 5000

export interface NatsDirectoryOptions extends NatsOptions {
  /** Copies of each bucket; 3 needs three servers. Only read when a bucket is made. */
  readonly replicas?: 1 | 3
  /** Keeps clusters on one broker apart: the buckets are `<root>_shards` and `<root>_members`. */
  readonly root?: string
}

interface Buckets {
  readonly shards: KV
  readonly members: KV
  readonly manager: JetStreamManager
}

/**
 * The directory in two key-value buckets, on a connection of its own. A bucket that is gone is made again, empty. Members that
 * leave, and former incarnations of a node that joins, are removed without a trace, so the buckets do not grow.
 */
export class NatsDirectory implements Directory {
  readonly #link: NatsLink
  readonly #options: NatsDirectoryOptions
  readonly #client: JetStreamClient
  readonly #shards: string
  readonly #members: string
  #buckets: Promise<Buckets> | undefined

  private constructor(link: NatsLink, options: NatsDirectoryOptions) {
    this.#link = link
    this.#options = options
    this.#client = jetstream(link.connection, { timeout: JETSTREAM_MS })
    const { root = 'parley' } = options
    this.#shards = `${root}_shards`
    this.#members = `${root}_members`
  }

  /** Rejects as `NatsLink.open` does, or with `directory.unavailable` when JetStream is off. */
  static async open(options: NatsDirectoryOptions): Promise<NatsDirectory> {
    checkId(options.root ?? 'parley')
    const link = await NatsLink.open(options)
    const directory = new NatsDirectory(link, options)
    try {
      await directory.#try('open the directory', async () => undefined)
    } catch (err) {
      await link.close()
      throw err
    }
    return directory
  }

  rows(): Promise<readonly ShardRow[]> {
    return this.#try('read the shards', ({ shards }) => this.#all(shards, isShardRow))
  }

  async put(rows: readonly ShardRow[]): Promise<void> {
    checkRows(rows)
    const newest = new Map<number, ShardRow>()
    for (const row of rows) if (row.epoch >= (newest.get(row.shard)?.epoch ?? 0)) newest.set(row.shard, row)
    if (newest.size === 0) return
    await this.#try('write shards', async (buckets) => {
      const stored = await this.#epochs(buckets, [...newest.keys()])
      const due = [...newest.values()].filter(({ shard, epoch }) => epoch >= (stored.get(shard) ?? 0))
      await each(due, PUTS_AT_ONCE, async ({ shard, owner, epoch }) => {
        await buckets.shards.put(keyOf(shard), JSON.stringify({ shard, owner, epoch }))
      })
    })
  }

  /** Plain messages are enough: every write to a bucket is one. So nothing has to be made again after an outage. */
  watch(listener: (row: ShardRow) => void): () => void {
    const seen = new Map<number, number>()
    const subscription = this.#subscribe(`$KV.${this.#shards}.s.*`, (value) => {
      const row = parsed(value, isShardRow)
      if (row === undefined || row.epoch < (seen.get(row.shard) ?? 0)) return
      seen.set(row.shard, row.epoch)
      listener(row)
    })
    return () => {
      if (subscription !== undefined && !subscription.isClosed()) subscription.unsubscribe()
    }
  }

  members(): Promise<readonly MemberRow[]> {
    return this.#try('read the members', ({ members }) => this.#all(members, isMemberRow))
  }

  async join(member: MemberRow): Promise<void> {
    checkMember(member)
    const { id, node, roles, startedMs } = member
    await this.#try('write a member', async ({ members, manager }) => {
      const former = (await this.#all(members, isMemberRow)).filter((other) => other.node === node && other.id !== id)
      await members.put(`m.${id}`, JSON.stringify({ id, node, roles, startedMs }))
      await each(former, PUTS_AT_ONCE, (other) => this.#remove(manager, other.id))
    })
  }

  async leave(id: string): Promise<void> {
    checkId(id)
    await this.#try('remove a member', ({ manager }) => this.#remove(manager, id))
  }

  close(): Promise<void> {
    return this.#link.close()
  }

  async #remove(manager: JetStreamManager, id: string): Promise<void> {
    await manager.streams.purge(`KV_${this.#members}`, { filter: `$KV.${this.#members}.m.${id}` })
  }

  #subscribe(subject: string, take: (value: Uint8Array) => void): Subscription | undefined {
    const { log } = this.#options
    if (this.#link.connection.isClosed()) return undefined
    return this.#link.connection.subscribe(subject, {
      callback: (err, msg) => {
        if (err !== null) return log.error({ err, subject }, 'the NATS server refused a subscription')
        try {
          take(msg.data)
        } catch (fault) {
          log.error({ err: fault, subject }, 'a watcher threw')
        }
      },
    })
  }

  /** Once more with buckets looked up anew, since they may be gone. */
  async #try<T>(what: string, run: (buckets: Buckets) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      if (!this.#link.ready) throw jetStreamFault('directory.unavailable', `cannot ${what}`, undefined)
      try {
        this.#buckets ??= this.#open()
        return await run(await this.#buckets)
      } catch (err) {
        this.#buckets = undefined
        if (attempt === 2) throw jetStreamFault('directory.unavailable', `cannot ${what}`, err)
      }
    }
  }

  async #open(): Promise<Buckets> {
    const manager = await this.#client.jetstreamManager()
    const kvm = new Kvm(this.#client)
    const settings = { history: 1, replicas: this.#options.replicas ?? 1, storage: StorageType.File }
    const [shards, members] = await Promise.all([kvm.create(this.#shards, settings), kvm.create(this.#members, settings)])
    return { shards, members, manager }
  }

  async #epochs({ shards }: Buckets, wanted: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const epochs = new Map<number, number>()
    if (wanted.length > SINGLE_READS_MAX) {
      for (const row of await this.#all(shards, isShardRow)) epochs.set(row.shard, row.epoch)
      return epochs
    }
    await each(wanted, SINGLE_READS_MAX, async (shard) => {
      const row = parsed((await shards.get(keyOf(shard)))?.value, isShardRow)
      if (row !== undefined) epochs.set(shard, row.epoch)
    })
    return epochs
  }

  /** What the bucket holds now. With a history of one, that is each key's last value. */
  async #all<T>(bucket: KV, is: (value: unknown) => value is T): Promise<T[]> {
    const entries = await bucket.history()
    const found = new Map<string, T>()
    let late = false
    const cancel = this.#options.clock.setTimer(READ_ALL_MS, () => {
      late = true
      entries.stop()
    })
    try {
      for await (const entry of entries) keep(found, entry, is)
    } finally {
      cancel()
    }
    if (late) throw new Error(`no answer within ${READ_ALL_MS} ms`)
    return [...found.values()]
  }
}

function keep<T>(found: Map<string, T>, entry: KvEntry, is: (value: unknown) => value is T): void {
  const row = entry.operation === 'PUT' ? parsed(entry.value, is) : undefined
  if (row === undefined) found.delete(entry.key)
  else found.set(entry.key, row)
}

function keyOf(shard: number): string {
  return `s.${shard}`
}

/** Undefined for what somebody else may have written there. */
function parsed<T>(value: Uint8Array | undefined, is: (value: unknown) => value is T): T | undefined {
  if (value === undefined || value.length === 0) return undefined
  try {
    const row: unknown = JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString())
    return is(row) ? row : undefined
  } catch (err) {
    if (err instanceof SyntaxError) return undefined
    throw err
  }
}
