import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { SUBPROTOCOL_JSON } from '../src/protocol/frames.ts'

export const TEXT = { binary: false } as const

/** A bare `ws` server on a free port of this machine: prints `<name> on http://127.0.0.1:PORT` when it listens, ends on SIGTERM. */
export function listen(name: string, serve: (webSocket: WebSocket, socket: Socket) => void): void {
  const server = createServer((_request, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL_JSON) ? SUBPROTOCOL_JSON : false),
  })
  server.on('upgrade', (request, socket, head) => {
    ;(socket as Socket).setNoDelay(true)
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, socket as Socket))
  })
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
    console.log(`${name} on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  process.on('SIGTERM', () => process.exit(0))
}
