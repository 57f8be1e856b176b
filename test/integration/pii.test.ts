import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/kernel/rejection.ts'
import { maskText } from '../../src/nlu/pii/personal.ts'
import { createLog } from '../../src/telemetry/log.ts'
import { WireClient } from '../fixtures/wire-client.ts'
import { ServerProcess, temporaryData } from './server-process.ts'

/** Values as a person would type them; none of their parts may appear in a log. */
const PLANTED = {
  eMail: 'giuseppina.quattrocchi@posta-privata.example',
  phone: '+39 347 765 4321',
  firstName: 'Giuseppina',
  lastName: 'Quattrocchi',
  taxCode: 'QTTGPP80T54H501Z',
  birthDate: '14/12/1980',
} as const
const TRACES = ['giuseppina', 'quattrocchi', 'posta-privata', '7654321', '765 4321', 'QTTGPP', '14/12/1980', '1980-12-14']
const UTTERANCE = `I am ${PLANTED.firstName} ${PLANTED.lastName}, ${PLANTED.eMail}, ${PLANTED.phone}, ${PLANTED.taxCode}, ${PLANTED.birthDate}`

function traces(text: string): string[] {
  return TRACES.filter((trace) => text.toLowerCase().includes(trace.toLowerCase()))
}

function record() {
  const lines: string[] = []
  return { lines, log: createLog({ level: 'debug', node: 'n1', to: { write: (line) => void lines.push(line) } }) }
}

describe('personal values', () => {
  test('are not in a line whatever field of ours carries them', () => {
    const { lines, log } = record()
    const frame = { v: 1, t: 'msg.send', id: '7', d: { mid: 'm1', kind: 'text', body: UTTERANCE } }
    const values = { name: { first: PLANTED.firstName, last: PLANTED.lastName }, birthDate: '1980-12-14' }
    const fields = { tenant: 'demo', cid: 'C1', frame, entry: { input: frame, facts: [{ type: 'datumConfirmed', values }] } }
    log.debug(fields, 'delivery')
    log.info({ ...frame, tenant: 'demo' }, 'frame')
    log.warn(
      { values, body: UTTERANCE, text: UTTERANCE, token: 'eyJ.a.b', request: { url: `/x?user=${PLANTED.firstName}` } },
      'odd',
    )
    log.error({ result: { t: 'data.result', d: { values, outcome: 'success' } } }, 'result')
    const { firstName, lastName, birthDate } = PLANTED
    log.warn({ datum: { other: birthDate, runnerUp: values.name, rejected: [lastName] }, slot: { current: firstName } }, 'datum')
    expect(lines).toHaveLength(5)
    expect(traces(lines.join(''))).toEqual([])
    expect(lines.join('')).not.toContain('eyJ')
  })

  test('with a shape of their own are not in free text either', () => {
    const { lines, log } = record()
    const text = `${PLANTED.taxCode} <${PLANTED.eMail}> ${PLANTED.phone} ${PLANTED.birthDate}`
    log.error({ reason: text, list: [text], deep: { reason: text } }, `refused: ${text}`)
    expect(traces(lines.join(''))).toEqual([])
  })

  test('are not in what is logged of an error that quotes them', () => {
    const { lines, log } = record()
    const quoting = new RangeError(`cannot read "${UTTERANCE}"`, { cause: { said: UTTERANCE } })
    const wrapped = new AppError('storage.corrupt', 'entry 7 is not readable', { retry: 'never', cause: quoting })
    for (const err of [quoting, wrapped, new AggregateError([quoting], UTTERANCE)]) log.error({ err }, 'failed')
    try {
      JSON.parse(UTTERANCE)
    } catch (err) {
      log.error({ err, failure: err }, 'failed')
    }
    expect(lines).toHaveLength(4)
    expect(traces(lines.join(''))).toEqual([])
    expect(lines[1]).toContain('entry 7 is not readable')
  })
})

/** What people say in each language, and what must not be left of it where it comes into free text. */
const SAID = [
  [
    'en',
    'my name is Giuseppina Quattrocchi, g dot quattrocchi at posta dot com, oh two oh seven nine four six oh nine five eight, born 14 December 1980',
    ['giuseppina', 'quattrocchi', 'seven nine four', 'december'],
  ],
  [
    'it',
    'mi chiamo Giuseppina Quattrocchi, la mail è giuseppina punto quattrocchi chiocciola posta punto it, il telefono è tre quattro sette dodici trentaquattro cinquantasei settantotto, nata il 14 dicembre 1980, targa AB 123 CD',
    ['giuseppina', 'quattrocchi', 'trentaquattro', 'dicembre', '123'],
  ],
  [
    'es',
    'me llamo Jimena Cuatrojos, jimena punto cuatrojos arroba correo punto es, mi móvil es seis doce treinta y cuatro cincuenta y seis setenta y ocho, nací el 14 de diciembre de 1980, matrícula 1234 BCD',
    ['jimena', 'cuatrojos', 'treinta', 'diciembre', '1234'],
  ],
  [
    'fr',
    "je m'appelle Jocelyne Quatreyeux, jocelyne point quatreyeux arobase poste point fr, zéro six douze trente-quatre cinquante-six soixante-dix-huit, née le 14 décembre 1980, FR14 2004 1010 0505 0001 3M02 606",
    ['jocelyne', 'quatreyeux', 'trente', 'décembre', '3m02'],
  ],
  [
    'de',
    'mein Name ist Jorinde Vieraugen, jorinde punkt vieraugen at post punkt de, null eins sieben eins zwei drei vier fünf sechs sieben acht, geboren am 14. Dezember 1980, PLZ 10115',
    ['jorinde', 'vieraugen', 'sieben', 'dezember', '10115'],
  ],
] as const

