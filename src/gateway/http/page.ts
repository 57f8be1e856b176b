import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, sep } from 'node:path'
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
const IMPORT = /\b(?:from|import)\s*['"](\.{1,2}\/[^'"\n]+\.ts)['"]/g

interface Served {
  readonly path: string
  readonly mtimeMs: number
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

/**
 * Serves the chat page: `/name` is `page/name` of the client folder, or else the library's module `name` beside it, when the
 * page's modules import it, one way or another, so that they import the library as it lies on disk. TypeScript is served as
 * JavaScript with its types stripped, at most once per change of the file. Nothing else, no dot files, no tests.
 */
export class Page {
  readonly #dir: string
  readonly #files = new Map<string, Served>()
  /** Paths of the library's modules that the page is known to import. */
  #imported: ReadonlySet<string> = new Set()

  constructor(clientDir: string) {
    this.#dir = clientDir
  }

  /** Adds the page's paths; they match where no other route does. */
  add(app: FastifyInstance): void {
    const method = ['GET', 'HEAD']
    app.route({ method, url: '/', handler: (request, reply) => this.#answer('index.html', request, reply) })
    app.route({
      method,
      url: '/*',
      handler: (request, reply) => this.#answer((request.params as { '*': string })['*'], request, reply),
    })
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
    const root = await realpath(this.#dir).catch(() => undefined)
    if (root === undefined) return undefined
    const page = await fileAt(join(root, 'page', ...segments), root)
    if (page !== undefined) return this.#load(page, type)
    const library = await fileAt(join(root, ...segments), root)
    return library !== undefined && (await this.#imports(root, library)) ? this.#load(library, type) : undefined
  }

  /** Whether the page needs a module; its modules are read again when it was not known to. */
  async #imports(root: string, path: string): Promise<boolean> {
    if (!this.#imported.has(path)) this.#imported = await this.#importedFrom(root)
    return this.#imported.has(path)
  }

  async #importedFrom(root: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    const left = [join(root, 'page', 'main.ts')]
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const file = found.has(path) || found.size >= FILES_MAX ? undefined : await fileAt(path, root)
      if (file === undefined) continue
      found.add(file)
      const { body } = await this.#load(file, 'text/javascript; charset=utf-8')
      for (const [, name = ''] of body.toString('utf8').matchAll(IMPORT)) left.push(join(dirname(file), name))
    }
    return found
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

/** The real path of a file inside `root`, or nothing. */
async function fileAt(path: string, root: string): Promise<string | undefined> {
  const real = await realpath(path).catch(() => undefined)
  return real?.startsWith(root + sep) && (await stat(real)).isFile() ? real : undefined
}
