import { connect, type Socket } from 'node:net'
import { clientFrame, type FrameHandler, FrameReader, OPCODE } from './wire.ts'

export interface Target {
  readonly host: string
  readonly port: number
  readonly path: string
  readonly subprotocol: string
}

/** What a socket tells its owner; each is called synchronously from the read, so an owner may send at once. */
export interface WireOwner {
  opened(): void
  text(payload: string): void
  /** Exactly once, last. `fault` is absent after a close that either side asked for with code 1000. */
  closed(fault: string | undefined): void
}

/** The key of RFC 6455's own example, so that its answer is known too. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='
const UPGRADE_BYTES_MAX = 8 * 1024
const NORMAL_CLOSE = '\x03\xe8'

/** One read buffer for all sockets: each read is handled to its end before the next begins. */
const readBuffer = Buffer.allocUnsafeSlow(256 * 1024)

/**
 * A WebSocket client over a bare TCP socket: one write per frame, no buffers made per read. It costs the generator's core
 * a fraction of what a full client does, which keeps the server the bound even when that is a bare echo.
 */
export class WireSocket implements FrameHandler {
  private readonly socket: Socket
  private readonly owner: WireOwner
  private readonly reader: FrameReader
  private upgraded = false
  private head = ''
  private fault: string | undefined
  private closing = false

  /** `localAddress` spreads many short connections over several source addresses, so that ports do not run out. */
  constructor(target: Target, owner: WireOwner, localAddress?: string) {
    this.owner = owner
    this.reader = new FrameReader(this)
    this.socket = connect({
      host: target.host,
      port: target.port,
      noDelay: true,
      ...(localAddress === undefined ? {} : { localAddress }),
      onread: { buffer: readBuffer, callback: (bytes) => this.read(readBuffer.subarray(0, bytes)) },
    })
    this.socket.on('connect', () => this.socket.write(upgradeRequest(target)))
    this.socket.on('error', (error) => {
      this.fault ??= error.message
    })
    this.socket.on('close', () => {
      owner.closed(this.fault ?? (this.closing ? undefined : 'the server closed without a closing frame'))
    })
  }

  send(payload: string): void {
    this.socket.write(clientFrame(OPCODE.text, payload))
  }

  /** Asks for a close with 1000; `closed` follows when the server has answered and hung up. */
  close(): void {
    if (this.closing) return
    this.closing = true
    this.socket.write(clientFrame(OPCODE.close, NORMAL_CLOSE))
  }

  /** Drops the TCP connection at once. */
  destroy(fault?: string): void {
    this.fault ??= fault
    this.closing = true
    this.socket.destroy()
  }

  frame(opcode: number, payload: string): void {
    if (opcode === OPCODE.text) this.owner.text(payload)
    else if (opcode === OPCODE.ping) this.socket.write(clientFrame(OPCODE.pong, payload))
    else if (opcode === OPCODE.close) this.closeAsked(payload)
    else if (opcode !== OPCODE.pong) this.destroy(`unexpected opcode ${opcode}`)
  }

  private closeAsked(payload: string): void {
    const code = payload.length < 2 ? 1005 : (payload.charCodeAt(0) << 8) | payload.charCodeAt(1)
    if (!this.closing) {
      this.fault ??= `the server closed with ${code} ${payload.slice(2)}`
      this.socket.write(clientFrame(OPCODE.close, payload.slice(0, 2)))
      this.closing = true
    }
    this.socket.end()
  }

  private read(bytes: Buffer): boolean {
    try {
      if (this.upgraded) this.reader.push(bytes)
      else this.readUpgrade(bytes)
    } catch (error) {
      this.destroy(error instanceof Error ? error.message : String(error))
    }
    return true
  }

  private readUpgrade(bytes: Buffer): void {
    this.head += bytes.toString('latin1')
    const end = this.head.indexOf('\r\n\r\n')
    if (end < 0) {
      if (this.head.length > UPGRADE_BYTES_MAX) throw new Error('the answer to the upgrade has no end')
      return
    }
    if (!this.head.startsWith('HTTP/1.1 101 ') || !this.head.includes(ACCEPT)) {
      throw new Error(`the upgrade was refused: ${this.head.slice(0, 200)}`)
    }
    const rest = this.head.slice(end + 4)
    this.head = ''
    this.upgraded = true
    this.owner.opened()
    if (rest.length > 0) this.reader.push(Buffer.from(rest, 'latin1'))
  }
}

function upgradeRequest(target: Target): string {
  return [
    `GET ${target.path} HTTP/1.1`,
    `Host: ${target.host}:${target.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    `Sec-WebSocket-Protocol: ${target.subprotocol}`,
    '\r\n',
  ].join('\r\n')
}
