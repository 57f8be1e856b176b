import { describe, expect, test } from 'vitest'
import { parseCpuMs, parseMachineCpuMs, parseResidentKiB } from './process-stats.ts'

describe('processor time', () => {
  test('is user plus system time, whatever the name of the program', () => {
    const stat = '4711 (node (x) 1) S 1 4711 4711 0 -1 4194560 9000 0 0 0 250 75 0 0 20 0 11 0 1000 1 2 3'
    expect(parseCpuMs(stat)).toBe(3250)
  })

  test('is refused where the fields are not there', () => {
    expect(() => parseCpuMs('4711 (node) S')).toThrow('processor times')
  })
})

describe('processor time of the machine', () => {
  test('is all but idleness and waiting for disks', () => {
    const stat = 'cpu  100 10 50 9000 700 3 7 40 0 0\ncpu0 50 5 25 4500 350 1 3 20 0 0\n'
    expect(parseMachineCpuMs(stat)).toBe(1700)
  })

  test('is refused where the line is missing', () => {
    expect(() => parseMachineCpuMs('intr 1 2 3\n')).toThrow('processor times')
  })
})

describe('resident memory', () => {
  test('is read in KiB', () => {
    expect(parseResidentKiB('Name:\tnode\nVmHWM:\t   99999 kB\nRssAnon:\t   61234 kB\nThreads:\t11\n')).toBe(61_234)
  })

  test('is refused where the line is missing', () => {
    expect(() => parseResidentKiB('Name:\tnode\n')).toThrow('RssAnon')
  })
})
