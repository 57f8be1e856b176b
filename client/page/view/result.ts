import type { Outcome, ResultBody } from '../../../src/protocol/frames.ts'
import { dataValue, type NameOf } from '../../values.ts'
import type { Say, TextKey } from '../texts.ts'
import { byId, type Icon, icon, make } from './element.ts'

const OUTCOMES: Readonly<Record<Outcome, { readonly text: TextKey; readonly icon: Icon }>> = {
  success: { text: 'outcomeSuccess', icon: 'check' },
  partial: { text: 'outcomePartial', icon: 'half' },
  failed: { text: 'outcomeFailed', icon: 'cross' },
  cancelled: { text: 'outcomeCancelled', icon: 'cross' },
}

/** How data are told to people: what a datum is called, and what a value of it. */
export interface Wording {
  readonly nameOf: NameOf
  readonly toldAs: (node: string, value: unknown) => unknown
}

/** The end of a conversation: what came of it, and a way to begin anew. */
export class ResultView {
  readonly #box = byId('result')
  readonly #restart: () => void
  #shown: { result: ResultBody | undefined; locale: string; wording: Wording } | undefined

  constructor(restart: () => void) {
    this.#restart = restart
  }

  clear(): void {
    this.#shown = undefined
    this.#box.hidden = true
    this.#box.replaceChildren()
  }

  /** Without a result: the conversation was closed before it had one. */
  show(result: ResultBody | undefined, locale: string, say: Say, wording: Wording): void {
    this.#shown = { result, locale, wording }
    const card = make('section', 'result')
    card.dataset.testid = 'result'
    const outcome = result === undefined ? undefined : OUTCOMES[result.outcome]
    if (result !== undefined) card.dataset.outcome = result.outcome
    const title = make('h2', '', say(outcome?.text ?? 'closed'))
    title.tabIndex = -1
    card.append(make('header', '', make('span', 'seal', icon(outcome?.icon ?? 'cross')), title))
    const { nameOf, toldAs } = wording
    const values = Object.entries(result?.values ?? {}).map(([node, value]) => [nameOf(node), toldAs(node, value)] as const)
    if (values.length > 0) card.append(this.#values(values, locale))
    card.append(this.#buttons(values.length > 0 ? result?.values : undefined, say))
    this.#box.replaceChildren(card)
    this.#box.hidden = false
  }

  /** Whoever was writing goes on from here. */
  focus(): void {
    this.#box.querySelector('h2')?.focus({ preventScroll: true })
  }

  speak(say: Say): void {
    if (this.#shown !== undefined) this.show(this.#shown.result, this.#shown.locale, say, this.#shown.wording)
  }

  #values(values: readonly (readonly [string, unknown])[], locale: string): HTMLElement {
    const list = make('dl')
    for (const [name, value] of values) {
      const shown = dataValue(value, locale)
      list.append(make('div', '', make('dt', '', name), make('dd', '', shown === '' ? '—' : shown)))
    }
    return list
  }

  #buttons(values: Readonly<Record<string, unknown>> | undefined, say: Say): HTMLElement {
    const again = make('button', 'primary', icon('again'), make('span', '', say('start')))
    again.type = 'button'
    again.addEventListener('click', this.#restart)
    if (values === undefined || navigator.clipboard === undefined) return make('footer', '', again)
    const words = make('span', '', say('copy'))
    const copy = make('button', 'quiet', icon('copy'), words)
    copy.type = 'button'
    copy.addEventListener('click', () => {
      navigator.clipboard.writeText(JSON.stringify(values, null, 2)).then(
        () => {
          words.textContent = say('copied')
        },
        () => copy.remove(), // the browser forbids it
      )
    })
    return make('footer', '', again, copy)
  }
}
