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
    if (moved.length > 0) await this.#runMoved(calls, kind, wait, replies, moved)
    this.#heed(calls, replies)
    return replies
  }

  async #runAt(calls: readonly TagCall[], kind: 'append' | 'other', wait: boolean, replies: Reply[], only?: readonly number[]) {
    const byNode = new Map<RedisNode, number[]>()
    for (const index of only ?? calls.keys()) {
      const node = this.#masters.of(calls[index]?.tag ?? 0)
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
    const asked = new Map<RedisNode, number[]>()
    const again: number[] = []
    for (const index of moved) {
      const fault = elsewhere(replies[index])
      // `ASK <slot> <host>:<port>`: this slot is on its way there.
      const node = fault?.code === 'ASK' ? this.#masters.at(fault.msg.split(' ').at(-1) ?? '') : undefined
      if (node === undefined) again.push(index)
      else asked.set(node, [...(asked.get(node) ?? []), index])
    }
    if (again.length > 0) await this.#masters.refresh()
    const sent = [...asked].map(([node, indexes]) => this.#send(node[kind], calls, indexes, { wait, asking: true }, replies))
    await Promise.all([this.#runAt(calls, kind, wait, replies, again), ...sent])
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
        // Never rejects, and nothing waits for it.
        void this.#masters.refresh()
        return
      }
    }
  }
}
