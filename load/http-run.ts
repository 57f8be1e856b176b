/**
 * HTTP by autocannon, as a process of its own: each request is the first turn of a fresh conversation.
 * Takes an `HttpJob` as JSON on stdin, prints an `HttpResult` as one line of JSON.
 */
import { text } from 'node:stream/consumers'
import autocannon from 'autocannon'
import { CONTACT_TEMPLATE, CONTACT_TURNS, personOf } from './contact.ts'
import { MeasuredWindow } from './measured-window.ts'

export interface HttpJob {
  readonly port: number
  readonly token: string
  readonly connections: number
  readonly warmUpMs: number
  readonly measureMs: number
  readonly serverPid: number
}

export interface HttpResult {
  readonly turns: number
  readonly elapsedMs: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly serverCpuMs: number
  readonly generatorCpuMs: number
  readonly errors: number
  readonly errorSamples: readonly string[]
}

export const HTTP_PATH = '/api/v2/chat/message'

/** The body of the n-th request; `mid` may hold autocannon's placeholder. */
export function httpBody(mid: string): string {
  return JSON.stringify({
    template: CONTACT_TEMPLATE,
    locale: 'en',
    mid,
    kind: 'text',
    body: CONTACT_TURNS[0]?.say(personOf(0)),
  })
}

/** Whether an answer holds the question that follows the first turn. */
export function isSecondQuestion(body: string): boolean {
  const expected = CONTACT_TURNS[0]?.expects
  return body.includes('"conversationId":"') && body.includes(`"node":"${expected?.node}"`)
}

async function runHttp(job: HttpJob): Promise<HttpResult> {
  const round = (ms: number) =>
    autocannon({
      url: `http://127.0.0.1:${job.port}${HTTP_PATH}`,
      method: 'POST',
      headers: { authorization: `Bearer ${job.token}`, 'content-type': 'application/json' },
      body: httpBody('01JHTTP[<id>]'),
      idReplacement: true,
      connections: job.connections,
      duration: ms / 1000,
      verifyBody: (body) => isSecondQuestion(body),
    })
  if (job.warmUpMs > 0) await round(job.warmUpMs)
  const window = new MeasuredWindow(job.serverPid)
  window.begin()
  const found = await round(job.measureMs)
  window.end()
  const wrong = {
    'not 2xx': found.non2xx,
    'connection errors': found.errors,
    timeouts: found.timeouts,
    'wrong bodies': found.mismatches,
  }
  const samples = Object.entries(wrong).filter(([, count]) => count > 0)
  return {
    turns: found['2xx'],
    elapsedMs: found.duration * 1000,
    p50Ms: found.latency.p50,
    p99Ms: found.latency.p99,
    serverCpuMs: window.serverCpuMs,
    generatorCpuMs: window.generatorCpuMs,
    errors: samples.reduce((sum, [, count]) => sum + count, 0),
    errorSamples: samples.map(([what, count]) => `HTTP: ${count} ${what}`),
  }
}

if (import.meta.main) {
  const job = JSON.parse(await text(process.stdin)) as HttpJob
  process.stdout.write(`${JSON.stringify(await runHttp(job))}\n`, () => process.exit(0))
}
