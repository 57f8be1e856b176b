import { HTTP_PATH, httpBody, isSecondQuestion } from './http-run.ts'
import type { RawServerSetup } from './raw-server.ts'
import { startParley } from './server.ts'
import { recordTranscript } from './transcript.ts'

/** What the raw server has to answer, taken from Parley itself so that the sizes are the same. */
export async function recordSetup(program: { readonly main?: string } = {}): Promise<RawServerSetup> {
  console.error('recording the conversation')
  const server = await startParley({ journal: 'memory', ...program })
  try {
    const token = server.tokens[0] ?? ''
    const transcript = await recordTranscript(server.target, token)
    const response = await fetch(`http://127.0.0.1:${server.target.port}${HTTP_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: httpBody('01JBENCHRECORD'),
    })
    const httpAnswer = await response.text()
    if (!isSecondQuestion(httpAnswer)) throw new Error(`another HTTP answer: ${response.status} ${httpAnswer.slice(0, 400)}`)
    return { transcript, token, httpAnswer }
  } finally {
    await server.stop()
  }
}
