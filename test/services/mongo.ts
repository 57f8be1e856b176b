import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { findMongo, MISSING } from './binaries.ts'
import { type Service, type ServiceSetup, startService } from './service.ts'
import type { TlsFiles } from './tls.ts'

const PROBE_MS_MAX = 1_000

export interface MongoOptions {
  readonly tls?: TlsFiles
  /** Further arguments of whichever server it is. */
  readonly extra?: readonly string[]
}

export interface MongoService extends Service {
  /** Which server it is: FerretDB keeps its data in SQLite and knows less. */
  readonly kind: 'mongod' | 'ferretdb'
}

/** A server that speaks MongoDB's protocol: mongod where there is one, else FerretDB. */
export async function startMongo({ tls, extra = [] }: MongoOptions = {}): Promise<MongoService> {
  const found = findMongo()
  if (found === undefined) throw new Error(MISSING.mongo)
  const { name: kind, path: binary } = found
  const args = kind === 'mongod' ? mongodArgs : ferretArgs
  const service = await startService((port): ServiceSetup => {
    const url = `mongodb://127.0.0.1:${port}/${tls ? '?tls=true' : ''}`
    return {
      name: kind,
      binary,
      port,
      url,
      args: (dir) => [...args(dir, port, tls), ...extra],
      probe: () => pings(url, tls),
    }
  })
  return Object.assign(service, { kind })
}

function mongodArgs(dir: string, port: number, tls: TlsFiles | undefined): string[] {
  const args = ['--dbpath', dir, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket']
  if (tls === undefined) return args
  const both = join(dir, 'certificate-and-key.pem')
  writeFileSync(both, readFileSync(tls.cert, 'utf8') + readFileSync(tls.key, 'utf8'), { mode: 0o600 })
  const trust = ['--tlsCAFile', tls.ca, '--tlsAllowConnectionsWithoutCertificates']
  return [...args, '--tlsMode', 'requireTLS', '--tlsCertificateKeyFile', both, ...trust]
}

function ferretArgs(dir: string, port: number, tls: TlsFiles | undefined): string[] {
  const address = `127.0.0.1:${port}`
  const args = ['--handler=sqlite', `--sqlite-url=file:${dir}/`, `--state-dir=${dir}`, '--telemetry=disable', '--debug-addr=-']
  if (tls === undefined) return [...args, `--listen-addr=${address}`]
  return [
    ...[...args, '--listen-addr=', `--listen-tls=${address}`],
    ...[`--listen-tls-cert-file=${tls.cert}`, `--listen-tls-key-file=${tls.key}`],
  ]
}

async function pings(url: string, tls: TlsFiles | undefined): Promise<boolean> {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: PROBE_MS_MAX,
    connectTimeoutMS: PROBE_MS_MAX,
    maxPoolSize: 1,
    ...(tls ? { ca: readFileSync(tls.ca) } : {}),
  })
  try {
    return (await client.db('admin').command({ ping: 1 })).ok === 1
  } finally {
    await client.close()
  }
}
