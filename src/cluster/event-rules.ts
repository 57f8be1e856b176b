import { checkMessage } from './bus-rules.ts'
import type { StreamEvent } from './port.ts'

/** Whose messages the streams keep. */
export const EVENT_PREFIX = 'parley.evt.v1.'
export const DEAD_LETTER_PREFIX = 'parley.dlq.v1.'

/** What the stream's own headers take of a message. */
const STREAM_HEADER_BYTES_MAX = 256
const EVENTS_MAX = 10_000
const EVENT_ID = /^[!-~]{1,128}$/

/** RangeError for events that no stream takes. */
export function checkEvents(events: readonly StreamEvent[], payloadMax: number): void {
  if (events.length > EVENTS_MAX) throw new RangeError(`${events.length} events; one publish takes ${EVENTS_MAX}`)
  for (const { subject, id, data, headers } of events) {
    checkMessage(subject, data, headers === undefined ? {} : { headers }, payloadMax - STREAM_HEADER_BYTES_MAX)
    if (!subject.startsWith(EVENT_PREFIX) && !subject.startsWith(DEAD_LETTER_PREFIX)) {
      throw new RangeError(`${subject}: events go under ${EVENT_PREFIX} or ${DEAD_LETTER_PREFIX}`)
    }
    if (!EVENT_ID.test(id)) throw new RangeError('an event id is 1 to 128 printable characters without spaces')
  }
}
