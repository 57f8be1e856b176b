import type { Job } from './job.ts'
import { type ClientOptions, type Driver, ScriptedClient } from './scripted-client.ts'

/** Connections being made at once: enough to keep the server busy, few enough to stay within its backlog. */
const CONNECTING_MAX = 128
const ERROR_SAMPLES_MAX = 5
const QUIET_POLL_MS = 20
const QUIET_MS_MAX = 15_000

/**
 * The clients of one run: connects them, gathers them until each has been asked its first question, counts what went
 * wrong, and dismisses them. `ready` and `turned` are the run's to set; they are not called before `gathered`.
 */
export class Crew implements Driver {
  readonly clients: ScriptedClient[] = []
  readonly errorSamples: string[] = []
  errors = 0
  onReady: (client: ScriptedClient) => void = () => {}
  onTurned: (client: ScriptedClient, more: boolean) => void = () => {}

  private readonly job: Job
  private gathering: { left: number; unmade: number; done: () => void } | undefined

  constructor(job: Job) {
    this.job = job
  }

  /** Connects `count` more clients. Resolves when each is ready or has failed. */
  gather(count: number): Promise<void> {
    return new Promise((done) => {
      this.gathering = { left: count, unmade: count, done }
      for (let i = 0; i < Math.min(count, CONNECTING_MAX); i++) this.connectNext()
    })
  }

  /** Resolves when nobody waits for an answer; those still without one after `waitMs` are errors. */
  async quiet(waitMs = QUIET_MS_MAX): Promise<void> {
    const untilMs = performance.now() + waitMs
    while (this.clients.some((client) => client.isBusy)) {
      if (performance.now() > untilMs) {
        const unanswered = this.clients.filter((client) => client.isBusy).length
        this.note(`${unanswered} clients had no answer within ${waitMs / 1000} s`, unanswered)
        return
      }
      await new Promise((resolve) => setTimeout(resolve, QUIET_POLL_MS))
    }
  }

  /** Asks all to close; those that are gone are forgotten. */
  dismiss(): void {
    for (const client of this.clients) client.close()
    this.clients.length = 0
  }

  note(what: string, count = 1): void {
    this.errors += count
    if (this.errorSamples.length < ERROR_SAMPLES_MAX) this.errorSamples.push(what)
  }

  ready(client: ScriptedClient): void {
    if (this.gathering === undefined) this.onReady(client)
    else this.arrived()
  }

  turned(client: ScriptedClient, more: boolean): void {
    this.onTurned(client, more)
  }

  failed(_client: ScriptedClient, what: string): void {
    this.note(what)
    if (this.gathering !== undefined) this.arrived()
  }

  closed(): void {}

  private connectNext(): void {
    const gathering = this.gathering
    if (gathering === undefined || gathering.unmade === 0) return
    gathering.unmade--
    this.clients.push(new ScriptedClient(clientOptions(this.job, this.clients.length), this))
  }

  private arrived(): void {
    const gathering = this.gathering
    if (gathering === undefined) return
    gathering.left--
    if (gathering.left === 0) {
      this.gathering = undefined
      gathering.done()
    } else this.connectNext()
  }
}

/** The n-th client of a job. */
export function clientOptions(job: Job, index: number): ClientOptions {
  return {
    target: job.targets?.[index % job.targets.length] ?? job.target,
    token: job.tokens[index % job.tokens.length] ?? '',
    index,
    recorded: job.recorded,
  }
}
