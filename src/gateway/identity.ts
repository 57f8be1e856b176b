import { createSecretKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose'
import type { Caller } from '../actors/port.ts'
import type { Clock } from '../kernel/clock.ts'
import { ID_SHAPE, isId, isTenant, TENANT_SHAPE } from '../kernel/ids.ts'
import { type Rejection, reject } from '../kernel/rejection.ts'
import type { Identity, IdentityVerifier } from './identity-port.ts'

/** Where keys come from: one secret (HS256), or a key set as a file or a URL (EdDSA, RS256). */
export type KeySource = { readonly secret: string | Uint8Array } | { readonly jwksFile: string } | { readonly jwksUrl: string }

export interface IdentityOptions {
  readonly keys: KeySource
  readonly clock: Clock
  /** Whether the tenant lives here; a valid token of another one is `forbidden`. Everyone's tenant does without it. */
  readonly knownTenant?: (tenant: string) => boolean
}

/** Verified tokens that are kept, the least recently used forgotten first. */
const REMEMBERED_MAX = 10_000
const ROLES: ReadonlySet<unknown> = new Set(['user', 'operator', 'service'])

/**
 * Checks JSON Web Tokens with the claims `tenant`, `sub` (the user's id), `exp`, and optionally `role`. A token that
 * passed is remembered until it expires or is pushed out, so reconnecting clients are admitted without cryptography.
 */
export class TokenVerifier implements IdentityVerifier {
  readonly #key: KeyObject | undefined
  readonly #keySet: JWTVerifyGetKey | undefined
  readonly #algorithms: string[]
  readonly #clock: Clock
  readonly #knownTenant: (tenant: string) => boolean
  readonly #remembered = new Map<string, Identity>()

  constructor(options: IdentityOptions) {
    const { keys } = options
    this.#clock = options.clock
    this.#knownTenant = options.knownTenant ?? (() => true)
    if ('secret' in keys) {
      this.#key = secretKey(keys.secret)
      this.#algorithms = ['HS256']
      return
    }
    this.#keySet =
      'jwksFile' in keys
        ? createLocalJWKSet(JSON.parse(readFileSync(keys.jwksFile, 'utf8')) as JSONWebKeySet)
        : createRemoteJWKSet(new URL(keys.jwksUrl))
    this.#algorithms = ['EdDSA', 'Ed25519', 'RS256']
  }

  verify(token: string, done: (result: Identity | Rejection) => void): void {
    const known = this.#remembered.get(token)
    if (known !== undefined) {
      this.#remembered.delete(token)
      if (known.expMs <= this.#clock.now()) {
        done(expired())
        return
      }
      this.#remembered.set(token, known)
      done(this.#admit(known))
      return
    }
    this.#payload(token).then(
      (payload) => done(this.#take(token, payload)),
      (error: unknown) => done(refusalOf(error)),
    )
  }

  async #payload(token: string): Promise<JWTPayload> {
    const options = {
      algorithms: this.#algorithms,
      currentDate: new Date(this.#clock.now()),
      requiredClaims: ['exp', 'sub', 'tenant'],
    }
    const { payload } =
      this.#keySet === undefined
        ? await jwtVerify(token, this.#key as KeyObject, options)
        : await jwtVerify(token, this.#keySet, options)
    return payload
  }

  #take(token: string, payload: JWTPayload): Identity | Rejection {
    const { tenant, sub: user, role = 'user', exp = 0 } = payload
    if (!isTenant(tenant)) return reject('unauthorized', `the claim tenant must be ${TENANT_SHAPE}`)
    if (!isId(user)) return reject('unauthorized', `the claim sub must be ${ID_SHAPE}`)
    if (!ROLES.has(role)) return reject('unauthorized', 'the claim role must be user, operator or service')
    const identity: Identity = Object.freeze({ tenant, user, role: role as Caller['role'], expMs: exp * 1000 })
    this.#remembered.set(token, identity)
    if (this.#remembered.size > REMEMBERED_MAX) {
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest)
        break
      }
    }
    return this.#admit(identity)
  }

  #admit(identity: Identity): Identity | Rejection {
    return this.#knownTenant(identity.tenant) ? identity : reject('forbidden', 'this tenant is not served here')
  }
}

const secretKey = (secret: string | Uint8Array): KeyObject =>
  typeof secret === 'string' ? createSecretKey(secret, 'utf8') : createSecretKey(secret)

const expired = (): Rejection => reject('token_expired', 'the token has expired: get a new one')

function refusalOf(error: unknown): Rejection {
  if (error instanceof errors.JWTExpired) return expired()
  if (error instanceof errors.JWTClaimValidationFailed) {
    return reject('unauthorized', `the claim ${error.claim} is missing or not acceptable`)
  }
  if (error instanceof errors.JWKSTimeout) return reject('unavailable', 'the key set could not be fetched')
  if (error instanceof errors.JOSEError) return reject('unauthorized', 'the token is not valid here')
  return reject('unavailable', 'the token could not be checked')
}

/** A token as `TokenVerifier` takes it, signed with HS256; for development mode, tests and load. `forMs` from `nowMs`. */
export function signToken(
  secret: string | Uint8Array,
  claims: { readonly tenant: string; readonly user: string; readonly role?: Caller['role'] },
  nowMs: number,
  forMs: number,
): Promise<string> {
  return new SignJWT({ tenant: claims.tenant, ...(claims.role === undefined ? undefined : { role: claims.role }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(claims.user)
    .setIssuedAt(Math.floor(nowMs / 1000))
    .setExpirationTime(Math.floor((nowMs + forMs) / 1000))
    .sign(secretKey(secret))
}
