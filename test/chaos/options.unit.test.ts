import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('half an hour with three nodes is the default, on the seed that was drawn', () => {
  expect(readOptions([], 17)).toMatchObject({ minutes: 30, seed: 17, nodes: 3, nats: 1, mode: 'all', keep: false })
})

test('every option can be given', () => {
  const argv = ['--minutes', '0.5', '--seed=3', '--nodes', '4', '--nats', '3', '--only', 'failover', '--report', 'r.md', '--keep']
  const expected = { minutes: 0.5, seed: 3, nodes: 4, nats: 3, mode: 'failover', report: 'r.md', keep: true }
  expect(readOptions(argv, 17)).toMatchObject(expected)
})

test('help is given when it is asked for', () => {
  expect(readOptions(['-h'], 1)).toBe('help')
})

test.each([['--minutes=0'], ['--minutes=x'], ['--nodes=1'], ['--nats=2'], ['--only=x'], ['--seed='], ['--whatever']])(
  '%s is refused',
  (argument) => {
    expect(readOptions([argument], 1)).toHaveProperty('wrong')
  },
)
