import type { TagCall } from './append-calls.ts'
import type { Fault, RedisConnection, Reply } from './connection.ts'
import type { Masters } from './masters.ts'
import type { RedisNode } from './node.ts'

const nobody: Reply = { ok: false, fault: { code: 'DOWN', msg: 'no master is known for this part of the journal' } }

/** Not executed; another one is to be asked. */
const elsewhere = (reply: Reply | undefined): Fault | undefined =>
  reply !== undefined && !reply.ok && (reply.fault.code === 'MOVED' || reply.fault.code === 'ASK') ? reply.fault : undefined

/** Sends calls to the masters of their tags, all masters at the same time, and follows one move of each. */
export class Dispatch {
  readonly #masters: Masters

  constructor(masters: Masters) {
    this.#masters = masters
  }

  /** At most one call per tag where their order matters. Answers in the order of the calls, and never rejects. */
  async run(calls: readonly TagCall[], kind: 'append' | 'other', wait: boolean): Promise<readonly Reply[]> {
    const replies = new Array<Reply>(calls.length).fill(nobody)
    await this.#runAt(calls, kind, wait, replies)
    const moved = calls.flatMap((_, index) => (elsewhere(replies[index]) === undefined ? [] : [index]))
    if (moved.length > 0) {
      await this.#runMoved(calls, kind, wait, replies, moved)
      // Nothing waits for it: the server named the other one.
      void this.#masters.refresh()
    }
    this.#heed(calls, replies)
    return replies
  }

  async #runAt(calls: readonly TagCall[], kind: 'append' | 'other', wait: boolean, replies: Reply[]): Promise<void> {
    const byNode = new Map<RedisNode, number[]>()
    for (const [index, { tag }] of calls.entries()) {
      const node = this.#masters.of(tag)
      if (node === undefined) continue
      const indexes = byNode.get(node)
      if (indexes === undefined) byNode.set(node, [index])
      else indexes.push(index)
    }
    const sent = [...byNode].map(([node, indexes]) => this.#send(node[kind], calls, indexes, { wait }, replies))
    await Promise.all(sent)
  }

  async #runMoved(
    calls: readonly TagCall[],
    kind: 'append' | 'other',
    wait: boolean,
    replies: Reply[],
    moved: readonly number[],
  ): Promise<void> {
    const groups = new Map<RedisNode, { readonly asking: boolean; readonly indexes: number[] }[]>()
    for (const index of moved) {
      const fault = elsewhere(replies[index])
      // `MOVED <slot> <host>:<port>`, or ASK: the slot is on its way there.
      const node = this.#masters.named(fault?.msg ?? '')
      if (node === undefined) continue
      const asking = fault?.code === 'ASK'
      const known = groups.get(node) ?? []
      groups.set(node, known)
      const group = known.find((each) => each.asking === asking)
      if (group === undefined) known.push({ asking, indexes: [index] })
      else group.indexes.push(index)
    }
    const sent = [...groups].flatMap(([node, known]) =>
      known.map(({ asking, indexes }) => this.#send(node[kind], calls, indexes, { wait, asking }, replies)),
    )
    await Promise.all(sent)
  }

  async #send(
    connection: RedisConnection,
    calls: readonly TagCall[],
    indexes: readonly number[],
    how: { readonly wait: boolean; readonly asking?: boolean },
    replies: Reply[],
  ): Promise<void> {
    const sent = await connection.run(
      indexes.map((index) => (calls[index] as TagCall).call),
      how,
    )
    for (const [i, index] of indexes.entries()) replies[index] = sent[i] ?? nobody
  }

  /** A server that became a replica is left; where a cluster's master is gone, the others are asked who took over. */
  #heed(calls: readonly TagCall[], replies: readonly Reply[]): void {
    for (const [index, reply] of replies.entries()) {
      if (reply.ok) continue
      const { code } = reply.fault
      if (code === 'READONLY' && !this.#masters.isCluster) {
        this.#masters.of(calls[index]?.tag ?? 0)?.reconnect()
        return
      }
      if (code === 'DOWN' || code === 'UNKNOWN' || code === 'CLUSTERDOWN' || code === 'READONLY') {
        void this.#masters.refresh()
        return
      }
    }
  }
}
