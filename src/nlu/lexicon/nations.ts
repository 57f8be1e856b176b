/** Endings that one sign of a row stands for: `*` in Italian is `o a i e`. */
type Endings = Readonly<Record<string, readonly string[]>>

/** Words for what belongs to a country, and for its people, by ISO 3166 alpha-2 code: phrases separated by `|`. */
export type Nations = readonly (readonly [phrases: string, country: string])[]

/** Reads rows of a code and the words that follow it, separated by commas, each ending in one of the signs or in none. */
export function nationsTable(rows: string, endings: Endings): Nations {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const phrases = row
        .slice(3)
        .split(',')
        .flatMap((word) => {
          const ends = endings[word.slice(-1)]
          return ends === undefined ? [word] : ends.map((end) => word.slice(0, -1) + end)
        })
      return [phrases.join('|'), row.slice(0, 2)]
    })
}
