import type { MessageBody } from '../../../src/protocol/frames.ts'
import { platformLocale } from '../../values.ts'
import type { Say, TextKey } from '../texts.ts'
import { byId, icon, make } from './element.ts'

/** One line of the conversation; `seq` is missing while the server has not accepted it. */
export interface Line {
  readonly mid: string
  readonly from: MessageBody['from']
  readonly text: string
  readonly ts: number
  readonly seq?: number
  readonly state: 'queued' | 'sent' | 'accepted' | 'failed'
  readonly who?: string
}

const NEAR_END_PX = 96
const TYPING_AFTER_MS = 350
const GROUP_MS = 120_000
const MINUTE_MS = 60_000

export interface TranscriptActions {
  retry(mid: string): void
  discard(mid: string): void
}

/** The messages: in order of `seq`, those not yet accepted last. Keeps to the end unless the reader scrolled up. */
export class TranscriptView {
  readonly #list = byId<HTMLOListElement>('messages')
  readonly #log = byId('log')
  readonly #scroll = byId('scroll')
  readonly #typing = byId('typing')
  readonly #latest = byId('latest')
  readonly #actions: TranscriptActions
  readonly #items = new Map<string, { line: Line; item: HTMLLIElement }>()
  #typingSoon: ReturnType<typeof setTimeout> | undefined
  #atEnd = true
  #locale = 'en'
  #say: Say

  constructor(say: Say, actions: TranscriptActions) {
    this.#say = say
    this.#actions = actions
    this.#scroll.addEventListener('scroll', () => {
      this.#atEnd = this.#nearEnd()
      if (this.#atEnd) this.#latest.hidden = true
    })
    // What appears below the messages, or a keyboard on glass, takes its room from them.
    new ResizeObserver(() => {
      if (this.#atEnd) this.toEnd()
    }).observe(this.#scroll)
    this.#latest.addEventListener('click', () => this.toEnd())
  }

  /** The words of the page changed; `locale` is the conversation's, for its texts and times. */
  speak(say: Say, locale: string): void {
    this.#say = say
    this.#locale = locale
    for (const { line, item } of this.#items.values()) this.#fill(item, line)
  }

  clear(): void {
    this.#items.clear()
    this.#list.replaceChildren()
    this.#latest.hidden = true
    this.typing(false)
  }

  /** Nothing can be sent any more, so nothing can be tried again. */
  ended(ended: boolean): void {
    this.#list.classList.toggle('ended', ended)
  }

  /** While old messages are put in place they are not read out one by one. */
  busy(busy: boolean): void {
    this.#log.setAttribute('aria-busy', String(busy))
  }

  /** Adds a line, or changes the one with the same `mid`. */
  put(line: Line): void {
    const atEnd = this.#atEnd || line.from === 'user'
    const known = this.#items.get(line.mid)
    const item = known?.item ?? make('li', 'line')
    this.#items.set(line.mid, { line, item })
    this.#fill(item, line)
    if (known === undefined || known.line.seq !== line.seq) this.#place(item, line.seq)
    if (atEnd) this.toEnd()
    else this.#latest.hidden = false
  }

  drop(mid: string): void {
    this.#items.get(mid)?.item.remove()
    this.#items.delete(mid)
    this.#group()
  }

  /** Puts older lines before the first without moving what is being read. */
  prepend(lines: readonly Line[]): void {
    const before = this.#scroll.scrollHeight - this.#scroll.scrollTop
    this.busy(true)
    for (const line of lines) {
      const item = make('li', 'line')
      this.#items.set(line.mid, { line, item })
      this.#fill(item, line)
      this.#place(item, line.seq)
    }
    this.#scroll.scrollTop = this.#scroll.scrollHeight - before
    this.busy(false)
  }

  /** Three dots, unless the answer comes within a third of a second. */
  typing(on: boolean): void {
    clearTimeout(this.#typingSoon)
    if (!on) this.#typing.hidden = true
    else {
      this.#typingSoon = setTimeout(() => {
        this.#typing.hidden = false
        if (this.#atEnd) this.toEnd()
      }, TYPING_AFTER_MS)
    }
  }

  toEnd(): void {
    this.#scroll.scrollTop = this.#scroll.scrollHeight
    this.#atEnd = true
    this.#latest.hidden = true
  }

  #nearEnd(): boolean {
    return this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight < NEAR_END_PX
  }

  /** Before the first line with a greater `seq`, and before all without one; a line without `seq` comes last. */
  #place(item: HTMLLIElement, seq: number | undefined): void {
    const next = seq === undefined ? undefined : [...this.#list.children].find((each) => each !== item && order(each) > seq)
    this.#list.insertBefore(item, next ?? null)
    this.#group()
  }

  /** Lines of one sender that follow each other closely are drawn as one group; the last line of each minute shows its time. */
  #group(): void {
    let before: HTMLElement | undefined
    for (const item of this.#list.children as HTMLCollectionOf<HTMLElement>) {
      const ts = Number(item.dataset.ts)
      const beforeTs = Number(before?.dataset.ts ?? 0)
      item.classList.toggle('continues', before?.dataset.from === item.dataset.from && ts - beforeTs < GROUP_MS)
      before?.classList.toggle('timed', Math.floor(ts / MINUTE_MS) !== Math.floor(beforeTs / MINUTE_MS))
      before = item
    }
    before?.classList.add('timed')
  }

  #fill(item: HTMLLIElement, line: Line): void {
    item.dataset.testid = 'message'
    item.dataset.from = line.from
    item.dataset.state = line.state
    item.dataset.ts = String(line.ts)
    if (line.seq === undefined) delete item.dataset.seq
    else item.dataset.seq = String(line.seq)
    if (line.from === 'system') {
      item.replaceChildren(make('p', 'note', line.text))
      return
    }
    const text = make('p', 'bubble', line.text)
    text.lang = this.#locale
    item.replaceChildren(this.#sender(line), text, this.#meta(line))
  }

  #sender({ from, who }: Line): HTMLElement {
    const keys: Readonly<Record<Line['from'], TextKey>> = {
      user: 'fromUser',
      bot: 'fromBot',
      agent: 'fromAgent',
      system: 'fromSystem',
    }
    const name = this.#say(keys[from])
    return make('span', from === 'agent' ? 'sender' : 'sr', who !== undefined && from === 'agent' ? `${name} · ${who}` : name)
  }

  #meta(line: Line): HTMLElement {
    const meta = make('div', 'meta')
    if (line.state === 'failed') {
      meta.append(icon('alert'), make('span', '', this.#say('failed')))
      meta.append(
        this.#button('retry', () => this.#actions.retry(line.mid)),
        this.#button('discard', () => this.#actions.discard(line.mid)),
      )
      return meta
    }
    const time = make('time', '', new Intl.DateTimeFormat(platformLocale(this.#locale), { timeStyle: 'short' }).format(line.ts))
    time.dateTime = new Date(line.ts).toISOString()
    meta.append(time)
    if (line.from !== 'user') return meta
    const accepted = line.state === 'accepted'
    meta.append(icon(accepted ? 'check' : 'clock'))
    if (!accepted)
      meta.append(make('span', line.state === 'queued' ? '' : 'sr', this.#say(line.state === 'queued' ? 'queued' : 'pending')))
    return meta
  }

  #button(key: TextKey, act: () => void): HTMLButtonElement {
    const button = make('button', 'link', this.#say(key))
    button.type = 'button'
    button.addEventListener('click', act)
    return button
  }
}

const order = (item: Element): number => Number((item as HTMLElement).dataset.seq ?? Number.POSITIVE_INFINITY)
