import type { LogFields } from '../kernel/log.ts'
import type { Mask } from './mask.ts'

const REDACTED = '[redacted]'
const LIMITS = { depth: 4, keys: 32, items: 16, chars: 500, causes: 3, frames: 12 } as const

/** Fields that hold what people said or who they are; compared in lower case, without `-` and `_`. */
const PERSONAL: ReadonlySet<string> = new Set(
  `d body text texts value values other runnerup rejected current data vars name names first last firstname lastname fullname surname email emails mail phone
   phones address street birthdate taxcode iban say says said parts utterance alternatives candidates transcript interpretation
   facts input inputs output outputs payload frame frames message messages label labels title quickreplies choices answer reply
   token tokens jwt authorization cookie setcookie password secret secrets credentials key keys clientkey claims headers query
   search hash href raw user who`.split(/\s+/),
)
/** Fields made by Parley or its operator whose long digit runs mean nothing personal. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  'tenant cid conversation inc node shard template code syscall time host dir dataDir file segment'.split(' '),
)

/**
 * What may be logged of `fields`: personal fields are cut out whole, other texts are masked and cut at 500 characters, errors
 * keep type, code and stack (`printableError`). Bounded: 4 levels, 32 keys, 16 items. Never throws, if `masks` does not.
 */
export function redact(fields: LogFields, masks: Mask): Record<string, unknown> {
  return redactObject(fields, 0, masks)
}

function redactObject(fields: object, depth: number, masks: Mask): Record<string, unknown> {
  const clean: Record<string, unknown> = {}
  let keys = 0
  for (const [key, value] of Object.entries(fields)) {
    if (++keys > LIMITS.keys) break
    if (value === undefined) continue
    clean[key] = PERSONAL.has(key.toLowerCase().replaceAll(/[-_]/g, '')) ? REDACTED : redactValue(key, value, depth, masks)
  }
  return clean
}

function redactValue(key: string, value: unknown, depth: number, masks: Mask): unknown {
  switch (typeof value) {
    case 'string':
      return printableText(key, value, masks)
    case 'number':
    case 'boolean':
      return value
    case 'bigint':
      return String(value)
    case 'object':
      break
    default:
      return `[${typeof value}]`
  }
  if (value === null) return null
  if (value instanceof Error) return printableError(value, masks)
  if (depth >= LIMITS.depth) return '[deep]'
  if (Array.isArray(value)) return value.slice(0, LIMITS.items).map((item) => redactValue(key, item, depth + 1, masks))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return redactObject(value, depth + 1, masks)
  return '[object]'
}

function printableText(key: string, value: string, masks: Mask): string {
  if (IDENTIFIERS.has(key)) return value.slice(0, LIMITS.chars)
  const query = key === 'url' || key === 'path' ? value.indexOf('?') : -1
  return masks(query < 0 ? value.slice(0, LIMITS.chars) : value.slice(0, Math.min(query, LIMITS.chars)))
}

/** `storage.full` and its like: nobody else writes codes this way. */
const PARLEY_CODE = /^[a-z]+(?:\.[a-z-]+)+$/

const FRAME = /^ {4}at (?:async )?(?:[\w$.<>#[\] ]+ \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^"']*:\d+:\d+\)?$/

/** An error as logged. `message` is there only where Parley or the system wrote it, so that it quotes nobody. */
export interface PrintableError {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly stack?: readonly string[]
  readonly cause?: PrintableError
}

/**
 * Libraries and engines quote their input in messages ("Unexpected token … "my name is …" is not valid JSON"), so a message is
 * printed only of system errors (they carry `syscall` and name files) and, masked, of errors whose code is Parley's
 * (`storage.full`); of the others type, code and place remain. Causes are treated alike.
 */
export function printableError(error: Error, masks: Mask): PrintableError {
  return describe(error, 0, masks)
}

function describe(error: Error, depth: number, masks: Mask): PrintableError {
  const code = stringOf(error, 'code')
  const message = printableMessage(error, code, masks)
  const cause = error.cause instanceof Error && depth < LIMITS.causes ? describe(error.cause, depth + 1, masks) : undefined
  return {
    type: masks(error.name).slice(0, 80),
    ...(code === undefined ? {} : { code: masks(code).slice(0, 80) }),
    ...(message === undefined ? {} : { message }),
    ...(typeof error.stack === 'string' ? { stack: places(error.stack, error.message) } : {}),
    ...(cause === undefined ? {} : { cause }),
  }
}

function printableMessage(error: Error, code: string | undefined, masks: Mask): string | undefined {
  const message = error.message.slice(0, LIMITS.chars)
  if (stringOf(error, 'syscall') !== undefined) return message
  return code !== undefined && PARLEY_CODE.test(code) ? masks(message) : undefined
}

/** The frames of a stack, without the message above them, which may have lines that look like frames. */
function places(stack: string, message: string): string[] {
  const begin = message === '' ? 0 : stack.indexOf(message) + message.length
  return stack
    .slice(begin)
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, LIMITS.frames)
    .map((line) => line.trim())
}

function stringOf(error: Error, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}
