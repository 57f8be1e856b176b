import { beforeEach, describe, expect, it } from 'vitest'
import { Recorder } from '../../test/fixtures/node.ts'
import { shardOf } from '../kernel/shard.ts'
import type { Push } from './port.ts'
import { RemoteWatches } from './remote-watches.ts'
import { WATCHERS_MAX } from './watchers.ts'

const push = (cid: string, seq = 1): Push => ({ tenant: 'demo', cid, inc: 'i', data: [], events: [{ seq }] }) as unknown as Push

describe('watches of conversations of other nodes', () => {
  let watches: RemoteWatches
  let w1: Recorder
  let w2: Recorder

  beforeEach(() => {
    watches = new RemoteWatches()
    w1 = new Recorder('w1')
    w2 = new Recorder('w2')
  })

  it('pass a push of the owner on to all who follow', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    watches.add('demo', 'c1', w2, 'b', 3)
    expect(watches.push('b', push('c1', 4))).toBe(true)
    expect([w1.seqs, w2.seqs, watches.count]).toEqual([[4], [4], 2])
  })

  it('pass nothing on of a node that is not the owner joined, and do not call it unwanted', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    expect(watches.push('c', push('c1'))).toBe(true)
    expect(w1.seqs).toEqual([])
  })

  it('call a push unwanted that nobody follows, unless a join is under way', () => {
    expect(watches.push('b', push('c1'))).toBe(false)
    watches.joining('demo', 'c1')
    watches.joining('demo', 'c1')
    expect(watches.push('b', push('c1'))).toBe(true)
    watches.joined('demo', 'c1')
    expect(watches.push('b', push('c1'))).toBe(true)
    watches.joined('demo', 'c1')
    expect(watches.push('b', push('c1'))).toBe(false)
  })

  it('name the owner when the last one leaves, once', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    watches.add('demo', 'c1', w2, 'b', 3)
    expect(watches.remove('demo', 'c1', 'w1')).toBeUndefined()
    expect(watches.remove('demo', 'c1', 'w1')).toBeUndefined()
    expect(watches.remove('demo', 'c1', 'w2')).toBe('b')
    expect(watches.remove('demo', 'c1', 'w2')).toBeUndefined()
    expect(watches.count).toBe(0)
  })

  it('name no owner to be left while another join is under way', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    watches.joining('demo', 'c1')
    expect(watches.remove('demo', 'c1', 'w1')).toBeUndefined()
  })

  it('know the owner for who follows only', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    expect(watches.ownerFor('demo', 'c1', 'w1')).toBe('b')
    expect(watches.ownerFor('demo', 'c1', 'w2')).toBeUndefined()
    expect(watches.ownerFor('other', 'c1', 'w1')).toBeUndefined()
  })

  it('send everybody off when the owner lets go, and nobody for what another says', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    watches.gone('c', 'demo', 'c1')
    expect(w1.lost).toEqual([])
    watches.gone('b', 'demo', 'c1')
    watches.gone('b', 'demo', 'c1')
    expect(w1.lost).toEqual(['c1'])
    expect(watches.count).toBe(0)
  })

  it('send off who followed anything on a node that is lost', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    watches.add('demo', 'c2', w1, 'b', 3)
    watches.add('demo', 'c3', w1, 'd', 3)
    watches.lost('b')
    expect(w1.lost.sort()).toEqual(['c1', 'c2'])
    expect(watches.push('d', push('c3'))).toBe(true)
  })

  it('send off whom a move concerns, by owner and by epoch', () => {
    const shard = shardOf('demo', 'c1')
    watches.add('demo', 'c1', w1, 'b', 3)
    watches.moved(shard, 'b', 3)
    watches.moved((shard + 1) % 1024, 'c', 9)
    expect(w1.lost).toEqual([])
    watches.moved(shard, 'b', 4)
    expect(w1.lost).toEqual(['c1'])
    watches.add('demo', 'c1', w2, 'b', 4)
    watches.moved(shard, undefined, 0)
    expect(w2.lost).toEqual(['c1'])
  })

  it('begin no watch for a session that has ended', () => {
    watches.add('demo', 'c1', Object.assign(w1, { ended: true }), 'b', 3)
    expect(watches.count).toBe(0)
  })

  it('send off at once who is one too many', () => {
    for (let i = 0; i < WATCHERS_MAX; i++) watches.add('demo', 'c1', new Recorder(`x${i}`), 'b', 3)
    watches.add('demo', 'c1', w1, 'b', 3)
    expect(w1.lost).toEqual(['c1'])
    expect(watches.count).toBe(WATCHERS_MAX)
  })

  it('tell who followed the conversation where it was before that it has to join again', () => {
    watches.add('demo', 'c1', w1, 'b', 3)
    watches.add('demo', 'c1', w2, 'b', 4)
    expect(w1.lost).toEqual(['c1'])
    expect(w2.lost).toEqual([])
    watches.push('b', push('c1', 9))
    expect([w1.seqs, w2.seqs]).toEqual([[], [9]])
    watches.add('demo', 'c1', w1, 'd', 5)
    expect(w2.lost).toEqual(['c1'])
    expect(watches.ownerFor('demo', 'c1', 'w1')).toBe('d')
  })
})
