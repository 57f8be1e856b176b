import type { DurableEvent } from './frames.ts'

/**
 * A durable event whose body is text already: a turn's events are encoded once, and the journal's entry and every JSON socket
 * take the same text. While the entry waits for the disk it is two objects for the collector instead of a tree.
 */
export class RecordedEvent {
  readonly seq: number
  readonly ts: number
  readonly t: DurableEvent['t']
  /** JSON of `d`. */
  readonly text: string

  private constructor(seq: number, ts: number, t: DurableEvent['t'], text: string) {
    this.seq = seq
    this.ts = ts
    this.t = t
    this.text = text
  }

  /** `text` is the JSON of the body, as another node encoded it. */
  static ofText(seq: number, ts: number, t: DurableEvent['t'], text: string): DurableEvent {
    return new RecordedEvent(seq, ts, t, text) as unknown as DurableEvent
  }

  /** What cannot be JSON in `d` is lost here already, as it would be on the wire. */
  static of<T extends DurableEvent['t']>(seq: number, ts: number, t: T, d: Extract<DurableEvent, { t: T }>['d']): DurableEvent {
    return new RecordedEvent(seq, ts, t, JSON.stringify(d)) as unknown as DurableEvent
  }

  /** Parsed anew at each look: only what is not on the way of a turn looks. */
  get d(): unknown {
    return JSON.parse(this.text)
  }

  toJSON(): object {
    return { seq: this.seq, ts: this.ts, t: this.t, d: this.d }
  }
}

/** The event as a plain object. */
export function plainEvent(event: DurableEvent): DurableEvent {
  return event instanceof RecordedEvent ? (event.toJSON() as DurableEvent) : event
}

/** JSON of the event's body: at hand for an event of a turn, made for one that was read. */
export function bodyText(event: DurableEvent): string {
  return event instanceof RecordedEvent ? event.text : JSON.stringify(event.d)
}

/** JSON of the whole event, as entries keep it. */
export function eventText(event: DurableEvent): string {
  return `{"seq":${event.seq},"ts":${event.ts},"t":"${event.t}","d":${bodyText(event)}}`
}
