import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const WAIT_MS = 15_000

/** What the browser complains about while there is no server to talk to. */
const NO_SERVER = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/

/** Somebody at one tab of a browser: what they do, and what they see. Everything waits for its condition, 15 s at most. */
export class Visitor {
  readonly page: Page
  /** What the browser complained about. */
  readonly complaints: string[] = []

  private constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(WAIT_MS)
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(String(error)))
  }

  /** A browser of their own, as far as cookies and storage go; it speaks English and lives in Rome unless told otherwise. */
  static async arrive(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ locale: 'en', timezoneId: 'Europe/Rome', colorScheme: 'light', ...options })
    return Visitor.tab(context, url)
  }

  static async tab(context: BrowserContext, url: string): Promise<Visitor> {
    const visitor = new Visitor(await context.newPage())
    await visitor.page.goto(url)
    await visitor.connected()
    return visitor
  }

  byTestId(id: string): Locator {
    return this.page.locator(`[data-testid="${id}"]`)
  }

  get input(): Locator {
    return this.byTestId('input')
  }

  async connected(): Promise<void> {
    await this.connection('online')
  }

  async connection(state: string): Promise<void> {
    await this.page.locator(`[data-testid="connection"][data-state="${state}"]`).waitFor()
  }

  /** Begins a conversation, with a topic and a language where they are given. */
  async begin(template?: string, locale?: string): Promise<void> {
    if (template !== undefined) await this.byTestId('template-picker').selectOption(template)
    if (locale !== undefined) await this.byTestId('locale-picker').selectOption(locale)
    await this.byTestId('start').click()
  }

  /** Writes a message and presses Enter. */
  async say(text: string): Promise<void> {
    await this.input.fill(text)
    await this.input.press('Enter')
  }

  async reply(label: string): Promise<void> {
    await this.byTestId('quick-reply').filter({ hasText: label }).click()
  }

  /** The bubbles on the screen, in order, each after its sender. */
  async lines(): Promise<readonly string[]> {
    const items = this.page.locator('[data-testid="message"]')
    return items.evaluateAll((all) =>
      all.map((item) => `${item.getAttribute('data-from')}: ${item.querySelector('.bubble, .note')?.textContent}`),
    )
  }

  /** Waits until exactly these bubbles are on the screen, all accepted by the server, and numbered without a hole from 1. */
  async sees(lines: readonly string[]): Promise<void> {
    await expect.poll(() => this.lines(), { timeout: WAIT_MS }).toEqual(lines)
    const settled = (): Promise<string[]> =>
      this.byTestId('message').evaluateAll((all) => all.map((item) => `${item.dataset.seq} ${item.dataset.state}`))
    await expect.poll(settled, { timeout: WAIT_MS }).toEqual(lines.map((_line, at) => `${at + 1} accepted`))
  }

  /** Waits until the record shows this datum in this status, with this value. */
  async hasDatum(node: string, status: string, value: string): Promise<void> {
    const row = this.page.locator(`[data-testid="datum"][data-node="${node}"][data-status="${status}"]`)
    await expect.poll(() => row.locator('.value').allTextContents(), { timeout: WAIT_MS }).toEqual([value])
  }

  /** Who the page says that they are, and the id of their conversation about a topic. */
  async whereabouts(template: string): Promise<{ readonly user: string; readonly cid: string }> {
    const stored = (key: string): Promise<string> => this.page.evaluate(`localStorage.getItem(${JSON.stringify(key)}) ?? ''`)
    const [cid = ''] = (await stored(`parley.conversation.${template}`)).split(' ')
    return { user: await stored('parley.user'), cid }
  }

  /** How far the page is wider than the window. */
  sidewaysPx(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - innerWidth')
  }

  /** Closes the tab with its storage; gives what the browser complained about beside the absence of the server. */
  async leave(): Promise<readonly string[]> {
    await this.page.context().close()
    return this.complaints.filter((text) => !NO_SERVER.test(text))
  }
}
