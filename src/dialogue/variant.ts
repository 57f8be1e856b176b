/** FNV-1a 32 over UTF-16 code units: picks prompt variants, so that a replay says the same words again. */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Index of the variant for the `count`-th time that `key` is said in conversation `cid`. */
export function variantIndex(cid: string, key: string, count: number, variants: number): number {
  if (variants < 2) return 0
  let hash = hashText(key, hashText(cid)) ^ count
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) % variants
}
