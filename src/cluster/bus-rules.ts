import type { PublishOptions } from './port.ts'

/** Longer ones would break the broker's control line, which ends the connection. */
const SUBJECT_LENGTH_MAX = 1024
/** Printable ASCII in every token; no wildcards. */
const SUBJECT = /^[!-)+-\-/-=?-~]+(?:\.[!-)+-\-/-=?-~]+)*$/
/** The same, with `*` as a whole token and `>` as the last. */
const FILTER = /^(?:(?:\*|[!-)+-\-/-=?-~]+)\.)*(?:\*|>|[!-)+-\-/-=?-~]+)$/
const QUEUE = /^[!-)+-\-/-=?-~]+$/
const HEADER_NAME = /^[!-9;-~]+$/
const LINE_BREAK = /[\r\n]/
/** `NATS/1.0`, its line end and the empty line. */
const HEADER_FRAME_BYTES = 12

/** RangeError for what may not be published to: wildcards, empty tokens, spaces, anything that is not printable ASCII. */
export function checkSubject(subject: string): void {
  if (subject.length > SUBJECT_LENGTH_MAX || !SUBJECT.test(subject)) {
    throw new RangeError(`not a subject: ${shown(subject)}; expected printable tokens between dots, without "*" and ">"`)
  }
}

/** RangeError for what may not be subscribed to. */
export function checkFilter(filter: string, queue?: string): void {
  if (filter.length > SUBJECT_LENGTH_MAX || !FILTER.test(filter)) {
    throw new RangeError(
      `not a subject: ${shown(filter)}; expected printable tokens between dots, "*" for one and ">" for the rest`,
    )
  }
  if (queue !== undefined && (queue.length > SUBJECT_LENGTH_MAX || !QUEUE.test(queue))) {
    throw new RangeError(`not a queue group: ${shown(queue)}; expected one printable token`)
  }
}

/** Bytes of a message's headers on the wire; RangeError for names or values that cannot be sent. */
export function headerBytes(headers: PublishOptions['headers']): number {
  if (headers === undefined) return 0
  let bytes = HEADER_FRAME_BYTES
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) throw new RangeError(`not a header name: ${shown(name)}`)
    if (LINE_BREAK.test(value)) throw new RangeError(`header ${name}: a value is one line`)
    bytes += name.length + Buffer.byteLength(value) + 4
  }
  return bytes
}

/** RangeError for a message that no broker would take. */
export function checkMessage(subject: string, data: Uint8Array, options: PublishOptions | undefined, payloadMax: number): number {
  checkSubject(subject)
  if (options?.reply !== undefined) checkSubject(options.reply)
  const bytes = data.length + headerBytes(options?.headers)
  if (bytes > payloadMax) throw new RangeError(`${bytes} bytes with headers; one message carries ${payloadMax}`)
  return bytes
}

/** Whether a subject without wildcards falls under a filter; both as tokens. */
export function matches(filter: readonly string[], subject: readonly string[]): boolean {
  for (let i = 0; i < filter.length; i++) {
    if (filter[i] === '>') return subject.length > i
    if (i >= subject.length || (filter[i] !== '*' && filter[i] !== subject[i])) return false
  }
  return filter.length === subject.length
}

function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
}
