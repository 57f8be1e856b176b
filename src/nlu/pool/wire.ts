import type { Expectations } from '../../dialogue/interpretation.ts'
import type { NluRequest } from '../port.ts'

/**
 * A request as it crosses to a worker. Expectations travel as JSON: one string is cheap to copy, and the worker finds equal
 * ones again, so that what is compiled from them (choice lists) is compiled once there too.
 */
export interface WireRequest extends Omit<NluRequest, 'expectations'> {
  readonly expectations: string
}

/** One batch for one worker. */
export interface WorkerTask {
  readonly requests: readonly WireRequest[]
  /**
   * One shared integer: 0 before the worker begins, n + 1 while it interprets request n, one past the last when it is
   * through. So whoever kills the worker knows which request was at fault.
   */
  readonly progress: Int32Array
}

const ENCODED = new WeakMap<Expectations, string>()

export function encodeRequest(request: NluRequest): WireRequest {
  let expectations = ENCODED.get(request.expectations)
  if (expectations === undefined) {
    expectations = JSON.stringify(request.expectations)
    ENCODED.set(request.expectations, expectations)
  }
  return { ...request, expectations }
}

const DECODED_MAX = 128
const decoded = new Map<string, Expectations>()

/** Equal expectations come out as one object, the last 128 of them. */
export function decodeRequest(request: WireRequest): NluRequest {
  const json = request.expectations
  let expectations = decoded.get(json)
  if (expectations === undefined) {
    expectations = JSON.parse(json) as Expectations
    if (decoded.size >= DECODED_MAX) decoded.delete(decoded.keys().next().value as string)
    decoded.set(json, expectations)
  }
  return { ...request, expectations }
}
