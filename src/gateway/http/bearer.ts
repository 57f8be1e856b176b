import type { FastifyReply, FastifyRequest } from 'fastify'
import { isRejection, type Rejection, reject } from '../../kernel/rejection.ts'
import type { Identity, IdentityVerifier } from '../identity-port.ts'
import { sendRejection } from './answers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on paths behind a bearer token, before their handler runs. */
    identity: Identity | undefined
  }
}

const SCHEME = /^Bearer ([A-Za-z0-9._~+/=-]{1,8192})$/i

/** A hook that lets a request pass with the identity of its bearer token, or answers why not. */
export function bearerHook(verifier: IdentityVerifier) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const token = SCHEME.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) return sendRejection(reply, reject('unauthorized', 'send Authorization: Bearer and a token'))
    const result = await new Promise<Identity | Rejection>((resolve) => verifier.verify(token, resolve))
    if (isRejection(result)) return sendRejection(reply, result)
    request.identity = result
    return undefined
  }
}

/** The identity that the hook has set. */
export function identityOf(request: FastifyRequest): Identity {
  if (request.identity === undefined) throw new Error('this path has no bearer hook')
  return request.identity
}
