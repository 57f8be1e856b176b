import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBinary, findMongo, MISSING, missingServices, natsBinaries, readVersion } from './binaries.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-binaries-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A program that prints `says`, in a folder of its own. */
function program(folder: string, name: string, says = ''): string {
  mkdirSync(join(root, folder), { recursive: true })
  const path = join(root, folder, name)
  writeFileSync(path, `#!/bin/sh\necho '${says}'\n`)
  chmodSync(path, 0o755)
  return path
}

describe('a binary', () => {
  test('is what its variable names, and nothing else where that is not there', () => {
    const path = program('own', 'redis')
    expect(findBinary('redis-server', { REDIS_SERVER: path })).toBe(path)
    expect(findBinary('redis-server', { REDIS_SERVER: join(root, 'none'), PATH: join(root, 'own') })).toBeUndefined()
  })

  test('is the first on the PATH, called by the name that was found', () => {
    const real = program('a', 'redis-check')
    mkdirSync(join(root, 'b'))
    symlinkSync(real, join(root, 'b', 'redis-server'))
    program('c', 'redis-server')
    expect(findBinary('redis-server', { PATH: `${root}/b:${root}/c` })).toBe(join(root, 'b', 'redis-server'))
  })

  test("is found in Go's folders", () => {
    const path = program('go/bin', 'ferretdb')
    expect(findBinary('ferretdb', { PATH: '', GOPATH: join(root, 'go') })).toBe(path)
    expect(findBinary('ferretdb', { PATH: '', GOBIN: join(root, 'go/bin') })).toBe(path)
  })
})

describe('of several nats-server', () => {
  test('the newest is taken, by number and not by text', () => {
    const old = program('old', 'nats-server', 'nats-server: v9999.9.1')
    const fresh = program('new', 'nats-server', 'nats-server: v9999.10.0')
    const env = { PATH: `${root}/old:${root}/new` }
    expect(findBinary('nats-server', env)).toBe(fresh)
    expect(
      natsBinaries(env)
        .slice(0, 2)
        .map(({ path }) => path),
    ).toEqual([fresh, old])
  })

  test('one that does not tell its version is left out', () => {
    const path = program('odd', 'nats-server', 'hello')
    expect(natsBinaries({ NATS_SERVER: path })).toEqual([])
  })
})

test('MongoDB itself is preferred to FerretDB, unless only FERRETDB is set', () => {
  const mongod = program('bin', 'mongod')
  const ferretdb = program('bin', 'ferretdb')
  expect(findMongo({ PATH: join(root, 'bin') })).toEqual({ name: 'mongod', path: mongod })
  expect(findMongo({ PATH: join(root, 'bin'), FERRETDB: ferretdb })).toEqual({ name: 'ferretdb', path: ferretdb })
})

test('what is missing is told a sentence each', () => {
  const none = join(root, 'none')
  const env = { NATS_SERVER: none, REDIS_SERVER: none, MONGOD: none, FERRETDB: none }
  expect(missingServices(env)).toEqual([MISSING.nats, MISSING.redis, MISSING.mongo])
})

test.each([
  ['nats-server: v2.15.2', [2, 15, 2]],
  ['nats-server: v2.12.0-preview.1', [2, 12, 0]],
  ['hello', undefined],
  [null, undefined],
])('%s is the version %s', (text, version) => {
  expect(readVersion(text)).toEqual(version)
})
