import { ConversationList } from '../../src/actors/conversation-list.ts'
import type { Caller, ConversationRouter } from '../../src/actors/port.ts'
import { ConversationProjection } from '../../src/actors/projection.ts'
import { LocalBroker } from '../../src/cluster/local/broker.ts'
import type { Bus, BusMessage } from '../../src/cluster/port.ts'
import { signToken, TokenVerifier } from '../../src/gateway/identity.ts'
import { createRequestApi, type RequestApi, type RequestApiOptions } from '../../src/gateway/request-api/request-api.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import { identitySeal } from '../../src/storage/port.ts'
import { TEST_SECRET } from '../fixtures/gateway-server.ts'
import { TestNode } from '../fixtures/node.ts'
import { settle } from '../fixtures/virtual-clock.ts'

/** What came on a reply subject. */
export interface Told {
  readonly body: Record<string, unknown>
  readonly headers: ReadonlyMap<string, string>
}

export type Buses = { readonly server: Bus; readonly client: Bus }

const TEMPLATES = [
  {
    id: 'date-of-birth',
    label: { en: 'Date of birth' },
    locales: ['en'],
    data: [{ id: 'birthDate', label: { en: 'Date of birth' } }],
  },
]
const encoder = new TextEncoder()
const HOUR_MS = 3_600_000

/** A node with its request API, and a system that talks to it; on a bus within the process unless others are given. */
export class RequestPlace {
  readonly node: TestNode
  readonly buses: Buses
  readonly api: RequestApi
  #inboxes = 0

  private constructor(node: TestNode, buses: Buses, options: Partial<RequestApiOptions>) {
    this.node = node
    this.buses = buses
    this.api = createRequestApi({
      bus: buses.server,
      router: node.host,
      identity: new TokenVerifier({ keys: { secret: TEST_SECRET }, clock: node.clock }),
      templates: () => TEMPLATES,
      conversations: new ConversationList(node.documents, new ConversationProjection(identitySeal)),
      clock: node.clock,
      log: silentLog,
      metrics: noMetrics,
      node: 'n1',
      version: '1.2.3',
      ...options,
    })
  }

  static async start(options: Partial<RequestApiOptions> = {}, buses?: Buses): Promise<RequestPlace> {
    const node = await new TestNode().start()
    const broker = new LocalBroker({ clock: node.clock })
    const place = new RequestPlace(node, buses ?? { server: broker.connect(), client: broker.connect() }, options)
    await place.api.start()
    return place
  }

  /** Another API on the same bus and conversations. */
  async another(options: Partial<RequestApiOptions>): Promise<RequestPlace> {
    const place = new RequestPlace(this.node, this.buses, options)
    await place.api.start()
    return place
  }

  token(role: Caller['role'] = 'service', user = 'crm', tenant = 'demo'): Promise<string> {
    return signToken(TEST_SECRET, { tenant, user, role }, this.node.clock.now(), HOUR_MS)
  }

  async ask(verb: string, body: object | Uint8Array, headers: Record<string, string> = {}): Promise<Told> {
    const auth = 'Parley-Auth' in headers ? headers : { 'Parley-Auth': await this.token(), ...headers }
    return this.raw(`parley.v1.demo.${verb}`, body, auth)
  }

  async raw(subject: string, body: object | Uint8Array, headers: Record<string, string> = {}): Promise<Told> {
    const data = body instanceof Uint8Array ? body : encoder.encode(JSON.stringify(body))
    return told(await this.buses.client.request(subject, data, { timeoutMs: 5000, headers }))
  }

  /** A request whose answers are many. */
  stream(subject: string, body: object | Uint8Array, headers: Record<string, string>): Inbox {
    const inbox = new Inbox(this.buses.client, `inbox.${++this.#inboxes}`)
    const data = body instanceof Uint8Array ? body : encoder.encode(JSON.stringify(body))
    this.buses.client.publish(subject, data, { reply: inbox.subject, headers })
    return inbox
  }

  async stop(): Promise<void> {
    await this.api.stop()
  }
}

/** A reply subject of its own, and what came on it. */
export class Inbox {
  readonly subject: string
  readonly told: Told[] = []
  readonly #subscription: { unsubscribe(): void }
  #taken = 0
  #wake: (() => void) | undefined

  constructor(bus: Bus, subject: string) {
    this.subject = subject
    this.#subscription = bus.subscribe(subject, (message) => {
      this.told.push(told(message))
      this.#wake?.()
    })
  }

  /** Resolves when so many have come. */
  async holds(count: number): Promise<void> {
    while (this.told.length < count) await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  /** The next one, when it is there. */
  async next(): Promise<Told> {
    await this.holds(this.#taken + 1)
    return this.told[this.#taken++] as Told
  }

  close(): void {
    this.#subscription.unsubscribe()
  }
}

export function told({ data, headers = new Map() }: BusMessage): Told {
  const body = headers.get('Parley-Enc') === 'msgpack' ? {} : (JSON.parse(Buffer.from(data).toString() || '{}') as Told['body'])
  return { body, headers }
}

/** A router that refuses everything with the same words. */
export const refusing = (rejection: Parameters<Parameters<ConversationRouter['deliver']>[3]>[0]): ConversationRouter => ({
  deliver: (_tenant, _cid, _delivery, reply) => reply(rejection as never),
})

export { settle }
