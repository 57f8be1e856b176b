import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { SignJWT } from 'jose'
import { findMongo } from '../services/binaries.ts'
import { freePort } from '../services/free-port.ts'
import { startMongo } from '../services/mongo.ts'
import { type NatsService, startNats } from '../services/nats.ts'
import { startRedis } from '../services/redis.ts'
import type { Service } from '../services/service.ts'
import { ChaosNode, FAKETIME_LIBRARY, type NodeExit } from './chaos-node.ts'
import { startWireStore } from './wire-store/start.ts'

export interface ChaosClusterOptions {
  readonly nodes: number
  /** Servers of NATS. */
  readonly nats: 1 | 3
  /** For logs. */
  readonly dir: string
  readonly tenants: readonly string[]
  /** After which silence a conversation is closed. */
  readonly idleCloseMs: number
  /** Further options of every node. */
  readonly env: Readonly<Record<string, string>>
}

export type DocumentServer = Service & { readonly kind: 'mongod' | 'ferretdb' | 'own' }

/** Real servers and real nodes, each node with links of its own to every service. */
export class ChaosCluster {
  readonly nats: NatsService
  readonly redis: Service
  readonly mongo: DocumentServer
  readonly nodes: readonly ChaosNode[]
  readonly #secret: Uint8Array

  private constructor(
    services: readonly [nats: NatsService, redis: Service, mongo: DocumentServer],
    nodes: readonly ChaosNode[],
    secret: Uint8Array,
  ) {
    this.nats = services[0]
    this.redis = services[1]
    this.mongo = services[2]
    this.nodes = nodes
    this.#secret = secret
  }

  /** Resolves when every node listens. */
  static async start(options: ChaosClusterOptions): Promise<ChaosCluster> {
    const secret = randomBytes(24).toString('base64url')
    const services = await Promise.all([startNats({ cluster: options.nats }), startRedis(), startDocuments()])
    const [nats, redis, mongo] = services
    const nodes: ChaosNode[] = []
    for (let i = 0; i < options.nodes; i++) {
      // With three servers of NATS, each node knows its own: the links of the others are not of our own making.
      const target = nats.servers[i % nats.servers.length] ?? nats
      nodes.push(
        await ChaosNode.create({
          name: `node-${i + 1}`,
          port: await freePort(),
          dir: options.dir,
          env: environment(options, secret),
          targets: { nats: target.port, redis: redis.port, mongo: mongo.port },
          hasClock: i === options.nodes - 1 && existsSync(FAKETIME_LIBRARY),
        }),
      )
    }
    for (const node of nodes) node.start()
    await Promise.all(nodes.map((node) => node.ready()))
    return new ChaosCluster(services, nodes, new TextEncoder().encode(secret))
  }

  get services(): readonly Service[] {
    return [this.nats, this.redis, this.mongo]
  }

  get exits(): readonly NodeExit[] {
    return this.nodes.flatMap((node) => node.exits).sort((a, b) => a.atMs - b.atMs)
  }

  token(tenant: string, user: string, role = 'user'): Promise<string> {
    const claims = new SignJWT({ tenant, role }).setProtectedHeader({ alg: 'HS256' }).setSubject(user)
    return claims.setIssuedAt().setExpirationTime('48h').sign(this.#secret)
  }

  /** In order, all at once: each writes down what it has. Services go on. */
  async stopNodes(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop(Number.POSITIVE_INFINITY)))
  }

  async stop(): Promise<void> {
    for (const service of this.services) service.thaw()
    await Promise.all(this.nodes.map((node) => node.close()))
    await Promise.all(this.services.map((service) => service.stop()))
  }
}

/**
 * mongod where there is one. FerretDB on SQLite will not do: it changes a document in two steps, so of two writers the older one may
 * win, and it reads a range of ids by looking at all documents.
 */
function startDocuments(): Promise<DocumentServer> {
  return findMongo()?.name === 'mongod' ? startMongo() : startWireStore()
}

function environment({ tenants, idleCloseMs, nats, env }: ChaosClusterOptions, secret: string): Record<string, string> {
  return {
    PARLEY_AUTH_SECRET: secret,
    PARLEY_TENANTS: tenants.join(','),
    PARLEY_LOG_LEVEL: 'info',
    PARLEY_MESSAGES_PER_WINDOW: '100000',
    PARLEY_FRAMES_PER_SECOND_MAX: '100000',
    PARLEY_IDLE_CLOSE_MS: String(idleCloseMs),
    PARLEY_PASSIVATE_MS: '5000',
    PARLEY_NATS_REPLICAS: String(nats),
    ...env,
  }
}
