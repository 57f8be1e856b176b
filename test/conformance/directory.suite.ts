import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Directory, MemberRow, ShardRow } from '../../src/cluster/port.ts'

export interface DirectoryPlace {
  /** A further user of the same, at first empty, store. */
  open(): Promise<Directory>
  dispose(): Promise<void>
}

const soon = { timeout: 10_000, interval: 5 }
const row = (shard: number, owner: string, epoch: number): ShardRow => ({ shard, owner, epoch })
const member = (id: string, node = id): MemberRow => ({ id, node, roles: ['gateway', 'owner'], startedMs: 1_790_000_000_000 })
const sorted = (rows: readonly ShardRow[]): readonly ShardRow[] => [...rows].sort((x, y) => x.shard - y.shard)

export function directorySuite(name: string, options: { readonly place: () => Promise<DirectoryPlace> }): void {
  describe(`directory, ${name}`, () => {
    let place: DirectoryPlace
    let a: Directory
    let b: Directory

    beforeEach(async () => {
      place = await options.place()
      a = await place.open()
      b = await place.open()
    })
    afterEach(async () => {
      await a.close()
      await b.close()
      await place.dispose()
    })

    it('is empty at first', async () => {
      expect(await a.rows()).toEqual([])
      expect(await a.members()).toEqual([])
      await a.put([])
    })

    it('shows everybody the newest row of each shard', async () => {
      await a.put([row(3, 'n1', 1), row(1023, 'n2', 7)])
      await b.put([row(3, 'n2', 2)])
      expect(sorted(await a.rows())).toEqual([row(3, 'n2', 2), row(1023, 'n2', 7)])
      expect(sorted(await b.rows())).toEqual(sorted(await a.rows()))
    })

    it('passes over a row whose epoch is lower than the stored one', async () => {
      await a.put([row(1, 'n1', 5), row(2, 'n1', 5)])
      await b.put([row(1, 'n2', 4), row(2, 'n2', 6)])
      expect(sorted(await a.rows())).toEqual([row(1, 'n1', 5), row(2, 'n2', 6)])
    })

    it('keeps the highest of several rows of one shard in one put', async () => {
      await a.put([row(1, 'n3', 3), row(1, 'n9', 9), row(1, 'n4', 4)])
      expect(await b.rows()).toEqual([row(1, 'n9', 9)])
    })

    it('takes rows that nobody owns', async () => {
      await a.put([row(1, '', 3)])
      expect(await b.rows()).toEqual([row(1, '', 3)])
    })

    it('takes all shards at once, again and again', async () => {
      for (const epoch of [1, 2]) {
        const rows = Array.from({ length: 1024 }, (_, shard) => row(shard, 'n1', epoch))
        await a.put(rows)
        expect(sorted(await b.rows())).toEqual(rows)
      }
    })

    it('tells watchers what changes from then on, until they end it', async () => {
      await a.put([row(1, 'before', 1)])
      const seen: ShardRow[] = []
      const own: ShardRow[] = []
      const end = b.watch((change) => seen.push(change))
      a.watch((change) => own.push(change))
      await a.rows()
      await b.rows()
      await a.put([row(1, 'n1', 2)])
      await a.put([row(1, 'lower', 1)])
      await b.put([row(2, 'n2', 1)])
      await expect.poll(() => seen, soon).toEqual([row(1, 'n1', 2), row(2, 'n2', 1)])
      await expect.poll(() => own, soon).toEqual(seen)
      end()
      end()
      await a.put([row(1, 'n1', 3)])
      await expect.poll(() => own.length, soon).toBe(3)
      expect(seen.length).toBe(2)
    })

    it('lists members until they leave', async () => {
      await a.join(member('i1'))
      await b.join(member('i2'))
      await b.join(member('i2'))
      expect([...(await a.members())].sort((x, y) => (x.id < y.id ? -1 : 1))).toEqual([member('i1'), member('i2')])
      await a.leave('i2')
      await a.leave('i2')
      expect(await b.members()).toEqual([member('i1')])
    })

    it('replaces the former incarnation of a node', async () => {
      await a.join(member('old', 'node-1'))
      await a.join(member('other', 'node-2'))
      await b.join(member('new', 'node-1'))
      const ids = (await a.members()).map(({ id }) => id)
      expect(ids.sort()).toEqual(['new', 'other'])
    })

    it('is unavailable once closed, and its watchers hear nothing more', async () => {
      const seen: ShardRow[] = []
      a.watch((change) => seen.push(change))
      await a.close()
      await a.close()
      const calls = [a.rows(), a.put([row(1, 'n1', 1)]), a.members(), a.join(member('i1')), a.leave('i1')]
      for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'directory.unavailable', retry: 'later' })
      a.watch((change) => seen.push(change))()
      await b.put([row(1, 'n1', 1)])
      expect(await b.rows()).toEqual([row(1, 'n1', 1)])
      expect(seen).toEqual([])
    })

    it('refuses ids that would be other keys, and rows that are none', async () => {
      for (const id of ['', 'a.b', '*', '>', 'a b', 'x'.repeat(65), '__proto__.x']) {
        await expect(a.join(member(id)), id).rejects.toBeInstanceOf(RangeError)
        await expect(a.join(member('ok', id)), id).rejects.toBeInstanceOf(RangeError)
        await expect(a.leave(id), id).rejects.toBeInstanceOf(RangeError)
      }
      for (const bad of [row(-1, 'n', 1), row(1.5, 'n', 1), row(1, 'a.b', 1), row(1, 'n', -1), row(1, 'n', 2 ** 60)]) {
        await expect(a.put([row(0, 'n', 1), bad])).rejects.toBeInstanceOf(RangeError)
      }
      expect(await a.rows()).toEqual([])
      expect(await a.members()).toEqual([])
    })
  })
}
