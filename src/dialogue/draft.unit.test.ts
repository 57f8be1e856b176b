import { describe, expect, it } from 'vitest'
import { Draft } from './draft.ts'
import { evolve } from './evolve.ts'
import type { Fact } from './fact.ts'
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
})
