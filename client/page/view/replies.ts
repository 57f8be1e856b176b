import type { Reply } from '../../replies.ts'
import { byId, make } from './element.ts'

/** The offered answers as buttons. */
export class RepliesView {
  readonly #box = byId('replies')
  readonly #choose: (reply: Reply) => void

  constructor(choose: (reply: Reply) => void) {
    this.#choose = choose
  }

  show(replies: readonly Reply[], locale: string): void {
    this.#box.hidden = replies.length === 0
    this.#box.replaceChildren(...replies.map((reply) => this.#button(reply, locale)))
  }

  #button(reply: Reply, locale: string): HTMLButtonElement {
    const button = make('button', 'reply', reply.label)
    button.type = 'button'
    button.lang = locale
    button.dataset.testid = 'quick-reply'
    button.addEventListener('click', () => this.#choose(reply))
    return button
  }
}
