import { keyedConversationId } from '../../src/kernel/ids.ts'
import { SHARD_COUNT, shardOf } from '../../src/kernel/shard.ts'
import { SeededRandom } from '../sim/random.ts'
import type { ChaosCluster } from './chaos-cluster.ts'
import { ChaosSocket } from './chaos-socket.ts'
import type { History } from './history.ts'
import { drawScript, endless } from './scripts.ts'
import { clientKeyOf, Talker } from './talker.ts'

/** Shares of the users. */
const WATCHED = 0.25
const HASTY = 0.15
const IMPATIENT = 0.15
const IMPATIENT_MS = 3_000
const PATIENCE_MS = 60_000

export interface CrowdOptions {
  readonly cluster: ChaosCluster
  readonly history: History
  readonly seed: number
  readonly users: number
  /** Turns in a second, all together. */
  readonly rate: number
  readonly tenants: readonly string[]
  /** Everybody patient, on one socket, in one endless conversation on a shard of its own. */
  readonly steady: boolean
  /** For one attempt to send; after two in silence a gateway is taken for dead. */
  readonly attemptMs: number
}

/** All users: some watch their conversation through a second node, some give up early, some say nothing at all. */
export class Crowd {
  readonly sockets: ChaosSocket[] = []
  readonly #options: CrowdOptions
  readonly #random: SeededRandom
  readonly #silent: Promise<unknown>[] = []
  #talking: Promise<unknown> = Promise.resolve()
  #over = false
  #silentUsers = 0
  readonly #shards = new Set<number>()

  constructor(options: CrowdOptions) {
    this.#options = options
    this.#random = new SeededRandom(options.seed, 'crowd')
  }

  get isOver(): boolean {
    return this.#over
  }

  async start(): Promise<void> {
    const { users, rate } = this.#options
    const talkers: Talker[] = []
    for (let i = 0; i < users; i++) talkers.push(await this.#talker(`user-${i}`, (users / rate) * 1_000))
    this.#talking = Promise.all(talkers.map((talker) => talker.run(() => this.#over)))
    this.#talking.catch(() => undefined) // `end` tells
  }

  /** So many conversations that are opened and left to their timers. */
  async openSilent(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const talker = await this.#talker(`silent-${this.#silentUsers++}`, 1_000)
      this.#silent.push(talker.open({ template: 'date-of-birth', locale: 'en', texts: [] }, true, () => this.#over))
    }
  }

  /** No new message; resolves when every one that was begun is settled or given up. */
  async end(): Promise<void> {
    this.#over = true
    await Promise.all([this.#talking, ...this.#silent])
  }

  async close(): Promise<void> {
    await Promise.all(this.sockets.map((socket) => socket.close()))
  }

  async #talker(name: string, thinkMs: number): Promise<Talker> {
    const { cluster, history, tenants, steady, attemptMs } = this.#options
    const random = this.#random.fork(name)
    const tenant = random.pick(tenants)
    const user = steady ? this.#onFreeShard(tenant, name) : name
    const token = await cluster.token(tenant, user)
    const ports = cluster.nodes.map((node) => node.port)
    const first = random.below(ports.length)
    const count = !steady && random.chance(WATCHED) ? 2 : 1
    const sockets = Array.from({ length: count }, (_, i) => {
      const client = i === 0 ? user : `${user}-watch`
      return new ChaosSocket({
        client,
        tenant,
        token,
        ports,
        first: (first + i) % ports.length,
        random: random.fork(client),
        history,
      })
    })
    this.sockets.push(...sockets)
    const hasty = !steady && random.chance(HASTY)
    const patienceMs = !steady && random.chance(IMPATIENT) ? IMPATIENT_MS : PATIENCE_MS
    const script = (round: number) => (steady ? endless(random) : drawScript(random, round))
    return new Talker({ tenant, user, sockets, script, random, history, thinkMs, patienceMs, attemptMs, hasty })
  }

  /** A name whose first conversation is on a shard that nobody has yet. */
  #onFreeShard(tenant: string, name: string): string {
    for (let i = 0; ; i++) {
      const user = `${name}-${i}`
      const shard = shardOf(tenant, keyedConversationId(tenant, user, clientKeyOf(0)))
      if (this.#shards.has(shard) && this.#shards.size < SHARD_COUNT) continue
      this.#shards.add(shard)
      return user
    }
  }
}
