import type { Frame } from '../src/protocol/frames.ts'

/** What the hand-written servers of the bench read of a client's frame. */
export interface ClientFrame extends Frame {
  readonly d: { readonly mid: string; readonly body: string }
}

/** A conversation whose events are numbered. */
export interface Numbered {
  readonly cid: string
  readonly inc: string
  seq: number
}

export function framesOf(recorded: readonly string[]): readonly Frame[] {
  return recorded.map((frame) => JSON.parse(frame) as Frame)
}

/** A recorded frame as the answer to `request`, with that conversation's ids; durable events take its next number. */
export function filled(
  frame: Frame,
  request: Frame,
  conversation: Numbered | undefined,
  ts: number,
  mid: string | undefined,
): Frame {
  if (conversation === undefined) return { ...frame, re: request.id ?? '', ts }
  const { cid, inc } = conversation
  switch (frame.t) {
    case 'msg.ok': {
      const seq = ++conversation.seq
      return { v: 1, t: 'msg.ok', re: request.id ?? '', cid, inc, seq, ts, d: { mid, seq } }
    }
    case 'conv.opened':
      return { v: 1, t: frame.t, re: request.id ?? '', cid, ts, d: { ...(frame.d as object), cid, inc } }
    default:
      return { v: 1, t: frame.t, cid, inc, seq: ++conversation.seq, ts, d: frame.d }
  }
}
