import { AppError } from '../../kernel/rejection.ts'
import { checkId, checkMember, checkRows } from '../directory-rules.ts'
import type { Directory, MemberRow, ShardRow } from '../port.ts'

/** What the directories of one process share. */
export class LocalDirectoryStore {
  readonly rows = new Map<number, ShardRow>()
  readonly members = new Map<string, MemberRow>()
  readonly watchers = new Set<(row: ShardRow) => void>()
}

/** Shards and members within one process. Listeners are called before `put` resolves. */
export class LocalDirectory implements Directory {
  readonly #store: LocalDirectoryStore
  readonly #own = new Set<(row: ShardRow) => void>()
  #open = true

  constructor(store: LocalDirectoryStore) {
    this.#store = store
  }

  async rows(): Promise<readonly ShardRow[]> {
    this.#expectOpen()
    return [...this.#store.rows.values()]
  }

  async put(rows: readonly ShardRow[]): Promise<void> {
    checkRows(rows)
    this.#expectOpen()
    for (const { shard, owner, epoch } of rows) {
      const stored = this.#store.rows.get(shard)
      if (stored !== undefined && stored.epoch > epoch) continue
      const row = { shard, owner, epoch }
      this.#store.rows.set(shard, row)
      for (const watcher of this.#store.watchers) watcher(row)
    }
  }

  watch(listener: (row: ShardRow) => void): () => void {
    const watcher = (row: ShardRow): void => listener(row)
    if (this.#open) {
      this.#store.watchers.add(watcher)
      this.#own.add(watcher)
    }
    return () => {
      this.#store.watchers.delete(watcher)
      this.#own.delete(watcher)
    }
  }

  async members(): Promise<readonly MemberRow[]> {
    this.#expectOpen()
    return [...this.#store.members.values()]
  }

  async join(member: MemberRow): Promise<void> {
    checkMember(member)
    this.#expectOpen()
    const { id, node, roles, startedMs } = member
    for (const other of this.#store.members.values()) if (other.node === node) this.#store.members.delete(other.id)
    this.#store.members.set(id, { id, node, roles: [...roles], startedMs })
  }

  async leave(id: string): Promise<void> {
    checkId(id)
    this.#expectOpen()
    this.#store.members.delete(id)
  }

  async close(): Promise<void> {
    this.#open = false
    for (const watcher of this.#own) this.#store.watchers.delete(watcher)
    this.#own.clear()
  }

  #expectOpen(): void {
    if (!this.#open) throw new AppError('directory.unavailable', 'the directory is closed', { retry: 'later' })
  }
}
