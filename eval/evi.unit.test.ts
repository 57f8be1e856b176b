import { describe, expect, it } from 'vitest'
import { Call, factoryTemplate, type Outcome, type Temper } from './evi-caller.ts'
import { ASKED, type EviDialogue, type Item } from './evi-data.ts'
import { COLUMNS, rowOf, tableOf } from './evi-table.ts'

const TRUTH = { postcode: 'GU12 7PY', first: 'Gareth', last: 'Pugh', dob: '1980-12-14' }

function play(item: Item, answers: readonly (readonly string[])[], temper: Temper = 'careful', firstBest = false): Outcome {
  const turns = answers.map((nbest, attempt) => ({ item, attempt, text: nbest[0] ?? '', nbest }))
  const dialogue: EviDialogue = { id: 'caller', locale: 'en-GB', truth: TRUTH, turns }
  return new Call(factoryTemplate(ASKED[item].template), ASKED[item], dialogue, firstBest).run(turns, temper)
}

describe('a simulated caller', () => {
  it('uses no further answer once the value is right', () => {
    const outcome = play('dob', [['14 December 1980'], ['15 December 1980']])
    expect(outcome).toMatchObject({ end: 'taken', right: true, attempts: 1, turns: 2, unconfirmed: false })
  })

  it('says no to a wrong value and then gives the next answer', () => {
    const outcome = play('dob', [['15 December 1980'], ['14 December 1980']])
    expect(outcome).toMatchObject({ right: true, attempts: 2, turns: 4, offered: ['1980-12-15', '1980-12-14'] })
  })

  it('says yes to whatever is offered when it is agreeing', () => {
    const outcome = play('dob', [['15 December 1980'], ['14 December 1980']], 'agreeing')
    expect(outcome).toMatchObject({ end: 'taken', right: false, unconfirmed: false, attempts: 1 })
  })

  it('is silent where nothing was recorded, and is given up when it has said all', () => {
    expect(play('dob', [[], ['asdf'], ['14 December 1980']])).toMatchObject({ right: true, attempts: 3 })
    expect(play('dob', [[], ['asdf'], ['December']])).toMatchObject({ end: 'givenUp', attempts: 3 })
    expect(play('name', [[], [], []])).toMatchObject({ end: 'givenUp', attempts: 3 })
  })

  it('gives the hypotheses, or only the best one', () => {
    const answers = [['gee you 1 to 8', 'g u 1 2 7 p y']]
    expect(play('postcode', answers)).toMatchObject({ right: true })
    expect(play('postcode', answers, 'careful', true)).toMatchObject({ right: false })
  })

  it('has a name right by its letters and marks, capitals apart', () => {
    expect(play('name', [['gareth pugh']])).toMatchObject({ right: true, value: { first: 'Gareth', last: 'Pugh' } })
    expect(ASKED.name.isRight({ first: 'Sean', last: 'Obrien' }, { ...TRUTH, first: 'Sean', last: "O'Brien" })).toBe(false)
  })
})

describe('the table', () => {
  const outcome = (more: Partial<Outcome>): Outcome => ({
    end: 'taken',
    right: true,
    unconfirmed: false,
    attempts: 1,
    turns: 2,
    offered: [],
    ...more,
  })

  it('counts right, wrong, unasked, given up, and what was right by each attempt', () => {
    const row = rowOf('dob', [
      outcome({}),
      outcome({ attempts: 3, turns: 6 }),
      outcome({ right: false, unconfirmed: true, turns: 1 }),
      outcome({ end: 'givenUp', right: false, attempts: 3, turns: 3 }),
    ])
    expect(row).toEqual(['dob', '4', '50.0 %', '25.0 %', '25.0 %', '25.0 %', '3.00', '25.0 %', '25.0 %', '50.0 %'])
    expect(row).toHaveLength(COLUMNS.length)
  })

  it('has a header, a rule and lines of one width', () => {
    const lines = tableOf([rowOf('dob', [])]).split('\n')
    expect(lines).toHaveLength(3)
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  })
})
