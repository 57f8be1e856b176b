import type { Prompt } from '../../../src/protocol/frames.ts'
import { longDate } from '../../values.ts'
import { byId } from './element.ts'

const TYPING_STOPS_MS = 4_000

/** What a keyboard on glass should offer, by kind of datum. Everything else is plain text. */
const INPUT_MODES: ReadonlyMap<string, string> = new Map([
  ['email', 'email'],
  ['phone', 'tel'],
])

export interface ComposerActions {
  send(text: string): void
  typing(on: boolean): void
}

/** The message field: Enter sends, Shift+Enter breaks the line; a date may also be picked from a calendar. */
export class ComposerView {
  readonly #form = byId<HTMLFormElement>('composer')
  readonly #input = byId<HTMLTextAreaElement>('input')
  readonly #send = byId<HTMLButtonElement>('send')
  readonly #date = byId('date')
  readonly #dateInput = byId<HTMLInputElement>('date-input')
  readonly #actions: ComposerActions
  #locale = 'en'
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor(actions: ComposerActions) {
    this.#actions = actions
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit()
    })
    this.#input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      this.#submit()
    })
    this.#input.addEventListener('input', () => this.#edited())
    byId('date-button').addEventListener('click', () => this.#dateInput.showPicker())
    this.#dateInput.addEventListener('change', () => this.#picked())
  }

  show(visible: boolean): void {
    this.#form.hidden = !visible
  }

  get focused(): boolean {
    return this.#form.contains(document.activeElement)
  }

  focus(): void {
    this.#input.focus({ preventScroll: true })
  }

  /** Fits the field to what the bot waits for; `locale` is the conversation's. */
  expect(prompt: Prompt | undefined, locale: string): void {
    this.#locale = locale
    const { kind = '', sub, sensitive } = prompt?.expects ?? {}
    this.#input.inputMode = INPUT_MODES.get(kind) ?? 'text'
    this.#input.autocapitalize = kind === 'email' ? 'none' : 'sentences'
    this.#input.spellcheck = sensitive !== true && (kind === 'free-text' || kind === '')
    this.#date.hidden = kind !== 'date' || sub !== undefined
  }

  clear(): void {
    this.#input.value = ''
    this.#edited()
  }

  #submit(): void {
    const text = this.#input.value.trim()
    if (text === '') return
    this.clear()
    this.#actions.send(text)
    this.focus()
  }

  #edited(): void {
    const empty = this.#input.value.trim() === ''
    this.#send.disabled = empty
    this.#input.style.height = 'auto'
    this.#input.style.height = `${this.#input.scrollHeight}px`
    clearTimeout(this.#idle)
    this.#actions.typing(!empty)
    if (!empty) this.#idle = setTimeout(() => this.#actions.typing(false), TYPING_STOPS_MS)
  }

  /** The day goes into the field as words, so that it can still be changed. */
  #picked(): void {
    if (this.#dateInput.value === '') return
    this.#input.value = longDate(this.#dateInput.value, this.#locale)
    this.#dateInput.value = ''
    this.#edited()
    this.focus()
  }
}
