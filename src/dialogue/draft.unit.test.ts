import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Draft } from './draft.ts'
import { evolve } from './evolve.ts'
import type { Fact } from './fact.ts'
import { recover } from './replay.ts'
import { type DialogueState, NEW_STATE } from './state.ts'

const facts: readonly Fact[] = [
  { type: 'started', cid: 'c', template: 't', version: 1, pack: 1, locale: 'en', vars: {}, commandsOff: [] },
  { type: 'phaseEntered', phase: 'asking', active: 'a', part: 'p' },
  { type: 'prompted', node: 'a', step: 'start', level: 1 },
  { type: 'said', parts: ['A?'] },
  { type: 'turnTaken', datum: 'a' },
  { type: 'datumFilled', datum: 'a', value: 'x', confidence: 0.9, reason: 'said' },
  { type: 'datumAccepted', datum: 'a' },
  { type: 'datumFilled', datum: 'a', value: 'y', confidence: 0.8, reason: 'corrected' },
  { type: 'confirmationAsked', datum: 'a' },
  { type: 'phaseEntered', phase: 'confirming', active: 'a' },
  { type: 'prompted', node: 'a', step: 'confirmation', level: 1 },
  { type: 'counterRaised', datum: 'a', counter: 'notConfirmed', to: 1 },
  { type: 'datumEmptied', datum: 'a', reason: 'denied' },
  { type: 'variableSet', values: { v: 1 } },
  { type: 'turnTaken', datum: null },
  { type: 'datumSkipped', datum: 'b', reason: 'asked' },
  { type: 'completed', outcome: 'partial', reason: 'completed' },
]

const datum = fc.constantFrom('a', 'b', 'address')
const value = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.record({ street: fc.string({ maxLength: 3 }) }))
const parts = fc.dictionary(fc.constantFrom('street', 'city', 'day'), fc.oneof(fc.string({ maxLength: 3 }), fc.nat(40)), {
  maxKeys: 3,
})
const phase = fc.constantFrom('asking', 'confirming', 'formConfirming', 'formChanging', 'handoff', 'closed')
const REASONS = ['constraint', 'impossible', 'denied', 'startOver', 'goBack', 'change'] as const
const some = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[]): fc.Arbitrary<object> =>
  fc.record(shape, { requiredKeys: required })
const anyFact = fc.oneof(
  fc.record({ type: fc.constant('turnTaken'), datum: fc.option(datum) }),
  fc.record({ type: fc.constant('localeChanged'), locale: fc.constantFrom('en', 'it', 'de'), reason: fc.constant('spoken') }),
  fc.record({ type: fc.constant('partFilled'), datum, parts, reason: fc.constant('said') }),
  some({ type: fc.constant('datumFilled'), datum, value, confidence: fc.constant(0.5), other: value, runnerUp: value }, [
    'type',
    'datum',
    'value',
    'confidence',
  ]),
  some({ type: fc.constant('datumEmptied'), datum, keep: parts, reason: fc.constantFrom(...REASONS) }, [
    'type',
    'datum',
    'reason',
  ]),
  fc.record({
    type: fc.constantFrom('confirmationAsked', 'datumConfirmed', 'datumAccepted', 'datumFailed', 'datumSkipped'),
    datum,
  }),
  fc.record({
    type: fc.constant('counterRaised'),
    datum: fc.option(datum),
    counter: fc.constantFrom('noMatch', 'noInput', 'notConfirmed'),
    to: fc.nat(5),
  }),
  some({ type: fc.constant('phaseEntered'), phase, active: datum, part: fc.constant('street') }, ['type', 'phase']),
  fc.record({
    type: fc.constant('prompted'),
    node: datum,
    step: fc.constantFrom('start', 'confirmation'),
    level: fc.nat(3),
  }),
  fc.record({ type: fc.constant('said'), parts: fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }) }),
  fc.record({ type: fc.constant('variableSet'), values: fc.dictionary(fc.constantFrom('v', 'w'), fc.nat(9)) }),
  fc.record({ type: fc.constantFrom('handedOff', 'handedBack', 'formConfirmed') }),
  fc.record({ type: fc.constant('completed'), outcome: fc.constant('partial') }),
  fc.constant(facts[0] as Fact),
) as fc.Arbitrary<Fact>

/** All of it but the state itself, which the next draft would copy. */
function freezeInside(content: object): void {
  for (const inner of Object.values(content)) {
    if (typeof inner !== 'object' || inner === null) continue
    Object.freeze(inner)
    freezeInside(inner)
  }
}

const byCopies = (from: DialogueState, to: number): DialogueState =>
  facts.slice(0, to).reduce((state, fact) => evolve(state, fact), from)

describe('a draft', () => {
  it('becomes what folding fact by fact gives, wherever the turn ends', () => {
    for (let cut = 0; cut <= facts.length; cut++) {
      for (let end = cut; end <= facts.length; end++) {
        const before = byCopies(NEW_STATE, cut)
        let state = before
        for (const fact of facts.slice(cut, end)) state = evolve(Draft.of(state), fact)
        Draft.close(state)
        expect(state).toEqual(byCopies(NEW_STATE, end))
        expect(before).toEqual(byCopies(NEW_STATE, cut))
      }
    }
  })

  it('never changes once it is closed', () => {
    let state = byCopies(NEW_STATE, 1)
    for (const fact of facts.slice(1, 7)) state = evolve(Draft.of(state), fact)
    Draft.close(state)
    const text = JSON.stringify(state)
    for (const fact of facts.slice(7)) evolve(state, fact)
    let next = state
    for (const fact of facts.slice(7)) next = evolve(Draft.of(next), fact)
    expect(JSON.stringify(state)).toBe(text)
  })

  it('becomes what recovery folds, whatever facts come, and changes no state that was handed out', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyFact, { maxLength: 8 }), { maxLength: 6 }), (turns) => {
        let state = NEW_STATE
        const handedOut: [DialogueState, string][] = []
        for (const turn of turns) {
          let dropped = state
          for (const fact of turn.slice(1)) dropped = evolve(Draft.of(dropped), fact)
          for (const fact of turn) state = evolve(Draft.of(state), fact)
          Draft.close(state)
          freezeInside(state)
          handedOut.push([state, JSON.stringify(state)])
        }
        for (const [each, text] of handedOut) expect(JSON.stringify(each)).toBe(text)
        expect(state).toEqual(recover(turns.flat()))
        const stored = (from: DialogueState): DialogueState => JSON.parse(JSON.stringify(from))
        expect(stored(state)).toEqual(turns.reduce((from, turn) => stored(recover(turn, from)), stored(NEW_STATE)))
      }),
      { numRuns: 1000 },
    )
  })
})
