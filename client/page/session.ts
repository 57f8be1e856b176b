import { fetchDevelopmentToken } from '../server-api.ts'
import { attempt } from './memory.ts'

const KEY = 'parley.token'

/**
 * Where the token comes from: the development mode makes a new one each time; elsewhere the user gives one, which lives as
 * long as the tab.
 */
export class Session {
  readonly #user: string
  readonly #ask: (refused: boolean) => Promise<string>
  #asking: Promise<string> | undefined
  #given: string | undefined
  #refused = false

  constructor(user: string, ask: (refused: boolean) => Promise<string>) {
    this.#user = user
    this.#ask = ask
  }

  /** Rejects with a temporary `ParleyError` while the server cannot be reached. */
  async token(): Promise<string> {
    this.#given ??= attempt(() => sessionStorage.getItem(KEY)) ?? undefined
    return this.#given ?? (await fetchDevelopmentToken(location.origin, this.#user)) ?? this.#asked()
  }

  /** The server did not take the token that was given. */
  refuse(): void {
    this.#refused = true
    this.#given = undefined
    attempt(() => sessionStorage.removeItem(KEY))
  }

  #asked(): Promise<string> {
    this.#asking ??= this.#ask(this.#refused).then((token) => {
      this.#asking = undefined
      this.#given = token
      attempt(() => sessionStorage.setItem(KEY, token))
      return token
    })
    return this.#asking
  }
}
