import type { Output } from '../dialogue/output.ts'
import type { DurableEvent, MessageBody } from '../protocol/frames.ts'
import { RecordedEvent } from '../protocol/recorded-event.ts'

/** Numbers and encodes a turn's durable events from `seq` + 1 on, in the order in which the participants see them. */
export class EventList {
  readonly events: DurableEvent[] = []
  seq: number
  readonly #ts: number

  constructor(seq: number, nowMs: number) {
    this.seq = seq
    this.#ts = nowMs
  }

  message(d: MessageBody): void {
    this.events.push(RecordedEvent.of(++this.seq, this.#ts, 'msg.new', d))
  }

  state(state: 'active' | 'handoff' | 'closed', reason: string): void {
    this.events.push(RecordedEvent.of(++this.seq, this.#ts, 'conv.state', { state, reason }))
  }

  handoff(queue: string, agent: string | undefined): void {
    const d = agent === undefined ? { queue } : { queue, agent }
    this.events.push(RecordedEvent.of(++this.seq, this.#ts, 'handoff', d))
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
          this.handoff(output.queue, output.agent)
          break
        case 'result': {
          const { values, outcome } = output
          this.events.push(RecordedEvent.of(++this.seq, this.#ts, 'data.result', { values, outcome, tv }))
          break
        }
      }
    }
  }
}

/** Undefined fields are left out by the encoding: one shape for all messages. */
function botMessage(output: Extract<Output, { type: 'message' }>, seq: number, tv: number, turn: number): MessageBody {
  const { parts, locale, prompt, quickReplies } = output
  const single = parts.length === 1
  return {
    mid: `b${seq}`,
    from: 'bot',
    kind: 'text',
    body: single ? (parts[0] as string) : parts.join(' '),
    parts: single ? undefined : parts,
    locale,
    prompt,
    quickReplies,
    tv,
    turn,
  } as MessageBody
}
