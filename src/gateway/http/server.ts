import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import { Ajv, type SchemaObject } from 'ajv'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Metrics } from '../../kernel/metrics.ts'
import { AppError, reject } from '../../kernel/rejection.ts'
import { isAdmitted } from '../origin.ts'
import { errorBody } from '../outbox.ts'
import { rejectionOf, sendRejection } from './answers.ts'
import { ServerCertificate } from './certificate.ts'
import { addChatRoutes, type ChatRoutes } from './chat-routes.ts'
import { addOpenApi } from './openapi.ts'
import { Page } from './page.ts'
import { addSystemRoutes, type SystemRoutes } from './system-routes.ts'

export type HttpOptions = ChatRoutes &
  SystemRoutes & { readonly clock: Clock; readonly log: Log; readonly metrics: Metrics; readonly version: string }

const REQUEST_TIMEOUT_MS = 30_000
/** A connection that has not finished its TLS handshake by then is closed: it holds a place and has said nothing. */
const HANDSHAKE_TIMEOUT_MS = 10_000

/** What is no HTTP request: answered where there is still somebody to answer. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || error.code?.startsWith('ERR_SSL') || !socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(errorBody(reject('bad_request', 'the request cannot be read')))
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  socket.once('finish', () => socket.destroy())
  socket.end(`${head}connection: close\r\n\r\n${body}`)
}

/** With both files of the configuration, the certificate to show; throws an AppError `gateway.tls` for one alone, or a bad one. */
function certificateOf(options: HttpOptions): ServerCertificate | undefined {
  const { tlsCert: certFile, tlsKey: keyFile } = options.config
  if (certFile !== undefined && keyFile !== undefined) return new ServerCertificate({ certFile, keyFile }, options)
  if (certFile === undefined && keyFile === undefined) return undefined
  throw new AppError('gateway.tls', 'PARLEY_TLS_CERT and PARLEY_TLS_KEY come together', { retry: 'never' })
}

/** New connections get the renewed pair; those that stand keep what they were made with. */
function renewed(app: FastifyInstance, certificate: ServerCertificate): void {
  const { server } = app as unknown as { server: Server }
  const stop = certificate.watch((pair) => server.setSecureContext(pair))
  app.addHook('onClose', async () => stop())
}

/**
 * The HTTP side of the gateway, over TLS where the configuration has a certificate. Every error answer is
 * `{code, name, msg, temporary, retryMs?, field?}`.
 */
export function createHttp(options: HttpOptions): FastifyInstance {
  const { config, log } = options
  const certificate = certificateOf(options)
  const app: FastifyInstance = fastify({
    // Read while the server is made. Typed as what it is without: nothing here depends on which of the two it is.
    ...((certificate && { https: { ...certificate.pair, handshakeTimeout: HANDSHAKE_TIMEOUT_MS } }) as object),
    logger: false,
    bodyLimit: config.httpBodyBytesMax,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: (error, _request, reply) =>
      void sendRejection(reply, rejectionOf(error) ?? reject('bad_request', 'the request cannot be read')),
    clientErrorHandler: answerUnreadable,
  })
  if (certificate !== undefined) renewed(app, certificate)
  app.removeContentTypeParser('text/plain')
  const strict = new Ajv({ strict: false, useDefaults: true })
  const lenient = new Ajv({ strict: false, useDefaults: true, coerceTypes: true })
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? strict : lenient).compile(schema as SchemaObject))
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  app.decorateRequest('identity', undefined)
  app.addHook('onRequest', async (request, reply) => {
    if (config.development && !isAdmitted(request.headers, config)) {
      return sendRejection(reply, reject('forbidden', 'development mode answers pages of this machine only'))
    }
    return undefined
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = rejectionOf(error)
    if (known === undefined)
      log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a request failed')
    return sendRejection(reply, known ?? reject('internal', 'the server failed on this request'))
  })
  app.setNotFoundHandler((_request, reply) => sendRejection(reply, reject('not_found', 'no such path')))
  addOpenApi(app, options.version)
  addSystemRoutes(app, options)
  addChatRoutes(app, options)
  new Page(config.clientDir).add(app)
  return app
}
