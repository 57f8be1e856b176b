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

/** What a worker keeps of expectations it has seen: so many of them, and of so many characters together. */
const DECODED = { countMax: 128, charsMax: 4_000_000 } as const
const decoded = new Map<string, Expectations>()
let decodedChars = 0

/** Equal expectations come out as one object as long as they are kept; the oldest go first. */
export function decodeRequest(request: WireRequest): NluRequest {
  const json = request.expectations
  let expectations = decoded.get(json)
  if (expectations === undefined) {
    expectations = JSON.parse(json) as Expectations
    keep(json, expectations)
  }
  return { ...request, expectations }
}

function keep(json: string, expectations: Expectations): void {
  if (json.length > DECODED.charsMax) return
  decoded.set(json, expectations)
  decodedChars += json.length
  for (const oldest of decoded.keys()) {
    if (decoded.size <= DECODED.countMax && decodedChars <= DECODED.charsMax) return
    decoded.delete(oldest)
    decodedChars -= oldest.length
  }
}
