import { Draft } from '../dialogue/draft.ts'
import { evolve } from '../dialogue/evolve.ts'
import type { Fact } from '../dialogue/fact.ts'
import type { Input } from '../dialogue/input.ts'
import { type DialogueState, NEW_STATE } from '../dialogue/state.ts'
import type { ConversationStateName, DurableEvent, StateBody } from '../protocol/frames.ts'
import type { TimerChange } from '../storage/port.ts'

/** What opened a conversation; only in its first entry. */
export interface Opening {
  readonly inc: string
  readonly owner: string
  readonly template: string
  readonly version: number
  /** What was asked for; the conversation's own is `dialogue.locale`. */
  readonly locale: string
  readonly tz: string
  readonly channel: string
}

/** A journal entry's content but for its events. */
export interface EntryHead {
  readonly kind: 'open' | 'send' | 'timer' | 'close' | 'read' | 'feedback' | 'quarantine' | 'handoff' | 'inject'
  /** Wall clock, epoch milliseconds. */
  readonly at: number
  readonly engine: number
  readonly who: string
  readonly opening?: Opening
  /** The id of a user's message (or of a handoff or an injection) and the hash of its body, for dedup. */
  readonly mid?: string
  readonly hash?: number
  /** Key of the expectations that were listened with. */
  readonly listened?: string
  readonly input?: Input
  readonly facts: readonly Fact[]
  /** What fell out of the dedup window with this message. */
  readonly evicted?: Seen
  readonly read?: number
  readonly feedback?: { readonly about: number; readonly score: number; readonly text?: string }
  /** What was said about a handoff; the participants do not see it. */
  readonly note?: string
}

/**
 * A journal entry's content: one delivery's whole effect. Recovery folds `facts` and `events`, and never decides again;
 * `input`, `listened` and `engine` are for replay.
 */
export interface EntryData extends EntryHead {
  readonly events: readonly DurableEvent[]
}

/** A message id in the dedup window: id, seq of the user's message, hash of its body. */
export type Seen = readonly [mid: string, seq: number, hash: number]

/** How many of the newest user messages are recognised without looking outside. */
export const DEDUP_MAX = 1000

/**
 * The conversation's whole state at entry `n`. Immutable but for one thing: `seen` is an append-only array that snapshots
 * share, each looking at its own stretch `[seenFrom, seenTo)`.
 */
export interface Snapshot {
  readonly inc: string
  readonly n: number
  readonly seq: number
  readonly owner: string
  readonly template: string
  readonly version: number
  readonly locale: string
  readonly tz: string
  readonly channel: string
  readonly state: ConversationStateName
  readonly reason?: string
  readonly dialogue: DialogueState
  readonly turns: number
  readonly seen: readonly Seen[]
  readonly seenFrom: number
  readonly seenTo: number
  /** User messages so far: above DEDUP_MAX the older ones are in the collection `mids`. */
  readonly sent: number
  readonly timers: { readonly [name: string]: number }
  readonly reads: { readonly [user: string]: number }
  readonly createdMs: number
  readonly lastMs: number
  readonly quarantined?: string
}

const ACTIVITY: ReadonlySet<EntryHead['kind']> = new Set(['open', 'send', 'handoff', 'inject'])

