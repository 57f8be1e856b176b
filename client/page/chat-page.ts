import { backoffMs } from '../backoff.ts'
import { type ConnectionStatus, type Conversation, ParleyClient, ParleyError } from '../index.ts'
import { fetchTemplates, socketUrl, type TemplateOffer } from '../server-api.ts'
import { dataNames, knownLanguage, type NameOf } from '../values.ts'
import { LiveConversation } from './live-conversation.ts'
import { attempt, Memory } from './memory.ts'
import { Pickers } from './pickers.ts'
import { Session } from './session.ts'
import { applyTexts, languageName, type Say, speaker } from './texts.ts'
import { ComposerView } from './view/composer.ts'
import { ConnectionView } from './view/connection.ts'
import { byId } from './view/element.ts'
import { NoticeView } from './view/notice.ts'
import { RecordView } from './view/record.ts'
import { RepliesView } from './view/replies.ts'
import { ResultView } from './view/result.ts'
import { askForToken } from './view/sign-in.ts'
import { TranscriptView } from './view/transcript.ts'
import type { Views } from './views.ts'

/** The whole page: one client, and at most one conversation at a time, which is found again after a reload. */
export class ChatPage {
  readonly #memory = new Memory(() => localStorage)
  readonly #wanted = new URLSearchParams(location.search)
  readonly #start = byId<HTMLButtonElement>('start')
  readonly #begin = byId<HTMLButtonElement>('begin')
  readonly #pickers: Pickers
  readonly #session: Session
  readonly #client: ParleyClient
  readonly #connection: ConnectionView
  readonly #views: Views
  #say: Say
  #live: LiveConversation | undefined
  /** Rises with each change of what is to be shown; what was asked for before is then dropped. */
  #showing = 0

