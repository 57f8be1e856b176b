import type { Contract } from '../../dialogue/template.ts'

/**
 * A long list as it crosses to workers: its JSON lies in memory that all threads share, so that a message carries a number
 * and a pointer, whatever the length of the list. Kept as long as the contract itself, which is as long as its template.
 */
export interface SharedContract {
  readonly id: number
  readonly bytes: SharedArrayBuffer
}

const SHARED = new WeakMap<Contract, SharedContract>()
let lastId = 0

/** The contract in shared memory; undefined for one without a list, which is small. */
export function shareContract(contract: Contract): SharedContract | undefined {
  if (contract.values === undefined || contract.values === null) return undefined
  let shared = SHARED.get(contract)
  if (shared === undefined) {
    const json = Buffer.from(JSON.stringify(contract))
    const bytes = new SharedArrayBuffer(json.length)
    json.copy(new Uint8Array(bytes))
    lastId++
    shared = { id: lastId, bytes }
    SHARED.set(contract, shared)
  }
  return shared
}

/** What a worker keeps of the lists it has read: so many of them, and of so many bytes together; the oldest go first. */
const KEPT = { countMax: 128, bytesMax: 16_000_000 } as const
const kept = new Map<number, { readonly contract: Contract; readonly bytes: number }>()
let keptBytes = 0

/** One object for one `id` as long as it is kept, so that what is compiled from it is compiled once. */
export function readContract(shared: SharedContract): Contract {
  const known = kept.get(shared.id)
  if (known !== undefined) return known.contract
  const contract = JSON.parse(Buffer.from(shared.bytes).toString()) as Contract
  kept.set(shared.id, { contract, bytes: shared.bytes.byteLength })
  keptBytes += shared.bytes.byteLength
  for (const [id, oldest] of kept) {
    if (kept.size <= KEPT.countMax && keptBytes <= KEPT.bytesMax) break
    kept.delete(id)
    keptBytes -= oldest.bytes
  }
  return contract
}
