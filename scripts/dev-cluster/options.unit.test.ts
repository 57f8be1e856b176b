import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('three nodes on ports next to each other are the default', () => {
  expect(readOptions([])).toEqual({ ports: [8_081, 8_082, 8_083] })
})

test('there is a node for each port that is named, and 0 names a free one', () => {
  expect(readOptions(['--ports', '9001, 9002'])).toEqual({ ports: [9_001, 9_002] })
  expect(readOptions(['--ports=0,0,0'])).toEqual({ ports: [0, 0, 0] })
})

test('help is given when it is asked for', () => {
  expect(readOptions(['--help'])).toBe('help')
  expect(readOptions(['-h'])).toBe('help')
})

test.each([
  ['--ports='],
  ['--ports=x'],
  ['--ports=8081,8081'],
  ['--ports=65536'],
  ['--ports=1,2,3,4,5,6,7,8,9,10'],
  ['--nodes=3'],
])('%s is refused', (argument) => {
  expect(readOptions([argument])).toHaveProperty('wrong')
})
