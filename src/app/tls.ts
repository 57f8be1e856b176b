import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { AppError } from '../kernel/rejection.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g
const CREDENTIALS = /-----BEGIN NATS USER JWT-----[\s\S]*-----BEGIN USER NKEY SEED-----/
const REASON_CHARS_MAX = 200

/** Who the servers behind (NATS, Redis, MongoDB) must come from, in the shape that each adapter takes. */
export interface Authorities {
  /** For `NatsBus.open({ tls })`, which reads the file at each connection. */
  readonly nats: { readonly caFile: string }
  /** For `RedisJournal.open({ ca })`, which reads the file at each connection. */
  readonly redis: string
  /** For `MongoDocuments`, `{ ca }`: the contents, as they are now. */
  readonly mongo: string
}

/**
 * Checks PARLEY_TLS_CA and reads it; undefined where it is not set, which leaves each server to its URL's scheme and the authorities
 * that the system trusts. Throws an AppError `tls.files` with the file's name and what is wrong with it; its content is never
 * repeated.
 */
export function readAuthorities(file: string | undefined): Authorities | undefined {
  if (file === undefined) return undefined
  const where = `PARLEY_TLS_CA=${JSON.stringify(file)}`
  const text = checked(() => readFileSync(file, 'utf8'), `${where} cannot be read`)
  const found = text.match(CERTIFICATE) ?? []
  if (found.length === 0) throw fault(`${where} holds no PEM certificate`)
  for (const certificate of found) {
    const parsed = checked(() => new X509Certificate(certificate), `${where} holds a certificate that cannot be read`)
    if (!parsed.ca) throw fault(`${where} holds the certificate ${JSON.stringify(parsed.subject)}, which is no authority's`)
  }
  return { nats: { caFile: file }, redis: file, mongo: text }
}

/** Checks PARLEY_NATS_CREDS before the client meets it. Throws an AppError `tls.files`, without any of its content. */
export function checkCredentials(file: string | undefined): void {
  if (file === undefined) return
  const where = `PARLEY_NATS_CREDS=${JSON.stringify(file)}`
  const text = checked(() => readFileSync(file, 'utf8'), `${where} cannot be read`)
  if (!CREDENTIALS.test(text)) throw fault(`${where} is no credentials file of NATS (a JWT and a seed, as nsc writes it)`)
}

function checked<T>(run: () => T, what: string): T {
  try {
    return run()
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, REASON_CHARS_MAX) : String(error)
    throw fault(`${what} (${reason})`, error)
  }
}

function fault(message: string, cause?: unknown): AppError {
  return new AppError('tls.files', message, { retry: 'never', cause })
}
