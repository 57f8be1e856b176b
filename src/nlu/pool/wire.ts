import type { Expectations, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { NluAnswer, NluRequest } from '../port.ts'
import { readContract, type SharedContract, shareContract } from './shared-contract.ts'

/**
 * A request as it crosses to a worker. Expectations travel as JSON: one string is cheap to copy, and the worker finds equal
 * ones again. Long lists in them lie in shared memory instead: `shared` has those of the slots that have one, by their place.
 */
export interface WireRequest extends Omit<NluRequest, 'expectations'> {
  readonly expectations: string
  readonly shared: readonly WireContract[]
}

interface WireContract extends SharedContract {
  /** Place in `expectations.slots`. */
  readonly slot: number
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

/** One batch answered: in the order of its requests, with the milliseconds each took. */
export interface WorkerAnswer {
  readonly answers: readonly NluAnswer[]
  readonly tookMs: readonly number[]
}

type Encoded = Pick<WireRequest, 'expectations' | 'shared'>

const ENCODED = new WeakMap<Expectations, Encoded>()

export function encodeRequest(request: NluRequest): WireRequest {
  let encoded = ENCODED.get(request.expectations)
  if (encoded === undefined) {
    encoded = encodeExpectations(request.expectations)
    ENCODED.set(request.expectations, encoded)
  }
  return { ...request, ...encoded }
}

function encodeExpectations(expectations: Expectations): Encoded {
  const shared: WireContract[] = []
  const slots = expectations.slots.map((slot, i): SlotExpectation => {
    const contract = shareContract(slot.contract)
    if (contract === undefined) return slot
    shared.push({ ...contract, slot: i })
    return { ...slot, contract: NO_CONTRACT }
  })
  // The numbers of the lists belong to what makes two expectations equal.
  const ids = shared.map(({ id }) => id)
  return { expectations: JSON.stringify({ ...expectations, slots, ...(ids.length > 0 && { ids }) }), shared }
}

const NO_CONTRACT = {}

/** What a worker keeps of expectations it has seen: so many of them, and of so many characters together. */
const DECODED = { countMax: 128, charsMax: 4_000_000 } as const
const decoded = new Map<string, Expectations>()
let decodedChars = 0

/** Equal expectations come out as one object as long as they are kept; the oldest go first. */
export function decodeRequest(request: WireRequest): NluRequest {
  const json = request.expectations
  let expectations = decoded.get(json)
  if (expectations === undefined) {
    expectations = decodeExpectations(request)
    keep(json, expectations)
  }
  const { shared: _, ...rest } = request
  return { ...rest, expectations }
}

function decodeExpectations({ expectations: json, shared }: WireRequest): Expectations {
  const { ids: _, ...expectations } = JSON.parse(json) as Expectations & { readonly ids?: readonly number[] }
  if (shared.length === 0) return expectations
  const slots = [...expectations.slots]
  for (const contract of shared)
    slots[contract.slot] = { ...(slots[contract.slot] as SlotExpectation), contract: readContract(contract) }
  return { ...expectations, slots }
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
