import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ID_SHAPE, isId, isTenant, TENANT_SHAPE } from '../kernel/ids.ts'
import { CLUSTER } from './cluster.ts'
import { integer, list, type Option, oneOf, text } from './option.ts'
import { asCountry, isHost, isKeySource, isOrigin } from './shapes.ts'

const AUTH_SECRET_CHARS_MIN = 32
const factoryTemplates = fileURLToPath(new URL('../../templates/', import.meta.url))

/** Every option of the server, by its field in `Config`, in the groups and the order in which help prints them. */
export const SCHEMA = {
  Server: {
    host: text({
      env: 'HOST',
      about: 'Address to listen on; any but this machine itself needs PARLEY_AUTH_SECRET or PARLEY_AUTH_KEYS.',
      expected: 'a host name or an IP address',
      fallback: '127.0.0.1',
      parse: (value) => (isHost(value) ? value : undefined),
    }),
    port: integer({
      env: 'PORT',
      about: 'Port for HTTP and WebSocket; 0 takes a free one.',
      fallback: 8_080,
      min: 0,
      max: 65_535,
    }),
    origins: list({
      env: 'PARLEY_ORIGINS',
      about: "Origins whose pages may connect besides the server's own; * lets all of them.",
      expected: 'a list between commas of origins such as https://chat.example.com, or *',
      accepts: isOrigin,
    }),
    node: text({
      env: 'PARLEY_NODE',
      about: 'Name of this process in logs, in `welcome` and in the journal.',
      expected: `a name of the shape ${ID_SHAPE}`,
      fallback:
        hostname()
          .replace(/[^A-Za-z0-9_-]/g, '-')
          .slice(0, 64) || 'node',
      fallbackText: "the machine's name",
      parse: (value) => (isId(value) ? value : undefined),
    }),
    logLevel: oneOf({
      env: 'PARLEY_LOG_LEVEL',
      about: 'The least important lines that are logged.',
      words: ['debug', 'info', 'warn', 'error', 'silent'],
      fallback: 'info',
    }),
    drainMs: integer({
      env: 'PARLEY_DRAIN_MS',
      about: 'Longest time from SIGTERM to the exit, in milliseconds; what was accepted is finished within it.',
      fallback: 10_000,
      min: 100,
      max: 600_000,
    }),
    watchdogMs: integer({
      env: 'PARLEY_WATCHDOG_MS',
      about: 'A process whose event loop stands still for this many milliseconds is ended, for a supervisor to restart.',
      fallback: 2_000,
      min: 200,
      max: 600_000,
      zeroOff: true,
    }),
  },
  Identity: {
    authSecret: text({
      env: 'PARLEY_AUTH_SECRET',
      about: 'Shared secret of HS256 tokens; without it and without key set the server runs in development mode.',
      expected: `a text of at least ${AUTH_SECRET_CHARS_MIN} characters`,
      fallback: undefined,
      secret: true,
      parse: (value) => (value.length >= AUTH_SECRET_CHARS_MIN && value.length <= 4_096 ? value : undefined),
    }),
    authKeys: text({
      env: 'PARLEY_AUTH_KEYS',
      about: 'Where the key set (JWKS) of EdDSA and RS256 tokens is read from, in place of a shared secret.',
      expected: 'the path of a file or an https URL (http only to this machine)',
      fallback: undefined,
      parse: (value) => (isKeySource(value) ? value : undefined),
    }),
    tenants: list({
      env: 'PARLEY_TENANTS',
      about: 'Tenants that are created at start where they do not exist yet.',
      expected: `a list between commas of tenants, each ${TENANT_SHAPE}`,
      accepts: isTenant,
    }),
  },
  Storage: {
    dataDir: text({
      env: 'PARLEY_DATA_DIR',
      about: 'Folder of journal and documents, made when missing; one process at a time.',
      expected: 'the path of a folder',
      fallback: './data',
      parse: (value) => (value.includes('\0') ? undefined : value),
    }),
    journal: oneOf({
      env: 'PARLEY_JOURNAL',
      about: 'Where the journal lives; in memory an acknowledged message does not survive the process.',
      words: ['disk', 'memory', 'redis'],
      fallback: 'disk',
      fallbackText: 'disk, or redis where PARLEY_REDIS_URL is set',
    }),
    segmentBytes: integer({
      env: 'PARLEY_SEGMENT_BYTES',
      about: "Size at which the journal's log begins a new file, in bytes.",
      fallback: 67_108_864,
      min: 65_536,
      max: 1_073_741_824,
    }),
    journalBytesMax: integer({
      env: 'PARLEY_JOURNAL_BYTES_MAX',
      about:
        'Size of the whole journal, in bytes, at least four segments; at nine tenths new turns are refused with 503 until the documents catch up.',
      fallback: 4_294_967_296,
      min: 1_048_576,
      max: 1_099_511_627_776,
    }),
    flushMs: integer({
      env: 'PARLEY_FLUSH_MS',
      about: 'Pause between two flushes from the journal to the documents, in milliseconds.',
      fallback: 200,
      min: 1,
      max: 60_000,
    }),
    unflushedMax: integer({
      env: 'PARLEY_UNFLUSHED_MAX',
      about: 'Journal entries not yet in the documents; at this number new turns are refused with 503 until it falls.',
      fallback: 200_000,
      min: 1_000,
      max: 10_000_000,
    }),
    templatesDir: text({
      env: 'PARLEY_TEMPLATES_DIR',
      about: 'Folder of the factory templates, which tenants get copies of.',
      expected: 'the path of a folder',
      fallback: factoryTemplates,
      fallbackText: "the project's templates/",
      parse: (value) => (value.includes('\0') ? undefined : value),
    }),
  },
  Conversations: {
    country: text({
      env: 'PARLEY_COUNTRY',
      about:
        'Country to which phone numbers, post codes and plates belong that do not say it. Left out: the region of the locale, else the country of the language.',
      expected: 'an ISO 3166 country code of two letters',
      fallback: '',
      parse: asCountry,
    }),
    residentsMax: integer({
      env: 'PARLEY_RESIDENTS_MAX',
      about: 'Conversations kept in memory; the one idle for longest leaves first.',
      fallback: 50_000,
      min: 100,
      max: 10_000_000,
    }),
    passivateMs: integer({
      env: 'PARLEY_PASSIVATE_MS',
      about: 'Idleness after which a conversation leaves memory, in milliseconds; it comes back when it is needed.',
      fallback: 180_000,
      min: 100,
      max: 86_400_000,
    }),
    idleCloseMs: integer({
      env: 'PARLEY_IDLE_CLOSE_MS',
      about: 'Idleness after which a conversation is closed for good, in milliseconds.',
      fallback: 86_400_000,
      min: 1_000,
      max: 31_536_000_000,
    }),
    mailboxMax: integer({
      env: 'PARLEY_MAILBOX_MAX',
      about: 'Messages that may wait for one conversation; further ones are refused with 503.',
      fallback: 128,
      min: 1,
      max: 65_536,
    }),
    shardMailboxMax: integer({
      env: 'PARLEY_SHARD_MAILBOX_MAX',
      about: 'Messages that may wait for all conversations of one shard; further ones are refused with 503.',
      fallback: 4_096,
      min: 1,
      max: 1_048_576,
    }),
  },
  Sockets: {
    socketsMax: integer({
      env: 'PARLEY_SOCKETS_MAX',
      about: 'Open WebSockets; further ones are turned away with 503.',
      fallback: 20_000,
      min: 1,
      max: 1_000_000,
    }),
    frameBytesMax: integer({
      env: 'PARLEY_FRAME_BYTES_MAX',
      about: 'Size of a frame from a client, in bytes; a larger one closes the socket with 1009.',
      fallback: 32_768,
      min: 1_024,
      max: 16_777_216,
    }),
    textCharsMax: integer({
      env: 'PARLEY_TEXT_CHARS_MAX',
      about: 'Length of a message, in characters; a longer one is refused with 413.',
      fallback: 8_000,
      min: 1,
      max: 1_000_000,
    }),
    messagesPerWindow: integer({
      env: 'PARLEY_MESSAGES_PER_WINDOW',
      about: 'Messages of one conversation within PARLEY_WINDOW_MS, whoever sends them; further ones are refused with 429.',
      fallback: 20,
      min: 1,
      max: 1_000_000_000,
    }),
    windowMs: integer({
      env: 'PARLEY_WINDOW_MS',
      about: 'Length of the window of PARLEY_MESSAGES_PER_WINDOW, in milliseconds.',
      fallback: 10_000,
      min: 100,
      max: 3_600_000,
    }),
    framesPerSecondMax: integer({
      env: 'PARLEY_FRAMES_PER_SECOND_MAX',
      about:
        'Frames of any kind from one socket in a second; further ones are refused with 429, twice as many close it with 4101.',
      fallback: 200,
      min: 1,
      max: 1_000_000_000,
    }),
    inFlightMax: integer({
      env: 'PARLEY_IN_FLIGHT_MAX',
      about: 'Frames of one socket that may wait for their answer; further ones are refused with 429.',
      fallback: 64,
      min: 1,
      max: 65_536,
    }),
    outboxBytesMax: integer({
      env: 'PARLEY_OUTBOX_BYTES_MAX',
      about:
        'Bytes that may wait for one socket; over half of them ephemeral frames are dropped, over all of them it is closed with 4103.',
      fallback: 1_048_576,
      min: 4_096,
      max: 1_073_741_824,
    }),
    helloTimeoutMs: integer({
      env: 'PARLEY_HELLO_TIMEOUT_MS',
      about: 'Time a new socket has to say hello, in milliseconds.',
      fallback: 5_000,
      min: 100,
      max: 600_000,
    }),
    pingEveryMs: integer({
      env: 'PARLEY_PING_EVERY_MS',
      about: 'Pause between two pings to a silent client, in milliseconds.',
      fallback: 25_000,
      min: 100,
      max: 3_600_000,
    }),
    pingTimeoutMs: integer({
      env: 'PARLEY_PING_TIMEOUT_MS',
      about: 'Time a client has to answer a ping, in milliseconds.',
      fallback: 20_000,
      min: 50,
      max: 3_600_000,
    }),
    byeSpreadMs: integer({
      env: 'PARLEY_BYE_SPREAD_MS',
      about: 'At a stop, clients are asked to come back spread over this many milliseconds.',
      fallback: 5_000,
      min: 0,
      max: 600_000,
    }),
  },
  Understanding: {
    nluWorkers: integer({
      env: 'PARLEY_NLU_WORKERS',
      about: 'Worker threads that interpret longer texts; 0 interprets everything on the main thread.',
      fallback: 1,
      min: 0,
      max: 256,
    }),
    nluQueueMax: integer({
      env: 'PARLEY_NLU_QUEUE_MAX',
      about: 'Texts that may wait for a worker thread; when full, the tenant with the longest line is refused with 503.',
      fallback: 1_024,
      min: 1,
      max: 1_048_576,
    }),
    nluDeadlineMs: integer({
      env: 'PARLEY_NLU_DEADLINE_MS',
      about: 'Time an interpretation may take, in milliseconds; after it the turn is refused with 504 and the worker replaced.',
      fallback: 2_000,
      min: 50,
      max: 60_000,
    }),
    nluInlineCharsMax: integer({
      env: 'PARLEY_NLU_INLINE_CHARS_MAX',
      about: 'Texts up to this length are interpreted on the main thread, in characters.',
      fallback: 500,
      min: 0,
      max: 2_000,
    }),
  },
  Cluster: CLUSTER,
} as const

type Groups = typeof SCHEMA
type Fields = { [G in keyof Groups]: Groups[G] }[keyof Groups]
type Keys<U> = U extends unknown ? keyof U : never
type At<U, K extends PropertyKey> = U extends unknown ? (K extends keyof U ? U[K] : never) : never

/** The server's configuration: checked, complete, never changed. */
export type Config = {
  readonly [K in Keys<Fields>]: At<Fields, K> extends Option<infer T> ? T : never
} & {
  /** Neither secret nor key set: bound to this machine, tokens are given to whoever asks for one. */
  readonly development: boolean
  /** One node of several: PARLEY_NATS_URL is set, and with it the addresses of Redis and MongoDB. */
  readonly clustered: boolean
}

export interface NamedOption {
  readonly group: string
  readonly field: string
  readonly option: Option<unknown>
}

/** Every option once, in the order of the schema. */
export const OPTIONS: readonly NamedOption[] = Object.entries(SCHEMA).flatMap(([group, fields]) =>
  Object.entries(fields).map(([field, option]: [string, Option<unknown>]) => ({ group, field, option })),
)
