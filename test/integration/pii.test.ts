import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/kernel/rejection.ts'
import { createLog } from '../../src/telemetry/log.ts'

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
    expect(lines).toHaveLength(4)
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
