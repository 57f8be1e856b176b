import type { Claimed, Holder } from '../port.ts'

/** As CLAIM answers for one shard; undefined when it was not granted. */
export function claimedOf(shard: number, [token = '', epoch, tail, floor]: readonly string[]): Claimed | undefined {
  return token === '' ? undefined : { shard, token, epoch: Number(epoch), tail: Number(tail), watermark: Number(floor) }
}

/** As HOLDERS answers for one shard. */
export function holderOf(shard: number, [epoch, owner = '', isHeld, tail, quiet = '']: readonly string[]): Holder {
  const quietMs = quiet === '' ? Number.POSITIVE_INFINITY : Number(quiet) / 1000
  const held = isHeld === '1'
  return { shard, epoch: Number(epoch), owner: held ? owner : '', released: owner !== '' && !held, tail: Number(tail), quietMs }
}
