import { byId } from './element.ts'

export interface NoticeAction {
  readonly label: string
  act(): void
}

/** One sentence above the message field that something needs attention. */
export class NoticeView {
  readonly #box = byId('notice')
  readonly #text = byId('notice-text')
  readonly #button = byId<HTMLButtonElement>('notice-action')
  #action: NoticeAction | undefined

  constructor() {
    byId('notice-close').addEventListener('click', () => this.hide())
    this.#button.addEventListener('click', () => {
      const action = this.#action
      this.hide()
      action?.act()
    })
  }

  show(text: string, action?: NoticeAction): void {
    this.#action = action
    this.#text.textContent = text
    this.#button.hidden = action === undefined
    this.#button.textContent = action?.label ?? ''
    this.#box.hidden = false
  }

  hide(): void {
    this.#box.hidden = true
    this.#action = undefined
  }
}
