const VALUE_CHARS_MAX = 120

/** A value that stops the start. */
export interface Problem {
  /** The environment variable at fault. */
  readonly name: string
  /** Its value as it may be printed: quoted, cut at 120 characters, a secret's length instead of the secret. */
  readonly value: string
  /** What would have been right, to stand after "expected". */
  readonly expected: string
}

/** `PORT="abc": expected an integer from 0 to 65535` */
export function problemText(problem: Problem): string {
  return `${problem.name}=${problem.value}: expected ${problem.expected}`
}

/** A value as it may stand in a message: see `Problem.value`. */
export function printable(value: string, secret: boolean): string {
  if (secret) return `(${value.length} characters, not shown)`
  return JSON.stringify(value.length > VALUE_CHARS_MAX ? `${value.slice(0, VALUE_CHARS_MAX)}…` : value)
}
