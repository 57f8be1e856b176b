import type { Outcome, ResultBody } from '../../../src/protocol/frames.ts'
import { dataLabel, dataValue } from '../../values.ts'
import type { Say, TextKey } from '../texts.ts'
import { byId, type Icon, icon, make } from './element.ts'

const OUTCOMES: Readonly<Record<Outcome, { readonly text: TextKey; readonly icon: Icon }>> = {
  success: { text: 'outcomeSuccess', icon: 'check' },
  partial: { text: 'outcomePartial', icon: 'half' },
  failed: { text: 'outcomeFailed', icon: 'cross' },
  cancelled: { text: 'outcomeCancelled', icon: 'cross' },
}

/** A value of a datum with the name that people know it by. */
export type Named = (node: string, value: unknown) => unknown

/** The end of a conversation: what came of it, and a way to begin anew. */
export class ResultView {
  readonly #box = byId('result')
  readonly #restart: () => void
  #shown: { result: ResultBody | undefined; locale: string; named: Named } | undefined

  constructor(restart: () => void) {
    this.#restart = restart
  }

  clear(): void {
    this.#shown = undefined
    this.#box.hidden = true
    this.#box.replaceChildren()
  }

  /** Without a result: the conversation was closed before it had one. */
  show(result: ResultBody | undefined, locale: string, say: Say, named: Named): void {
    this.#shown = { result, locale, named }
    const card = make('section', 'result')
    card.dataset.testid = 'result'
    const outcome = result === undefined ? undefined : OUTCOMES[result.outcome]
    if (result !== undefined) card.dataset.outcome = result.outcome
    const title = make('h2', '', say(outcome?.text ?? 'closed'))
    title.tabIndex = -1
    card.append(make('header', '', make('span', 'seal', icon(outcome?.icon ?? 'cross')), title))
    const values = Object.entries(result?.values ?? {}).map(([node, value]) => [node, named(node, value)] as const)
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
    if (this.#shown !== undefined) this.show(this.#shown.result, this.#shown.locale, say, this.#shown.named)
  }

  #values(values: readonly (readonly [string, unknown])[], locale: string): HTMLElement {
    const list = make('dl')
    for (const [node, value] of values) {
      const shown = dataValue(value, locale)
      list.append(make('div', '', make('dt', '', dataLabel(node, locale)), make('dd', '', shown === '' ? '—' : shown)))
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