describe('personal values in words', () => {
  test.each(SAID)('in %s are not in a line of the server, wherever free text comes in', (_language, said, left) => {
    const lines: string[] = []
    const log = createLog({ level: 'debug', node: 'n1', mask: maskText, to: { write: (line) => void lines.push(line) } })
    const odd = new AppError('storage.corrupt', `cannot read: ${said}`, { retry: 'never', cause: undefined })
    log.error({ reason: said, list: [said], deep: { reason: said }, err: odd }, `refused: ${said}`)
    expect(lines).toHaveLength(1)
    const written = lines.join('').toLowerCase()
    expect(left.filter((trace) => written.includes(trace))).toEqual([])
    expect(written).toContain('refused: ')
  })

  test('that the mask cannot read are not written, and the line is', () => {
    const lines: string[] = []
    const mask = (): string => {
      throw new RangeError('no')
    }
    const log = createLog({ level: 'info', node: 'n1', mask, to: { write: (line) => void lines.push(line) } })
    log.info({ reason: UTTERANCE }, 'odd')
    expect(lines).toHaveLength(1)
    expect(traces(lines.join(''))).toEqual([])
  })
})

describe('a whole conversation', () => {
  test('over WebSocket and HTTP, well-formed and not, leaves no personal value in the logs, but every turn', async () => {
    const data = await temporaryData()
    const server = new ServerProcess({ PORT: '0', PARLEY_DATA_DIR: data.dir, PARLEY_LOG_LEVEL: 'debug' })
    try {
      const base = await server.ready
      const token = await tokenOf(base)
      const turns = await overWebSocket(base, token)
      await overHttp(base, token)
      expect(await server.stop()).toEqual({ code: 0, signal: null })
      expect(traces(server.output)).toEqual([])
      expect(server.output).not.toContain(token)
      const lines = server.output.split('\n').filter((line) => line.startsWith('{'))
      const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => 'turn' in line)
      expect(logged.length).toBeGreaterThanOrEqual(turns)
      for (const line of logged)
        expect(line).toMatchObject({ tenant: 'demo', shard: expect.any(Number), durationMs: expect.any(Number) })
    } finally {
      server.kill('SIGKILL')
      await server.exit
      await data.remove()
    }
  }, 60_000)
})

async function tokenOf(base: string): Promise<string> {
  const answer = await fetch(`${base}/api/v2/dev/token?user=ann`)
  return ((await answer.json()) as { token: string }).token
}

/** Holds a registration with every planted value in it, then sends what no client should; tells how many turns it made. */
async function overWebSocket(base: string, token: string): Promise<number> {
  const { hostname: host, port } = new URL(base)
  const client = await WireClient.open({ host, port: Number(port) })
  await client.hello(token)
  const opened = await client.call('conv.open', { template: 'registration', locale: 'en' })
  const bodies = [UTTERANCE, PLANTED.eMail, PLANTED.phone, PLANTED.birthDate, `no, it is ${PLANTED.lastName}`, PLANTED.taxCode]
  for (const [at, body] of bodies.entries()) {
    const answer = await client.call('msg.send', { mid: `m${at}`, kind: 'text', body }, opened.cid)
    expect(answer.t).toBe('msg.ok')
  }
  await client.call('feedback', { about: 1, score: 1, text: UTTERANCE }, opened.cid)
  for (const d of [UTTERANCE, { mid: UTTERANCE, kind: 'text', body: UTTERANCE }, { mid: 'x', kind: UTTERANCE, body: 1 }]) {
    expect((await client.call('msg.send', d, opened.cid)).t).toBe('error')
  }
  expect((await client.call(UTTERANCE, {}, opened.cid)).t).toBe('error')
  client.sendRaw(`{"t":"msg.send","d":${UTTERANCE}`)
  expect((await client.next((frame) => frame.t === 'error')).t).toBe('error')
  client.ws.close()
  return bodies.length
}

async function overHttp(base: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const message = { template: 'registration', locale: 'it', mid: 'h1', kind: 'text', body: UTTERANCE }
  for (const body of [
    JSON.stringify(message),
    JSON.stringify({ ...message, mid: UTTERANCE }),
    UTTERANCE,
    `{"body":"${UTTERANCE}`,
  ]) {
    await (await fetch(`${base}/api/v2/chat/message`, { method: 'POST', headers, body })).text()
  }
  await (await fetch(`${base}/api/v2/chat/conversations/${encodeURIComponent(PLANTED.eMail)}`, { headers })).text()
  await (await fetch(`${base}/nowhere?name=${PLANTED.firstName}&mail=${PLANTED.eMail}`, { headers })).text()
  const forged = { ...headers, authorization: `Bearer ${UTTERANCE.replaceAll(/[^ -~]/g, '')}` }
  await (await fetch(`${base}/api/v2/chat/message`, { method: 'POST', headers: forged, body: JSON.stringify(message) })).text()
}
