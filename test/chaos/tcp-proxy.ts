import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { Pump, type Way } from './pump.ts'

/** Which way of a link: from the node to the service, back, or both. */
export type Direction = 'up' | 'down' | 'both'

interface Pair {
  readonly node: Socket
  readonly service: Socket
  readonly pumps: readonly [up: Pump, down: Pump]
}

/** The link between one node and one service, over which every byte passes: it can be cut, slowed, narrowed and reset. */
export class TcpProxy {
  readonly up: Way = { blocked: false, delayMs: 0, bytesPerS: 0 }
  readonly down: Way = { blocked: false, delayMs: 0, bytesPerS: 0 }
  readonly #target: number
  readonly #server: Server
  readonly #pairs = new Set<Pair>()

  private constructor(target: number) {
    this.#target = target
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket))
  }

  /** On a free port of 127.0.0.1, for the service on port `target` of it. */
  static async listen(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target)
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject)
      proxy.#server.listen({ host: '127.0.0.1', port: 0 }, resolve)
    })
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Nothing passes in this direction, and nobody is told. Connections can be made still, and stay silent. */
  cut(direction: Direction): void {
    for (const way of this.#ways(direction)) way.blocked = true
  }

  slow(delayMs: number): void {
    for (const way of this.#ways('both')) way.delayMs = delayMs
  }

  narrow(bytesPerS: number): void {
    for (const way of this.#ways('both')) way.bytesPerS = bytesPerS
  }

  /** Every connection ends at once, as if a device between had forgotten them. */
  reset(): void {
    for (const { node, service } of this.#pairs) {
      node.resetAndDestroy()
      service.resetAndDestroy()
    }
  }

  /** As new, but for the connections that were lost. */
  heal(): void {
    for (const way of this.#ways('both')) Object.assign(way, { blocked: false, delayMs: 0, bytesPerS: 0 })
    for (const { pumps } of this.#pairs) for (const pump of pumps) pump.flow()
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.reset()
    await closed
  }

  #ways(direction: Direction): Way[] {
    return [...(direction === 'down' ? [] : [this.up]), ...(direction === 'up' ? [] : [this.down])]
  }

  #accept(node: Socket): void {
    const service = connect({ host: '127.0.0.1', port: this.#target, noDelay: true })
    const pair: Pair = { node, service, pumps: [new Pump(node, service, this.up), new Pump(service, node, this.down)] }
    this.#pairs.add(pair)
    const end = (): void => {
      this.#pairs.delete(pair)
      for (const pump of pair.pumps) pump.stop()
      // Nobody listens there: to be heard at once, as from a machine that is up.
      if (isRefused) node.resetAndDestroy()
      node.destroySoon()
      service.destroySoon()
    }
    let isRefused = false
    service.once('error', (error: NodeJS.ErrnoException) => {
      isRefused = error.code === 'ECONNREFUSED'
    })
    for (const socket of [node, service]) {
      // An error is always followed by the close.
      socket.on('error', () => undefined)
      socket.once('close', () => (socket === service && this.down.blocked ? this.#hideEnd(pair, end) : end()))
    }
  }

  /** Over a cut link nobody hears that the other side is gone. */
  #hideEnd({ node }: Pair, end: () => void): void {
    const looking = setInterval(() => {
      if (this.down.blocked && !node.destroyed) return
      clearInterval(looking)
      end()
    }, 50)
  }
}
