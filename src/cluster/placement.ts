/** A member that may own shards. `node` survives restarts, so a node that comes back gets the shards it had. */
export interface Candidate {
  readonly id: string
  readonly node: string
}

/**
 * Candidates of a shard, best first: highest random weight (Thaler and Ravishankar, "A Name-Based Mapping Scheme for Rendezvous",
 * 1996). A node that comes or goes moves only the shards that it gets or had. Every node computes the same.
 */
export function ranking(shard: number, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates
    .map((candidate) => ({ candidate, weight: weightOf(shard, candidate.node) }))
    .sort((a, b) => b.weight - a.weight || compare(a.candidate.id, b.candidate.id))
    .map(({ candidate }) => candidate)
}

/** The first of the ranking; undefined without candidates. */
export function bestOf(shard: number, candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined
  let bestWeight = -1
  for (const candidate of candidates) {
    const weight = weightOf(shard, candidate.node)
    if (weight > bestWeight || (weight === bestWeight && best !== undefined && compare(candidate.id, best.id) < 0)) {
      best = candidate
      bestWeight = weight
    }
  }
  return best
}

const hashes = new Map<string, number>()
const HASHES_MAX = 4096

function weightOf(shard: number, node: string): number {
  let hash = hashes.get(node)
  if (hash === undefined) {
    hash = 0x811c9dc5
    for (let i = 0; i < node.length; i++) hash = Math.imul(hash ^ node.charCodeAt(i), 0x01000193)
    if (hashes.size >= HASHES_MAX) hashes.clear()
    hashes.set(node, hash)
  }
  return mixed(mixed(hash) ^ Math.imul(shard + 1, 0x9e3779b1))
}

/** murmur3's 32-bit finaliser. */
function mixed(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
