/** Words longer than this are compared by their first part only, so that comparing stays cheap. */
const LENGTH_MAX = 64

const ROW = LENGTH_MAX + 1
const rows = new Uint8Array(ROW * 3)

/**
 * Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`: optimal string alignment. Gives `max + 1` as
 * soon as it is more than `max`.
 */
export function editDistance(a: string, b: string, max: number): number {
  const n = Math.min(a.length, LENGTH_MAX)
  const m = Math.min(b.length, LENGTH_MAX)
  if (Math.abs(n - m) > max) return max + 1
  let before = 0
  let above = ROW
  let row = ROW * 2
  for (let j = 0; j <= m; j++) rows[above + j] = j
  for (let i = 1; i <= n; i++) {
    rows[row] = i
    let least = i
    const charA = a.charCodeAt(i - 1)
    for (let j = 1; j <= m; j++) {
      const charB = b.charCodeAt(j - 1)
      let cost = (rows[above + j - 1] as number) + (charA === charB ? 0 : 1)
      const insert = (rows[row + j - 1] as number) + 1
      const remove = (rows[above + j] as number) + 1
      if (insert < cost) cost = insert
      if (remove < cost) cost = remove
      if (i > 1 && j > 1 && charA === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === charB) {
        const swap = (rows[before + j - 2] as number) + 1
        if (swap < cost) cost = swap
      }
      rows[row + j] = cost
      if (cost < least) least = cost
    }
    if (least > max) return max + 1
    const spare = before
    before = above
    above = row
    row = spare
  }
  return Math.min(rows[above + m] as number, max + 1)
}

/** 1 for equal words, 0 for words with nothing in common. */
export function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  if (longest === 0 || a === '' || b === '') return 0
  const bounded = Math.min(longest, LENGTH_MAX)
  return 1 - Math.min(editDistance(a, b, bounded), bounded) / bounded
}
