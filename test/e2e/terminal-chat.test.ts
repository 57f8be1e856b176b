import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppServer } from './app-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let server: AppServer

beforeAll(async () => {
  server = await AppServer.start()
})
afterAll(() => server.stop())

interface Ended {
  readonly code: number | null
  /** What it wrote to its standard output. */
  readonly lines: readonly string[]
  readonly complaints: string
}

/** `npm run chat -- ARGS` in a process of its own, with these lines piped in. */
function chat(args: readonly string[], lines: readonly string[]): Promise<Ended> {
  const child = spawn('npm', ['run', '--silent', 'chat', '--', ...args], { cwd: root, stdio: 'pipe' })
  let output = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  return new Promise((resolve, fail) => {
    child.once('error', fail)
    child.once('close', (code) => resolve({ code, lines: output.trimEnd().split('\n'), complaints }))
  })
}

describe('npm run chat', () => {
  test('holds a conversation with lines from a pipe, each after the answer to the one before', async () => {
    const { code, lines } = await chat(
      ['--url', server.base, '--user', 'ada'],
      ['december 1980', '/data', 'the 14th', 'no, the 15th', '1', 'too late'],
    )
    expect(lines).toEqual([
      'bot: What is your date of birth?',
      'you: december 1980',
      'bot: And the day?',
      '   Date of birth: __ December 1980 (partial, missing: day)',
      'you: the 14th',
      'bot: 14 December 1980, is that right?',
      '   1) Yes   2) No',
      'you: no, the 15th',
      'bot: 15 December 1980, is that right?',
      '   1) Yes   2) No',
      'you: 1',
      'bot: Thank you.',
      '-- success',
      '   Date of birth: 15 December 1980',
    ])
    expect(code).toBe(0)
  })

  test('speaks the language it is asked to', async () => {
    const { code, lines } = await chat(
      ['--url', server.base, '--template', 'full-name', '--locale', 'it'],
      ['sono Mario Rossi', '/data', 'sì'],
    )
    expect(lines.slice(0, 3)).toEqual([
      'bot: Mi dici il tuo nome e cognome?',
      'you: sono Mario Rossi',
      'bot: Mario Rossi, giusto?',
    ])
    expect(lines).toContain('   Nome e cognome: Mario Rossi (toConfirm)')
    expect(lines.at(-1)).toBe('   Nome e cognome: Mario Rossi')
    expect(code).toBe(0)
  })

  test('says so where no server listens, and fails', async () => {
    const { code, complaints } = await chat(['--url', 'http://127.0.0.1:9'], ['hello'])
    expect(complaints).toContain(
      'no server answers at http://127.0.0.1:9. Is it running? (npm start; --url tells another address)',
    )
    expect(code).toBe(1)
  })
})