/** Folds one entry. `before` undefined is right for the entry that opens the conversation, and only for that. */
export function applyEntry(
  before: Snapshot | undefined,
  n: number,
  data: EntryHead,
  events: readonly DurableEvent[],
  timers: readonly TimerChange[] | undefined,
  /** The folded dialogue, where the caller has it already. */
  dialogue?: DialogueState,
): Snapshot {
  const base = before ?? opened(data)
  const { kind, mid } = data
  const said = stateOf(events)
  const seen = mid === undefined ? base : remember(base, [mid, events[0]?.seq ?? base.seq, data.hash ?? 0])
  // One literal of one shape, undefined fields included: this is made anew at each turn.
  return {
    inc: base.inc,
    n,
    seq: events.at(-1)?.seq ?? base.seq,
    owner: base.owner,
    template: base.template,
    version: base.version,
    locale: base.locale,
    tz: base.tz,
    channel: base.channel,
    state: said === undefined ? base.state : said.state,
    reason: said === undefined ? base.reason : said.reason,
    dialogue: dialogue ?? fold(base.dialogue, data.facts),
    turns: base.turns + (kind === 'send' ? 1 : 0),
    seen: seen.seen,
    seenFrom: seen.seenFrom,
    seenTo: seen.seenTo,
    sent: seen.sent,
    timers: timers === undefined || timers.length === 0 ? base.timers : timersAfter(base.timers, timers),
    reads: data.read === undefined ? base.reads : { ...base.reads, [data.who]: data.read },
    createdMs: base.createdMs,
    // What counts as activity: words, and who speaks; not timers or receipts.
    lastMs: ACTIVITY.has(kind) ? data.at : base.lastMs,
    quarantined: kind === 'quarantine' ? 'stopped the host three times' : base.quarantined,
  } as Snapshot
}

function opened(data: EntryHead): Snapshot {
  const opening = data.opening
  if (!opening) throw new Error('the first entry of a conversation must open it')
  return {
    ...opening,
    n: 0,
    seq: 0,
    state: 'active',
    dialogue: NEW_STATE,
    turns: 0,
    seen: [],
    seenFrom: 0,
    seenTo: 0,
    sent: 0,
    timers: {},
    reads: {},
    createdMs: data.at,
    lastMs: data.at,
  }
}

function fold(state: DialogueState, facts: readonly Fact[]): DialogueState {
  let next = state
  for (const fact of facts) next = evolve(Draft.of(next), fact)
  Draft.close(next)
  return next
}

/** The last state that the events entered. */
function stateOf(events: readonly DurableEvent[]): StateBody | undefined {
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i] as DurableEvent
    if (event.t === 'conv.state') return event.d
  }
  return undefined
}

const NO_TIMERS: Snapshot['timers'] = {}

/** Never by `delete`: it would leave a dictionary behind, which keeps the encoder from settling on a shape. */
function timersAfter(before: Snapshot['timers'], changes: readonly TimerChange[]): Snapshot['timers'] {
  const after = new Map(Object.entries(before))
  for (const { name, dueMs } of changes) {
    if (dueMs === null) after.delete(name)
    else after.set(name, dueMs)
  }
  return after.size === 0 ? NO_TIMERS : Object.fromEntries(after)
}

/** Appends to the shared array when this snapshot is its newest; copies when another branch already went on (a failed commit). */
function remember(base: Snapshot, seen: Seen): Pick<Snapshot, 'seen' | 'seenFrom' | 'seenTo' | 'sent'> {
  let list = base.seen as Seen[]
  let { seenFrom, seenTo } = base
  if (list.length !== seenTo || seenFrom >= DEDUP_MAX) {
    list = list.slice(seenFrom, seenTo)
    seenTo -= seenFrom
    seenFrom = 0
  }
  list.push(seen)
  seenTo++
  if (seenTo - seenFrom > DEDUP_MAX) seenFrom++
  return { seen: list, seenFrom, seenTo, sent: base.sent + 1 }
}

/** The message that falls out of the window when one more is remembered. */
export function evictedBy(base: Snapshot): Seen | undefined {
  return base.seenTo - base.seenFrom >= DEDUP_MAX ? base.seen[base.seenFrom] : undefined
}

export function findSeen(snapshot: Snapshot, mid: string): Seen | undefined {
  for (let i = snapshot.seenTo - 1; i >= snapshot.seenFrom; i--) {
    const seen = snapshot.seen[i] as Seen
    if (seen[0] === mid) return seen
  }
  return undefined
}

/** A snapshot as it is stored: the dedup window cut to its own stretch. */
export function storedSnapshot(snapshot: Snapshot): Snapshot {
  const { seenFrom, seenTo } = snapshot
  if (seenFrom === 0 && seenTo === snapshot.seen.length) return snapshot
  const seen = snapshot.seen.slice(seenFrom, seenTo)
  return { ...snapshot, seen, seenFrom: 0, seenTo: seen.length }
}
