import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import { AppError } from '../../kernel/rejection.ts'
import { infoField } from './identity.ts'
import type { Masters } from './masters.ts'
import type { RedisNode } from './node.ts'

const REACH_MS_MAX = 5000
const LOOK_EVERY_MS = 20
/** Script flags came with it. */
const VERSION_MIN = 7

/** Waits until every master can be used. AppError `storage.unavailable` with the reason when one cannot within five seconds. */
export async function reachAll(masters: Masters, clock: Clock): Promise<void> {
  const untilMs = clock.mono() + REACH_MS_MAX
  const seeds = masters.all
  const seed = await reachOne(seeds, clock, untilMs)
  const info = (await seed.inspect()) ?? ''
  if (infoField(info, 'cluster_enabled') === '1') await masters.becomeCluster()
  else if (seeds.length > 1)
    throw new AppError('storage.config', `${seed.address} is no Redis Cluster: give one address only`, { retry: 'never' })
  if (masters.holding.length === 0) throw unreachable(seed, 'its cluster tells no masters')
  for (const node of masters.holding) await reachOne([node], clock, untilMs)
}

/** Refuses what would lose the journal; warns of what makes a promise weaker. */
export async function checkSettings(node: RedisNode, waitReplicas: number, log: Log): Promise<void> {
  const info = (await node.inspect()) ?? ''
  const server = { redis: node.address }
  const version = infoField(info, 'redis_version')
  if (Number.parseInt(version, 10) < VERSION_MIN)
    throw refused(`Redis at ${node.address} is ${version}, the journal needs ${VERSION_MIN} or newer`)
  const policy = infoField(info, 'maxmemory_policy')
  if (policy !== 'noeviction')
    throw refused(`Redis at ${node.address} has maxmemory-policy ${policy}: it would drop entries. Set it to noeviction`)
  if (infoField(info, 'role') !== 'master') throw refused(`Redis at ${node.address} is a replica: give its master's address`)
  if (infoField(info, 'aof_enabled') !== '1')
    log.warn(server, 'Redis has no append-only file: a restart of it loses acknowledged turns that their owner does not have')
  else await checkSync(node, log)
  const replicas = Number(infoField(info, 'connected_slaves'))
  if (replicas < waitReplicas)
    log.warn(
      { ...server, replicas, waitReplicas },
      'Redis has fewer replicas than appends wait for: they will not be acknowledged',
    )
  else if (waitReplicas === 0)
    log.info({ ...server, replicas }, 'appends wait for no replica: what is acknowledged is on one host')
}

async function checkSync(node: RedisNode, log: Log): Promise<void> {
  const server = { redis: node.address }
  const reply = await node.other.command('config', ['get', 'appendfsync'])
  const sync = reply.ok ? (reply.value as readonly string[])[1] : undefined
  if (sync === undefined) {
    log.warn(server, 'Redis does not tell its appendfsync: whether acknowledged turns survive a power cut could not be checked')
  } else if (sync === 'everysec') {
    log.info(
      server,
      'Redis syncs each second: a power cut of it loses up to two seconds, which the owners of the turns write again',
    )
  } else if (sync !== 'always') {
    log.warn(
      { ...server, sync },
      'Redis leaves syncing to the system: a power cut of it can lose much more than a second of turns',
    )
  }
}

async function reachOne(nodes: readonly RedisNode[], clock: Clock, untilMs: number): Promise<RedisNode> {
  for (;;) {
    const usable = nodes.find((node) => node.usable)
    if (usable !== undefined) return usable
    if (clock.mono() > untilMs) throw unreachable(nodes[0] as RedisNode, nodes[0]?.other.lastError ?? '')
    await new Promise<void>((resolve) => clock.setTimer(LOOK_EVERY_MS, resolve))
  }
}

function unreachable(node: RedisNode, why: string): AppError {
  return new AppError('storage.unavailable', `the journal cannot be reached: Redis at ${node.address}: ${why}`, {
    retry: 'later',
  })
}

const refused = (msg: string): AppError => new AppError('storage.config', msg, { retry: 'never' })
