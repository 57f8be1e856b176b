import { Redis } from 'ioredis'
import { expect, vi } from 'vitest'
import { startRedis } from '../services/redis.ts'
import type { Service } from '../services/service.ts'

const SLOTS = 16_384
const NODE_TIMEOUT_MS = 1000

const EXTRA = [
  ...['--cluster-enabled', 'yes', '--cluster-node-timeout', String(NODE_TIMEOUT_MS)],
  ...['--cluster-require-full-coverage', 'no'],
]

/** Masters of one Redis Cluster, each with an even part of the slots; the others serve on while one is gone. */
export async function startRedisCluster(count: number): Promise<readonly Service[]> {
  const services = await Promise.all(Array.from({ length: count }, () => startRedis({ appendfsync: 'always', extra: EXTRA })))
  for (const [index, service] of services.entries()) {
    await asked(service, async (redis) => {
      const first = Math.ceil((index * SLOTS) / count)
      await redis.cluster('ADDSLOTSRANGE', first, Math.ceil(((index + 1) * SLOTS) / count) - 1)
      // Before it has met anybody: later it takes none.
      await redis.call('cluster', 'set-config-epoch', String(index + 1))
    })
  }
  const [first, ...others] = services
  for (const other of others) await asked(first as Service, (redis) => redis.cluster('MEET', '127.0.0.1', other.port))
  for (const service of services) await stands(service, count)
  return services
}

/** A replica of `master`, joined to the cluster of `member`; resolves when it has what the master has. */
export async function addReplica(master: Service, member: Service): Promise<Service> {
  const replica = await startRedis({ appendfsync: 'always', extra: EXTRA })
  const id = await asked(master, async (redis) => String(await redis.cluster('MYID')))
  await asked(replica, async (redis) => {
    await redis.cluster('MEET', '127.0.0.1', member.port)
    await vi.waitFor(() => redis.cluster('REPLICATE', id), { timeout: 20_000 })
    const isOnline = async (): Promise<void> => expect(String(await redis.info('replication'))).toContain('master_link_status:up')
    await vi.waitFor(isOnline, { timeout: 20_000 })
  })
  await asked(member, async (redis) =>
    vi.waitFor(async () => expect(String(await redis.cluster('NODES'))).toMatch(new RegExp(`:${replica.port}@\\d+ slave`)), {
      timeout: 20_000,
    }),
  )
  return replica
}

/** Resolves when the server takes writes and knows `count` others and itself. */
export async function stands(service: Service, count: number): Promise<void> {
  const wanted = new RegExp(`cluster_state:ok[\\s\\S]*cluster_known_nodes:${count}\\r[\\s\\S]*cluster_size:${count}\\r`)
  await asked(service, (redis) =>
    vi.waitFor(async () => expect(String(await redis.cluster('INFO'))).toMatch(wanted), { timeout: 20_000 }),
  )
}

/** Runs commands on one server over a connection of its own. */
export async function asked<T>({ port }: Service, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ port, host: '127.0.0.1', protocol: 2 })
  try {
    return await run(redis)
  } finally {
    redis.disconnect()
  }
}
