import type { Frame } from '../src/protocol/frames.ts'
import type { ParleyError } from './error.ts'
import type { Reply } from './requests.ts'
import type { Runtime } from './runtime.ts'

/** What a conversation needs of the client that it belongs to. */
export interface Link {
  readonly runtime: Runtime
  readonly online: boolean
  /** One attempt on the present socket; answered in frame order. */
  request(t: string, cid: string, d: unknown, reply: Reply): void
  /** No answer wanted; dropped while not online. */
  post(t: string, cid: string, d: unknown): void
  /** Waits for the connection and repeats what failed temporarily, until the request's deadline. */
  call(t: string, cid: string, d: unknown): Promise<Frame>
  /** A failure that no call of the application asked for. */
  report(error: ParleyError): void
  forget(cid: string): void
}
