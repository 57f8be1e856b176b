import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Cancel, Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Metrics } from '../../kernel/metrics.ts'
import { AppError } from '../../kernel/rejection.ts'

/** Files are looked at this often: renewed ones serve new connections at the latest that much later. */
const LOOK_EVERY_MS = 10_000
/** A certificate that ends sooner is warned about when it is read. */
const ENDS_SOON_MS = 7 * 86_400_000
const REASON_CHARS_MAX = 200

export interface CertificateFiles {
  /** PEM, the server's own certificate first, then those between it and the root. */
  readonly certFile: string
  /** PEM, without a passphrase. */
  readonly keyFile: string
}

/** What `https.createServer` and `setSecureContext` take. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

export interface CertificateOptions {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

/** Both files as read together, and what tells that they have changed since. */
interface Read {
  readonly pair: KeyPair
  readonly endsMs: number
}

/**
 * The certificate that a port shows. It is renewed by replacing the files, whether in place, by rename or behind a symbolic link (as
 * mounted secrets are): nobody has to be told, so no signal has to reach every process. Files that do not fit (one half of a renewal,
 * a wrong file) are logged once, and the former pair serves on.
 */
export class ServerCertificate {
  readonly #files: CertificateFiles
  readonly #options: CertificateOptions
  #seen: string
  #read: Read
  #cancel: Cancel | undefined

  /** Throws an AppError `gateway.tls` where a file cannot be read, is no PEM, or the key is another certificate's. */
  constructor(files: CertificateFiles, options: CertificateOptions) {
    this.#files = files
    this.#options = options
    this.#seen = stamp(files)
    this.#read = read(files)
    this.#warn()
    options.metrics.observed(
      'parley_tls_expires_seconds',
      'Until the certificate of this port ends',
      () => (this.#read.endsMs - options.clock.now()) / 1000,
    )
  }

  get pair(): KeyPair {
    return this.#read.pair
  }

  /** `renew` gets each new pair, until the returned function is called. */
  watch(renew: (pair: KeyPair) => void): Cancel {
    const look = (): void => {
      this.#look(renew)
      this.#cancel = this.#options.clock.setTimer(LOOK_EVERY_MS, look)
    }
    this.#cancel = this.#options.clock.setTimer(LOOK_EVERY_MS, look)
    return () => this.#cancel?.()
  }

  #look(renew: (pair: KeyPair) => void): void {
    const { log } = this.#options
    const now = stamp(this.#files)
    if (now === this.#seen) return
    this.#seen = now
    try {
      this.#read = read(this.#files)
      renew(this.pair)
    } catch (err) {
      log.error({ err }, 'the renewed certificate is not taken; the former one serves on')
      return
    }
    log.info({ ends: new Date(this.#read.endsMs).toISOString() }, 'the certificate was renewed')
    this.#warn()
  }

  #warn(): void {
    const { clock, log } = this.#options
    if (this.#read.endsMs - clock.now() > ENDS_SOON_MS) return
    log.warn({ ends: new Date(this.#read.endsMs).toISOString() }, 'the certificate of this port has ended or ends within a week')
  }
}

/** Throws what the constructor would. */
export function checkCertificate(files: CertificateFiles): void {
  read(files)
}

/** Changes whenever one of the files does; a missing file is a change too. */
function stamp({ certFile, keyFile }: CertificateFiles): string {
  return [certFile, keyFile]
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false })
      return found === undefined ? 'none' : `${found.ino}:${found.size}:${found.mtimeMs}`
    })
    .join(' ')
}

function read({ certFile, keyFile }: CertificateFiles): Read {
  const cert = readPem('PARLEY_TLS_CERT', certFile)
  const key = readPem('PARLEY_TLS_KEY', keyFile)
  const parsed = tried(() => new X509Certificate(cert), `PARLEY_TLS_CERT=${JSON.stringify(certFile)} is not a PEM certificate`)
  tried(
    () => createSecureContext({ cert, key }),
    `PARLEY_TLS_KEY=${JSON.stringify(keyFile)} is not the key of PARLEY_TLS_CERT=${JSON.stringify(certFile)}`,
  )
  return { pair: { cert, key }, endsMs: parsed.validToDate.getTime() }
}

function readPem(name: string, file: string): string {
  return tried(() => readFileSync(file, 'utf8'), `${name}=${JSON.stringify(file)} cannot be read`)
}

/** The library's own words stay in the sentence: they tell a wrong format from a pair that does not belong together. */
function tried<T>(run: () => T, fault: string): T {
  try {
    return run()
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, REASON_CHARS_MAX) : String(error)
    throw new AppError('gateway.tls', `${fault} (${reason})`, { retry: 'never', cause: error })
  }
}
