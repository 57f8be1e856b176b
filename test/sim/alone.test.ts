import { describe, expect, test } from 'vitest'
import { batches, failures } from './seeds.ts'

describe('a server alone keeps its promises under faults', () => {
  test.each(batches(1, 60, 20))('with the $count seeds from $first', async (range) => {
    expect(await failures(range, { shape: 'alone' })).toEqual([])
  })
})
