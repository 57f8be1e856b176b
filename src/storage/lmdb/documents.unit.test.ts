import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { smallDisk } from '../../../test/fixtures/small-disk.ts'
import { LmdbDocuments } from './documents.ts'
import { faultOf } from './environment.ts'

const run = promisify(execFile)
const turn = (n: number, doc: unknown = { text: `turn ${n}` }) => ({ collection: 'turns', id: 'a', n, doc }) as const

describe('documents on LMDB', () => {
  let dir: string
  let documents: LmdbDocuments

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-lmdb-'))
    documents = new LmdbDocuments(dir, { openMax: 3 })
  })
  afterEach(async () => {
    await documents.close()
    await rm(dir, { recursive: true, force: true })
  })

  it('keeps one file per tenant and removes it with the tenant', async () => {
    await documents.put('one', [turn(1)])
    await documents.put('two', [turn(1)])
    expect((await readdir(dir)).sort()).toEqual(['one.mdb', 'one.mdb-lock', 'two.mdb', 'two.mdb-lock'])
    await documents.drop('one')
    expect((await readdir(dir)).sort()).toEqual(['two.mdb', 'two.mdb-lock'])
  })

  it('closes the least recently used environments above its limit, and serves their tenants all the same', async () => {
    const tenants = Array.from({ length: 10 }, (_, i) => `t${i}`)
    for (let round = 0; round < 3; round++) {
      for (const tenant of tenants) await documents.put(tenant, [turn(round)])
      expect(documents.open).toBe(3)
    }
    for (const tenant of tenants)
      expect(await documents.page(tenant, { collection: 'turns', id: 'a', limit: 10 })).toHaveLength(3)
  })

  it('closes no environment under its users', async () => {
    const tenants = Array.from({ length: 20 }, (_, i) => `t${i}`)
    await Promise.all(tenants.flatMap((tenant) => [1, 2, 3].map((n) => documents.put(tenant, [turn(n)]))))
    for (const tenant of tenants)
      expect(await documents.page(tenant, { collection: 'turns', id: 'a', limit: 10 })).toHaveLength(3)
  })

  it('waits for puts under way when it is closed or a tenant dropped, and takes nothing after', async () => {
    const put = documents.put('one', [turn(1)])
    const dropped = documents.put('two', [turn(1)])
    const drop = documents.drop('two')
    await documents.close()
    await Promise.all([put, dropped, drop])
    await expect(documents.put('one', [turn(2)])).rejects.toMatchObject({ code: 'storage.unavailable' })
    const again = new LmdbDocuments(dir)
    expect(await again.tenants()).toEqual(['one'])
    expect(await again.get('one', 'turns', { id: 'a', n: 1 })).toMatchObject({ n: 1 })
    await again.close()
  })

  it('reads documents of any shape after a restart, more shapes than are shared', async () => {
    const doc = (n: number): object => ({ [`key${n}`]: n, nested: { [`inner${n % 700}`]: { same: n } } })
    for (let from = 0; from < 900; from += 100)
      await documents.put(
        'one',
        Array.from({ length: 100 }, (_, i) => turn(from + i, doc(from + i))),
      )
    await documents.close()
    documents = new LmdbDocuments(dir)
    const page = await documents.page('one', { collection: 'turns', id: 'a', limit: 1000 })
    expect(page.map((each) => each.doc)).toEqual(Array.from({ length: 900 }, (_, n) => doc(n)))
  })

  it('writes nothing of a put that holds what cannot be encoded, and goes on', async () => {
    await expect(documents.put('one', [turn(1), turn(2, { bad: 2n ** 70n })])).rejects.toThrow()
    await documents.put('one', [turn(3, { a: { fresh: 'shape' } })])
    expect((await documents.page('one', { collection: 'turns', limit: 10 })).map(({ n }) => n)).toEqual([3])
  })
})

