import { readFileSync } from 'node:fs'

/** Ends the command with one sentence on standard error and exit code 2: what it was given is wrong. */
export function fail(msg: string): never {
  process.stderr.write(`${msg}\n`)
  process.exit(2)
}

/** What `read` gives; where it throws, the command ends with that message, and with `hint` after it. */
export function orFail<T>(read: () => T, hint = ''): T {
  try {
    return read()
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}${hint}`)
  }
}

/** The text of a file that an option names. Throws a sentence with the option and the file. */
export function readGiven(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${option} ${file}: ${reasonOf(error)}`, { cause: error })
  }
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EISDIR', 'this is a folder, not a file'],
  ['EACCES', 'this file may not be read or written'],
])

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return ('code' in error ? REASONS.get(error.code) : undefined) ?? error.message
}

/**
 * The lines of a JSON-lines text that are not blank, each as `read` makes it of the parsed object. Throws a sentence with `name` and the
 * number of the line, from 1, where a line is no JSON object or `read` throws.
 */
export function readJsonLines<T>(name: string, jsonl: string, read: (object: Readonly<Record<string, unknown>>) => T): T[] {
  const items: T[] = []
  let number = 0
  for (const line of jsonl.split('\n')) {
    number++
    if (line.trim() === '') continue
    try {
      items.push(read(objectOf(line)))
    } catch (error) {
      throw new Error(`${name}, line ${number}: ${reasonOf(error)}`, { cause: error })
    }
  }
  return items
}

function objectOf(line: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    value = undefined
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>
  throw new Error(`expected one JSON object, found ${line.slice(0, 60)}`)
}

/** Requires texts in some fields of an object. Throws a sentence with the field. */
export function requireTexts(object: Readonly<Record<string, unknown>>, fields: readonly string[]): void {
  for (const field of fields) {
    const value = object[field]
    if (value === undefined) throw new Error(`"${field}" is missing`)
    if (typeof value !== 'string') throw new Error(`"${field}" must be a text, not ${JSON.stringify(value).slice(0, 60)}`)
  }
}

/** `… | head` closes the pipe before all is written: the command then ends, and says nothing. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}
