import type { FastifyError, FastifyReply } from 'fastify'
import { type Rejection, reject } from '../../kernel/rejection.ts'
import { ERRORS } from '../../protocol/codes.ts'
import { errorBody } from '../outbox.ts'

/** Answers a refusal: the code of the error table as the status, the body of an `error` frame. */
export function sendRejection(reply: FastifyReply, rejection: Rejection): FastifyReply {
  const { code } = ERRORS[rejection.rejected]
  if (rejection.retryMs !== undefined) reply.header('retry-after', Math.ceil(rejection.retryMs / 1000))
  if (code === 401) reply.header('www-authenticate', 'Bearer')
  const body = errorBody(rejection)
  return reply.code(code).send(rejection.cid === undefined ? body : { ...body, conversationId: rejection.cid })
}

/** What the framework complains about, in our words; undefined for a fault of the server. */
export function rejectionOf(error: FastifyError): Rejection | undefined {
  const complaint = error.validation?.[0]
  if (complaint !== undefined) {
    const missing = complaint.keyword === 'required' ? `.${String(complaint.params.missingProperty)}` : ''
    const field = `${error.validationContext ?? 'body'}${complaint.instancePath.replaceAll('/', '.')}${missing}`
    return reject('bad_request', missing === '' ? `${field} ${complaint.message ?? 'does not fit'}` : `${field} is required`, {
      field,
    })
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
