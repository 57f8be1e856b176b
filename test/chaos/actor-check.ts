import type { DurableEvent } from '../../src/protocol/frames.ts'
import { SeededRandom } from '../sim/random.ts'
import type { ChaosCluster } from './chaos-cluster.ts'
import { ChaosSocket } from './chaos-socket.ts'
import { type CommittedData, entryOf } from './committed.ts'
import { contentKey, type History, type Stream } from './history.ts'

const CONVERSATIONS_MAX = 200
const PAGE = 200
const ANSWER_MS = 5_000

/** What actors themselves say of some conversations, by tenant and id: content keys by seq from 1. */
export type ActorHistories = ReadonlyMap<string, readonly number[]>

/** Asks the actors, through whichever node, for the conversations that are still followed. */
export async function readActors(cluster: ChaosCluster, history: History, tenants: readonly string[]): Promise<ActorHistories> {
  const found = new Map<string, readonly number[]>()
  const ports = cluster.nodes.map((node) => node.port)
  for (const [i, tenant] of tenants.entries()) {
    const token = await cluster.token(tenant, 'checker', 'service')
    const random = new SeededRandom(i, 'checker')
    const socket = new ChaosSocket({
      client: `checker-${tenant}`,
      tenant,
      token,
      ports,
      first: i % ports.length,
      random,
      history,
    })
    const cids = new Set(history.streams.filter((one) => one.live && one.tenant === tenant).map(({ cid }) => cid))
    for (const cid of [...cids].slice(0, CONVERSATIONS_MAX)) {
      const keys = await readHistory(socket, cid)
      if (keys === undefined) history.violations.add('settled', `${tenant}/${cid}: nobody answers for its history`)
      else found.set(`${tenant}/${cid}`, keys)
    }
    await socket.close()
  }
  return found
}

async function readHistory(socket: ChaosSocket, cid: string): Promise<number[] | undefined> {
  const keys: number[] = []
  for (;;) {
    if (!(await socket.ready(ANSWER_MS))) return undefined
    const answer = await socket.call('history.get', cid, { after: keys.length, limit: PAGE }, ANSWER_MS)
    if (typeof answer === 'string' || answer.t !== 'history.page') return undefined
    const { items, more } = answer.d as { items: readonly DurableEvent[]; more: boolean }
    for (const { seq, t, ts, d } of items) if (seq === keys.length + 1) keys.push(contentKey(t, ts, d))
    if (!more || items.length === 0) return keys
  }
}

/** What an actor said is how the documents begin; and what a client has seen, the actor knew. */
export function checkActors(history: History, actors: ActorHistories, data: CommittedData): number {
  const { violations } = history
  const streams = Map.groupBy(history.streams, ({ tenant, cid }: Stream) => `${tenant}/${cid}`)
  for (const [key, keys] of actors) {
    const entries = [...(data.conversations.get(key)?.entries ?? [])].sort((a, b) => a.n - b.n)
    const events = new Map<number, number>()
    for (const entry of entries) for (const { seq, t, ts, d } of entryOf(entry).events) events.set(seq, contentKey(t, ts, d))
    const wrong = keys.findIndex((one, i) => events.get(i + 1) !== one)
    if (wrong >= 0) violations.add('documents', `${key}: the actor's event ${wrong + 1} is not that of the documents`)
    const seen = Math.max(0, ...(streams.get(key) ?? []).map((stream) => stream.keys.length))
    if (keys.length < seen) violations.add('reads', `${key}: the actor has ${keys.length} events, a client saw ${seen}`)
  }
  return actors.size
}
