/** One thing's name in each of the languages that the system speaks. */
export type Names = Readonly<Record<'en' | 'it' | 'es' | 'fr' | 'de', string>>

/** Reads rows of `key|English|Italian|Spanish|French|German`. */
export function namesTable(rows: string): ReadonlyMap<string, Names> {
  const table = new Map<string, Names>()
  for (const row of rows.trim().split('\n')) {
    const [key = '', en = '', it = '', es = '', fr = '', de = ''] = row.split('|')
    table.set(key, { en, it, es, fr, de })
  }
  return table
}
