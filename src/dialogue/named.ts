import type { CompiledDatum, CompiledTemplate } from './compiled.ts'
import { byLocale } from './locale.ts'

/** The datum that the text names ("no, the phone"): the longest label or synonym found as whole words. */
export function named(compiled: CompiledTemplate, locale: string, text: string): CompiledDatum | undefined {
  const words = ` ${fold(text)} `
  let best: CompiledDatum | undefined
  let length = 0
  for (const datum of compiled.data) {
    const label = byLocale(datum.label, locale)
    const names = [...(label === undefined ? [] : [label]), ...(byLocale(datum.synonyms, locale) ?? [])]
    for (const name of names) {
      const folded = fold(name)
      if (folded.length > length && words.includes(` ${folded} `)) {
        best = datum
        length = folded.length
      }
    }
  }
  return best
}

/** Lower case, letters and digits only, single spaces; accents removed. */
function fold(text: string): string {
  return text
    .slice(0, 500)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
