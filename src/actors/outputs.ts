import type { Output } from '../dialogue/output.ts'
import type { DurableEvent, MessageBody } from '../protocol/frames.ts'

/** Numbers a turn's durable events from `seq` + 1 on, in the order in which the participants see them. */
export class EventList {
  readonly events: DurableEvent[] = []
  seq: number
  readonly #ts: number

  constructor(seq: number, nowMs: number) {
    this.seq = seq
    this.#ts = nowMs
  }

  message(d: MessageBody): void {
    this.events.push({ seq: ++this.seq, ts: this.#ts, t: 'msg.new', d })
  }

  state(state: 'active' | 'handoff' | 'closed', reason: string): void {
    this.events.push({ seq: ++this.seq, ts: this.#ts, t: 'conv.state', d: { state, reason } })
  }

  outputs(outputs: readonly Output[], tv: number, turn: number): void {
    for (const output of outputs) {
      switch (output.type) {
        case 'message':
          this.message(botMessage(output, this.seq + 1, tv, turn))
          break
        case 'state':
          this.state(output.state, output.reason)
          break
        case 'handoff':
          this.events.push({ seq: ++this.seq, ts: this.#ts, t: 'handoff', d: { queue: output.queue } })
          break
        case 'result': {
          const { values, outcome } = output
          this.events.push({ seq: ++this.seq, ts: this.#ts, t: 'data.result', d: { values, outcome, tv } })
          break
        }
      }
    }
  }
}

function botMessage(output: Extract<Output, { type: 'message' }>, seq: number, tv: number, turn: number): MessageBody {
  const { parts, locale, prompt, quickReplies } = output
  const single = parts.length === 1
  return {
    mid: `b${seq}`,
    from: 'bot',
    kind: 'text',
    body: single ? (parts[0] as string) : parts.join(' '),
    ...(single ? undefined : { parts }),
    ...(locale === undefined ? undefined : { locale }),
    ...(prompt === undefined ? undefined : { prompt }),
    ...(quickReplies === undefined ? undefined : { quickReplies }),
    tv,
    turn,
  }
}
