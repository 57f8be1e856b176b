import { CONTACT_TEMPLATE, CONTACT_TURNS, FIRST_PROMPT, personOf, type ScriptedTurn } from './contact.ts'
import { numberField, stringField } from './field.ts'
import { type Target, type WireOwner, WireSocket } from './wire-socket.ts'

export interface ClientOptions {
  readonly target: Target
  readonly token: string
  /** Unique among the clients of one run; picks the people and makes the message ids. */
  readonly index: number
  /** The raw server answers with recorded frames: ids, conversation and numbers of answers are then not compared. */
  readonly recorded: boolean
  readonly localAddress?: string
  /** Sees each frame before it is checked, with the kind of client frame that came before it. */
  readonly tap?: (after: FrameKind, frame: string) => void
}

/** First character of every frame id: hello, open, or the number of the turn within the script. */
export type FrameKind = 'h' | 'o' | '0' | '1' | '2'

/** What a driver is told; called from the read that brought the news, so a driver may `say` at once. */
export interface Driver {
  /** A conversation is open and the bot has asked its first question. Also called after each reopening. */
  ready(client: ScriptedClient): void
  /** A turn is complete: accepted once, answered by the right prompt. `more`: the same conversation takes a further turn now. */
  turned(client: ScriptedClient, more: boolean): void
  /** Something differed from the protocol or the script; the client has been dropped. */
  failed(client: ScriptedClient, what: string): void
  /** The socket is gone after `close()`. */
  closed(client: ScriptedClient): void
}

type Phase = 'upgrade' | 'welcome' | 'opening' | 'idle' | 'turn' | 'over' | 'gone'

/**
 * One person at one socket who holds the `contact` conversation again and again, and checks every answer: each message is
 * accepted exactly once with its own id, events are numbered without holes, each turn ends at the prompt of the script,
 * the last one with the result and the close.
 */
export class ScriptedClient implements WireOwner {
  /** When the turn under way was meant to begin; the driver's to set, on the clock of `performance.now()`. */
  intendedMs = 0
  /** The newest event number of the conversation that is open. */
  seq = 0
  cid = ''

  private readonly options: ClientOptions
  private readonly driver: Driver
  private readonly socket: WireSocket
  private phase: Phase = 'upgrade'
  private step = 0
  private conversations = 0
  private frames = 0
  private frameId = ''
  private kind: FrameKind = 'h'
  private mid = ''
  private accepted = false
  private answered = false
  private resulted = false

  constructor(options: ClientOptions, driver: Driver) {
    this.options = options
    this.driver = driver
    this.socket = new WireSocket(options.target, this, options.localAddress)
  }

  get isGone(): boolean {
    return this.phase === 'gone'
  }

  /** An answer is awaited. */
  get isBusy(): boolean {
    return this.phase === 'turn' || this.phase === 'opening'
  }

  /** Sends the next message of the script. Only when `ready` or `turned` with `more` came and nothing was said since. */
  say(intendedMs: number): void {
    const turn = CONTACT_TURNS[this.step]
    if (this.phase !== 'idle' || turn === undefined) throw new Error(`nothing may be said while ${this.phase}`)
    this.intendedMs = intendedMs
    this.phase = 'turn'
    this.accepted = false
    this.answered = false
    this.resulted = false
    const id = this.nextFrameId(String(this.step) as FrameKind)
    this.mid = `01JBENCH${padded(this.options.index, 8)}${padded(this.frames, 10)}`
    const body = turn.say(personOf(this.options.index + this.conversations))
    this.socket.send(
      `{"v":1,"t":"msg.send","id":"${id}","cid":"${this.cid}","d":{"mid":"${this.mid}","kind":"text","body":"${body}"}}`,
    )
  }

  close(): void {
    if (this.phase === 'gone') return
    this.phase = 'over'
    this.socket.close()
  }

  /** Another conversation on the same socket, leaving the open one where it is. Only when `say` would be allowed. */
  openAnother(): void {
    if (this.phase !== 'idle') throw new Error(`no conversation may be opened while ${this.phase}`)
    this.open()
  }

  opened(): void {
    this.phase = 'welcome'
    const id = this.nextFrameId('h')
    this.socket.send(`{"v":1,"t":"hello","id":"${id}","d":{"token":"${this.options.token}","locale":"en","tz":"Europe/Rome"}}`)
  }

  text(frame: string): void {
    if (this.phase === 'gone') return
    this.options.tap?.(this.kind, frame)
    const fault = this.check(stringField(frame, 't'), frame)
    if (fault !== undefined) this.fail(fault)
  }

  closed(fault: string | undefined): void {
    const before = this.phase
    if (before === 'gone') return
    this.phase = 'gone'
    if (fault !== undefined || before !== 'over') this.driver.failed(this, fault ?? `closed while ${before}`)
    else this.driver.closed(this)
  }

