import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../fixtures/virtual-clock.ts'
import { type NatsService, startNats } from '../services/nats.ts'

const file = fileURLToPath(new URL('../../deploy/nats/tenant-permissions.conf', import.meta.url))
const PASSWORDS = { NATS_PASSWORD: 'n', NATS_ACME_PASSWORD: 'a', NATS_GLOBEX_PASSWORD: 'g', NATS_OPERATOR_PASSWORD: 'o' } as const

let server: NatsService
const connections: NatsConnection[] = []

/** The example as it stands, but for the port and the store's folder; the passwords are set above it. */
function example(): string {
  const passwords = Object.entries(PASSWORDS).map(([name, value]) => `${name}: ${value}`)
  return [...passwords, readFileSync(file, 'utf8').replace(/^(?:port|jetstream)\b.*$/gm, '')].join('\n')
}

interface Client {
  readonly connection: NatsConnection
  /** Does it, and gives what the server refused of it. */
  refused(act: () => void): Promise<readonly string[]>
}

async function as(user: string, pass: string, inboxPrefix: string): Promise<Client> {
  const connection = await connect({ servers: server.url, user, pass, inboxPrefix, reconnect: false })
  connections.push(connection)
  const told: string[] = []
  const follow = async (): Promise<void> => {
    for await (const status of connection.status()) if (status.type === 'error') told.push(status.error.message)
  }
  void follow()
  return {
    connection,
    async refused(act) {
      told.length = 0
      act()
      // A refusal comes before the answer to a ping that was sent after what is refused; then the library passes it on.
      await connection.flush()
      await settle()
      return [...told]
    },
  }
}

beforeAll(async () => {
  server = await startNats({ config: example() })
})
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()))
  await server.stop()
})

describe('the internal system of a tenant', () => {
  test('calls the doors of its own tenant, and gets the answers in its own inbox', async () => {
    const node = await as('parley-node', PASSWORDS.NATS_PASSWORD, '_INBOX')
    node.connection.subscribe('parley.v1.*.conv.open', { callback: (_err, message) => void message.respond('opened') })
    await node.connection.flush()
    const acme = await as('acme', PASSWORDS.NATS_ACME_PASSWORD, '_INBOX_acme')
    const answer = await acme.connection.request('parley.v1.acme.conv.open', 'x', { timeout: 5000 })
    expect(answer.string()).toBe('opened')
  })

  test.each([
    ["another tenant's door", 'parley.v1.globex.conv.open'],
    ["the platform's door", 'parley.v1.sys.tenant.create'],
    ['a shard of the nodes', 'parley.i.shard.17'],
    ['a node', 'parley.i.node.01J.turns'],
    ['a heartbeat', 'parley.i.node.01J.hb'],
    ['an event of its own tenant', 'parley.evt.v1.acme.conversation.events'],
    ["another's inbox", '_INBOX_globex.x'],
    ["the nodes' inbox", '_INBOX.x'],
    ['the streams', '$JS.API.STREAM.PURGE.parley_events'],
    ['the directory', '$KV.parley_shards.s.17'],
  ])('cannot publish to %s', async (_what, subject) => {
    const acme = await as('acme', PASSWORDS.NATS_ACME_PASSWORD, '_INBOX_acme')
    const told = await acme.refused(() => acme.connection.publish(subject, 'x'))
    expect(told).toEqual([expect.stringContaining(`Publish to "${subject}"`)])
  })

  test.each([
    'parley.v1.globex.>',
    'parley.evt.v1.globex.>',
    'parley.evt.v1.>',
    'parley.i.>',
    'parley.>',
    '>',
    '_INBOX.>',
    '_INBOX_globex.>',
    '$JS.>',
  ])('cannot listen to %s', async (subject) => {
    const acme = await as('acme', PASSWORDS.NATS_ACME_PASSWORD, '_INBOX_acme')
    const told = await acme.refused(() => void acme.connection.subscribe(subject, { callback: () => {} }))
    expect(told).toEqual([expect.stringContaining(`Subscription to "${subject}"`)])
  })

  test('hears the events of its own tenant', async () => {
    const acme = await as('acme', PASSWORDS.NATS_ACME_PASSWORD, '_INBOX_acme')
    const heard = new Promise((resolve) => {
      acme.connection.subscribe('parley.evt.v1.acme.>', { callback: (_err, message) => resolve(message.subject) })
    })
    await acme.connection.flush()
    const node = await as('parley-node', PASSWORDS.NATS_PASSWORD, '_INBOX')
    expect(await node.refused(() => node.connection.publish('parley.evt.v1.acme.message.inbound', 'x'))).toEqual([])
    expect(await heard).toBe('parley.evt.v1.acme.message.inbound')
  })

  test('is not let in with the password of another, or none', async () => {
    await expect(as('acme', PASSWORDS.NATS_GLOBEX_PASSWORD, '_INBOX_acme')).rejects.toThrow(/authorization violation/i)
    await expect(as('nobody', '', '_INBOX')).rejects.toThrow(/authorization violation/i)
  })
})

test("operators reach every tenant's doors, and not the nodes' subjects", async () => {
  const operator = await as('operator', PASSWORDS.NATS_OPERATOR_PASSWORD, '_INBOX_operator')
  expect(await operator.refused(() => operator.connection.publish('parley.v1.sys.cluster.nodes', 'x'))).toEqual([])
  expect(await operator.refused(() => operator.connection.publish('parley.i.suspect', 'x'))).toHaveLength(1)
})
