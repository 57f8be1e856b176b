import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { reject } from '../../kernel/rejection.ts'
import { sendRejection } from './answers.ts'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  ts: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  webmanifest: 'application/manifest+json',
}

const CSP = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/
const FILES_MAX = 256
/** Modules of the wire that the client library shares with the server. */
const SHARED = new Map(
  ['frames.ts', 'codes.ts'].map((name) => [
    `src/protocol/${name}`,
    fileURLToPath(new URL(`../../protocol/${name}`, import.meta.url)),
  ]),
)

interface Served {
  readonly path: string
  readonly mtimeMs: number
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

/**
 * Serves the chat page: `/name` is `page/name` of the client folder, or else `name` of the client folder itself, so that a
 * module of the page imports the library as it lies on disk. TypeScript is served as JavaScript with its types stripped,
 * at most once per change of the file. Nothing outside these folders, no dot files, no tests.
 */
export class Page {
  readonly #dir: string
  readonly #files = new Map<string, Served>()

  constructor(clientDir: string) {
    this.#dir = clientDir
  }

  /** Adds the page's paths; they match where no other route does. */
  add(app: FastifyInstance): void {
    app.get('/', (request, reply) => this.#answer('index.html', request, reply))
    app.get('/*', (request, reply) => this.#answer((request.params as { '*': string })['*'], request, reply))
  }

  async #answer(name: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const file = await this.#find(name)
    if (file === undefined) return sendRejection(reply, reject('not_found', 'no such path'))
    reply.header('etag', file.etag).header('cache-control', 'no-cache').header('x-content-type-options', 'nosniff')
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    return reply.header('content-security-policy', CSP).header('referrer-policy', 'no-referrer').type(file.type).send(file.body)
  }

  async #find(name: string): Promise<Served | undefined> {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)]
    const segments = name.split('/')
    if (
      type === undefined ||
      segments.length > 6 ||
      !segments.every((segment) => SEGMENT.test(segment)) ||
      name.includes('.test.')
    )
      return undefined
    const shared = SHARED.get(name)
    if (shared !== undefined) return this.#load(shared, type)
    const root = await realpath(this.#dir).catch(() => undefined)
    if (root === undefined) return undefined
    for (const candidate of [join(root, 'page', ...segments), join(root, ...segments)]) {
      const path = await realpath(candidate).catch(() => undefined)
      if (path?.startsWith(root + sep) && (await stat(path)).isFile()) return this.#load(path, type)
    }
    return undefined
  }

  async #load(path: string, type: string): Promise<Served> {
    const { mtimeMs } = await stat(path)
    const known = this.#files.get(path)
    if (known?.mtimeMs === mtimeMs) return known
    const source = await readFile(path)
    const body = path.endsWith('.ts') ? Buffer.from(stripTypeScriptTypes(source.toString('utf8'))) : source
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    const served = { path, mtimeMs, type, body, etag }
    if (this.#files.size >= FILES_MAX) this.#files.clear()
    this.#files.set(path, served)
    return served
  }
}
