import type { DialogueState } from './state.ts'

type Fields = {
  -readonly [K in keyof DialogueState]-?: undefined extends DialogueState[K] ? DialogueState[K] | undefined : DialogueState[K]
}

/**
 * A state that one turn is building. While it is open `evolve` changes it in place, since nobody else has seen it; closed it is
 * a state like any other and never changes again. Undefined fields are there too: all states are of one shape.
 */
export class Draft implements Fields {
  cid: string
  template: string
  version: number
  pack: number
  locale: DialogueState['locale']
  openedIn: Fields['openedIn']
  commandsOff: DialogueState['commandsOff']
  phase: DialogueState['phase']
  resume: Fields['resume']
  outcome: Fields['outcome']
  turns: number
  active: Fields['active']
  part: Fields['part']
  data: DialogueState['data']
  form: DialogueState['form']
  order: DialogueState['order']
  counts: DialogueState['counts']
  prompt: Fields['prompt']
  said: DialogueState['said']
  vars: DialogueState['vars']
  #open = true
  #ownsData = false
  #ownsCounts = false

  private constructor(from: DialogueState) {
    this.cid = from.cid
    this.template = from.template
    this.version = from.version
    this.pack = from.pack
    this.locale = from.locale
    this.openedIn = from.openedIn
    this.commandsOff = from.commandsOff
    this.phase = from.phase
    this.resume = from.resume
    this.outcome = from.outcome
    this.turns = from.turns
    this.active = from.active
    this.part = from.part
    this.data = from.data
    this.form = from.form
    this.order = from.order
    this.counts = from.counts
    this.prompt = from.prompt
    this.said = from.said
    this.vars = from.vars
  }

  /** The state itself while it is an open draft, otherwise a draft of it. */
  static of(state: DialogueState): DialogueState {
    return Draft.open(state) === undefined ? (new Draft(state) as DialogueState) : state
  }

  /** The draft that this state is, if it may be changed. */
  static open(state: DialogueState): Draft | undefined {
    return state instanceof Draft && state.#open ? state : undefined
  }

  /** From here on the state is as immutable as any. */
  static close(state: DialogueState): void {
    if (state instanceof Draft) state.#open = false
  }

  setDatum(id: string, datum: DialogueState['data'][string]): void {
    if (!this.#ownsData) {
      this.data = { ...this.data }
      this.#ownsData = true
    }
    ;(this.data as Record<string, DialogueState['data'][string]>)[id] = datum
  }

  setCount(key: string, count: number): void {
    if (!this.#ownsCounts) {
      this.counts = { ...this.counts }
      this.#ownsCounts = true
    }
    ;(this.counts as Record<string, number>)[key] = count
  }
}
