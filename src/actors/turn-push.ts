import type { CompiledTemplate } from '../dialogue/compiled.ts'
import type { DialogueState } from '../dialogue/state.ts'
import { progress } from '../dialogue/turn.ts'
import type { DataUpdate, DurableEvent, Receipt } from '../protocol/frames.ts'
import type { Commit } from './change.ts'
import type { Push } from './port.ts'

const NO_UPDATES: readonly DataUpdate[] = []

/** What a commit tells the watchers. Progress is worked out when the first of them wants it: most do not. */
export class TurnPush implements Push {
  readonly tenant: string
  readonly cid: string
  readonly inc: string
  readonly events: readonly DurableEvent[]
  readonly origin: string | undefined
  readonly originSeq: number | undefined
  readonly receipt: Receipt | undefined
  readonly #template: CompiledTemplate
  readonly #was: DialogueState
  readonly #is: DialogueState
  #data: readonly DataUpdate[] | undefined

  constructor(tenant: string, cid: string, commit: Commit, was: DialogueState, template: CompiledTemplate) {
    const { after, events, origin, receipt } = commit
    this.tenant = tenant
    this.cid = cid
    this.inc = after.inc
    this.events = events
    this.origin = origin
    this.originSeq = origin === undefined ? undefined : events[0]?.seq
    this.receipt = receipt
    this.#template = template
    this.#was = was
    this.#is = after.dialogue
  }

  get data(): readonly DataUpdate[] {
    this.#data ??= this.#was === this.#is ? NO_UPDATES : progress(this.#template, this.#was, this.#is)
    return this.#data
  }
}
