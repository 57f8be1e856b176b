import { JetStreamApiError, jserrors } from '@nats-io/jetstream/internal'
import { AppError } from '../../kernel/rejection.ts'

/** Before JetStream counts as not answering. */
export const JETSTREAM_MS = 2000

/** What JetStream's refusal or silence is to callers: they come again later. */
export function jetStreamFault(code: string, what: string, cause: unknown): AppError {
  return new AppError(code, `${what}: ${reasonOf(cause)}`, { retry: 'later', cause })
}

function reasonOf(cause: unknown): string {
  if (cause instanceof jserrors.JetStreamNotEnabled) {
    return 'JetStream is off; start nats-server with -js -sd <folder>, or put jetstream { store_dir: <folder> } into its configuration, and allow it to this account'
  }
  if (cause instanceof JetStreamApiError) return `JetStream refused (${cause.code}): ${cause.message}`
  return cause instanceof Error ? cause.message : 'NATS cannot be reached'
}

/** Runs all, at most `atOnce` together; rejects with the first failure after those that run have ended. */
export async function each<T>(items: readonly T[], atOnce: number, run: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  let failed: { readonly err: unknown } | undefined
  const worker = async (): Promise<void> => {
    while (next < items.length && failed === undefined) {
      try {
        await run(items[next++] as T)
      } catch (err) {
        failed ??= { err }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  if (failed !== undefined) throw failed.err
}
