import type { Caller } from '../actors/port.ts'
import type { Rejection } from '../kernel/rejection.ts'

/** Who a token speaks for, and until when (wall clock, milliseconds). */
export interface Identity extends Caller {
  readonly expMs: number
}

/** Checks tokens. */
export interface IdentityVerifier {
  /**
   * Calls `done` exactly once, possibly before it returns: the identity, or `unauthorized`, `token_expired`, `forbidden`
   * (a valid token of a tenant that is not here), `unavailable` (keys could not be fetched: try again).
   */
  verify(token: string, done: (result: Identity | Rejection) => void): void
}
