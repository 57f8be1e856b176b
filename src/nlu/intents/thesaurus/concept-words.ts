/** Words of one language by the concept they speak of: folded words separated by spaces, a word under several concepts or one. */
export type ConceptWords = Readonly<Record<string, string>>
