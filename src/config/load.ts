import { isLoopback } from '../kernel/loopback.ts'
import { crossCheckCluster } from './cluster-check.ts'
import { nearest } from './nearest.ts'
import { type Problem, printable } from './problem.ts'
import { type Config, OPTIONS, SCHEMA } from './schema.ts'

type Fields = Omit<Config, 'development' | 'clustered'>

/** Segments that the journal's budget must have room for. */
const SEGMENTS_MIN = 4

/** `warnings` are sentences about variables that were not understood; they never stop the start. */
export type Loaded =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly string[] }

/**
 * Reads the configuration from environment variables. Unset and empty variables mean the default;
 * spaces around a value do not count, but in a secret.
 * Every wrong value is reported, not only the first; checks across fields run once each field is right by itself.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Loaded {
  const problems: Problem[] = []
  const fields: Record<string, unknown> = {}
  for (const { field, option } of OPTIONS) {
    const raw = env[option.env] ?? ''
    const given = option.secret ? raw : raw.trim()
    const value = given === '' ? option.fallback : option.parse(given)
    if (given !== '' && value === undefined) {
      problems.push({ name: option.env, value: printable(given, option.secret), expected: option.expected })
    }
    fields[field] = value
  }
  const warnings = unknownNames(env)
  if (problems.length > 0) return { ok: false, problems, warnings }
  const config = completed(fields as Fields, env)
  const crossed = [...crossCheck(config), ...crossCheckCluster(config)]
  return crossed.length > 0 ? { ok: false, problems: crossed, warnings } : { ok: true, config, warnings }
}

/** With what follows from several options together. */
function completed(fields: Fields, env: Readonly<Record<string, string | undefined>>): Config {
  const isJournalGiven = (env[SCHEMA.Storage.journal.env] ?? '').trim() !== ''
  return Object.freeze({
    ...fields,
    journal: !isJournalGiven && fields.redisUrls.length > 0 ? 'redis' : fields.journal,
    development: !fields.authSecret && !fields.authKeys,
    clustered: fields.natsUrls.length > 0,
  })
}

/** What is right by itself but not together. */
function crossCheck(config: Config): Problem[] {
  const problems: Problem[] = []
  const need = (right: boolean, name: string, value: string | number, expected: string): void => {
    if (!right) problems.push({ name, value: JSON.stringify(String(value)), expected })
  }
  need(
    !config.development || isLoopback(config.host),
    'HOST',
    config.host,
    'a loopback address (127.0.0.1, ::1, localhost), because without PARLEY_AUTH_SECRET or PARLEY_AUTH_KEYS ' +
      'anyone who reaches the server gets a token',
  )
  need(
    config.authSecret === undefined || config.authKeys === undefined,
    'PARLEY_AUTH_KEYS',
    config.authKeys ?? '',
    'nothing where PARLEY_AUTH_SECRET is set: tokens are checked against the one or the other',
  )
  need(
    config.mailboxMax <= config.shardMailboxMax,
    'PARLEY_MAILBOX_MAX',
    config.mailboxMax,
    `at most PARLEY_SHARD_MAILBOX_MAX, which is ${config.shardMailboxMax}`,
  )
  need(
    config.passivateMs < config.idleCloseMs,
    'PARLEY_PASSIVATE_MS',
    config.passivateMs,
    `less than PARLEY_IDLE_CLOSE_MS, which is ${config.idleCloseMs}`,
  )
  const textBytesMax = config.textCharsMax * 4 + 512
  need(
    config.frameBytesMax >= textBytesMax,
    'PARLEY_FRAME_BYTES_MAX',
    config.frameBytesMax,
    `at least ${textBytesMax}, so that a message of PARLEY_TEXT_CHARS_MAX (${config.textCharsMax}) fits at four bytes a character`,
  )
  need(
    config.outboxBytesMax >= 2 * config.frameBytesMax,
    'PARLEY_OUTBOX_BYTES_MAX',
    config.outboxBytesMax,
    `at least two frames of PARLEY_FRAME_BYTES_MAX (${config.frameBytesMax})`,
  )
  need(
    config.pingTimeoutMs <= config.pingEveryMs,
    'PARLEY_PING_TIMEOUT_MS',
    config.pingTimeoutMs,
    `at most PARLEY_PING_EVERY_MS, which is ${config.pingEveryMs}`,
  )
  const journalBytesMin = config.segmentBytes * SEGMENTS_MIN
  need(
    config.journal !== 'disk' || config.journalBytesMax >= journalBytesMin,
    'PARLEY_JOURNAL_BYTES_MAX',
    config.journalBytesMax,
    `at least ${journalBytesMin}, ${SEGMENTS_MIN} times PARLEY_SEGMENT_BYTES (${config.segmentBytes}): room is won back by whole segments`,
  )
  need(
    config.nluQueueMax >= config.nluWorkers,
    'PARLEY_NLU_QUEUE_MAX',
    config.nluQueueMax,
    `at least PARLEY_NLU_WORKERS, which is ${config.nluWorkers}`,
  )
  return problems
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const names = OPTIONS.map(({ option }) => option.env)
  return Object.keys(env)
    .filter((name) => name.startsWith('PARLEY_') && !names.includes(name))
    .sort()
    .map((name) => `${name} is not an option and was ignored; the nearest is ${nearest(name, names)}`)
}
