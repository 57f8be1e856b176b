import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchBrowser } from './browser.ts'
import { Visitor } from './visitor.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const START_MS_MAX = 60_000

/** What `npm run dev:cluster` starts and prints. */
class DevCluster {
  readonly #child: ChildProcess
  output = ''
  readonly exit: Promise<number | null>

  constructor() {
    const child = spawn(process.execPath, ['scripts/dev-cluster.ts', '--ports', '0,0,0'], {
      cwd: root,
      env: { ...process.env, PARLEY_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const read = (text: string): void => {
      this.output += text
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', read)
    this.exit = new Promise((resolve) => child.once('close', resolve))
  }

  /** Everything that the output says in this shape, once it has said so. */
  async printed(shape: RegExp): Promise<readonly string[]> {
    const find = (): string[] => {
      const found = [...this.output.matchAll(shape)].map(([, what = '']) => what)
      if (found.length === 0) throw new Error(`${shape} was not printed:\n${this.output}`)
      return found
    }
    return await vi.waitFor(find, { timeout: START_MS_MAX })
  }

  interrupt(): void {
    this.#child.kill('SIGINT')
  }
}

let cluster: DevCluster
let browser: Browser

beforeAll(async () => {
  cluster = new DevCluster()
  browser = await launchBrowser()
  await cluster.printed(/(Ctrl-C stops everything)/g)
}, START_MS_MAX * 2)

afterAll(async () => {
  await browser?.close()
  cluster?.interrupt()
  await cluster?.exit
}, START_MS_MAX)

test('two tabs on two nodes show one conversation, which goes on when a node is killed', { timeout: 120_000 }, async () => {
  const [first = '', second = ''] = await cluster.printed(/^ {2}(http\S+conversation=\S+)$/gm)
  const [victim = ''] = await cluster.printed(/^ {2}kill -9 (\d+) {2}# node-1$/gm)
  expect(new URL(first).port).not.toBe(new URL(second).port)
  const ada = await Visitor.arrive(browser, first)
  const alan = await Visitor.arrive(browser, second)
  expect(alan.page.url()).not.toContain('conversation=')

  const asked = ['bot: What is your date of birth?']
  await ada.sees(asked)
  await alan.sees(asked)
  await ada.say('december 1980')
  const told = [...asked, 'user: december 1980', 'bot: And the day?']
  await ada.sees(told)
  await alan.sees(told)

  process.kill(Number(victim), 'SIGKILL')
  await cluster.printed(/(node-1 ended \(SIGKILL\))/g)
  await alan.say('the 14th')
  const confirmed = [...told, 'user: the 14th', 'bot: 14 December 1980, is that right?']
  await alan.sees(confirmed)
  await alan.page.reload()
  await alan.connected()
  await alan.sees(confirmed)
  await alan.reply('Yes')
  await alan.sees([...confirmed, 'user: Yes', 'bot: Thank you.'])

  await ada.leave()
  expect(await alan.leave()).toEqual([])
  cluster.interrupt()
  expect(await cluster.exit).toBe(0)
})
