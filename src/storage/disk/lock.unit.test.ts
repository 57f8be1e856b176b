import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectoryLock, lockDirectory } from './lock.ts'

const platforms = process.platform === 'linux' ? (['linux', 'darwin'] as const) : [process.platform]

describe.each(platforms)('the lock of a data directory, as on %s', (platform) => {
  let dir: string
  const held: DirectoryLock[] = []
  const lock = async (path: string): Promise<DirectoryLock> => {
    const taken = await lockDirectory(path, platform)
    held.push(taken)
    return taken
  }

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-lock-'))
  })
  afterEach(async () => {
    for (const each of held.splice(0)) await each.release()
    await rm(dir, { recursive: true, force: true })
  })

  it('refuses a second holder, naming the directory', async () => {
    await lock(dir)
    await expect(lock(dir)).rejects.toMatchObject({ code: 'storage.locked', message: expect.stringContaining(dir) })
  })

  it('knows the directory behind a link', async () => {
    await lock(dir)
    await symlink(dir, `${dir}-link`)
    await expect(lock(`${dir}-link`)).rejects.toMatchObject({ code: 'storage.locked' })
    await rm(`${dir}-link`)
  })

  it('can be taken again when released, and another directory meanwhile', async () => {
    const first = await lock(dir)
    await lock(tmpdir())
    held.splice(held.indexOf(first), 1)
    await first.release()
    await lock(dir)
  })

  it('is freed by the death of its process', async () => {
    const script = `const { lockDirectory } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)})
      await lockDirectory(${JSON.stringify(dir)}, ${JSON.stringify(platform)})
      process.kill(process.pid, 'SIGKILL')`
    await expect(promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])).rejects.toMatchObject({
      signal: 'SIGKILL',
    })
    await lock(dir)
  })
})
