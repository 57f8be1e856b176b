import type { FastifyInstance, RouteOptions } from 'fastify'

declare module 'fastify' {
  interface FastifySchema {
    summary?: string
  }
}

interface RouteSchema {
  readonly summary?: string
  readonly body?: object
  readonly querystring?: { readonly properties?: Record<string, object>; readonly required?: readonly string[] }
  readonly params?: { readonly properties?: Record<string, object> }
  readonly response?: Record<string, object>
}

/**
 * Serves `/api/v2/openapi.json` (OpenAPI 3.1), made of the schemas of all routes that are added after this call, so it
 * cannot say anything else than what requests are checked by. Routes without a summary are not part of the API.
 */
export function addOpenApi(app: FastifyInstance, version: string): void {
  const paths: Record<string, Record<string, object>> = {}
  app.addHook('onRoute', (route) => {
    const schema = route.schema as RouteSchema | undefined
    if (schema?.summary === undefined || route.method === 'HEAD') return
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [String(route.method).toLowerCase()]: operation(route, schema) }
  })
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version,
      description: 'Conversations over HTTP. The WebSocket protocol stands in docs/PROTOCOL.md.',
    },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  }
  app.get('/api/v2/openapi.json', () => document)
}

function operation(route: RouteOptions, schema: RouteSchema): object {
  const secured = route.onRequest !== undefined
  return {
    summary: schema.summary,
    operationId: `${String(route.method).toLowerCase()}${route.url.replace(/[^A-Za-z0-9]+(\w?)/g, (_all, letter: string) => letter.toUpperCase())}`,
    ...(secured ? { security: [{ bearer: [] }] } : undefined),
    parameters: [
      ...parameters('path', schema.params?.properties, true),
      ...parameters('query', schema.querystring?.properties, false),
    ],
    ...(schema.body === undefined
      ? undefined
      : { requestBody: { required: true, content: { 'application/json': { schema: schema.body } } } }),
    responses: responses(schema.response),
  }
}

const parameters = (place: string, properties: Record<string, object> = {}, required: boolean): object[] =>
  Object.entries(properties).map(([name, schema]) => ({ name, in: place, required, schema }))

function responses(response: Record<string, object> | undefined): Record<string, object> {
  if (response === undefined) return { 200: { description: 'Text' } }
  return Object.fromEntries(
    Object.entries(response).map(([status, schema]) => [
      status,
      { description: status === '200' ? 'Done' : 'Refused', content: { 'application/json': { schema } } },
    ]),
  )
}
