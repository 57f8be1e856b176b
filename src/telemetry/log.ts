import pino from 'pino'
import type { Log, LogFields } from '../kernel/log.ts'
import { mask } from './mask.ts'
import { redact } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface LogOptions {
  readonly level: LogLevel
  /** The process's name, on every line. */
  readonly node: string
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
  return new PinoLog(options.to === undefined ? pino(settings) : pino(settings, options.to))
}

class PinoLog implements Log {
  readonly debugging: boolean
  readonly #pino: pino.Logger

  constructor(logger: pino.Logger) {
    this.#pino = logger
    this.debugging = logger.isLevelEnabled('debug')
  }

  debug(fields: LogFields, msg: string): void {
    if (this.debugging) this.#pino.debug(lineOf(fields), mask(msg))
  }

  info(fields: LogFields, msg: string): void {
    if (this.#pino.isLevelEnabled('info')) this.#pino.info(lineOf(fields), mask(msg))
  }

  warn(fields: LogFields, msg: string): void {
    if (this.#pino.isLevelEnabled('warn')) this.#pino.warn(lineOf(fields), mask(msg))
  }

  error(fields: LogFields, msg: string): void {
    if (this.#pino.isLevelEnabled('error')) this.#pino.error(lineOf(fields), mask(msg))
  }
}

function lineOf(fields: LogFields): Record<string, unknown> {
  const { level: _level, time: _time, node: _node, msg: _msg, ...rest } = fields
  return redact(rest)
}
