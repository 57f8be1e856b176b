import { Ajv, type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv'
import { ID_SHAPE } from '../../kernel/ids.ts'
import { type Rejection, reject } from '../../kernel/rejection.ts'
import { HANDOFF_PROPERTIES, INJECT_PROPERTIES, VARS } from '../../protocol/outside.ts'
import { FRAME_BOUNDS } from '../../protocol/schemas.ts'
import { isTimeZone } from '../../protocol/time-zone.ts'

const id = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } as const
const locale = { type: 'string', pattern: '^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$' } as const
const tz = { type: 'string', maxLength: 64, format: 'iana-time-zone' } as const
const seq = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const
const key = { type: 'string', minLength: 1, maxLength: FRAME_BOUNDS.clientKeyCharsMax, pattern: '^[^\\u0000-\\u001f]*$' } as const
const limit = { type: 'integer', minimum: 1, maximum: FRAME_BOUNDS.historyMax } as const
const version = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const

const object = (properties: SchemaObject, required: readonly string[] = []): SchemaObject => ({
  type: 'object',
  required,
  properties,
})

/** JSON schemas of the request bodies. Unknown fields are ignored. */
export const REQUEST_SCHEMAS = {
  'conv.open': object({ template: id, version, locale, tz, vars: VARS, channel: id, user: id, clientKey: key }, ['template']),
  'conv.send': object(
    {
      cid: id,
      mid: id,
      kind: { type: 'string', enum: ['text', 'choice', 'form', 'dtmf', 'silence'] },
      user: id,
      inReplyTo: id,
      wait: { type: 'integer', minimum: 0, maximum: 60_000 },
      ack: { type: 'string', enum: ['logged'] },
    },
    ['cid'],
  ),
  'conv.get': object({ cid: id }, ['cid']),
  'conv.data': object({ cid: id }, ['cid']),
  'conv.list': object({
    state: { type: 'string', enum: ['active', 'waiting', 'handoff', 'closed'] },
    template: id,
    user: id,
    after: id,
    limit,
  }),
  'conv.history': object({ cid: id, before: seq, after: seq, limit }, ['cid']),
  'conv.close': object({ cid: id, reason: { type: 'string', maxLength: 200 } }, ['cid']),
  'conv.handoff': object({ cid: id, ...HANDOFF_PROPERTIES }, ['cid', 'action']),
  'conv.inject': object({ cid: id, ...INJECT_PROPERTIES }, ['cid']),
  'conv.watch': object(
    {
      cid: id,
      since: object({ inc: id, seq }, ['inc', 'seq']),
      forMs: { type: 'integer', minimum: 1000, maximum: Number.MAX_SAFE_INTEGER },
    },
    ['cid'],
  ),
  'conv.watch.cancel': object({ watch: id }, ['watch']),
  'tpl.list': object({}),
  'tpl.get': object({ template: id }, ['template']),
} as const satisfies Readonly<Record<string, SchemaObject>>

export type Operation = keyof typeof REQUEST_SCHEMAS

export const OPERATIONS = Object.keys(REQUEST_SCHEMAS) as readonly Operation[]

export const isOperation = (name: string): name is Operation => Object.hasOwn(REQUEST_SCHEMAS, name)

/** The id that `Parley-Schema` may name. */
export const schemaId = (operation: Operation): string => `${operation}.v1`

/** Checks request bodies; made once. */
export class BodyChecker {
  readonly #validators: ReadonlyMap<Operation, ValidateFunction>

  constructor() {
    const ajv = new Ajv({ strict: true, strictRequired: false, unicodeRegExp: false })
    ajv.addFormat('iana-time-zone', { type: 'string', validate: isTimeZone })
    this.#validators = new Map(OPERATIONS.map((operation) => [operation, ajv.compile(REQUEST_SCHEMAS[operation])]))
  }

  /** Undefined when the body is as it must be; else the first field at fault and what was expected. */
  check(operation: Operation, body: unknown): Rejection | undefined {
    const validate = this.#validators.get(operation)
    if (validate === undefined || validate(body)) return undefined
    return explain(validate.errors?.[0])
  }
}

const bad = (field: string, expected: string): Rejection => reject('bad_request', `${field} ${expected}`, { field })

/** The value itself is never repeated. */
function explain(error: ErrorObject | undefined): Rejection {
  if (error === undefined) return reject('bad_request', 'the body does not fit its schema')
  const path = error.instancePath.slice(1).replaceAll('/', '.')
  if (error.keyword === 'required') {
    const field = [path, String(error.params.missingProperty)].filter((part) => part !== '').join('.')
    return bad(field, 'is required')
  }
  if (path === '') return reject('bad_request', 'the body must be an object')
  if (error.keyword === 'pattern' && error.params.pattern === id.pattern) return bad(path, `must be ${ID_SHAPE}`)
  if (error.keyword === 'pattern' && error.params.pattern === locale.pattern)
    return bad(path, 'must be a language tag such as en-GB')
  if (error.keyword === 'format') return bad(path, 'must be an IANA time zone such as Europe/Rome')
  if (error.keyword === 'enum') return bad(path, `must be one of ${(error.params.allowedValues as string[]).join(', ')}`)
  if (error.schemaPath.includes('/anyOf')) return bad(path, 'must be a string, a number or a boolean')
  return bad(path, error.message ?? 'does not fit its schema')
}
