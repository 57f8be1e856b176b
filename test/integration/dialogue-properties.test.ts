import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claims } from '../../src/dialogue/claim.ts'
import type { CompiledTemplate } from '../../src/dialogue/compiled.ts'
import { decide } from '../../src/dialogue/decide.ts'
import { expectations } from '../../src/dialogue/expectations.ts'
import type { Fact } from '../../src/dialogue/fact.ts'
import type { Input } from '../../src/dialogue/input.ts'
import { recover, replay } from '../../src/dialogue/replay.ts'
import { type DialogueState, datumOf, NEW_STATE } from '../../src/dialogue/state.ts'
import { factoryTemplate } from '../fixtures/factory-template.ts'
import { inputFrom, localNow, type Sketch, sketches } from '../fixtures/random-events.ts'

const templates =
  'date-of-birth registration appointment contact number yes-no free-text postal-address duration money country choice date-time'
    .split(' ')
    .map(factoryTemplate)
const runs = { numRuns: 300 }
const conversations = fc.record({
  template: fc.constantFrom(...templates),
  locale: fc.constantFrom('en', 'it', 'en-US', 'es', 'fr', 'de', 'pt'),
  events: sketches,
})

interface Step {
  readonly before: DialogueState
  readonly input: Input
  readonly facts: readonly Fact[]
  readonly after: DialogueState
}

/** `spoken`: the language of first words that nobody understands. */
function run(template: CompiledTemplate, locale: string, events: readonly Sketch[], spoken?: string): Step[] {
  const steps: Step[] = []
  let state = NEW_STATE
  const take = (input: Input): void => {
    const { facts, state: after } = decide(template, state, input)
    steps.push({ before: state, input, facts, after })
    state = after
  }
  take({ type: 'started', cid: 'c1', locale, vars: {}, commandsOff: [], localNow })
  if (spoken !== undefined) {
    const interpretation = { text: 'x y z', alternative: 0, candidates: [], language: spoken }
    take({ type: 'utterance', interpretation, localNow })
  }
  for (const sketch of events) take(inputFrom(sketch, template, state))
  return steps
}

describe('whatever events come, a dialogue', () => {
  it('decides something and never throws, and the state is the fold of its facts', () => {
    fc.assert(
      fc.property(conversations, ({ template, locale, events }) => {
        const steps = run(template, locale, events)
        const recorded = steps.flatMap((step) => step.facts)
        expect(recover(recorded)).toEqual(steps.at(-1)?.after)
      }),
      runs,
    )
  })

  it('keeps its state through JSON unchanged', () => {
    fc.assert(
      fc.property(conversations, ({ template, locale, events }) => {
        const state = run(template, locale, events).at(-1)?.after
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      { numRuns: 100 },
    )
  })

  it('decides the same again, byte for byte', () => {
    fc.assert(
      fc.property(conversations, ({ template, locale, events }) => {
        const steps = run(template, locale, events)
        expect(
          replay(
            template,
            steps.map(({ input, facts }) => ({ input, facts })),
          ),
        ).toEqual([])
        expect(JSON.stringify(run(template, locale, events))).toBe(JSON.stringify(steps))
      }),
      runs,
    )
  })

  it('does not go on for ever: sixty user turns end it or bring a human', () => {
    fc.assert(
      fc.property(fc.constantFrom(...templates), fc.infiniteStream(sketches), (template, stream) => {
        let state = decide(template, NEW_STATE, start('en')).state
        let turns = 0
        for (const batch of stream) {
          for (const sketch of batch) {
            if (sketch.kind === 'other') continue
            if (state.phase === 'closed' || state.phase === 'handoff') return
            state = decide(template, state, inputFrom(sketch, template, state)).state
            expect(++turns).toBeLessThanOrEqual(61)
          }
        }
      }),
      runs,
    )
  })

  it('changes a done value only by the user’s word', () => {
    fc.assert(
      fc.property(conversations, ({ template, locale, events }) => {
        for (const { before, input, after } of run(template, locale, events)) {
          if (input.type === 'utterance') continue
          for (const datum of template.data) {
            const was = datumOf(before, datum.id)
            if (was.status === 'done') expect(datumOf(after, datum.id).value).toEqual(was.value)
          }
        }
      }),
      runs,
    )
  })

  it('changes its language once at most, to one that the template has, while nothing is known, and counts that as no failure', () => {
    let changed = 0
    fc.assert(
      fc.property(conversations, fc.constantFrom('en', 'it', 'es', 'fr', 'de', 'pt'), ({ template, locale, events }, spoken) => {
        const steps = run(template, locale, events, spoken)
        const changes = steps.filter((step) => step.facts.some((fact) => fact.type === 'localeChanged'))
        expect(changes.length).toBeLessThanOrEqual(1)
        for (const { before, input, facts, after } of changes) {
          changed++
          expect(template.locales).toContain(after.locale)
          expect(after).toMatchObject({ openedIn: locale, phase: 'asking', active: template.data[0]?.id })
          expect(template.data.every((datum) => datumOf(before, datum.id).status === 'empty')).toBe(true)
          expect(input).toHaveProperty('interpretation.language', after.locale)
          expect(facts.map((fact) => fact.type)).toEqual(['turnTaken', 'localeChanged', 'prompted', 'said'])
        }
        expect(recover(steps.flatMap((step) => step.facts))).toEqual(steps.at(-1)?.after)
        expect(replay(template, steps)).toEqual([])
      }),
      runs,
    )
    expect(changed).toBeGreaterThan(runs.numRuns / 3)
  })

  it('offers a stretch of text to one datum only', () => {
    fc.assert(
      fc.property(conversations, ({ template, locale, events }) => {
        for (const { before, input } of run(template, locale, events)) {
          if (input.type !== 'utterance') continue
          const shared = claims(expectations(template, before), input.interpretation).flatMap((claim) =>
            claim.candidates.map(({ start, end }) => ({ slot: claim.slot, start, end })),
          )
          for (const a of shared) {
            for (const b of shared) if (a !== b) expect(a.end <= b.start || a.start >= b.end).toBe(true)
          }
        }
      }),
      runs,
    )
  })

  it('says something whenever the user is heard and nobody else speaks', () => {
    fc.assert(
      fc.property(conversations, ({ template, locale, events }) => {
        let state = decide(template, NEW_STATE, start(locale)).state
        for (const sketch of events) {
          const input = inputFrom(sketch, template, state)
          const { outputs, state: after } = decide(template, state, input)
          const heard = input.type === 'utterance' && state.phase !== 'closed' && state.phase !== 'handoff'
          if (heard) expect(outputs.length, JSON.stringify(input)).toBeGreaterThan(0)
          state = after
        }
      }),
      runs,
    )
  })
})

function start(locale: string): Input {
  return { type: 'started', cid: 'c1', locale, vars: {}, commandsOff: [], localNow }
}
