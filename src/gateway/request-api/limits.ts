/** Bounds of the request API on one node. */
export interface RequestApiLimits {
  /** Requests without an answer; above it 503 with `retryMs`. */
  readonly inFlightMax: number
  /** The same of one tenant; above it 429 with `retryMs`. */
  readonly tenantInFlightMax: number
  /** Bytes of one request; above it 413. */
  readonly requestBytesMax: number
  /** Bytes of one answer or one chunk: pages are cut to it. */
  readonly answerBytesMax: number
  /** Characters of one text; above it 413. */
  readonly textCharsMax: number
  /** How old a message may get before its turn starts, where the caller sets no deadline; later it is refused with `deadline`. */
  readonly turnDeadlineMs: number
  /** Watches; above it 503 with `retryMs`. */
  readonly watchesMax: number
  /** The same of one tenant; above it 429 with `retryMs`. */
  readonly tenantWatchesMax: number
  /** How long a watch lasts that does not say, and at most; then `end` with the position to go on from. */
  readonly watchMs: number
  readonly watchMsMax: number
  /** Silence after which a watch sends an empty chunk, which also shows whether anybody listens. */
  readonly keepAliveMs: number
  /** How long a stop waits for answers under way. */
  readonly stopMs: number
}

export const REQUEST_API_DEFAULTS = {
  inFlightMax: 2048,
  tenantInFlightMax: 512,
  requestBytesMax: 65_536,
  answerBytesMax: 262_144,
  textCharsMax: 8000,
  turnDeadlineMs: 10_000,
  watchesMax: 1000,
  tenantWatchesMax: 100,
  watchMs: 60_000,
  watchMsMax: 3_600_000,
  keepAliveMs: 15_000,
  stopMs: 10_000,
} as const satisfies RequestApiLimits

/** Told to whoever is refused for want of room. */
export const CROWDED_RETRY_MS = 200
