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

  /** The one that a MOVED or ASK names at its end, `host:port`; undefined when we know no such. */
  named(fault: string): RedisNode | undefined {
    return this.#nodes.get(fault.slice(fault.lastIndexOf(' ') + 1))
  }

  /** It is a cluster: from now on its slots decide. */
  async becomeCluster(): Promise<void> {
    this.#isCluster = true
    this.#byTag.fill(undefined)
    await this.refresh()
  }

  /** Asks all servers of the cluster who holds what, one question at a time; never rejects. */
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
    const answers = await Promise.all(
      this.all.map(async (node) => {
        const reply = await node.other.command('cluster', ['slots'])
        return reply.ok ? (reply.value as readonly SlotRange[]).map((range) => this.#rangeOf(range, node)) : []
      }),
    )
    const before = [...this.#byTag]
    for (let tag = 0; tag < TAG_COUNT; tag++) {
      const slot = slotOf(tag)
      const masters = answers.flatMap((ranges) => ranges.find(({ first, last }) => slot >= first && slot <= last)?.master ?? [])
      this.#byTag[tag] = mostNamed(masters) ?? this.#byTag[tag]
    }
    this.#forget()
    if (!before.some((node, tag) => node !== undefined && node !== this.#byTag[tag])) return
    this.#log.warn({}, 'slots of the Redis cluster moved to other masters')
    this.#options.onReset()
  }

  #rangeOf([first, last, [host, port]]: SlotRange, asked: RedisNode): { first: number; last: number; master: RedisNode } {
    // An empty host means: the one that was asked.
    return { first, last, master: this.#node({ ...this.#seed, host: host || asked.endpoint.host, port }) }
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

/** One that is cut off from the others still names itself. */
function mostNamed(nodes: readonly RedisNode[]): RedisNode | undefined {
  const votes = new Map<RedisNode, number>()
  for (const node of nodes) votes.set(node, (votes.get(node) ?? 0) + 1)
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** As CLUSTER SLOTS answers: first and last slot, the master's host and port, then its replicas. */
type SlotRange = readonly [first: number, last: number, master: readonly [host: string, port: number, id: string]]
