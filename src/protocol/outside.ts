import { type Rejection, reject } from '../kernel/rejection.ts'
import { FRAME_BOUNDS } from './schemas.ts'

/** JSON schemas of what operators and services do to a conversation; the same on HTTP and NATS. */

const id = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } as const
const mid = { ...id, description: 'Made by the caller; a repeat is answered like the first and executed once' } as const
const agent = {
  type: 'string',
  minLength: 1,
  maxLength: 64,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
  description: "Name that the user sees; the caller's own where absent",
} as const
const scalar = {
  anyOf: [{ type: 'string', maxLength: FRAME_BOUNDS.varCharsMax }, { type: 'number' }, { type: 'boolean' }],
} as const

export const VARS = {
  type: 'object',
  maxProperties: FRAME_BOUNDS.varsMax,
  propertyNames: id,
  additionalProperties: scalar,
} as const

export const HANDOFF_PROPERTIES = {
  mid,
  action: { type: 'string', enum: ['take', 'give'], description: 'A human takes over, or gives back to the bot' },
  agent,
  queue: id,
  note: { type: 'string', maxLength: 2000, description: 'For the record; the participants do not see it' },
} as const

export const INJECT_PROPERTIES = {
  mid,
  from: { type: 'string', enum: ['agent', 'bot', 'system'], default: 'agent' },
  kind: { type: 'string', enum: ['text'], default: 'text' },
  body: { type: 'string', description: 'The text; or `vars` in its place' },
  agent,
  vars: { ...VARS, minProperties: 1, description: 'Variables for texts and conditions; nothing is said' },
} as const

export interface HandoffRequest {
  readonly mid: string
  readonly action: 'take' | 'give'
  readonly agent?: string
  readonly queue?: string
  readonly note?: string
}

export interface InjectRequest {
  readonly mid: string
  readonly from?: 'agent' | 'bot' | 'system'
  readonly body?: string
  readonly agent?: string
  readonly vars?: Readonly<Record<string, string | number | boolean>>
}

/** What is put in: a message or variables, one of the two. `path` is what stands before field names in errors. */
export function injected(
  request: InjectRequest,
  textCharsMax: number,
  path: string,
):
  | { readonly from: 'agent' | 'bot' | 'system'; readonly body: string; readonly agent?: string }
  | Pick<Required<InjectRequest>, 'vars'>
  | Rejection {
  const { from = 'agent', body, agent, vars } = request
  const field = `${path}body`
  if (vars !== undefined) {
    return body === undefined ? { vars } : reject('bad_request', `${field} and ${path}vars exclude each other`, { field })
  }
  if (body === undefined || body.trim().length === 0)
    return reject('bad_request', `${field} must be a text that is not empty`, { field })
  if (body.length > textCharsMax) return reject('too_large', `the text must be at most ${textCharsMax} characters`, { field })
  return agent === undefined ? { from, body } : { from, body, agent }
}
