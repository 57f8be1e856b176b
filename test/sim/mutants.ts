/** Faults planted into the journal as its users see it. */
export type JournalMutant = 'no-fence' | 'ack-before-commit' | 'timeout-is-failure' | 'no-restore'

/**
 * Planted faults, each of which the checkers must find:
 * `no-fence`: the journal takes any token. `no-dedup`: every attempt of a message has an id of its own. `ack-before-commit`: appends
 * are answered before they are sent. `timeout-is-failure`: an unanswered append counts as not written, and nobody checks the tail.
 * `no-restore`: what the journal's engine lost is not written again.
 */
export type Mutant = JournalMutant | 'no-dedup'

export const MUTANTS: readonly Mutant[] = ['no-fence', 'no-dedup', 'ack-before-commit', 'timeout-is-failure', 'no-restore']
