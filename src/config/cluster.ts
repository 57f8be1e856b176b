import { MONGO_SHAPE, readMongoUrls, readNatsUrls, readRedisUrls } from './addresses.ts'
import { addresses, integer, oneOf, oneOfNumbers, someOf, text } from './option.ts'

const PREFIX_SHAPE = '[A-Za-z0-9_-]{1,32}'
const isPrefix = new RegExp(`^${PREFIX_SHAPE}$`)
const asPath = (value: string): string | undefined => (value.includes('\0') ? undefined : value)

/** What makes a process one of several, and what it finds the others by. */
export const CLUSTER = {
  roles: someOf({
    env: 'PARLEY_ROLES',
    about: 'What this node does: clients connect to gateways, conversations live on actors; --roles on the command line wins.',
    words: ['gateway', 'actors'],
  }),
  natsUrls: addresses({
    env: 'PARLEY_NATS_URL',
    about: 'Servers of the NATS over which nodes talk; unset, this process is alone.',
    expected: 'a list between commas of nats:// or tls:// URLs',
    parse: readNatsUrls,
  }),
  natsCreds: text({
    env: 'PARLEY_NATS_CREDS',
    about: 'Credentials file for NATS.',
    expected: 'the path of a file',
    fallback: undefined,
    parse: asPath,
  }),
  natsReplicas: oneOfNumbers({
    env: 'PARLEY_NATS_REPLICAS',
    about: 'Servers of NATS that keep a copy of the shard directory and the event streams.',
    numbers: [1, 3],
    fallback: 1,
  }),
  redisUrls: addresses({
    env: 'PARLEY_REDIS_URL',
    about: 'Redis for the journal; several URLs are nodes of one Redis Cluster.',
    expected: 'a list between commas of redis:// or rediss:// URLs, all of one kind',
    parse: readRedisUrls,
  }),
  redisReplicasMin: integer({
    env: 'PARLEY_REDIS_REPLICAS_MIN',
    about: 'Replicas of Redis that must have a turn before it is acknowledged.',
    fallback: 0,
    min: 0,
    max: 9,
  }),
  redisPrefix: text({
    env: 'PARLEY_REDIS_PREFIX',
    about:
      'First part of all keys in Redis, and first token of subjects on NATS but those of event streams, so that several clusters can share them.',
    expected: `a name of the shape ${PREFIX_SHAPE}`,
    fallback: 'parley',
    parse: (value) => (isPrefix.test(value) ? value : undefined),
  }),
  mongoUrls: addresses({
    env: 'PARLEY_MONGO_URL',
    about:
      'MongoDB for the documents, in place of the data folder; of several the one named default, else the first, is the default.',
    expected: MONGO_SHAPE,
    parse: readMongoUrls,
  }),
  mongoConnectionsMax: integer({
    env: 'PARLEY_MONGO_CONNECTIONS_MAX',
    about: 'Connections of this node to each MongoDB.',
    fallback: 64,
    min: 1,
    max: 10_000,
  }),
  tlsCa: text({
    env: 'PARLEY_TLS_CA',
    about: 'Certificates (PEM) trusted for NATS, Redis and MongoDB, in place of the usual ones.',
    expected: 'the path of a file',
    fallback: undefined,
    parse: asPath,
  }),
  tlsCert: text({
    env: 'PARLEY_TLS_CERT',
    about: 'Certificate chain (PEM) of this server, whose port then speaks https and wss.',
    expected: 'the path of a file',
    fallback: undefined,
    parse: asPath,
  }),
  tlsKey: text({
    env: 'PARLEY_TLS_KEY',
    about: 'Private key (PEM) of PARLEY_TLS_CERT.',
    expected: 'the path of a file',
    fallback: undefined,
    parse: asPath,
  }),
  events: oneOf({
    env: 'PARLEY_EVENTS',
    about: 'Event streams on JetStream for other systems, in a cluster.',
    words: ['on', 'off'],
    fallback: 'on',
  }),
  busAuth: oneOf({
    env: 'PARLEY_BUS_AUTH',
    about:
      'Requests over NATS without a token: refused, or (broker) taken as a service of the tenant, where NATS permissions say who may publish.',
    words: ['token', 'broker'],
    fallback: 'token',
  }),
  heartbeatMs: integer({
    env: 'PARLEY_HEARTBEAT_MS',
    about: 'Pause between two signs of life to the other nodes, in milliseconds.',
    fallback: 500,
    min: 50,
    max: 10_000,
  }),
  selfFenceMs: integer({
    env: 'PARLEY_SELF_FENCE_MS',
    about: 'Time without hearing of the others after which a node stops serving by itself, in milliseconds.',
    fallback: 2_000,
    min: 200,
    max: 60_000,
  }),
  deadMs: integer({
    env: 'PARLEY_DEAD_MS',
    about: 'Silence after which a node is taken for dead and its conversations move, in milliseconds.',
    fallback: 3_000,
    min: 300,
    max: 120_000,
  }),
  appendTimeoutMs: integer({
    env: 'PARLEY_APPEND_TIMEOUT_MS',
    about: 'Time Redis has to take a write, in milliseconds; after it the outcome is looked up.',
    fallback: 500,
    min: 50,
    max: 30_000,
  }),
} as const
