import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import { createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import { type Problem, printable } from '../config/problem.ts'
import { type Config, SCHEMA } from '../config/schema.ts'
import { checkCertificate } from '../gateway/http/certificate.ts'
import { factoryFromFiles } from '../tenancy/factory-files.ts'
import { checkCredentials, readAuthorities } from './tls.ts'

/** What the keys that tokens may be signed with are for, by their kind. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['OKP', 'EdDSA'],
  ['RSA', 'RS256'],
])

/**
 * What is wrong with values that are right in shape, but not on this machine: a file that is missing, a folder that takes no
 * files, an address that is another machine's. Makes the data folder when it is missing; changes nothing else.
 */
export async function preflight(config: Config): Promise<Problem[]> {
  const problems: Problem[] = []
  const note = (env: string, value: string, expected: string | undefined): void => {
    if (expected !== undefined) problems.push({ name: env, value: printable(value, false), expected })
  }
  note(SCHEMA.Server.host.env, config.host, await hostFault(config.host))
  const { authKeys } = config
  if (authKeys !== undefined) note(SCHEMA.Identity.authKeys.env, authKeys, await keysFault(authKeys))
  note(SCHEMA.Storage.dataDir.env, config.dataDir, dataDirFault(config.dataDir))
  note(SCHEMA.Storage.templatesDir.env, config.templatesDir, templatesFault(config.templatesDir))
  for (const { option, file, what, check } of filesOf(config)) {
    if (file !== undefined) note(option.env, file, fileFault(`${option.env}=${JSON.stringify(file)} `, what, check))
  }
  return problems
}

/** Found wrong before anything is waited for: a server that asks for them would only say that it does not answer. */
function filesOf({ tlsCa, natsCreds, tlsCert, tlsKey }: Config) {
  const { tlsCa: ca, natsCreds: creds, tlsKey: key } = SCHEMA.Cluster
  const pair = (): void => {
    if (tlsCert !== undefined && tlsKey !== undefined) checkCertificate({ certFile: tlsCert, keyFile: tlsKey })
  }
  return [
    { option: ca, file: tlsCa, what: 'a file with certificates (PEM) of authorities', check: () => readAuthorities(tlsCa) },
    { option: creds, file: natsCreds, what: 'a credentials file of NATS', check: () => checkCredentials(natsCreds) },
    { option: key, file: tlsKey, what: 'a private key (PEM) and, in PARLEY_TLS_CERT, its certificate', check: pair },
  ]
}

function fileFault(named: string, what: string, check: () => unknown): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return `${what} (${reason(error).replace(named, '')})`
  }
}

function dataDirFault(dir: string): string | undefined {
  try {
    makeFolder(resolve(dir))
    if (!statSync(dir).isDirectory()) return 'a folder, not a file'
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    return `a folder that can be made and written (${reason(error)})`
  }
}

/** Not `recursive`: that never returns where a folder is there but takes none, such as below /proc. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return
  const parent = dirname(dir)
  if (parent !== dir) makeFolder(parent)
  mkdirSync(dir, { mode: 0o700 })
}

/** The project's own templates compile; that is tested, and compiling them would only delay the start. */
function templatesFault(dir: string): string | undefined {
  if (dir === SCHEMA.Storage.templatesDir.fallback) return undefined
  const what = 'a folder of templates, one to a JSON file'
  try {
    if (factoryFromFiles(dir, { check: true }).list().length > 0) return undefined
    return `${what} (there is none)`
  } catch (error) {
    return `${what} (${reason(error)})`
  }
}

async function keysFault(source: string): Promise<string | undefined> {
  if (/^https?:/.test(source)) return undefined
  const what = 'the path of a key set (JWKS) with EdDSA or RS256 keys'
  try {
    const set = JSON.parse(readFileSync(source, 'utf8')) as JSONWebKeySet
    createLocalJWKSet(set)
    const usable = set.keys.filter((key) => algorithmOf(key) !== undefined)
    for (const key of usable) await importJWK(key, algorithmOf(key))
    return usable.length > 0 ? undefined : `${what} (there is none in it)`
  } catch (error) {
    return `${what} (${reason(error)})`
  }
}

function algorithmOf({ kty, alg }: JWK): string | undefined {
  const usual = ALGORITHMS.get(kty ?? '')
  return usual && (alg ?? usual)
}

/** Listens for a moment on a free port: the wanted one may be taken by a server that is about to stop. */
function hostFault(host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', (error) => done(`an address of this machine (${reason(error)})`))
    probe.listen({ host, port: 0 }, () => probe.close(() => done(undefined)))
  })
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 300) : String(error)
}
