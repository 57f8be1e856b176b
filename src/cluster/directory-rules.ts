import { ID_SHAPE, isId } from '../kernel/ids.ts'
import type { MemberRow, ShardRow } from './port.ts'

/** Rows of one `put`. */
const ROWS_MAX = 4096
const SHARD_MAX = 65_535
const ROLES_MAX = 16

/** RangeError for rows that no directory takes. An empty owner says that nobody serves the shard. */
export function checkRows(rows: readonly ShardRow[]): void {
  if (rows.length > ROWS_MAX) throw new RangeError(`${rows.length} rows; one put takes ${ROWS_MAX}`)
  const at = rows.findIndex((row) => !isShardRow(row))
  if (at >= 0) throw new RangeError(`row ${at} is not one of the directory: ${JSON.stringify(rows[at])?.slice(0, 200)}`)
}

/** RangeError for a member that no directory takes. */
export function checkMember(member: MemberRow): void {
  if (!isMemberRow(member)) throw new RangeError(`not a member: id and node are ${ID_SHAPE}, at most ${ROLES_MAX} roles`)
}

/** RangeError for what may not stand in a key. */
export function checkId(id: string): void {
  if (!isId(id)) throw new RangeError(`not an id: ${ID_SHAPE}`)
}

/** Whether what was read has the shape of a row. */
export function isShardRow(value: unknown): value is ShardRow {
  if (typeof value !== 'object' || value === null) return false
  const { shard, owner, epoch } = value as Record<string, unknown>
  return isCount(shard) && shard <= SHARD_MAX && isCount(epoch) && (owner === '' || isId(owner))
}

/** Whether what was read has the shape of a member. */
export function isMemberRow(value: unknown): value is MemberRow {
  if (typeof value !== 'object' || value === null) return false
  const { id, node, roles, startedMs } = value as Record<string, unknown>
  return isId(id) && isId(node) && isCount(startedMs) && Array.isArray(roles) && roles.length <= ROLES_MAX && roles.every(isId)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
