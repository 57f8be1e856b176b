/** Stops what it was returned for; calling it again does nothing. */
export type Off = () => void

type Listener<T> = (value: T) => void

/**
 * Typed events, told synchronously and in order of subscription. A listener that throws does not disturb the others:
 * its error is thrown again outside the library's stack, as the platform does for event targets.
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Listener<never>[]>()

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): Off {
    const known = this.#listeners.get(name) ?? []
    this.#listeners.set(name, [...known, listener])
    this.subscribed()
    return () => {
      const left = (this.#listeners.get(name) ?? []).filter((each) => each !== listener)
      this.#listeners.set(name, left)
    }
  }

  protected emit<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        ;(listener as Listener<Events[Name]>)(value)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  /** Told after each `on`, for those that keep events until somebody listens. */
  protected subscribed(): void {}
}

const HELD_MAX = 1_000

/**
 * Keeps what is told before anybody listens, so that whoever awaited the emitter misses nothing: the events are told, in
 * order, in the microtask after the first `on` (subscribe to all you want in one go). Keeps the newest 1,000.
 */
export class PatientEmitter<Events extends object> extends Emitter<Events> {
  #held: (() => void)[] | undefined = []
  #flushing = false

  protected tell<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    if (this.#held === undefined) {
      this.emit(name, value)
      return
    }
    this.#held.push(() => this.emit(name, value))
    if (this.#held.length > HELD_MAX) this.#held.shift()
  }

  protected override subscribed(): void {
    if (this.#held === undefined || this.#flushing) return
    this.#flushing = true
    queueMicrotask(() => {
      const held = this.#held ?? []
      this.#held = undefined
      for (const tell of held) tell()
    })
  }
}
