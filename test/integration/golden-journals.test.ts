import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type RecordedTurn, replay } from '../../src/dialogue/replay.ts'
import { ENGINE } from '../../src/dialogue/state.ts'
import { factoryTemplate } from '../fixtures/factory-template.ts'
import { GOLDEN_SCRIPTS } from '../fixtures/golden-scripts.ts'
import { Talk } from '../fixtures/talk.ts'

interface Golden {
  readonly engine: number
  readonly template: string
  readonly turns: readonly RecordedTurn[]
}

const fileOf = (name: string): URL => new URL(`../fixtures/golden/${name}.json`, import.meta.url)

/**
 * Journals recorded once. When one of these fails, `decide` answers differently to what is stored in the field: raise `ENGINE`
 * in src/dialogue/state.ts, and only then record anew with GOLDEN=record. Templates are part of the record by their version;
 * a changed factory template is recorded anew without raising the engine.
 */
describe('golden journals', () => {
  it.each(GOLDEN_SCRIPTS.map((script) => [script.name, script] as const))('%s replays byte for byte', (name, script) => {
    if (process.env.GOLDEN === 'record') record(name, script)
    const golden = JSON.parse(readFileSync(fileOf(name), 'utf8')) as Golden
    expect(golden.engine, 'recorded by this engine').toBe(ENGINE)
    const template = factoryTemplate(golden.template)
    expect(replay(template, golden.turns)).toEqual([])
  })
})

function record(name: string, { template, locale, says }: (typeof GOLDEN_SCRIPTS)[number]): void {
  const talk = new Talk(template, locale, name)
  for (const text of says) {
    if (text === '') talk.silence()
    else talk.user(text)
  }
  const golden: Golden = { engine: ENGINE, template, turns: talk.recorded }
  writeFileSync(fileOf(name), `${JSON.stringify(golden, null, 1)}\n`)
}
