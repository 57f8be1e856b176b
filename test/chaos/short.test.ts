import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { runMixed } from './mixed.ts'

const SHORT = { minutes: 0.45, nodes: 3, nats: 1, users: 50, rate: 20 } as const
const FIXED_SEED = 4
const FAULTS_MIN = 4
const drawnSeed = Number(process.env.CHAOS_SEED ?? randomInt(1_000_000))

test.each([FIXED_SEED, drawnSeed])(
  'no acknowledged turn is lost, doubled or reordered under the faults of seed %i',
  async (seed) => {
    const lines: string[] = []
    const tell = (line: string): number => lines.push(line)
    const result = await runMixed({ ...SHORT, seed, tell })
    const { acted: injected, checked, violations, dir } = result
    const done = injected.filter(({ failure }) => failure === undefined)
    console.log(`seed ${seed}: ${done.length} faults, ${checked.ok} acknowledged turns, ${checked.conversations} conversations`)
    const replay = `npm run chaos -- --minutes ${SHORT.minutes} --users ${SHORT.users} --rate ${SHORT.rate} --seed ${seed}; logs in ${dir}`
    expect(violations, `${replay}\n${lines.join('\n')}`).toEqual([])
    expect(done.length).toBeGreaterThanOrEqual(FAULTS_MIN)
    expect(checked.ok).toBeGreaterThan(SHORT.users)
  },
)