  constructor() {
    this.#arrive()
    const locale = this.#wanted.get('locale') ?? this.#memory.locale ?? navigator.language
    this.#say = speaker(locale)
    this.#pickers = new Pickers((what) => (what === 'template' ? this.#picked() : this.#relabelled()))
    this.#session = new Session(this.#memory.user, (refused) => askForToken(refused ? this.#say('signInRefused') : undefined))
    const storage = attempt(() => sessionStorage)
    this.#client = new ParleyClient({
      url: socketUrl(location.origin),
      token: () => this.#session.token(),
      locale,
      client: { name: 'parley-page', version: '1', platform: 'web' },
      ...(storage === undefined ? {} : { storage }),
    })
    this.#connection = new ConnectionView(() => this.#reconnect())
    this.#views = this.#makeViews()
    this.#speak(locale)
    this.#listen()
  }

  /** Loads the topics, connects, and shows the conversation in progress, if there is one. */
  async open(): Promise<void> {
    this.#connection.show({ state: 'connecting', attempt: 0 }, this.#say)
    const offers = await this.#offers()
    const locale = this.#wanted.get('locale') ?? this.#memory.locale ?? navigator.language
    this.#pickers.offer(offers, this.#wanted.get('template') ?? this.#memory.template ?? 'date-of-birth', locale)
    this.#start.disabled = this.#begin.disabled = offers.length === 0
    if (offers.length === 0) {
      this.#views.notice.show(this.#say('noTemplates'))
      return
    }
    this.#speak(this.#pickers.locale)
    this.#client.on('status', (status) => this.#statusChanged(status))
    this.#client.on('welcome', () => this.#identify())
    this.#connect()
    await this.#show()
  }

  /** Takes over what the address hands over, once: a reload shows what was done since. */
  #arrive(): void {
    this.#memory.take(this.#wanted)
    const url = new URL(location.href)
    for (const name of ['user', 'conversation']) url.searchParams.delete(name)
    if (url.search !== location.search) history.replaceState(null, '', url)
  }

  #makeViews(): Views {
    return {
      transcript: new TranscriptView(this.#say, {
        retry: (mid) => this.#live?.conversation.retry(mid),
        discard: (mid) => {
          this.#live?.conversation.discard(mid)
          this.#views.transcript.drop(mid)
        },
      }),
      composer: new ComposerView({ send: (text) => this.#live?.send(text), typing: (on) => this.#live?.typing(on) }),
      replies: new RepliesView((reply) => this.#live?.reply(reply)),
      record: new RecordView(this.#say),
      result: new ResultView(() => void this.#open()),
      notice: new NoticeView(),
    }
  }

  #listen(): void {
    this.#start.addEventListener('click', () => void this.#open())
    this.#begin.addEventListener('click', () => void this.#open())
    addEventListener('online', () => this.#client.wake())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible') return
      this.#client.wake()
      this.#live?.seen()
    })
  }

  /** The topics on offer, as soon as the server can be reached. */
  async #offers(): Promise<readonly TemplateOffer[]> {
    for (let tries = 0; ; tries++) {
      try {
        const offers = await fetchTemplates(location.origin, await this.#session.token())
        this.#views.notice.hide()
        return offers
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error
        if (error.code === 401) {
          this.#session.refuse()
          continue
        }
        const afterMs = backoffMs(tries, Math.random(), 500)
        this.#connection.show({ state: 'waiting', attempt: tries, retryAtMs: Date.now() + afterMs, error }, this.#say)
        this.#views.notice.show(this.#say('unreachable'))
        await new Promise((resolve) => setTimeout(resolve, afterMs))
      }
    }
  }

  #connect(): void {
    // How it ends is told by the status as well, which the page shows.
    this.#client.connect().catch(() => {})
  }

  #reconnect(): void {
    if (this.#client.status.state === 'stopped') this.#connect()
    else this.#client.wake()
  }

  #statusChanged(status: ConnectionStatus): void {
    this.#connection.show(status, this.#say)
    if (status.state === 'stopped' && (status.error?.name === 'unauthorized' || status.error?.name === 'token_expired')) {
      void this.#signInAgain()
    }
  }

  async #signInAgain(): Promise<void> {
    this.#session.refuse()
    await this.#session.token()
    this.#connect()
    if (this.#live === undefined) await this.#show()
  }

  #speak(locale: string): void {
    this.#say = speaker(locale)
    this.#client.locale = locale
    document.documentElement.lang = knownLanguage(locale)
    applyTexts(document, this.#say)
    this.#connection.show(this.#client.status, this.#say)
    byId('welcome-title').textContent = this.#pickers.label
    if (this.#client.user !== '')
      byId('identity').textContent = this.#say('identity', { user: this.#client.user, tenant: this.#client.tenant })
    this.#live?.speak(this.#say)
  }

  #identify(): void {
    const { user, tenant } = this.#client
    byId('identity').textContent = user === '' ? '' : this.#say('identity', { user, tenant })
  }

  #choose(): void {
    const { template, locale } = this.#pickers
    this.#memory.choose(template, locale)
    const url = new URL(location.href)
    url.searchParams.set('template', template)
    url.searchParams.set('locale', locale)
    history.replaceState(null, '', url)
  }

  #picked(): void {
    this.#choose()
    this.#speak(this.#pickers.locale)
    void this.#show()
  }

  /** Another language is for the page and for new conversations; the one in progress keeps its own. */
  #relabelled(): void {
    this.#choose()
    this.#speak(this.#pickers.locale)
    this.#views.notice.hide()
    this.#noteLanguage()
  }

  /** The conversation went on in the user's language: so does the page, unless that is long ago. */
  #follow(locale: string, replayed: boolean): void {
    if (!replayed) {
      this.#pickers.locale = locale
      this.#choose()
    }
    this.#speak(this.#pickers.locale)
  }

  #noteLanguage(): void {
    const { locale } = this.#pickers
    const conversation = this.#live?.conversation
    if (conversation === undefined || conversation.state === 'closed' || conversation.locale === locale) return
    const language = languageName(conversation.locale, knownLanguage(locale))
    this.#views.notice.show(this.#say('otherLanguage', { language }), { label: this.#say('start'), act: () => void this.#open() })
  }

  /** The topic's conversation in progress, or the invitation to begin one. */
  async #show(): Promise<void> {
    this.#detach()
    const showing = this.#showing
    const { template } = this.#pickers
    const kept = this.#memory.conversation(template)
    byId('welcome').hidden = kept !== undefined
    if (kept === undefined) return
    try {
      const conversation = await this.#joined(kept.cid, () => showing === this.#showing)
      if (conversation !== undefined) this.#attach(conversation)
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error
      if (showing !== this.#showing || error.name === 'stopped') return
      this.#memory.forget(template)
      byId('welcome').hidden = false
    }
  }

  /** Joins, however long the server is away, unless something else is to be shown meanwhile. */
  async #joined(cid: string, wanted: () => boolean): Promise<Conversation | undefined> {
    const conversation = await this.#client.join(cid)
    if (wanted()) return conversation
    conversation.leave()
    return undefined
  }

  /** A new conversation; the one in progress ends. */
  async #open(): Promise<void> {
    const before = this.#live?.conversation
    // Nobody waits for it, and an idle conversation ends by itself.
    if (before !== undefined && before.state !== 'closed' && this.#client.online) before.close('restart').catch(() => {})
    const { template, locale } = this.#pickers
    this.#choose()
    this.#start.disabled = this.#begin.disabled = true
    this.#views.notice.hide()
    const showing = this.#showing
    try {
      const conversation = await this.#client.open({ template, locale })
      if (showing === this.#showing) this.#replace(conversation, template, locale)
      else conversation.leave()
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error
      this.#views.notice.show(this.#say('startFailed', { reason: error.message }))
    } finally {
      this.#start.disabled = this.#begin.disabled = false
    }
  }

  #replace(conversation: Conversation, template: string, locale: string): void {
    this.#detach()
    this.#memory.keep(template, { cid: conversation.cid, locale })
    this.#attach(conversation)
  }

  #attach(conversation: Conversation): void {
    byId('welcome').hidden = true
    const { data } = this.#pickers
    const nameOf: NameOf = (id) => dataNames(data, conversation.locale || 'en')(id)
    this.#live = new LiveConversation(conversation, this.#views, this.#say, nameOf)
    conversation.on('message', ({ locale, replayed }) => {
      if (locale !== undefined) this.#follow(locale, replayed)
    })
    this.#views.composer.focus()
    this.#noteLanguage()
  }

  #detach(): void {
    this.#showing += 1
    this.#live?.detach()
    this.#live = undefined
    this.#views.notice.hide()
    this.#views.composer.show(false)
    byId('welcome').hidden = true
    byId('welcome-title').textContent = this.#pickers.label
  }
}
