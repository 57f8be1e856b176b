import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller } from '../../actors/port.ts'
import type { Clock } from '../../kernel/clock.ts'
import { reject } from '../../kernel/rejection.ts'
import type { Development } from '../development.ts'
import { signToken } from '../identity.ts'
import { sendRejection } from './answers.ts'
import { errorSchema, tokenAnswer, tokenQuery } from './schemas.ts'

/** One synthetic turn, end to end. Resolves, never rejects: `error` says in one word what failed. */
export type Probe = () => Promise<{ readonly ok: boolean; readonly ms: number; readonly error?: string }>

export interface SystemRoutes {
  readonly clock: Clock
  readonly node: string
  readonly probe: Probe
  readonly metricsText: () => string | Promise<string>
  readonly ready: () => boolean
  /** Present in development mode only; otherwise its path does not exist. */
  readonly development: Development | undefined
}

const text = { type: 'string' } as const
const health = { type: 'object', required: ['ok', 'node'], properties: { ok: { type: 'boolean' }, node: text } } as const
const deepHealth = {
  type: 'object',
  required: ['ok', 'ms'],
  properties: {
    ok: { type: 'boolean' },
    ms: { type: 'number', description: 'How long the turn took' },
    error: { type: 'string', description: 'What failed, in one word' },
  },
} as const
const PROBE_GOOD_MS = 1000

/** Health, readiness, metrics, and in development mode the path that hands out tokens. */
export function addSystemRoutes(app: FastifyInstance, routes: SystemRoutes): void {
  app.get('/health', { schema: { summary: 'The process answers', response: { 200: health } } }, () => ({
    ok: true,
    node: routes.node,
  }))
  app.get(
    '/ready',
    { schema: { summary: 'New conversations are welcome', response: { 200: health, 425: errorSchema } } },
    (_request, reply) =>
      routes.ready() ? { ok: true, node: routes.node } : sendRejection(reply, reject('not_ready', 'starting or draining')),
  )
  addDeepHealth(app, routes)
  app.get('/metrics', { schema: { summary: 'Prometheus metrics' } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await routes.metricsText()),
  )
  if (routes.development !== undefined) addTokenRoute(app, routes.development, routes.clock)
}

/** However many ask, one probe runs at a time, and its answer is good for `PROBE_GOOD_MS`. */
function addDeepHealth(app: FastifyInstance, { probe, clock }: SystemRoutes): void {
  let last: ReturnType<Probe> | undefined
  let untilMs = 0
  const schema = { summary: 'One synthetic turn, end to end', response: { 200: deepHealth, 503: deepHealth } }
  app.get('/health/deep', { schema }, async (_request, reply) => {
    if (last === undefined || clock.mono() >= untilMs) {
      untilMs = Number.POSITIVE_INFINITY
      last = probe().finally(() => {
        untilMs = clock.mono() + PROBE_GOOD_MS
      })
    }
    const result = await last
    return reply.code(result.ok ? 200 : 503).send(result)
  })
}

function addTokenRoute(app: FastifyInstance, development: Development, clock: Clock): void {
  const { secret, tenant, tokenForMs } = development
  const schema = {
    summary: 'A token for the chat page; development mode only',
    querystring: tokenQuery,
    response: { 200: tokenAnswer, default: errorSchema },
  }
  app.get('/api/v2/dev/token', { schema }, async (request: FastifyRequest, reply) => {
    const { user, role } = request.query as { user: string; role: Caller['role'] }
    reply.header('cache-control', 'no-store')
    return { token: await signToken(secret, { tenant, user, role }, clock.now(), tokenForMs), tenant, user }
  })
}
