/**
 * The yardstick of the bench: a bare `ws` server that answers each client frame with frames of the same sizes as Parley's,
 * corked into one socket write, and keeps nothing. A POST gets a recorded HTTP answer in the same spirit.
 *
 * Started as `node load/raw-server.ts` with a `RawServerSetup` as JSON on stdin;
 * prints `http://127.0.0.1:PORT` when it listens; stops on SIGTERM.
 */
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type WebSocket, WebSocketServer } from 'ws'
import { SUBPROTOCOL_JSON } from '../src/protocol/frames.ts'
import type { FrameKind } from './scripted-client.ts'
import type { Transcript } from './transcript.ts'

/** Sent to the raw server before it listens. */
export interface RawServerSetup {
  readonly transcript: Transcript
  /** What the generator says hello with: of the length that Parley's tokens have. */
  readonly token: string
  /** Body of the answer to each POST. */
  readonly httpAnswer: string
}

/** Where the frames of the generator carry their type and, in `msg.send`, the kind that their id begins with. */
const TYPE_AT = '{"v":1,"t":"'.length
const KIND_AT = '{"v":1,"t":"msg.send","id":"'.length
const MESSAGE = 'm'.charCodeAt(0)
const CONVERSATION = 'c'.charCodeAt(0)

type Answers = Readonly<Record<FrameKind, readonly Buffer[]>>

function answersFrom(transcript: Transcript): Answers {
  const encode = (frames: readonly string[]) => frames.map((frame) => Buffer.from(frame, 'latin1'))
  return {
    h: encode(transcript.h),
    o: encode(transcript.o),
    '0': encode(transcript[0]),
    '1': encode(transcript[1]),
    '2': encode(transcript[2]),
  }
}

function answersTo(answers: Answers, frame: Buffer): readonly Buffer[] {
  const type = frame[TYPE_AT]
  if (type === MESSAGE) return answers[String.fromCharCode(frame[KIND_AT] ?? 0) as FrameKind] ?? []
  return type === CONVERSATION ? answers.o : answers.h
}

function serve(answers: Answers, webSocket: WebSocket, socket: Socket): void {
  webSocket.on('message', (data) => {
    socket.cork()
    for (const frame of answersTo(answers, data as Buffer)) webSocket.send(frame, TEXT)
    socket.uncork()
  })
  webSocket.on('error', () => webSocket.terminate())
}

const TEXT = { binary: false } as const

async function main(): Promise<void> {
  const setup = JSON.parse(await text(process.stdin)) as RawServerSetup
  const answers = answersFrom(setup.transcript)
  const httpAnswer = Buffer.from(setup.httpAnswer)
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': httpAnswer.length })
      response.end(httpAnswer)
    })
  })
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL_JSON) ? SUBPROTOCOL_JSON : false),
  })
  server.on('upgrade', (request, socket, head) => {
    ;(socket as Socket).setNoDelay(true)
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(answers, webSocket, socket as Socket))
  })
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
    console.log(`raw ws server on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  process.on('SIGTERM', () => process.exit(0))
}

if (import.meta.main) await main()
