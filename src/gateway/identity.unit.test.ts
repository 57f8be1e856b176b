import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/fixtures/manual-clock.ts'
import type { Rejection } from '../kernel/rejection.ts'
import { signToken, TokenVerifier } from './identity.ts'
import type { Identity } from './identity-port.ts'

const SECRET = 'a secret of the unit tests, 32 bytes long at least'
const dir = mkdtempSync(join(tmpdir(), 'parley-keys-'))
afterAll(() => rmSync(dir, { recursive: true }))

const check = (verifier: TokenVerifier, token: string): Promise<Identity | Rejection> =>
  new Promise((resolve) => verifier.verify(token, resolve))

function bySecret(knownTenant?: (tenant: string) => boolean) {
  const clock = new ManualClock()
  const verifier = new TokenVerifier({ keys: { secret: SECRET }, clock, ...(knownTenant === undefined ? {} : { knownTenant }) })
  const sign = (claims: { tenant: string; user: string; role?: 'operator' }, forMs = 60_000) =>
    signToken(SECRET, claims, clock.now(), forMs)
  const signRaw = (payload: Record<string, unknown>) =>
    new SignJWT({ exp: clock.now() / 1000 + 60, ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(SECRET))
  return { clock, verifier, sign, signRaw }
}

describe('a token signed with the secret', () => {
  it('gives tenant, user, role and end', async () => {
    const { clock, verifier, sign } = bySecret()
    const expMs = clock.now() + 60_000
    expect(await check(verifier, await sign({ tenant: 'demo', user: 'ada' }))).toEqual({
      tenant: 'demo',
      user: 'ada',
      role: 'user',
      expMs,
    })
    expect(await check(verifier, await sign({ tenant: 'demo', user: 'eve', role: 'operator' }))).toMatchObject({
      role: 'operator',
    })
  })

  it('is known again at once, until it ends', async () => {
    const { clock, verifier, sign } = bySecret()
    const token = await sign({ tenant: 'demo', user: 'ada' })
    await check(verifier, token)
    let answer: unknown
    verifier.verify(token, (result) => {
      answer = result
    })
    expect(answer).toMatchObject({ user: 'ada' })
    clock.advance(60_000)
    expect(await check(verifier, token)).toMatchObject({ rejected: 'token_expired' })
    expect(await check(verifier, token)).toMatchObject({ rejected: 'token_expired' })
  })

  it.each([
    ['no tenant', { sub: 'ada' }],
    ['no user', { tenant: 'demo' }],
    ['a reserved tenant', { tenant: 'health', sub: 'ada' }],
    ['a tenant of another shape', { tenant: 'De.mo', sub: 'ada' }],
    ['a user of another shape', { tenant: 'demo', sub: 'ada@home' }],
    ['an unknown role', { tenant: 'demo', sub: 'ada', role: 'root' }],
    ['no end', { tenant: 'demo', sub: 'ada', exp: undefined }],
    ['a start in the future', { tenant: 'demo', sub: 'ada', nbf: 4_000_000_000 }],
  ])('with %s is unauthorized', async (_what, payload) => {
    const { verifier, signRaw } = bySecret()
    expect(await check(verifier, await signRaw(payload))).toMatchObject({ rejected: 'unauthorized' })
  })

  it('of another secret, unsigned, or no token at all is unauthorized', async () => {
    const { clock, verifier } = bySecret()
    const foreign = await signToken(`${SECRET}!`, { tenant: 'demo', user: 'ada' }, clock.now(), 60_000)
    const unsigned = new UnsecuredJWT({ tenant: 'demo' }).setSubject('ada').setExpirationTime('1h').encode()
    for (const token of [foreign, unsigned, 'x', '', 'a.b.c', 'é']) {
      expect(await check(verifier, token), token).toMatchObject({ rejected: 'unauthorized' })
    }
  })

  it('of a tenant that is not here is forbidden, also when remembered', async () => {
    let here = true
    const { verifier, sign } = bySecret(() => here)
    const token = await sign({ tenant: 'acme', user: 'ada' })
    expect(await check(verifier, token)).toMatchObject({ tenant: 'acme' })
    here = false
    expect(await check(verifier, token)).toMatchObject({ rejected: 'forbidden' })
  })
})

describe.each(['EdDSA', 'RS256'])('a token signed with %s', (alg) => {
  async function keys() {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    const set = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg, kid: 'k1' }] })
    const clock = new ManualClock(Date.now())
    const token = await new SignJWT({ tenant: 'demo' })
      .setProtectedHeader({ alg, kid: 'k1' })
      .setSubject('ada')
      .setExpirationTime(Math.floor(clock.now() / 1000) + 60)
      .sign(privateKey)
    return { set, clock, token }
  }

  it('passes by a key set in a file, and a token of the secret does not', async () => {
    const { set, clock, token } = await keys()
    const jwksFile = join(dir, `${alg}.json`)
    writeFileSync(jwksFile, set)
    const verifier = new TokenVerifier({ keys: { jwksFile }, clock })
    expect(await check(verifier, token)).toMatchObject({ tenant: 'demo', user: 'ada' })
    const shared = await signToken(SECRET, { tenant: 'demo', user: 'ada' }, clock.now(), 60_000)
    expect(await check(verifier, shared)).toMatchObject({ rejected: 'unauthorized' })
  })

  it('passes by a key set behind a URL; without it the check can be tried again', async () => {
    const { set, clock, token } = await keys()
    const server = createServer((_request, answer) => answer.setHeader('content-type', 'application/json').end(set))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const jwksUrl = `http://127.0.0.1:${port}/jwks`
    expect(await check(new TokenVerifier({ keys: { jwksUrl }, clock }), token)).toMatchObject({ user: 'ada' })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(await check(new TokenVerifier({ keys: { jwksUrl }, clock }), token)).toMatchObject({ rejected: 'unavailable' })
  })
})
