import { Ajv, type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv'
import { ID_SHAPE, isId } from '../kernel/ids.ts'
import { type Rejection, reject } from '../kernel/rejection.ts'
import type { ClientFrame, ClientFrameType } from './client-frames.ts'
import { PROTOCOL_VERSION } from './frames.ts'
import { isTimeZone } from './time-zone.ts'

/** What the configuration bounds; the rest of the bounds stand in the schemas below. */
export interface FrameLimits {
  /** Characters (UTF-16 units) of a text. */
  readonly textCharsMax: number
  /** Conversations that one `hello` resumes and one socket holds. */
  readonly conversationsMax: number
}

/** Bounds that are part of the protocol and not of a configuration. */
export const FRAME_BOUNDS = {
  idCharsMax: 36,
  varsMax: 32,
  varCharsMax: 2000,
  formValuesMax: 64,
  historyMax: 200,
  typingTtlMsMax: 10_000,
  clientKeyCharsMax: 128,
  tokenCharsMax: 8192,
} as const

const id = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } as const
const locale = { type: 'string', pattern: '^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$' } as const
const tz = { type: 'string', maxLength: 64, format: 'iana-time-zone' } as const
const seq = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const
const token = { type: 'string', minLength: 1, maxLength: FRAME_BOUNDS.tokenCharsMax } as const
const note = { type: 'string', maxLength: 128 } as const
const position = { type: 'object', required: ['inc', 'seq'], properties: { inc: id, seq } } as const
const scalar = {
  anyOf: [{ type: 'string', maxLength: FRAME_BOUNDS.varCharsMax }, { type: 'number' }, { type: 'boolean' }],
} as const

const object = (properties: SchemaObject, required: readonly string[] = []): SchemaObject => ({
  type: 'object',
  required,
  properties,
})

/** JSON schemas of `d` per client frame type. Unknown fields are ignored. */
export function clientSchemas(limits: FrameLimits): Record<ClientFrameType, SchemaObject> {
  return {
    hello: object(
      {
        token,
        client: object({ name: note, version: note, platform: note }),
        locale,
        tz,
        caps: { type: 'array', maxItems: 16, items: { type: 'string', maxLength: 32 } },
        resume: {
          type: 'array',
          maxItems: limits.conversationsMax,
          items: object({ cid: id, inc: id, seq }, ['cid', 'inc', 'seq']),
        },
      },
      ['token'],
    ),
    'auth.refresh': object({ token }, ['token']),
    'conv.open': object(
      {
        template: id,
        version: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
        locale,
        tz,
        vars: { type: 'object', maxProperties: FRAME_BOUNDS.varsMax, propertyNames: id, additionalProperties: scalar },
        channel: id,
        external: object({ user: id }, ['user']),
        clientKey: { type: 'string', minLength: 1, maxLength: FRAME_BOUNDS.clientKeyCharsMax, pattern: '^[^\\u0000-\\u001f]*$' },
      },
      ['template'],
    ),
    'conv.join': object({ cid: id, since: position }),
    'conv.leave': object({ cid: id }),
    'conv.close': object({ cid: id, reason: { type: 'string', maxLength: 200 } }),
    'msg.send': object(
      {
        mid: id,
        kind: { type: 'string', enum: ['text', 'choice', 'form', 'dtmf', 'event', 'file', 'silence'] },
        inReplyTo: id,
      },
      ['mid', 'kind'],
    ),
    'history.get': object({ before: seq, after: seq, limit: { type: 'integer', minimum: 1, maximum: FRAME_BOUNDS.historyMax } }),
    typing: object({ on: { type: 'boolean' }, ttlMs: { type: 'integer', minimum: 0 } }, ['on']),
    read: object({ upto: seq }, ['upto']),
    feedback: object(
      {
        about: { ...seq, minimum: 1 },
        score: { type: 'number', minimum: -10, maximum: 10 },
        text: { type: 'string', maxLength: 2000 },
      },
      ['about', 'score'],
    ),
    ping: object({ n: { type: 'number' } }),
    bye: object({}),
  }
}

