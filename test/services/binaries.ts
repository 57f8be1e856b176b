import { spawnSync } from 'node:child_process'
import { accessSync, constants, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAMES = ['nats-server', 'redis-server', 'mongod', 'ferretdb'] as const
export type BinaryName = (typeof NAMES)[number]

/** The environment variable that names the binary to use, above all others. */
export const BINARY_ENV: Readonly<Record<BinaryName, string>> = {
  'nats-server': 'NATS_SERVER',
  'redis-server': 'REDIS_SERVER',
  mongod: 'MONGOD',
  ferretdb: 'FERRETDB',
}

/** What to tell whoever lacks a server: one line each. */
export const MISSING = {
  nats: 'nats-server is missing: run scripts/install-services.sh (Debian: apt-get install nats-server) or set NATS_SERVER to its path.',
  redis:
    'redis-server is missing: run scripts/install-services.sh (Debian: apt-get install redis-server) or set REDIS_SERVER to its path.',
  mongo:
    'A MongoDB server is missing: install mongod, or run scripts/install-services.sh with Go at hand to build FerretDB; or set MONGOD or FERRETDB to a path.',
} as const

/** Within the project, for whoever has no Go folder; `npm ci` empties it. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/parley/bin', import.meta.url))
const debian = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin']

export interface Binary {
  readonly path: string
  /** Three numbers: 2.9.10. */
  readonly version: readonly [number, number, number]
}

/**
 * The server's binary: from its environment variable (then nothing else is looked at), else the first on the PATH, in Go's
 * folder, in Debian's folders or in the project's cache; of several nats-server the newest. `undefined` where there is none.
 */
export function findBinary(name: BinaryName, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const forced = env[BINARY_ENV[name]]
  if (forced) return isExecutable(forced) ? forced : undefined
  if (name === 'nats-server') return natsBinaries(env)[0]?.path
  return candidates(name, env)[0]
}

/** Every nats-server on this machine (or the one that NATS_SERVER names), the newest first; those that do not run are left out. */
export function natsBinaries(env: NodeJS.ProcessEnv = process.env): readonly Binary[] {
  const forced = env[BINARY_ENV['nats-server']]
  const paths = forced ? [forced].filter(isExecutable) : candidates('nats-server', env)
  return paths
    .flatMap((path) => {
      const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
      const version = readVersion(stdout)
      return version === undefined ? [] : [{ path, version }]
    })
    .sort((a, b) => newer(b.version, a.version))
}

/** What is not there, as sentences of `MISSING`. */
export function missingServices(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const missing: string[] = []
  if (findBinary('nats-server', env) === undefined) missing.push(MISSING.nats)
  if (findBinary('redis-server', env) === undefined) missing.push(MISSING.redis)
  if (findMongo(env) === undefined) missing.push(MISSING.mongo)
  return missing
}

/** What speaks MongoDB's protocol: whichever FERRETDB or MONGOD names, else mongod, else FerretDB. */
export function findMongo(env: NodeJS.ProcessEnv = process.env): { name: 'mongod' | 'ferretdb'; path: string } | undefined {
  const order = env.FERRETDB && !env.MONGOD ? (['ferretdb'] as const) : (['mongod', 'ferretdb'] as const)
  for (const name of order) {
    const path = findBinary(name, env)
    if (path !== undefined) return { name, path }
  }
  return undefined
}

/** The first three numbers between dots in what a server prints as its version. */
export function readVersion(text: string | null): Binary['version'] | undefined {
  const [, major, minor, patch] = /(\d+)\.(\d+)\.(\d+)/.exec(text ?? '') ?? []
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

function newer(a: Binary['version'], b: Binary['version']): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function candidates(name: BinaryName, env: NodeJS.ProcessEnv): readonly string[] {
  const folders = [...(env.PATH ?? '').split(delimiter), ...goFolders(env), ...debian, cache]
  const found = folders.filter((folder) => folder !== '').map((folder) => join(folder, name))
  // One file may be there under several names; it is called by the one that was found, as its name may say what it does.
  return [...Map.groupBy(found.filter(isExecutable), (path) => realpathSync(path)).values()].flatMap((paths) => paths.slice(0, 1))
}

/** Where `go install` puts its binaries; without Go itself, where it would by default. */
function goFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const told = goEnv(env.PATH)
  return [env.GOBIN ?? '', env.GOPATH ? join(env.GOPATH, 'bin') : '', ...told, join(homedir(), 'go', 'bin')]
}

let known: { readonly path: string | undefined; readonly folders: readonly string[] } | undefined

function goEnv(path: string | undefined): readonly string[] {
  if (known === undefined || known.path !== path) {
    const { stdout } = spawnSync('go', ['env', 'GOBIN', 'GOPATH'], {
      encoding: 'utf8',
      timeout: 10_000,
      env: { ...process.env, PATH: path },
    })
    const [bin = '', root = ''] = (stdout ?? '').split('\n')
    known = { path, folders: [bin, root === '' ? '' : join(root, 'bin')] }
  }
  return known.folders
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
