import { ulid } from '../ulid.ts'

/** Names of what the page remembers between visits. */
const KEYS = {
  user: 'parley.user',
  template: 'parley.template',
  locale: 'parley.locale',
  conversation: 'parley.conversation.',
} as const

const ID = /^[A-Za-z0-9_-]{1,64}$/

export interface Remembered {
  readonly cid: string
  readonly locale: string
}

/**
 * What outlives a reload: the name, the last choice of topic and language, and for each topic the conversation in progress.
 * Where a browser forbids storage the page works on, and forgets.
 */
export class Memory {
  readonly #store: Storage | undefined

  constructor(open: () => Storage) {
    this.#store = attempt(open)
  }

  /**
   * Remembers what an address hands over, as `?user=NAME&template=ID&locale=TAG&conversation=CID`: who to be in the server's
   * development mode, and which conversation of that topic to show. What is no id is passed over.
   */
  take(query: URLSearchParams): void {
    const [user, template, cid] = ['user', 'template', 'conversation'].map((name) => query.get(name) ?? '')
    if (user !== undefined && ID.test(user)) this.#set(KEYS.user, user)
    if (template && cid !== undefined && ID.test(cid)) this.keep(template, { cid, locale: query.get('locale') || 'en' })
  }

  /** A name made at the first visit. */
  get user(): string {
    const known = this.#get(KEYS.user)
    if (known !== undefined && ID.test(known)) return known
    const user = `guest-${ulid(Date.now()).slice(-6).toLowerCase()}`
    this.#set(KEYS.user, user)
    return user
  }

  get template(): string | undefined {
    return this.#get(KEYS.template)
  }

  get locale(): string | undefined {
    return this.#get(KEYS.locale)
  }

  choose(template: string, locale: string): void {
    this.#set(KEYS.template, template)
    this.#set(KEYS.locale, locale)
  }

  conversation(template: string): Remembered | undefined {
    const [cid, locale] = this.#get(KEYS.conversation + template)?.split(' ') ?? []
    return cid === undefined || locale === undefined ? undefined : { cid, locale }
  }

  keep(template: string, { cid, locale }: Remembered): void {
    this.#set(KEYS.conversation + template, `${cid} ${locale}`)
  }

  forget(template: string): void {
    attempt(() => this.#store?.removeItem(KEYS.conversation + template))
  }

  #get(key: string): string | undefined {
    return attempt(() => this.#store?.getItem(key)) ?? undefined
  }

  #set(key: string, value: string): void {
    attempt(() => this.#store?.setItem(key, value))
  }
}

/** Storage throws where it is forbidden or full; then there is nothing to remember with, which is no reason to stop. */
export function attempt<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
