import { ShardTable } from '../shard-table.ts'
import type { TagCall } from './append-calls.ts'
import type { Dispatch } from './dispatch.ts'
import { type ShardKeys, tagOf } from './keys.ts'
import type { Script } from './script.ts'
import { unavailable } from './shard-reads.ts'

/** One script over several shards of a tag. */
interface ShardsCall extends TagCall {
  readonly shards: readonly number[]
}

interface What {
  readonly script: Script
  /** The meta key alone when absent. */
  readonly keys?: (keys: ShardKeys) => readonly string[]
  /** What comes before the shards' arguments. */
  readonly first?: readonly string[]
  readonly args?: (shard: number) => readonly string[]
}

/** One call per tag, over each shard once. */
export function callsOf(allKeys: readonly ShardKeys[], shards: readonly number[], what: What): readonly ShardsCall[] {
  const { script, keys = ({ meta }) => [meta], first = [], args = () => [] } = what
  const byTag = new Map<number, { readonly shards: number[]; readonly keys: string[]; readonly args: string[] }>()
  for (const shard of new Set(shards)) {
    ShardTable.check(shard)
    const tag = tagOf(shard)
    const known = byTag.get(tag) ?? { shards: [], keys: [], args: [...first] }
    byTag.set(tag, known)
    known.shards.push(shard)
    known.keys.push(...keys(allKeys[shard] as ShardKeys))
    known.args.push(...args(shard))
  }
  return [...byTag].map(([tag, known]) => ({ tag, shards: known.shards, call: { script, keys: known.keys, args: known.args } }))
}

interface Asking<T> {
  /** Calls without an answer are left out. */
  readonly partly?: boolean
  readonly answer?: (shard: number, answer: readonly string[]) => T | undefined
  /** For replicas, where the journal is set up so. */
  readonly wait?: boolean
}

/** Answers by shard. Rejects with `storage.unavailable` when a call got none; with `partly` only when all did not. */
export async function askShards<T>(
  dispatch: Dispatch,
  calls: readonly ShardsCall[],
  { partly = false, answer, wait = false }: Asking<T> = {},
): Promise<ReadonlyMap<number, T>> {
  const replies = await dispatch.run(calls, 'other', wait)
  const found = new Map<number, T>()
  const failed = replies.filter((reply) => !reply.ok)
  if (failed.length > 0 && (!partly || failed.length === replies.length)) throw unavailable(failed[0]?.fault.msg ?? '')
  if (answer === undefined) return found
  for (const [index, { shards }] of calls.entries()) {
    const reply = replies[index]
    if (reply === undefined || !reply.ok) continue
    for (const [i, shard] of shards.entries()) {
      const each = answer(shard, (reply.value as readonly (readonly string[])[])[i] ?? [])
      if (each !== undefined) found.set(shard, each)
    }
  }
  return found
}