const FULL_DISK = `import { join } from 'node:path'
import { LmdbDocuments } from ${JSON.stringify(new URL('./documents.ts', import.meta.url).href)}
import { fillDisk, freeDisk } from ${JSON.stringify(new URL('../../../test/fixtures/small-disk.ts', import.meta.url).href)}
const dir = process.argv[1]
const unhandled = []
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)))
const documents = new LmdbDocuments(join(dir, 'documents'))
const turn = (n, size) => ({ collection: 'turns', id: 'a', n, doc: { text: 'x'.repeat(size) } })
const put = (n, size) => documents.put('one', [turn(n, size)])
const count = async (fromN) => (await documents.page('one', { collection: 'turns', id: 'a', fromN, limit: 1000 })).length
await put(0, 10)
fillDisk(dir, 700_000)
let stored = 1
let code = ''
while (code === '' && stored < 2000) await put(stored, 20_000).then(() => stored++, (error) => (code = error.code))
const refused = await Promise.allSettled([5000, 5001, 5002].map((n) => put(n, 800_000)))
const big = refused.map(({ reason }) => [reason?.code, reason?.retry])
const kept = (await count(0)) === stored
freeDisk(dir)
for (let n = 6000; n < 6010; n++) await put(n, 100_000)
const later = await count(6000)
await new Promise((resolve) => setImmediate(resolve))
console.log(JSON.stringify({ code, big, kept, later, unhandled }))
await documents.close()`

describe('documents on a full disk', () => {
  const disk = smallDisk(8 << 20)

  // Only root may mount a small disk; the process with a limit below shows the same to everybody.
  if (disk !== undefined)
    it('answer storage.full, keep what they had, leave the process alive, and work again when there is room', async () => {
      try {
        // In a process of its own: LMDB writes its stacks to the standard error of whoever meets the full disk.
        const { stdout } = await run(process.execPath, ['--input-type=module', '-e', FULL_DISK, disk?.dir ?? ''])
        expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
          code: 'storage.full',
          big: Array(3).fill(['storage.full', 'later']),
          kept: true,
          later: 10,
          unhandled: [],
        })
      } finally {
        disk?.dispose()
      }
    })

  it.runIf(process.platform !== 'win32')(
    'answer storage.full where the process may write no more, and the process lives',
    async () => {
      const dir = await mkdtemp(join(tmpdir(), 'parley-limit-'))
      const script = `import { LmdbDocuments } from ${JSON.stringify(new URL('./documents.ts', import.meta.url).href)}
      const documents = new LmdbDocuments(${JSON.stringify(dir)})
      const turn = (n, size) => ({ collection: 'turns', id: 'a', n, doc: { text: 'x'.repeat(size) } })
      let stored = 0
      let code = ''
      while (code === '' && stored < 2000) await documents.put('one', [turn(stored, 20000)]).then(() => stored++, (error) => (code = error.code))
      const again = await documents.put('one', [turn(9000, 200000)]).catch((error) => error.code)
      const kept = await documents.page('one', { collection: 'turns', limit: 1000 })
      await new Promise((resolve) => setImmediate(resolve))
      console.log(JSON.stringify([code, again, kept.length === stored && stored > 10]))`
      const command = 'trap "" XFSZ; ulimit -f 4096; exec "$0" --input-type=module -e "$1"'
      const { stdout } = await run('sh', ['-c', command, process.execPath, script])
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual(['storage.full', 'storage.full', true])
      await rm(dir, { recursive: true, force: true })
    },
  )

  it.each([27, 28, 122, -30792, 'ENOSPC', 'EDQUOT'])(
    'take %s for a lack of room, also when it is told in commitError',
    async (code) => {
      const cause = Object.assign(new Error('no'), { code })
      expect(await faultOf(cause, tmpdir())).toMatchObject({ code: 'storage.full' })
      const commitError = Promise.reject(cause)
      expect(await faultOf(Object.assign(new Error('Commit failed'), { commitError }), tmpdir())).toMatchObject({
        code: 'storage.full',
        cause,
      })
    },
  )

  it('take anything else for an outage', async () => {
    expect(await faultOf(Object.assign(new Error('no'), { code: 5 }), join(tmpdir(), 'x'))).toMatchObject({
      code: 'storage.unavailable',
      retry: 'later',
    })
  })
})
