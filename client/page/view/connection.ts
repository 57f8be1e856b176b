import type { ConnectionStatus } from '../../index.ts'
import type { Say } from '../texts.ts'
import { byId } from './element.ts'

/** Shows how the connection stands; the seconds until the next attempt count down, unheard by screen readers. */
export class ConnectionView {
  readonly #box = byId('connection')
  readonly #text = byId('connection-text')
  readonly #wait = byId('connection-wait')
  readonly #reconnect = byId('reconnect')
  #status: ConnectionStatus = { state: 'idle', attempt: 0 }
  #ticking: ReturnType<typeof setInterval> | undefined

  constructor(reconnect: () => void) {
    this.#reconnect.addEventListener('click', reconnect)
  }

  show(status: ConnectionStatus, say: Say): void {
    this.#status = status
    this.#box.dataset.state = status.state
    const text = say(status.state)
    if (this.#text.textContent !== text) this.#text.textContent = text
    this.#box.title = status.error?.message ?? ''
    this.#reconnect.hidden = status.state !== 'waiting' && status.state !== 'stopped'
    clearInterval(this.#ticking)
    this.#tick(say)
    if (status.state === 'waiting') this.#ticking = setInterval(() => this.#tick(say), 1000)
  }

  #tick(say: Say): void {
    const { retryAtMs } = this.#status
    const seconds = retryAtMs === undefined ? 0 : Math.ceil((retryAtMs - Date.now()) / 1000)
    this.#wait.textContent = seconds > 0 ? say('waitingSeconds', { seconds }) : ''
  }
}
