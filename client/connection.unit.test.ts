import { describe, expect, it } from 'vitest'
import { setting, within } from './testing/setting.ts'

describe('connecting', () => {
  it('says hello with token, locale, zone and capabilities, and tells its states', async () => {
    const { time, server, client } = setting({ locale: 'it' })
    const states: string[] = []
    client.on('status', (status) => states.push(status.state))
    await within(time, client.connect())
    expect(states).toEqual(['connecting', 'online'])
    expect(server.socket.frames('hello')[0]).toMatchObject({
      v: 1,
      d: { token: 'token', locale: 'it', tz: 'Europe/Rome', caps: ['batch', 'data', 'choices', 'receipts'], resume: [] },
    })
    expect(client.limits).toEqual({ textMax: 8000 })
  })

  it('backs off while the server is down, and connects when it is up', async () => {
    const { time, server, client } = setting()
    server.down = true
    const connected = client.connect()
    await time.advance(60_000)
    const dials = server.sockets.length
    expect(dials).toBeGreaterThan(4)
    expect(dials).toBeLessThan(12)
    server.down = false
    await within(time, connected, 20_000)
    expect(client.status.state).toBe('online')
  })

  it('backs off further from a server that takes the connection and drops it, until one has held', async () => {
    const { time, server, client } = setting()
    await within(time, client.connect(), 20)
    const waits: number[] = []
    client.on('status', ({ state, retryAtMs = 0 }) => {
      if (state === 'waiting') waits.push(retryAtMs - time.nowMs)
    })
    for (let i = 0; i < 3; i++) {
      server.socket.cut()
      await time.advance((waits.at(-1) ?? 0) + 50)
      expect(client.online).toBe(true)
    }
    await time.advance(20_000)
    server.socket.cut()
    expect(waits).toEqual([500, 1000, 2000, 500])
  })

  it('tries at once when it is woken', async () => {
    const { time, server, client } = setting()
    server.down = true
    const connected = client.connect()
    await time.advance(60_000)
    server.down = false
    client.wake()
    await within(time, connected, 20)
    expect(client.online).toBe(true)
  })

  it('stops for good when the token is refused, and says why', async () => {
    const { time, server, client } = setting()
    server.intercept = (socket, frame) => {
      socket.push({
        t: 'error',
        re: frame.id ?? '',
        d: { code: 401, name: 'unauthorized', msg: 'bad signature', temporary: false },
      })
      time.setTimer(20, () => socket.cut(4002))
      return true
    }
    await expect(within(time, client.connect())).rejects.toMatchObject({ name: 'unauthorized', code: 401 })
    await time.advance(100_000)
    expect(server.sockets.length).toBe(1)
    await expect(client.open({ template: 'x' })).rejects.toMatchObject({ name: 'stopped', code: 401 })
  })

  it('comes back after an expired token only with another one', async () => {
    const tokens = ['one', 'two', 'two']
    const { time, server, client } = setting({ token: () => tokens.shift() ?? 'two' })
    await within(time, client.connect())
    server.socket.cut(4001)
    await time.advance(1000)
    expect(server.socket.frames('hello')[0]).toMatchObject({ d: { token: 'two' } })
    server.socket.cut(4001)
    await time.advance(5000)
    expect(client.status).toMatchObject({ state: 'stopped', error: { name: 'token_expired' } })
    expect(server.sockets.length).toBe(2)
  })

  it('renews the token when the server says that it expires', async () => {
    let made = 0
    const { time, server, client } = setting({
      token: () => {
        made += 1
        return `token ${made}`
      },
    })
    await within(time, client.connect())
    server.socket.push({ t: 'auth.expiring', d: { inMs: 60_000 } })
    await time.advance(100)
    expect(server.socket.frames('auth.refresh')[0]).toMatchObject({ d: { token: 'token 2' } })
    expect(client.online).toBe(true)
  })

  it('waits as the bye says before it comes back', async () => {
    const { time, server, client } = setting()
    await within(time, client.connect())
    server.socket.push({
      t: 'bye',
      d: { code: 4200, reason: 'drain', reconnect: true, afterMs: 2000, spreadMs: 10_000, resume: true },
    })
    await time.advance(50)
    server.socket.cut(4200)
    expect(client.status).toMatchObject({ state: 'waiting', retryAtMs: time.nowMs + 7000 })
    await time.advance(6990)
    expect(server.sockets.length).toBe(1)
    await time.advance(100)
    expect(client.online).toBe(true)
  })

  it('notices a peer that went silent and dials again', async () => {
    const { time, server, client } = setting()
    server.welcome = { ping: { everyMs: 20_000, timeoutMs: 5000 } }
    await within(time, client.connect())
    await time.advance(60_000)
    expect(server.sockets.length).toBe(1)
    server.intercept = (_, frame) => frame.t === 'ping'
    await time.advance(30_000)
    expect(server.sockets.length).toBe(2)
    expect(client.online).toBe(true)
  })

  it('sends no frame that the protocol does not have: what it does not know needs no answer', async () => {
    const { time, server, client } = setting()
    await within(time, client.connect())
    server.socket.push({ t: 'ping', d: { n: 7 } })
    await time.advance(100)
    expect(server.socket.frames('pong')).toEqual([])
    expect(client.online).toBe(true)
  })

  it('reports a frame that it cannot read and goes on', async () => {
    const { time, server, client, errors } = setting()
    await within(time, client.connect())
    for (const data of ['{', '[1]', 'null', '{"t":5}', '{"t":"x","d":1}', new Uint8Array(3)]) server.socket.raw(data)
    await time.advance(100)
    expect(errors.map((error) => error.name)).toEqual(Array(6).fill('bad_request'))
    expect(client.online).toBe(true)
  })

  it('says bye and stays away when it is closed', async () => {
    const { time, server, client } = setting()
    await within(time, client.connect())
    client.close()
    await time.advance(60_000)
    expect(client.status.state).toBe('stopped')
    expect(server.sockets.length).toBe(1)
  })
})
