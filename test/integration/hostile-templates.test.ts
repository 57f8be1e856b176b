import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/dialogue/expression.ts'
import { patternFault } from '../../src/dialogue/pattern.ts'

const scope = {
  value: 'x'.repeat(8_000),
  data: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`d${i}`, 'x'.repeat(8_000)])),
  vars: {},
  today: '2026-11-20',
  now: '2026-11-20T10:30',
  locale: 'en',
}

describe('a pattern that is saved', () => {
  it.each([
    ['(?=x)y', /"\(\?=" at 0 \(RE2 syntax has neither lookaround/],
    ['(?<!x)y', /at 0 \(RE2 syntax/],
    ['(a)\\1', /"\\1" at 3 \(RE2 syntax/],
    ['x{2000}', /invalid repeat count "\{2000\}" at 1/],
    ['[a-c][z-a]', /invalid character class range "z-a" at 6/],
    ['ab(cd', /missing closing \) at 2/],
    ['a**', /invalid nested repetition operator "\*\*" at 1/],
    ['((((a?){10}){10}){10})', /needs 4224 steps, at most 512 were expected/],
    ['([A-Z0-9]{1,50}){1,20}', /needs \d+ steps/],
    ['', /empty/],
    ['a'.repeat(201), /201 characters long, at most 200/],
  ])('%s is refused with the reason and the position', (source, fault) => {
    expect(patternFault(source)).toMatch(fault)
  })

  it.each(['(a+)+$', '[A-Z]{2}-?[0-9]{6}', '(IT)?[0-9]{3}E[A-Z0-9]{8,9}', '\\p{L}{2,30}', '[A-Z0-9]{1,64}'])(
    '%s is taken: its cost is linear and small',
    (source) => {
      expect(patternFault(source)).toBeUndefined()
    },
  )
})

describe('an expression that is saved', () => {
  const items = `[${Array.from({ length: 60 }, (_, i) => i % 10).join(',')}]`

  it.each([
    ['value.matches("(a+)+$")', /"matches" is not available/],
    ['[[1]].all(l, l.all(x, x > 0))', /"all" inside another list macro at \d+/],
    ['data.map(k, data[k]).all(v, size(v) > 1)', /inside another list macro/],
    [`${items}.all(i, (value + value + value).contains("y"))`, /"\+" inside a list macro at \d+/],
    [`${'('.repeat(30)}true${')'.repeat(30)}`, /maxDepth \(24\) at \d+/],
    [`[${'1,'.repeat(150)}1].exists(i, i > 0)`, /maxListElements/],
    ['value +', /at \d+/],
    ['nobody > 1', /nobody/],
    ['value.constructor()', /"constructor" is not available/],
    ['"a"', /gives string, a boolean was expected/],
    [`${'true || '.repeat(70)}true`, /longer than 500 characters/],
  ])('%s is refused with the reason', (source, fault) => {
    expect(compileExpression(source)).toMatch(fault)
  })

  it.each([
    'data.__proto__ != null',
    'value.constructor == null',
    'data["constructor"] != null',
    'vars.toString != null',
    'data.hasOwnProperty == null',
  ])('%s reaches nothing but the data', (source) => {
    const holds = compileExpression(source)
    if (typeof holds === 'string') expect(holds).not.toBe('')
    else expect(holds(scope)).toBe(false)
  })

  it.each([
    `${items}.all(i, size(value) > i)`,
    'data.all(k, data[k].contains("xxxxxxxxxxxxxxxxy") == false)',
    `size(data.map(k, data[k])) > (${'value.contains("xy") ? 1 : '.repeat(10)}2)`,
    Array.from({ length: 11 }, () => 'value.contains("xxxxxxxxxxxxxxxxxxxxxy")').join(' || '),
    Array.from({ length: 40 }, () => 'value')
      .join(' + ')
      .concat(' == "y"'),
  ])('%s costs milliseconds at most on the longest values', (source) => {
    const holds = compileExpression(source)
    if (typeof holds === 'string') throw new Error(holds)
    holds(scope)
    const began = performance.now()
    holds(scope)
    expect(performance.now() - began).toBeLessThan(100)
  })
})
