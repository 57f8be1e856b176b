/** Subjects between the nodes of one cluster; never granted to anybody else. Ids have the shape of `kernel/ids.ts`. */
export interface Subjects {
  readonly heartbeats: string
  readonly suspect: string
  readonly rows: string
  heartbeat(id: string): string
  ping(id: string): string
  turns(id: string): string
  /** Where the broker says that nobody listens to `turns(to)` any more. */
  unheard(id: string, to: string): string
  handoff(id: string): string
  shard(shard: number): string
}

/** `root` keeps clusters on one broker apart. */
export function subjectsOf(root = 'parley'): Subjects {
  const base = `${root}.i`
  return {
    heartbeats: `${base}.node.*.hb`,
    suspect: `${base}.suspect`,
    rows: `${base}.rows`,
    heartbeat: (id) => `${base}.node.${id}.hb`,
    ping: (id) => `${base}.node.${id}.ping`,
    turns: (id) => `${base}.node.${id}.turns`,
    unheard: (id, to) => `${base}.node.${id}.unheard.${to}`,
    handoff: (id) => `${base}.node.${id}.handoff`,
    shard: (shard) => `${base}.shard.${shard}`,
  }
}
