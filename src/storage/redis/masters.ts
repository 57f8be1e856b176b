import type { Log } from '../../kernel/log.ts'
import type { Endpoint } from './connection.ts'
import { slotOf, TAG_COUNT } from './keys.ts'
import { addressOf, type NodeOptions, RedisNode } from './node.ts'

/**
 * Which server holds which tag: a single one holds all, a cluster tells. A call goes to its tag's master alone, so that a dead one
 * keeps nothing else waiting.
 */
export class Masters {
  readonly #options: NodeOptions
  readonly #log: Log
  /** What its servers have in common: who we are and how we speak. */
  readonly #seed: Endpoint
  readonly #nodes = new Map<string, RedisNode>()
  readonly #byTag: (RedisNode | undefined)[] = new Array<RedisNode | undefined>(TAG_COUNT).fill(undefined)
  #isCluster = false
  #refreshing: Promise<void> | undefined

  constructor(seeds: readonly Endpoint[], options: NodeOptions) {
    const [seed] = seeds
    if (seed === undefined) throw new RangeError('no address of a Redis')
    this.#seed = seed
    this.#options = options
    this.#log = options.log
    for (const endpoint of seeds) this.#node(endpoint)
    this.#byTag.fill(this.#node(seed))
  }

  get all(): readonly RedisNode[] {
    return [...this.#nodes.values()]
  }

  /** Those that hold tags. */
  get holding(): readonly RedisNode[] {
    return [...new Set(this.#byTag.filter((node) => node !== undefined))]
  }

  get isCluster(): boolean {
    return this.#isCluster
  }

  of(tag: number): RedisNode | undefined {
    return this.#byTag[tag]
  }

  /** The one that an ASK names, `host:port`; undefined when we know no such. */
  at(address: string): RedisNode | undefined {
    return this.#nodes.get(address)
  }

  /** It is a cluster: from now on its slots decide. */
  async becomeCluster(): Promise<void> {
    this.#isCluster = true
    this.#byTag.fill(undefined)
    await this.refresh()
  }

  /** Asks any server of the cluster that answers who holds what; one question at a time. */
  refresh(): Promise<void> {
    if (!this.#isCluster) return Promise.resolve()
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  close(): void {
    for (const node of this.#nodes.values()) node.close()
  }

  async #refresh(): Promise<void> {
    for (const node of this.all) {
      const reply = await node.other.command('cluster', ['slots'])
      if (!reply.ok) continue
      this.#take(reply.value as readonly SlotRange[], node.endpoint.host)
      return
    }
  }

  #take(ranges: readonly SlotRange[], host: string): void {
    let hasMoved = false
    for (let tag = 0; tag < TAG_COUNT; tag++) {
      const slot = slotOf(tag)
      const [, , master] = ranges.find(([first, last]) => slot >= first && slot <= last) ?? []
      if (master === undefined) continue
      // An empty host means: the one that was asked.
      const node = this.#node({ ...this.#seed, host: master[0] || host, port: master[1] })
      const before = this.#byTag[tag]
      if (before !== undefined && before !== node) hasMoved = true
      this.#byTag[tag] = node
    }
    this.#forget()
    if (!hasMoved) return
    this.#log.warn({}, 'slots of the Redis cluster moved to other masters')
    this.#options.onReset()
  }

  /** Those that hold nothing are kept to be asked while they answer. */
  #forget(): void {
    const holding = new Set(this.holding)
    for (const [address, node] of this.#nodes) {
      if (holding.has(node) || node.usable || address === addressOf(this.#seed)) continue
      node.close()
      this.#nodes.delete(address)
    }
  }

  #node(endpoint: Endpoint): RedisNode {
    const address = addressOf(endpoint)
    let node = this.#nodes.get(address)
    if (node === undefined) {
      node = new RedisNode(endpoint, this.#options)
      this.#nodes.set(address, node)
    }
    return node
  }
}

/** As CLUSTER SLOTS answers: first and last slot, the master's host and port, then its replicas. */
type SlotRange = readonly [first: number, last: number, master: readonly [host: string, port: number, id: string]]
