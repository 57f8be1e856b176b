import type { CompiledTemplate } from '../dialogue/compiled.ts'
import type { DatumProgress } from '../dialogue/output.ts'
import { datumOf } from '../dialogue/state.ts'
import { progressOf } from '../dialogue/turn.ts'
import { hashText } from '../dialogue/variant.ts'
import type { DurableEvent, Receipt } from '../protocol/frames.ts'
import type { Caller, ConversationView, JoinedAnswer } from './port.ts'
import type { Snapshot } from './record.ts'

/** A conversation may be joined by its own user, by operators and by services. */
export function isInvolved(snapshot: Snapshot, caller: Caller): boolean {
  return caller.role !== 'user' || caller.user === snapshot.owner
}

export function bodyHash(kind: string, body: unknown): number {
  return hashText(typeof body === 'string' ? body : JSON.stringify(body), hashText(kind))
}

function known(snapshot: Snapshot, template: CompiledTemplate, clear: boolean): DatumProgress[] {
  return template.data.flatMap((datum) => {
    const state = datumOf(snapshot.dialogue, datum.id)
    return state.status === 'empty' && !state.skipped ? [] : [progressOf(datum, state, clear)]
  })
}

function receipts(snapshot: Snapshot): Receipt[] {
  return Object.entries(snapshot.reads).map(([who, upto]) => ({ who, kind: 'read', upto }))
}

export function joinedAnswer(
  cid: string,
  snapshot: Snapshot,
  template: CompiledTemplate,
  page: { events: readonly DurableEvent[]; before: number; gap: boolean; existing: boolean; caller: Caller },
): JoinedAnswer {
  const { events, before, gap, existing, caller } = page
  const participants = caller.user === snapshot.owner ? [snapshot.owner] : [snapshot.owner, caller.user]
  return {
    cid,
    inc: snapshot.inc,
    seq: before,
    state: snapshot.state,
    flow: { id: snapshot.template, version: snapshot.version },
    locale: snapshot.dialogue.locale,
    participants,
    existing,
    events,
    gap,
    more: before > 0,
    data: known(snapshot, template, false),
    receipts: receipts(snapshot),
  }
}

/** Services get sensitive values in clear: this is how a back end receives what was collected. */
export function viewOf(cid: string, snapshot: Snapshot, template: CompiledTemplate, caller: Caller): ConversationView {
  const { inc, seq, state, dialogue } = snapshot
  return {
    cid,
    inc,
    seq,
    state,
    template: { id: snapshot.template, version: snapshot.version },
    locale: dialogue.locale,
    ...(dialogue.outcome === undefined ? undefined : { outcome: dialogue.outcome }),
    data: known(snapshot, template, caller.role === 'service'),
  }
}
