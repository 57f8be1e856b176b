import type { Log } from '../kernel/log.ts'

/**
 * Runs the steps one after the other. One that fails keeps none of the later ones from running: rejects with the first fault when
 * all have run; the others are logged.
 */
export async function inTurn(log: Log, steps: readonly (() => unknown)[]): Promise<void> {
  let first: { readonly error: unknown } | undefined
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      if (first === undefined) first = { error }
      else log.error({ err: error }, 'a later step of the stop failed too')
    }
  }
  if (first !== undefined) throw first.error
}
