import { describe, expect, test } from 'vitest'
import { batches, failures } from './seeds.ts'

// Half of the seeds: two files run on two cores.
describe('a cluster of two to four nodes keeps its promises under faults', () => {
  test.each(batches(1, 100, 20))('with the $count seeds from $first', async (range) => {
    expect(await failures(range, { shape: 'cluster' })).toEqual([])
  })
})
