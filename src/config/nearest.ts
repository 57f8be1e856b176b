const PREFIX = /^PARLEY_/

/** The name that takes the fewest edits to reach; the prefix PARLEY_ costs nothing. `names` holds at least one. */
export function nearest(name: string, names: readonly string[]): string {
  let best = ''
  let bestEdits = Number.POSITIVE_INFINITY
  const bare = name.slice(0, 100).replace(PREFIX, '')
  for (const candidate of names) {
    const edits = editDistance(bare, candidate.replace(PREFIX, ''))
    if (edits < bestEdits) {
      best = candidate
      bestEdits = edits
    }
  }
  return best
}

/** Levenshtein's distance: insertions, deletions and replacements from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
