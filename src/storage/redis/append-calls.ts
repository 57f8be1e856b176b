import type { AppendBatch, AppendResult, Restore, StoredEntry, Token } from '../port.ts'
import { APPEND, APPENDED, FENCED, RESTORE } from './append-scripts.ts'
import { packEntry, timerArguments } from './codec.ts'
import type { Fault, Reply, ScriptCall } from './connection.ts'
import { type ShardKeys, tagOf } from './keys.ts'

/** A script call holds its server up: it ends at about so many bytes. */
export const CALL_BYTES_MAX = 1024 * 1024
/** One batch goes into one call whatever its size; above this it is refused. */
const BATCH_BYTES_MAX = 128 * 1024 * 1024

export interface TagCall {
  readonly tag: number
  readonly call: ScriptCall
}

/** The part of an append call that goes to one tag at once. */
export interface AppendPart extends TagCall {
  /** Of its batches, in order: their places in the answer. */
  readonly places: readonly number[]
  readonly bytes: number
  readonly entries: number
}

class PartDraft {
  readonly tag: number
  readonly places: number[] = []
  readonly keys: string[] = []
  readonly args: (string | Buffer)[] = []
  bytes = 0
  entries = 0

  constructor(tag: number) {
    this.tag = tag
  }

  add(place: number, { meta, log, timers }: ShardKeys, batch: AppendBatch, packed: readonly Buffer[], bytes: number): void {
    const changes = batch.entries.flatMap(timerArguments)
    this.places.push(place)
    this.keys.push(meta, log, timers)
    this.args.push(batch.token, String(batch.expectedTail), batch.batchId, String(packed.length), String(changes.length / 2))
    for (const entry of packed) this.args.push(entry)
    for (const change of changes) this.args.push(change)
    this.bytes += bytes
    this.entries += packed.length
  }

  get part(): AppendPart {
    const { tag, places, bytes, entries, keys, args } = this
    return { tag, places, bytes, entries, call: { script: APPEND, keys, args } }
  }
}

/**
 * Splits an append call into waves, each with at most one part per tag, to be sent one after the other: what comes later of a shard
 * finds what came before. Batches that no call can hold are told to `tooLarge`.
 */
export function wavesOf(
  keys: readonly ShardKeys[],
  batches: readonly AppendBatch[],
  tooLarge: (place: number, bytes: number) => void,
): readonly (readonly AppendPart[])[] {
  const byTag = new Map<number, PartDraft[]>()
  for (const [place, batch] of batches.entries()) {
    const packed = batch.entries.map(packEntry)
    const bytes = packed.reduce((sum, each) => sum + each.length, 0)
    if (bytes > BATCH_BYTES_MAX) {
      tooLarge(place, bytes)
      continue
    }
    const tag = tagOf(batch.shard)
    const parts = byTag.get(tag) ?? []
    byTag.set(tag, parts)
    let part = parts.at(-1)
    if (part === undefined || part.bytes + bytes > CALL_BYTES_MAX) {
      part = new PartDraft(tag)
      parts.push(part)
    }
    part.add(place, keys[batch.shard] as ShardKeys, batch, packed, bytes)
  }
  const waves: AppendPart[][] = []
  for (const parts of byTag.values()) {
    for (const [index, { part }] of parts.entries()) {
      const wave = waves[index]
      if (wave === undefined) waves[index] = [part]
      else wave.push(part)
    }
  }
  return waves
}

/** The calls that write a lost part again, in order: each raises the tail to its last entry, the last one to the end. */
export function restoreCalls(keys: ShardKeys, { shard, token, tail, entries }: Restore): readonly TagCall[] {
  const chunks: StoredEntry[][] = [[]]
  let bytes = 0
  const packed = new Map<number, Buffer>()
  for (const entry of entries) {
    const each = packEntry(entry)
    packed.set(entry.at, each)
    bytes += each.length
    if (bytes > CALL_BYTES_MAX) {
      chunks.push([])
      bytes = each.length
    }
    chunks.at(-1)?.push(entry)
  }
  return chunks.map((chunk, index) => {
    const reached = index === chunks.length - 1 ? tail : (chunk.at(-1)?.at ?? 0)
    return {
      tag: tagOf(shard),
      call: { script: RESTORE, keys: [keys.meta, keys.log, keys.timers], args: args(token, reached, chunk) },
    }
  })

  function args(holder: Token, reached: number, chunk: readonly StoredEntry[]): (string | Buffer)[] {
    const list: (string | Buffer)[] = [holder, String(reached), String(chunk.length)]
    for (const entry of chunk) {
      const changes = timerArguments(entry)
      list.push(String(entry.at), packed.get(entry.at) as Buffer, String(changes.length / 2), ...changes)
    }
    return list
  }
}

/** Of a pair that the scripts answer. */
export function resultOf(shard: number, code: number, tail: number): AppendResult {
  if (code === APPENDED) return { ok: true, tail }
  if (code === FENCED) return { ok: false, reason: 'fenced', msg: `shard ${shard} is not held by this token` }
  return { ok: false, reason: 'tail', msg: `shard ${shard} ends at ${tail}, the writer expected another tail` }
}

/** Memory and disk are spent: nothing was written. */
const NO_ROOM: ReadonlySet<string> = new Set(['OOM', 'MISCONF'])

export function refusalOf({ code, msg }: Fault): AppendResult {
  return { ok: false, reason: NO_ROOM.has(code) ? 'full' : 'unavailable', msg: `Redis: ${msg}` }
}

export function isFull(reply: Reply): boolean {
  return !reply.ok && NO_ROOM.has(reply.fault.code)
}
