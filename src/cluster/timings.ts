/** How long the nodes of a cluster wait for each other, in milliseconds. See docs/RELIABILITY.md for what depends on what. */
export interface Timings {
  /** Pause between two heartbeats. */
  readonly heartbeatMs: number
  /** A node that nobody has confirmed for this long serves nothing. */
  readonly selfFenceMs: number
  /** A node that was silent for this long is dead: its shards are taken. */
  readonly deadMs: number
  /** A node that has not reached the journal for this long lets others have its shards. */
  readonly unfitMs: number
  /** A loop that stood still for longer believes nothing it knew before. */
  readonly loopGapMs: number
  /** The candidate of rank r for a free shard waits r times this. */
  readonly rankMs: number
  /** A node known for less gets no shards from others. */
  readonly settleMs: number
  /** Longest time that a hand-off waits for the deliveries under way. */
  readonly drainMs: number
}

export const TIMINGS: Timings = {
  heartbeatMs: 500,
  selfFenceMs: 2000,
  deadMs: 3000,
  unfitMs: 1500,
  loopGapMs: 400,
  rankMs: 300,
  settleMs: 1200,
  drainMs: 2000,
}
