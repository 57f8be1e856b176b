import { close, constants, fdatasync, ftruncate, open, write, writev } from 'node:fs'
import * as files from 'node:fs/promises'
import { join } from 'node:path'

/**
 * One open file of the log. Everything is on stable storage when it resolves. Errors carry Node's `code`; after an error
 * the bytes from `at` on are unknown until `truncate` resolved.
 */
export interface LogFile {
  write(at: number, chunks: readonly Uint8Array[]): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/**
 * The one directory of a log: a small seam, so that the power-cut test can stand in for the disk. Names are flat.
 * Everything is on stable storage when it resolves.
 */
export interface FilePort {
  list(): Promise<readonly string[]>
  read(name: string): Promise<Buffer>
  open(name: string): Promise<LogFile>
  /** Replaces `to`. */
  rename(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
}

// One call instead of two through the thread pool: a write with O_DSYNC returns when an fdatasync after it would have.
// macOS has the flag, but only its F_FULLFSYNC (which fdatasync uses there) reaches the platter.
const SYNCED_WRITES = process.platform === 'linux'
const OPEN_FLAGS = constants.O_RDWR | constants.O_CREAT | (SYNCED_WRITES ? constants.O_DSYNC : 0)

export class NodeFilePort implements FilePort {
  readonly #dir: string

  private constructor(dir: string) {
    this.#dir = dir
  }

  static async at(dir: string): Promise<NodeFilePort> {
    await files.mkdir(dir, { recursive: true, mode: 0o700 })
    return new NodeFilePort(dir)
  }

  list(): Promise<readonly string[]> {
    return files.readdir(this.#dir)
  }

  read(name: string): Promise<Buffer> {
    return files.readFile(join(this.#dir, name))
  }

  open(name: string): Promise<LogFile> {
    return new Promise((resolve, reject) => {
      open(join(this.#dir, name), OPEN_FLAGS, 0o600, (error, fd) => (error ? reject(error) : resolve(new NodeLogFile(fd))))
    })
  }

  async rename(from: string, to: string): Promise<void> {
    await files.rename(join(this.#dir, from), join(this.#dir, to))
    await this.#syncDir()
  }

  async remove(name: string): Promise<void> {
    await files.rm(join(this.#dir, name), { force: true })
    await this.#syncDir()
  }

  async #syncDir(): Promise<void> {
    // Windows cannot open a directory; its file system journals names by itself.
    if (process.platform === 'win32') return
    const handle = await files.open(this.#dir, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}

/** Callbacks, not file handles: this is the hot path of every turn. */
class NodeLogFile implements LogFile {
  readonly #fd: number

  constructor(fd: number) {
    this.#fd = fd
  }

  write(at: number, chunks: readonly Uint8Array[]): Promise<void> {
    return new Promise((resolve, reject) => {
      let total = 0
      for (const chunk of chunks) total += chunk.length
      const finish = (): void => {
        if (SYNCED_WRITES) resolve()
        else fdatasync(this.#fd, (error) => (error ? reject(error) : resolve()))
      }
      writev(this.#fd, chunks, at, (error, written) => {
        if (error) reject(error)
        else if (written === total) finish()
        else this.#rest(Buffer.concat(chunks).subarray(written), at + written, finish, reject)
      })
    })
  }

  /** A short write (a signal, a nearly full disk): go on until it is whole or fails. */
  #rest(bytes: Buffer, at: number, done: () => void, failed: (error: Error) => void): void {
    write(this.#fd, bytes, 0, bytes.length, at, (error, written) => {
      if (error) failed(error)
      else if (written === bytes.length) done()
      else this.#rest(bytes.subarray(written), at + written, done, failed)
    })
  }

  truncate(length: number): Promise<void> {
    return new Promise((resolve, reject) => {
      ftruncate(this.#fd, length, (error) => {
        if (error) reject(error)
        else fdatasync(this.#fd, (syncError) => (syncError ? reject(syncError) : resolve()))
      })
    })
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => close(this.#fd, (error) => (error ? reject(error) : resolve())))
  }
}
