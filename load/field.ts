/**
 * Finds single fields in a JSON frame without parsing it, so that the generator's core is never what a bench measures.
 * Sound because a quote inside a JSON string is escaped: `"name":` can only be a key. The first key of that name wins,
 * so `from` says where to begin when a name occurs on several levels. Keys and values are taken as latin1 text.
 */

/** The text between the quotes of the first `"name":"…"` at or after `from`; undefined without one. Escapes are left as they are. */
export function stringField(frame: string, name: string, from = 0): string | undefined {
  const start = valueStart(frame, name, from)
  if (start < 0 || frame.charCodeAt(start) !== QUOTE) return undefined
  let end = frame.indexOf('"', start + 1)
  while (end > 0 && isEscaped(frame, end)) end = frame.indexOf('"', end + 1)
  return end < 0 ? undefined : frame.slice(start + 1, end)
}

/** The first `"name":<digits>` at or after `from`; undefined without one. Whole numbers from 0 only. */
export function numberField(frame: string, name: string, from = 0): number | undefined {
  let at = valueStart(frame, name, from)
  if (at < 0) return undefined
  let value = 0
  let digits = 0
  for (;;) {
    const digit = frame.charCodeAt(at++) - ZERO
    if (!(digit >= 0 && digit <= 9)) break
    value = value * 10 + digit
    digits++
  }
  return digits === 0 ? undefined : value
}

const QUOTE = 34
const BACKSLASH = 92
const ZERO = 48

function valueStart(frame: string, name: string, from: number): number {
  const key = `"${name}":`
  const at = frame.indexOf(key, from)
  return at < 0 ? -1 : at + key.length
}

function isEscaped(frame: string, quoteAt: number): boolean {
  let slashes = 0
  while (frame.charCodeAt(quoteAt - 1 - slashes) === BACKSLASH) slashes++
  return slashes % 2 === 1
}
