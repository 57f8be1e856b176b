/** What one endpoint did so far, as STATS tells it. */
export class EndpointStats {
  readonly name: string
  readonly subject: string
  readonly queue: string
  readonly #data: (() => unknown) | undefined
  #requests = 0
  #errors = 0
  #lastError = ''
  #processingMs = 0

  constructor(name: string, subject: string, queue: string, data?: () => unknown) {
    this.name = name
    this.subject = subject
    this.queue = queue
    this.#data = data
  }

  answered(ms: number, error: string | undefined): void {
    this.#requests++
    this.#processingMs += ms
    if (error === undefined) return
    this.#errors++
    this.#lastError = error
  }

  info(): object {
    return { name: this.name, subject: this.subject, queue_group: this.queue, metadata: {} }
  }

  stats(): object {
    const processing = Math.round(this.#processingMs * 1_000_000)
    return {
      name: this.name,
      subject: this.subject,
      queue_group: this.queue,
      num_requests: this.#requests,
      num_errors: this.#errors,
      last_error: this.#lastError,
      processing_time: processing,
      average_processing_time: this.#requests === 0 ? 0 : Math.trunc(processing / this.#requests),
      ...(this.#data === undefined ? undefined : { data: this.#data() }),
    }
  }
}
