import { stat, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { AppError } from '../../kernel/rejection.ts'

export interface DirectoryLock {
  release(): Promise<void>
}

/**
 * One process per data directory: a listening socket named by the directory's device and inode, so that links and relative paths
 * are the same directory. The kernel frees it with the process, however that ends; nothing is renewed, no process id can be taken
 * for another. That is why there is no lock library here: those watch a file's time, and lose it when the loop is stuck or the
 * machine sleeps. Throws AppError `storage.locked` when another process (or this one) has it.
 *
 * Linux: an abstract socket, which leaves no file; it is per network namespace, so two containers that share a directory do not
 * see each other. Windows: a named pipe. Elsewhere a socket file in /tmp; one that nobody listens on is left over and is replaced.
 */
export async function lockDirectory(dir: string, platform: NodeJS.Platform = process.platform): Promise<DirectoryLock> {
  const { dev, ino } = await stat(dir, { bigint: true })
  const name = `parley-${dev}-${ino}`
  if (platform === 'linux') return locked(await listen(`\0${name}`, dir))
  if (platform === 'win32') return locked(await listen(`\\\\.\\pipe\\${name}`, dir))
  const path = `/tmp/${name}.sock`
  if (!(await answers(path))) await unlink(path).catch(ignoreMissing)
  return locked(await listen(path, dir))
}

function locked(server: Server): DirectoryLock {
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function listen(path: string, dir: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.unref()
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE'
      const message = taken
        ? `the data directory ${dir} is in use by another process; stop that one, or give this one its own directory`
        : `the data directory ${dir} cannot be locked: ${cause.message}`
      reject(new AppError(taken ? 'storage.locked' : 'storage.unavailable', message, { retry: 'never', cause }))
    })
    server.listen(path, () => resolve(server))
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
