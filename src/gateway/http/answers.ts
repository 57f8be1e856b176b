import type { FastifyError, FastifyReply, FastifySchemaValidationError } from 'fastify'
import { ID_SHAPE } from '../../kernel/ids.ts'
import { type Rejection, reject } from '../../kernel/rejection.ts'
import { ERRORS } from '../../protocol/codes.ts'
import { errorBody } from '../outbox.ts'
import { id, locale } from './schemas.ts'

/** Answers a refusal: the code of the error table as the status, the body of an `error` frame. */
export function sendRejection(reply: FastifyReply, rejection: Rejection): FastifyReply {
  const { code } = ERRORS[rejection.rejected]
  if (rejection.retryMs !== undefined) reply.header('retry-after', Math.ceil(rejection.retryMs / 1000))
  if (code === 401) reply.header('www-authenticate', 'Bearer')
  const body = errorBody(rejection)
  return reply.code(code).send(rejection.cid === undefined ? body : { ...body, conversationId: rejection.cid })
}

/** What was expected, in words. */
function expectation(complaint: FastifySchemaValidationError): string {
  const { keyword, params, message } = complaint
  if (keyword === 'pattern' && params.pattern === id.pattern) return `must be ${ID_SHAPE}`
  if (keyword === 'pattern' && params.pattern === locale.pattern) return 'must be a language tag such as en-GB'
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown as string[]).join(', ')}`
  return message ?? 'does not fit'
}

/** What the framework complains about, in our words; undefined for a fault of the server. */
export function rejectionOf(error: FastifyError): Rejection | undefined {
  const complaint = error.validation?.[0]
  if (complaint !== undefined) {
    const missing = complaint.keyword === 'required' ? `.${String(complaint.params.missingProperty)}` : ''
    const field = `${error.validationContext ?? 'body'}${complaint.instancePath.replaceAll('/', '.')}${missing}`
    const expected = missing === '' ? expectation(complaint) : 'is required'
    return reject('bad_request', `${field} ${expected}`, { field })
  }
  switch (error.statusCode) {
    case 413:
      return reject('too_large', 'the request body is too large')
    case 415:
      return reject('unsupported', 'send application/json')
    case 404:
      return reject('not_found', 'no such path')
    default:
      return error.statusCode !== undefined && error.statusCode < 500
        ? reject('bad_request', 'the request cannot be read')
        : undefined
  }
}
