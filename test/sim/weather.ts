/** What is wrong with the surroundings right now: written by the nemesis, read by the simulated network and engines. */
export class Weather {
  /** `from>to`, of node names, `broker`, `journal`, `documents`, `directory`: nothing gets through that way. */
  readonly #cuts = new Map<string, number>()
  /** Share of bus messages that are lost, doubled, or take long. */
  busLoss = 0
  busTwice = 0
  busSlow = 0
  /** Share of messages to a subscriber that the broker says nobody has. */
  falseNobody = 0
  readonly engines: Record<Engine, EngineWeather> = { journal: calm(), documents: calm(), directory: calm() }

  cut(from: string, to: string): void {
    const key = `${from}>${to}`
    this.#cuts.set(key, (this.#cuts.get(key) ?? 0) + 1)
  }

  heal(from: string, to: string): void {
    const key = `${from}>${to}`
    const left = (this.#cuts.get(key) ?? 0) - 1
    if (left > 0) this.#cuts.set(key, left)
    else this.#cuts.delete(key)
  }

  passes(from: string, to: string): boolean {
    return this.#cuts.size === 0 || !this.#cuts.has(`${from}>${to}`)
  }

  /** Whether anything keeps this node from its peers, the broker or the journal. */
  touches(node: string): boolean {
    for (const key of this.#cuts.keys()) if (key.startsWith(`${node}>`) || key.endsWith(`>${node}`)) return true
    return false
  }
}

export type Engine = 'journal' | 'documents' | 'directory'

export interface EngineWeather {
  /** Refuses connections. */
  down: boolean
  /** Takes requests and does nothing with them until it is thawed. */
  frozen: boolean
  /** Shares of calls: not delivered; carried out but not answered; carried out late, after what came next. */
  requestLost: number
  replyLost: number
  late: number
  /** Longest time that a call takes. */
  slowMs: number
}

function calm(): EngineWeather {
  return { down: false, frozen: false, requestLost: 0, replyLost: 0, late: 0, slowMs: 3 }
}
