import { isUtf8 } from 'node:buffer'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../kernel/log.ts'
import type { DeadLetter } from '../storage/write-behind.ts'

/** Keeps entries that no document store would take, one JSON line each, in a file that only the server's user may read. */
export function deadLetterFile(dataDir: string, log: Log): (letter: DeadLetter) => void {
  const path = join(dataDir, 'dead-letters.jsonl')
  return (letter) => {
    try {
      const file = openSync(path, 'a', 0o600)
      try {
        writeSync(file, `${JSON.stringify(letter, readable)}\n`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    } catch (error) {
      const { tenant, cid } = letter
      log.error({ tenant, conversation: cid, entryCount: letter.entries.length, err: error }, 'a dead letter could not be kept')
    }
  }
}

/** An entry's content is UTF-8 text, unless it is sealed. */
function readable(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const bytes = this[key]
  if (!(bytes instanceof Uint8Array)) return value
  return isUtf8(bytes) ? Buffer.from(bytes).toString() : Buffer.from(bytes).toString('base64')
}
