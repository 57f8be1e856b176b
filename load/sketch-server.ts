/**
 * The ceiling of the bench: the least that a durable turn over `ws` can be. JSON frames of this protocol, made anew for each
 * answer in the shapes of the recorded conversation and corked into one socket write, dedup by `mid`, a msgpack entry per turn,
 * group commit with a synced write before the answer. No check of frames, no interpretation, no state but a counter, no
 * documents, no limits, no metrics: what Parley costs beyond it is the price of those.
 *
 * Started as `node load/sketch-server.ts` with a `SketchServerSetup` as JSON on stdin; prints `http://127.0.0.1:PORT` when it
 * listens; stops on SIGTERM.
 */
import { constants, openSync, writev } from 'node:fs'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { Packr } from 'msgpackr'
import type { WebSocket } from 'ws'
import type { Frame } from '../src/protocol/frames.ts'
import { listen, TEXT } from './bare-server.ts'
import { type ClientFrame, filled, framesOf, type Numbered } from './recorded-answers.ts'
import type { Transcript } from './transcript.ts'

/** Sent to the sketch before it listens. */
export interface SketchServerSetup {
  readonly transcript: Transcript
  /** Where the entries go; without it nothing is written and answers leave at once. */
  readonly journal?: string
}

/** One open conversation of a socket. */
interface SketchConversation extends Numbered {
  readonly seen: Map<string, number>
  turn: number
}

/** Entries wait here until those before them are on the disk; one write is under way at most. */
class GroupCommit {
  private readonly packr = new Packr({ structures: [] })
  private readonly fd: number | undefined
  private entries: Buffer[] = []
  private waiters: (() => void)[] = []
  private at = 0
  private busy = false

  constructor(path: string | undefined) {
    const { O_RDWR, O_CREAT, O_DSYNC } = constants
    this.fd = path === undefined ? undefined : openSync(path, O_RDWR | O_CREAT | (O_DSYNC ?? 0), 0o600)
  }

  add(entry: object, done: () => void): void {
    if (this.fd === undefined) {
      done()
      return
    }
    this.entries.push(this.packr.pack(entry))
    this.waiters.push(done)
    if (!this.busy) {
      this.busy = true
      setImmediate(() => this.flush(this.fd as number))
    }
  }

  private flush(fd: number): void {
    const { waiters } = this
    const group = Buffer.concat(this.entries)
    this.entries = []
    this.waiters = []
    writev(fd, [group], this.at, (error) => {
      if (error) throw error
      if (this.entries.length > 0) this.flush(fd)
      else this.busy = false
      for (const done of waiters) done()
    })
    this.at += group.length
  }
}

class Sketch {
  private readonly commit: GroupCommit
  private readonly hello: readonly Frame[]
  private readonly opened: readonly Frame[]
  private readonly turns: readonly (readonly Frame[])[]
  private conversations = 0

  constructor(setup: SketchServerSetup) {
    const { transcript } = setup
    this.commit = new GroupCommit(setup.journal)
    this.hello = framesOf(transcript.h)
    this.opened = framesOf(transcript.o)
    this.turns = [framesOf(transcript[0]), framesOf(transcript[1]), framesOf(transcript[2])]
  }

  serve(webSocket: WebSocket, socket: Socket): void {
    let conversation: SketchConversation | undefined
    webSocket.on('message', (data) => {
      const request = JSON.parse((data as Buffer).toString()) as ClientFrame
      const answer = (frames: readonly Frame[], mid?: string) => {
        const now = Date.now()
        socket.cork()
        for (const frame of frames) {
          webSocket.send(JSON.stringify(filled(frame, request, conversation, now, mid)), TEXT)
        }
        socket.uncork()
      }
      if (request.t === 'msg.send' && conversation !== undefined) {
        this.send(request, conversation, answer)
      } else if (request.t === 'conv.open') {
        const cid = `01JSKETCH${String(this.conversations++).padStart(17, '0')}`
        conversation = { cid, inc: cid.slice(-8), seen: new Map(), seq: 0, turn: 0 }
        this.commit.add({ cid: conversation.cid, inc: conversation.inc, at: Date.now(), events: this.opened }, () =>
          answer(this.opened),
        )
      } else {
        answer(this.hello)
      }
    })
    webSocket.on('error', () => webSocket.terminate())
  }

  private send(
    request: ClientFrame,
    conversation: SketchConversation,
    answer: (frames: readonly Frame[], mid?: string) => void,
  ): void {
    const { mid, body } = request.d
    if (conversation.seen.has(mid)) return
    conversation.seen.set(mid, conversation.seq + 1)
    const frames = this.turns[conversation.turn++] ?? []
    const reply = frames[1]?.d
    this.commit.add({ cid: conversation.cid, n: conversation.turn, at: Date.now(), mid, body, reply }, () => answer(frames, mid))
  }
}

async function main(): Promise<void> {
  const sketch = new Sketch(JSON.parse(await text(process.stdin)) as SketchServerSetup)
  listen('sketch', (webSocket, socket) => sketch.serve(webSocket, socket))
}

if (import.meta.main) await main()