const EMPTY = Object.freeze({})
const DTMF = /^[0-9A-D*#]{1,64}$/

/** Checks one decoded client frame. Made once per gateway; `check` allocates nothing for a frame that passes. */
export class FrameChecker {
  readonly #types = new Map<string, ValidateFunction>()
  readonly #textCharsMax: number

  constructor(limits: FrameLimits) {
    const ajv = new Ajv({ strict: true, strictRequired: false, unicodeRegExp: false })
    ajv.addFormat('iana-time-zone', { type: 'string', validate: isTimeZone })
    for (const [type, schema] of Object.entries(clientSchemas(limits))) this.#types.set(type, ajv.compile(schema))
    this.#textCharsMax = limits.textCharsMax
  }

  /**
   * The frame itself, typed, when it is well formed; otherwise why not: `bad_request` with the path of the first field at
   * fault, `unknown_type`, `too_large` for a text over its bound, `unsupported` for a kind that this server does not take.
   */
  check(value: unknown): ClientFrame | Rejection {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return reject('bad_request', 'a frame is an object')
    const frame = value as { v?: unknown; t?: unknown; id?: unknown; cid?: unknown; d?: unknown }
    if (typeof frame.t !== 'string') return bad('t', 'must be a string')
    if (frame.v !== undefined && frame.v !== PROTOCOL_VERSION) return bad('v', `must be ${PROTOCOL_VERSION}`)
    if (frame.id !== undefined && !isFrameId(frame.id))
      return bad('id', `must be a string of 1 to ${FRAME_BOUNDS.idCharsMax} characters`)
    if (frame.cid !== undefined && !isId(frame.cid)) return bad('cid', `must be ${ID_SHAPE}`)
    const validate = this.#types.get(frame.t)
    if (validate === undefined) return reject('unknown_type', 'no such frame type in this version', { field: 't' })
    if (frame.d === undefined) frame.d = EMPTY
    if (frame.t === 'conv.open') takeFlowAsTemplate(frame.d)
    if (!validate(frame.d)) return explain(validate.errors?.[0])
    if (frame.t === 'msg.send') {
      const wrong = this.#checkMessage(frame.d as { kind: string; body?: unknown })
      if (wrong !== undefined) return wrong
    }
    return frame as ClientFrame
  }

  #checkMessage(d: { kind: string; body?: unknown }): Rejection | undefined {
    const body = d.body
    switch (d.kind) {
      case 'text':
        return this.#checkText(body)
      case 'choice':
        return isId(body) ? undefined : bad('d.body', `must be the choice's id: ${ID_SHAPE}`)
      case 'dtmf':
        return typeof body === 'string' && DTMF.test(body) ? undefined : bad('d.body', 'must be 1 to 64 of 0-9, A-D, * and #')
      case 'form':
        return checkForm(body)
      case 'silence':
        if (body !== undefined && body !== '') return bad('d.body', 'must be absent: silence has no body')
        d.body = ''
        return undefined
      default:
        return reject('unsupported', 'this kind of message is not taken here: send text, choice, form, dtmf or silence', {
          field: 'd.kind',
        })
    }
  }

  #checkText(body: unknown): Rejection | undefined {
    if (typeof body !== 'string') return bad('d.body', 'must be a string')
    if (body.length > this.#textCharsMax) {
      return reject('too_large', `the text must be at most ${this.#textCharsMax} characters`, { field: 'd.body' })
    }
    return body.trim().length === 0 ? bad('d.body', 'must not be empty') : undefined
  }
}

function checkForm(body: unknown): Rejection | undefined {
  const values = typeof body === 'object' && body !== null ? (body as { values?: unknown }).values : undefined
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return bad('d.body.values', 'must be an object from data to values')
  }
  const names = Object.keys(values)
  if (names.length === 0 || names.length > FRAME_BOUNDS.formValuesMax) {
    return bad('d.body.values', `must have 1 to ${FRAME_BOUNDS.formValuesMax} entries`)
  }
  return names.every(isId) ? undefined : bad('d.body.values', `names must be ${ID_SHAPE}`)
}

function takeFlowAsTemplate(d: unknown): void {
  const body = d as { flow?: unknown; template?: unknown } | null
  if (typeof body === 'object' && body !== null && body.template === undefined && body.flow !== undefined)
    body.template = body.flow
}

const isFrameId = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= FRAME_BOUNDS.idCharsMax

const bad = (field: string, expected: string): Rejection => reject('bad_request', `${field} ${expected}`, { field })

/** Turns ajv's first complaint into a field path and what was expected; the value itself is never repeated. */
function explain(error: ErrorObject | undefined): Rejection {
  if (error === undefined) return reject('bad_request', 'the frame does not fit its schema')
  const path = `d${error.instancePath.replaceAll('/', '.')}`
  if (error.keyword === 'required') return bad(`${path}.${error.params.missingProperty}`, 'is required')
  if (error.keyword === 'enum') return bad(path, `must be one of ${(error.params.allowedValues as string[]).join(', ')}`)
  if (error.keyword === 'pattern' && error.params.pattern === id.pattern) return bad(path, `must be ${ID_SHAPE}`)
  if (error.keyword === 'pattern' && error.params.pattern === locale.pattern)
    return bad(path, 'must be a language tag such as en-GB')
  if (error.keyword === 'format') return bad(path, 'must be an IANA time zone such as Europe/Rome')
  if (error.schemaPath.includes('/anyOf')) return bad(path, `must be a string, a number or a boolean`)
  return bad(path, error.message ?? 'does not fit its schema')
}
