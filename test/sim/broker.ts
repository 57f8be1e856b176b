import type { SimProcess } from './process.ts'
import type { SeededRandom } from './random.ts'
import type { Simulation } from './simulation.ts'
import { matches } from './subjects.ts'
import type { BusClient, Sent, Sub } from './subscriptions.ts'
import type { Weather } from './weather.ts'

/** The broker notices the end of a process, or of a connection that nothing comes from. */
export const CLOSE_SEEN_MS = { low: 10, high: 60 } as const
/** One way between a client and the broker; `slow`: longest under the weather's `busSlow`. */
export const HOP_MS = { low: 0.1, high: 3, slow: 900 } as const

/** The broker of the simulated cluster: knows subscriptions, routes what arrives, and loses what the weather says. */
export class Broker {
  readonly sim: Simulation
  readonly weather: Weather
  readonly random: SeededRandom
  readonly #clients = new Set<BusClient>()
  /** By subject; patterns apart. */
  readonly #exact = new Map<string, Set<Sub>>()
  readonly #patterns = new Set<Sub>()
  up = true

  constructor(sim: Simulation, weather: Weather, random: SeededRandom) {
    this.sim = sim
    this.weather = weather
    this.random = random.fork('broker')
  }

  /** A client of that process; its end is noticed. */
  add(client: BusClient): void {
    const { process } = client
    this.#clients.add(client)
    process.onEnd(() => {
      this.#clients.delete(client)
      this.sim.plan(this.random.between(CLOSE_SEEN_MS.low, CLOSE_SEEN_MS.high), undefined, 'world', () => this.drop(client))
    })
  }

  /** All connections break; clients come back when it is up again. */
  restart(downMs: number): void {
    this.up = false
    this.#exact.clear()
    this.#patterns.clear()
    for (const client of this.#clients) client.broken()
    this.sim.plan(downMs, undefined, 'world', () => {
      this.up = true
    })
  }

  reaches(process: SimProcess, way: 'in' | 'out'): boolean {
    if (!this.up) return false
    return way === 'in' ? this.weather.passes(process.name, 'broker') : this.weather.passes('broker', process.name)
  }

  /** Forgets a connection's subscriptions; all of the client's without one. */
  drop(client: BusClient, connection?: number): void {
    for (const subs of [this.#patterns, ...this.#exact.values()]) {
      for (const sub of subs) {
        if (sub.client === client && (connection === undefined || sub.connection === connection)) this.remove(sub)
      }
    }
  }

  subscribe(sub: Sub): void {
    const { subject, pattern } = sub.wanted
    if (isPattern(pattern)) {
      this.#patterns.add(sub)
      return
    }
    const subs = this.#exact.get(subject)
    if (subs) subs.add(sub)
    else this.#exact.set(subject, new Set([sub]))
  }

  remove(sub: Sub): void {
    const { subject } = sub.wanted
    this.#patterns.delete(sub)
    const subs = this.#exact.get(subject)
    subs?.delete(sub)
    if (subs?.size === 0) this.#exact.delete(subject)
  }

  /** What a client published has arrived. */
  route(from: BusClient, sent: Sent): void {
    const found = this.#matching(sent.subject)
    const isFalse = sent.reply !== undefined && this.random.chance(this.weather.falseNobody)
    if (found.length === 0 || isFalse) {
      if (sent.reply !== undefined) this.#nobody(from, sent.reply)
      return
    }
    for (const sub of this.#receivers(found)) this.#forward(from, sub, sent)
  }

  #matching(subject: string): Sub[] {
    const tokens = subject.split('.')
    const found = [...(this.#exact.get(subject) ?? [])]
    for (const sub of this.#patterns) if (matches(sub.wanted.pattern, tokens)) found.push(sub)
    return found
  }

  #receivers(found: readonly Sub[]): Sub[] {
    const groups = new Map<string, Sub[]>()
    const receivers: Sub[] = []
    for (const sub of found) {
      const { queue, subject } = sub.wanted
      if (queue === undefined) {
        receivers.push(sub)
        continue
      }
      const group = groups.get(`${subject} ${queue}`)
      if (group) group.push(sub)
      else groups.set(`${subject} ${queue}`, [sub])
    }
    for (const group of groups.values()) receivers.push(this.random.pick(group))
    return receivers
  }

  #forward(from: BusClient, sub: Sub, sent: Sent): void {
    const { weather, random } = this
    if (!weather.passes(from.process.name, sub.client.process.name) || random.chance(weather.busLoss)) return
    sub.client.arriving(sub, sent)
    if (random.chance(weather.busTwice)) sub.client.arriving(sub, sent, random.between(0, HOP_MS.slow))
  }

  #nobody(to: BusClient, subject: string): void {
    for (const sub of this.#matching(subject)) {
      if (sub.client === to) {
        to.arriving(sub, { subject, data: new Uint8Array(0), reply: undefined, headers: undefined }, 0, true)
      }
    }
  }
}

const isPattern = (tokens: readonly string[]): boolean => tokens.some((token) => token === '*' || token === '>')
