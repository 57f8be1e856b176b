import type { Problem } from './problem.ts'
import type { Config } from './schema.ts'

/** How much faster one machine's clock may run than another's, and time for what is between the two checks. */
const CLOCK_DRIFT = 1.05
const MARGIN_MS = 100

/** What is right by itself but does not make a node of a cluster, or one that speaks TLS. */
export function crossCheckCluster(config: Config): Problem[] {
  const problems: Problem[] = []
  const need = (right: boolean, name: string, value: string | number, expected: string): void => {
    if (!right) problems.push({ name, value: JSON.stringify(String(value)), expected })
  }
  const { clustered, journal, redisUrls, mongoUrls, tlsCert, tlsKey, selfFenceMs, appendTimeoutMs, deadMs } = config
  const because = 'because PARLEY_NATS_URL makes this process a node of a cluster'
  need(!clustered || redisUrls.length > 0, 'PARLEY_REDIS_URL', '', `the URL of Redis, ${because} and all nodes share a journal`)
  need(!clustered || mongoUrls.length > 0, 'PARLEY_MONGO_URL', '', `the URL of MongoDB, ${because} and all nodes share documents`)
  need(!clustered || redisUrls.length === 0 || journal === 'redis', 'PARLEY_JOURNAL', journal, `redis, or nothing, ${because}`)
  need(clustered || journal !== 'redis' || redisUrls.length > 0, 'PARLEY_JOURNAL', journal, 'PARLEY_REDIS_URL beside it')
  need(
    clustered || config.roles.length === 2,
    'PARLEY_ROLES',
    config.roles.join(','),
    'gateway,actors, or nothing, as a process without PARLEY_NATS_URL is alone and does everything',
  )
  need((tlsCert === undefined) === (tlsKey === undefined), ...lacking(tlsCert))
  need(
    config.heartbeatMs * 2 <= selfFenceMs,
    'PARLEY_HEARTBEAT_MS',
    config.heartbeatMs,
    `at most half of PARLEY_SELF_FENCE_MS, which is ${selfFenceMs}`,
  )
  const quietMs = Math.floor(selfFenceMs * CLOCK_DRIFT + appendTimeoutMs + MARGIN_MS)
  need(
    deadMs > quietMs,
    'PARLEY_DEAD_MS',
    deadMs,
    `more than ${quietMs}, so that a node that is cut off has stopped (PARLEY_SELF_FENCE_MS, ${selfFenceMs}, on a clock that is 5 % slow) ` +
      `and its last write is settled (PARLEY_APPEND_TIMEOUT_MS, ${appendTimeoutMs}) before others take its conversations`,
  )
  return problems
}

function lacking(tlsCert: string | undefined): [name: string, value: string, expected: string] {
  return tlsCert === undefined
    ? ['PARLEY_TLS_CERT', '', 'the certificate of PARLEY_TLS_KEY']
    : ['PARLEY_TLS_KEY', '', 'the private key of PARLEY_TLS_CERT']
}
