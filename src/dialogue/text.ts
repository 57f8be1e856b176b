/** A text cut at its placeholders once, when the template is compiled. Odd pieces are placeholder names. */
export interface CompiledText {
  readonly pieces: readonly string[]
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*$/

/**
 * Cuts `Hello {name}.`; `{{` and `}}` stand for braces. A string is the fault. Pieces are slices of the text: putting them together letter
 * by letter would keep thirty times the memory.
 */
export function compileText(text: string): CompiledText | string {
  const pieces: string[] = ['']
  let from = 0
  const keep = (end: number): void => {
    if (end > from) pieces[pieces.length - 1] += text.slice(from, end)
  }
  for (let i = nextBrace(text, 0); i >= 0; i = nextBrace(text, from)) {
    if (text[i + 1] === text[i]) {
      keep(i + 1)
      from = i + 2
      continue
    }
    if (text[i] === '}') return `"}" at ${i} was never opened`
    const end = text.indexOf('}', i)
    if (end < 0) return `"{" at ${i} is never closed`
    const name = text.slice(i + 1, end)
    if (!NAME.test(name)) return `"{${name}}" is no placeholder: a datum's id, datum.part, value or vars.name was expected`
    keep(i)
    pieces.push(name, '')
    from = end + 1
  }
  keep(text.length)
  return { pieces }
}

function nextBrace(text: string, from: number): number {
  const open = text.indexOf('{', from)
  const close = text.indexOf('}', from)
  return open < 0 || (close >= 0 && close < open) ? close : open
}

export function placeholders(text: CompiledText): string[] {
  return text.pieces.filter((_piece, index) => index % 2 === 1)
}

/** Fills the placeholders; what has no value is left out. */
export function renderText(text: CompiledText, lookup: (name: string) => string | undefined): string {
  if (text.pieces.length === 1) return text.pieces[0] ?? ''
  let out = ''
  for (let i = 0; i < text.pieces.length; i++) {
    const piece = text.pieces[i] as string
    out += i % 2 === 0 ? piece : (lookup(piece) ?? '')
  }
  return out
}
