/** Fields every line may carry; personal values never go into a log line. */
export type LogFields = Readonly<Record<string, unknown>>

export interface Log {
  debug(fields: LogFields, msg: string): void
  info(fields: LogFields, msg: string): void
  warn(fields: LogFields, msg: string): void
  error(fields: LogFields, msg: string): void
  /** Whether `debug` lines are written: ask before building costly fields. */
  readonly debugging: boolean
}

const nothing = (): void => {}
/** Drops everything; for tests and tools. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, debugging: false }
