import { type Driver, type FrameKind, ScriptedClient } from './scripted-client.ts'
import type { Target } from './wire-socket.ts'

/** What Parley answered to each kind of client frame in one `contact` conversation, frame by frame. */
export type Transcript = Readonly<Record<FrameKind, readonly string[]>>

const RECORDING_MS_MAX = 10_000

/**
 * Holds one conversation and keeps every answer, so that the raw server can send frames of exactly the same sizes.
 * Rejects when the conversation differs from the script or takes more than 10 s.
 */
export function recordTranscript(target: Target, token: string): Promise<Transcript> {
  const answers: Record<FrameKind, string[]> = { h: [], o: [], '0': [], '1': [], '2': [] }
  return new Promise((resolve, reject) => {
    const driver: Driver = {
      ready(client) {
        if (answers[2].length === 0) client.say(0)
        else client.close()
      },
      turned(client, more) {
        if (more) client.say(0)
      },
      failed(_client, what) {
        clearTimeout(timer)
        reject(new Error(`recording the conversation: ${what}`))
      },
      closed() {
        clearTimeout(timer)
        resolve(answers)
      },
    }
    const tap = (after: FrameKind, frame: string) => {
      const reopened = after === 'o' && answers[2].length > 0
      if (!reopened) answers[after].push(frame)
    }
    const client = new ScriptedClient({ target, token, index: 0, recorded: false, tap }, driver)
    const timer = setTimeout(() => {
      client.close()
      driver.failed(client, 'no end within 10 s')
    }, RECORDING_MS_MAX)
  })
}
