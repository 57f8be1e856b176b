import { HANDOFF_PROPERTIES, INJECT_PROPERTIES } from '../../protocol/outside.ts'
import { FRAME_BOUNDS } from '../../protocol/schemas.ts'

/** JSON schemas of the HTTP API; requests are checked by them and openapi.json is made of them. */

export const id = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } as const

export const locale = { type: 'string', pattern: '^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$' } as const

const seq = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const

export const errorSchema = {
  type: 'object',
  description: 'A refusal. Branch on `name`, never on `msg`.',
  required: ['code', 'name', 'msg', 'temporary'],
  properties: {
    code: { type: 'integer' },
    name: { type: 'string' },
    msg: { type: 'string' },
    temporary: { type: 'boolean', description: 'Whether the same request may succeed later' },
    retryMs: { type: 'integer' },
    field: { type: 'string', description: 'Path of the field at fault' },
    conversationId: { type: 'string', description: 'The conversation meant, when it is closed' },
  },
} as const

const state = { type: 'string', enum: ['active', 'waiting', 'handoff', 'closed'] } as const

const message = {
  type: 'object',
  required: ['seq', 'ts', 'mid', 'from', 'kind', 'body'],
  properties: {
    seq: { type: 'integer' },
    ts: { type: 'integer', description: 'Milliseconds since the epoch' },
    mid: { type: 'string' },
    from: { type: 'string', enum: ['user', 'bot', 'agent', 'system'] },
    kind: { type: 'string' },
    body: { anyOf: [{ type: 'string' }, { type: 'object' }] },
    user: { type: 'string', description: 'Who wrote it, for users and agents' },
    locale: { type: 'string', description: 'The locale of the conversation from here on, where this message changed it' },
    prompt: { type: 'object', description: 'What the bot now waits for' },
  },
} as const

const datum = {
  type: 'object',
  required: ['node', 'status'],
  properties: {
    node: { type: 'string' },
    status: { type: 'string', enum: ['empty', 'partial', 'filled', 'toConfirm', 'done', 'failed'] },
    value: { description: 'Masked where the datum is sensitive' },
    missing: { type: 'array', items: { type: 'string' } },
  },
} as const

export const messageRequest = {
  type: 'object',
  required: ['mid', 'kind', 'body'],
  properties: {
    conversationId: {
      ...id,
      description: 'Absent: a conversation is opened with `template`; a repeat with the same `mid` finds it again',
    },
    template: id,
    locale,
    tz: { type: 'string', maxLength: 64 },
    mid: { ...id, description: 'The message id, made by the caller; a repeat is answered like the first and executed once' },
    kind: { type: 'string', enum: ['text', 'choice', 'form'] },
    body: { anyOf: [{ type: 'string' }, { type: 'object' }] },
  },
} as const

export const messageAnswer = {
  type: 'object',
  required: ['conversationId', 'seq', 'state', 'messages', 'data'],
  properties: {
    conversationId: { type: 'string' },
    seq: { type: 'integer', description: "The user message's place in the conversation" },
    state,
    messages: {
      type: 'array',
      items: message,
      description: 'What the bot said to this, in order; with what it said at the opening',
    },
    data: { type: 'array', items: datum },
  },
} as const

export const handoffRequest = { type: 'object', required: ['mid', 'action'], properties: HANDOFF_PROPERTIES } as const

export const injectRequest = { type: 'object', required: ['mid'], properties: INJECT_PROPERTIES } as const

export const outsideAnswer = {
  type: 'object',
  required: ['conversationId', 'seq', 'dup', 'state', 'messages'],
  properties: {
    conversationId: { type: 'string' },
    seq: { type: 'integer', description: 'Of the message; of a handoff its first event; of variables the last event so far' },
    dup: { type: 'boolean', description: 'A repeat: nothing was done now' },
    state,
    messages: { type: 'array', items: message, description: 'What the bot said to this' },
  },
} as const

export const conversationAnswer = {
  type: 'object',
  required: ['conversationId', 'state', 'seq', 'template', 'locale', 'data', 'messages', 'first', 'last', 'more'],
  properties: {
    conversationId: { type: 'string' },
    state,
    seq: { type: 'integer' },
    template: { type: 'object', properties: { id: { type: 'string' }, version: { type: 'integer' } } },
    locale: { type: 'string' },
    outcome: { type: 'string', enum: ['success', 'partial', 'failed', 'cancelled'] },
    data: { type: 'array', items: datum },
    messages: { type: 'array', items: message },
    first: {
      type: 'integer',
      description: 'seq of the first event that the page covers, messages or not; 0 when it covers none',
    },
    last: { type: 'integer', description: 'seq of the last one' },
    more: {
      type: 'boolean',
      description: 'Whether events follow: with lower seqs than `first`, with `after` higher than `last`',
    },
  },
} as const

export const pageQuery = {
  type: 'object',
  properties: {
    before: { ...seq, description: 'Only events with a lower seq' },
    after: { ...seq, description: 'Only events with a higher seq' },
    limit: { type: 'integer', minimum: 1, maximum: FRAME_BOUNDS.historyMax, default: 50, description: 'Messages' },
  },
} as const

export const conversationParams = { type: 'object', required: ['id'], properties: { id } } as const

const labels = { type: 'object', additionalProperties: { type: 'string' }, description: 'By locale' } as const

export const templatesAnswer = {
  type: 'object',
  required: ['templates'],
  properties: {
    templates: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'label', 'locales', 'data'],
        properties: {
          id: { type: 'string' },
          label: labels,
          locales: { type: 'array', items: { type: 'string' } },
          data: {
            type: 'array',
            description: 'What the template acquires, in asking order',
            items: { type: 'object', required: ['id', 'label'], properties: { id: { type: 'string' }, label: labels } },
          },
        },
      },
    },
  },
} as const

export const tokenQuery = {
  type: 'object',
  properties: {
    user: { ...id, default: 'guest' },
    role: { type: 'string', enum: ['user', 'operator', 'service'], default: 'user' },
  },
} as const

export const tokenAnswer = {
  type: 'object',
  required: ['token', 'tenant', 'user'],
  properties: { token: { type: 'string' }, tenant: { type: 'string' }, user: { type: 'string' } },
} as const