  /** Handles one frame; gives what is wrong with it. */
  private check(type: string | undefined, frame: string): string | undefined {
    switch (type) {
      case 'msg.ok':
        return this.onAccepted(frame)
      case 'msg.new':
        return this.onMessage(frame)
      case 'conv.state':
        return this.onState(frame)
      case 'data.result':
        return this.onResult(frame)
      case 'conv.opened':
        return this.onOpened(frame)
      case 'welcome':
        return this.onWelcome(frame)
      case 'ping':
        this.socket.send(`{"v":1,"t":"pong","d":{"n":${numberField(frame, 'n') ?? 0}}}`)
        return undefined
      case 'rate':
      case 'receipt':
      case 'typing':
        return undefined
      default:
        return `${type ?? 'a frame without a type'} while ${this.phase}: ${frame.slice(0, 300)}`
    }
  }

  private onWelcome(frame: string): string | undefined {
    if (this.phase !== 'welcome') return 'a second welcome'
    if (!this.answers(frame)) return 'a welcome that answers no hello'
    this.open()
    return undefined
  }

  private open(): void {
    this.phase = 'opening'
    this.cid = ''
    const id = this.nextFrameId('o')
    this.socket.send(`{"v":1,"t":"conv.open","id":"${id}","d":{"template":"${CONTACT_TEMPLATE}"}}`)
  }

  private onOpened(frame: string): string | undefined {
    if (this.phase !== 'opening' || this.cid !== '') return 'conv.opened out of place'
    if (!this.answers(frame)) return 'conv.opened answers another frame'
    this.cid = stringField(frame, 'cid') ?? ''
    if (this.cid === '') return 'conv.opened without a cid'
    this.seq = 0
    this.step = 0
    this.conversations++
    return undefined
  }

  private onAccepted(frame: string): string | undefined {
    if (this.phase !== 'turn' || this.accepted) return 'a msg.ok too many'
    if (!this.answers(frame)) return `msg.ok answers ${stringField(frame, 're')}, not ${this.frameId}`
    if (!this.options.recorded && stringField(frame, 'mid') !== this.mid) return 'msg.ok with another mid'
    if (frame.includes('"dup":true')) return 'msg.ok calls a new message a repeat'
    this.accepted = true
    return this.count(frame)
  }

  private onMessage(frame: string): string | undefined {
    if (this.phase === 'opening' && this.cid !== '') return this.onFirstQuestion(frame)
    if (this.phase !== 'turn' || this.answered) return `a msg.new too many while ${this.phase}`
    if (!this.accepted) return 'msg.new before its msg.ok'
    const turn = CONTACT_TURNS[this.step] as ScriptedTurn
    if (turn.expects !== undefined && !stands(frame, turn.expects)) {
      return `after turn ${this.step + 1} the bot does not stand at ${turn.expects.node}: ${frame.slice(0, 400)}`
    }
    const hole = this.count(frame)
    if (hole !== undefined) return hole
    this.answered = true
    this.step++
    if (turn.expects !== undefined) this.phase = 'idle'
    this.driver.turned(this, turn.expects !== undefined)
    return undefined
  }

  private onFirstQuestion(frame: string): string | undefined {
    if (!stands(frame, FIRST_PROMPT)) return `another first question: ${frame.slice(0, 400)}`
    const hole = this.count(frame)
    if (hole !== undefined) return hole
    this.phase = 'idle'
    this.driver.ready(this)
    return undefined
  }

  private onResult(frame: string): string | undefined {
    if (this.phase !== 'turn' || !this.answered || this.resulted) return 'data.result out of place'
    if (stringField(frame, 'outcome') !== 'success') return `the form did not succeed: ${frame.slice(0, 400)}`
    this.resulted = true
    return this.count(frame)
  }

  private onState(frame: string): string | undefined {
    const hole = this.count(frame)
    if (hole !== undefined || stringField(frame, 'state') !== 'closed') return hole
    if (this.phase !== 'turn' || !this.answered || !this.resulted) return 'closed before the answer and the result'
    this.open()
    return undefined
  }

  /** Events of a conversation are numbered without holes, its messages from the user among them. */
  private count(frame: string): string | undefined {
    const seq = numberField(frame, 'seq')
    if (seq !== this.seq + 1) return `event ${seq} after ${this.seq}: ${frame.slice(0, 200)}`
    this.seq = seq
    return undefined
  }

  private answers(frame: string): boolean {
    return this.options.recorded || stringField(frame, 're') === this.frameId
  }

  private nextFrameId(kind: FrameKind): string {
    this.kind = kind
    this.frameId = `${kind}${padded(this.frames++, 7)}`
    return this.frameId
  }

  private fail(what: string): void {
    this.phase = 'gone'
    this.socket.destroy(what)
    this.driver.failed(this, what)
  }
}

function stands(frame: string, expected: { readonly node: string; readonly step: string }): boolean {
  const prompt = frame.indexOf('"prompt":')
  return (
    prompt > 0 && stringField(frame, 'node', prompt) === expected.node && stringField(frame, 'step', prompt) === expected.step
  )
}

/** Fixed width, so that all frames of one kind are of one size. */
function padded(n: number, width: number): string {
  return String(n).padStart(width, '0')
}
