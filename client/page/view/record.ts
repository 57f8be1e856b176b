import type { DataUpdate } from '../../../src/protocol/frames.ts'
import { dataValue, type NameOf } from '../../values.ts'
import type { Say, TextKey } from '../texts.ts'
import { byId, type Icon, icon, make } from './element.ts'

const STATUS: Readonly<Record<DataUpdate['status'], { readonly text: TextKey; readonly icon: Icon }>> = {
  empty: { text: 'statusEmpty', icon: 'empty' },
  partial: { text: 'statusPartial', icon: 'half' },
  filled: { text: 'statusFilled', icon: 'check' },
  toConfirm: { text: 'statusToConfirm', icon: 'question' },
  done: { text: 'statusDone', icon: 'check' },
  failed: { text: 'statusFailed', icon: 'cross' },
}

/** The data collected so far, beside the conversation; on a narrow screen a sheet that opens and closes. */
export class RecordView {
  readonly #list = byId<HTMLUListElement>('record-list')
  readonly #empty = byId('record-empty')
  readonly #summary = byId('record-summary')
  readonly #toggle = byId('record-toggle')
  readonly #rows = new Map<string, { update: DataUpdate; row: HTMLLIElement }>()
  #say: Say
  #locale = 'en'
  #nameOf: NameOf = (id) => id

  constructor(say: Say) {
    this.#say = say
    this.#toggle.addEventListener('click', () => {
      this.#toggle.setAttribute('aria-expanded', String(this.#toggle.getAttribute('aria-expanded') !== 'true'))
    })
    this.#sum()
  }

  /** The words of the page changed; values and their names are in the conversation's `locale`. */
  speak(say: Say, locale: string, nameOf: NameOf): void {
    this.#say = say
    this.#locale = locale
    this.#nameOf = nameOf
    for (const { update, row } of this.#rows.values()) this.#fill(row, update)
    this.#sum()
  }

  clear(): void {
    this.#rows.clear()
    this.#list.replaceChildren()
    this.#sum()
  }

  put(update: DataUpdate): void {
    const known = this.#rows.get(update.node)
    const row = known?.row ?? make('li', 'datum')
    this.#rows.set(update.node, { update, row })
    this.#fill(row, update)
    if (known === undefined) this.#list.append(row)
    else if (JSON.stringify(known.update) !== JSON.stringify(update)) mark(row)
    this.#sum()
  }

  #fill(row: HTMLLIElement, { node, status, value, missing = [] }: DataUpdate): void {
    const shown = dataValue(value, this.#locale)
    const told = STATUS[status]
    row.dataset.testid = 'datum'
    row.dataset.node = node
    row.dataset.status = status
    const state = make('span', 'status', icon(told.icon), make('span', '', this.#say(told.text)))
    const text = make('p', 'value', shown === '' ? '—' : shown)
    row.replaceChildren(make('p', 'name', this.#nameOf(node)), state, text)
    if (missing.length > 0 && status !== 'empty') {
      const parts = missing.map((part) => make('li', '', this.#nameOf(part.split('.').at(-1) ?? part)))
      row.append(make('div', 'missing', make('span', '', `${this.#say('missing')}:`), make('ul', '', ...parts)))
    }
  }

  #sum(): void {
    const all = this.#rows.size
    const done = [...this.#rows.values()].filter(({ update }) => update.status === 'done').length
    this.#empty.hidden = all > 0
    this.#summary.textContent = all > 0 ? this.#say('recordCount', { done, all }) : ''
  }
}

/** Draws the eye to a row that changed. */
function mark(row: HTMLElement): void {
  row.classList.remove('changed')
  void row.offsetWidth // restarts the animation
  row.classList.add('changed')
}
