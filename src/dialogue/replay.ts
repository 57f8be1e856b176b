import type { CompiledTemplate } from './compiled.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import type { Fact } from './fact.ts'
import type { Input } from './input.ts'
import { type DialogueState, NEW_STATE } from './state.ts'

/** Recovery: folds recorded facts. Never decides anything anew. */
export function recover(facts: Iterable<Fact>, from: DialogueState = NEW_STATE): DialogueState {
  let state = from
  for (const fact of facts) state = evolve(state, fact)
  return state
}

export interface RecordedTurn {
  readonly input: Input
  readonly facts: readonly Fact[]
}

/** Where a re-run decided otherwise than was recorded. */
export interface Divergence {
  /** Index of the turn. */
  readonly turn: number
  readonly recorded: readonly Fact[]
  readonly replayed: readonly Fact[]
}

/**
 * Replay: decides every recorded input again and compares the facts. With the same template version and engine there is no
 * divergence; with a draft version the divergences are what would change.
 */
export function replay(compiled: CompiledTemplate, turns: readonly RecordedTurn[]): Divergence[] {
  const divergences: Divergence[] = []
  let state = NEW_STATE
  turns.forEach((recorded, index) => {
    const decision = decide(compiled, state, recorded.input)
    if (JSON.stringify(decision.facts) !== JSON.stringify(recorded.facts)) {
      divergences.push({ turn: index, recorded: recorded.facts, replayed: decision.facts })
    }
    state = decision.state
  })
  return divergences
}
