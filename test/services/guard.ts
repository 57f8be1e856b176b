import { spawn } from 'node:child_process'

/**
 * Reads a line and ends; when its input ends without one, whoever wrote it is gone, by whatever death: it ends the process and
 * removes its files.
 */
const GUARD = `read -r _ || { kill -9 "$1"; [ -z "$2" ] || rm -rf "$2"; }`

/**
 * Sees to it that a child process does not outlive this one, not even when this one is killed; `dir` is removed then. Call what it
 * returns when the child ended by itself.
 */
export function guard(pid: number, dir = ''): () => void {
  const shell = spawn('/bin/sh', ['-c', GUARD, 'guard', String(pid), dir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.stdin.on('error', () => undefined) // it is gone already: then nothing is guarded any more
  shell.unref()
  return () => void shell.stdin.end('\n')
}
