import pino from 'pino'
import type { Log, LogFields } from '../kernel/log.ts'
import { type Mask, mask } from './mask.ts'
import { redact } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface LogOptions {
  readonly level: LogLevel
  /** The process's name, on every line. */
  readonly node: string
  /** Cuts personal values out of a text, in any language, before the log's own rules do. */
  readonly mask?: Mask
  /** Where lines go, each with its newline; standard output when left out, written at once. */
  readonly to?: { write(line: string): void }
}

/**
 * One JSON object a line: `level`, `time` (epoch ms), `node`, the fields given, `msg`. Fields of common use are `tenant`, `cid`,
 * `shard`, `turn`, `tv`, `durationMs`; an error goes under `err`. Personal data is cut out of every line (`redact.ts`); a field
 * named like one of the line's own is dropped.
 */
export function createLog(options: LogOptions): Log {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: { node: options.node },
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (printed: unknown) => printed },
  }
  const logger = options.to === undefined ? pino(settings) : pino(settings, options.to)
  return new PinoLog(logger, options.mask === undefined ? mask : masker(options.mask))
}

class PinoLog implements Log {
  readonly debugging: boolean
  readonly #pino: pino.Logger
  readonly #mask: Mask

  constructor(logger: pino.Logger, masks: Mask) {
    this.#pino = logger
    this.#mask = masks
    this.debugging = logger.isLevelEnabled('debug')
  }

  debug(fields: LogFields, msg: string): void {
    if (this.debugging) this.#pino.debug(lineOf(fields, this.#mask), this.#mask(msg))
  }

  info(fields: LogFields, msg: string): void {
    if (this.#pino.isLevelEnabled('info')) this.#pino.info(lineOf(fields, this.#mask), this.#mask(msg))
  }

  warn(fields: LogFields, msg: string): void {
    if (this.#pino.isLevelEnabled('warn')) this.#pino.warn(lineOf(fields, this.#mask), this.#mask(msg))
  }

  error(fields: LogFields, msg: string): void {
    if (this.#pino.isLevelEnabled('error')) this.#pino.error(lineOf(fields, this.#mask), this.#mask(msg))
  }
}

/** Texts whose masked form is kept: most are messages of the program, the same again and again. All are forgotten at the limit. */
const KEPT = { countMax: 512, charsMax: 500 } as const

/** The log's own rules after `first`, each text masked once. What `first` cannot read is not written. */
function masker(first: Mask): Mask {
  const kept = new Map<string, string>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const masked = mask(maskedBy(first, text))
    if (kept.size >= KEPT.countMax) kept.clear()
    if (text.length <= KEPT.charsMax) kept.set(text, masked)
    return masked
  }
}

/** A log line is written whatever happens: a defect of the mask costs its text and no more. */
function maskedBy(first: Mask, text: string): string {
  try {
    return first(text)
  } catch (error) {
    return `[unmaskable: ${error instanceof Error ? error.name : 'unknown fault'}]`
  }
}

function lineOf(fields: LogFields, masks: Mask): Record<string, unknown> {
  const { level: _level, time: _time, node: _node, msg: _msg, ...rest } = fields
  return redact(rest, masks)
}
