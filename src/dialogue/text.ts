/** A text cut at its placeholders once, when the template is compiled. Odd pieces are placeholder names. */
export interface CompiledText {
  readonly pieces: readonly string[]
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*$/

/** Cuts `Hello {name}.`; `{{` and `}}` stand for braces. A string is the fault. */
export function compileText(text: string): CompiledText | string {
  const pieces: string[] = ['']
  let i = 0
  while (i < text.length) {
    const char = text[i] as string
    if ((char === '{' || char === '}') && text[i + 1] === char) {
      pieces[pieces.length - 1] += char
      i += 2
    } else if (char === '{') {
      const end = text.indexOf('}', i)
      if (end < 0) return `"{" at ${i} is never closed`
      const name = text.slice(i + 1, end)
      if (!NAME.test(name)) return `"{${name}}" is no placeholder: a datum's id, datum.part, value or vars.name was expected`
      pieces.push(name, '')
      i = end + 1
    } else if (char === '}') {
      return `"}" at ${i} was never opened`
    } else {
      pieces[pieces.length - 1] += char
      i++
    }
  }
  return { pieces }
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
