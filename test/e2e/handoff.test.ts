import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppServer } from './app-server.ts'
import { launchBrowser } from './browser.ts'
import { Visitor } from './visitor.ts'

let server: AppServer
let browser: Browser

beforeAll(async () => {
  server = await AppServer.start()
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** What an agent's desk does, over HTTP. */
async function desk(path: string, body: object): Promise<Record<string, unknown>> {
  const told = await fetch(`${server.base}/api/v2/dev/token?user=olga&role=operator`)
  const { token } = (await told.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${server.base}/api/v2/chat/conversations/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  expect(answer.status, text).toBe(200)
  return JSON.parse(text) as Record<string, unknown>
}

const BEFORE = [
  'bot: What is your date of birth?',
  'user: december 1980',
  'bot: And the day?',
  'system: You are being connected to an operator',
  'system: Olga takes over from here',
]
const SPOKEN = [...BEFORE, 'agent: Good morning, the day is all I need.', 'user: it is the 14th']
const AFTER = [...SPOKEN, 'system: Parley is back', 'bot: And the day?']

describe('a human in the conversation', () => {
  test('takes over, speaks under a name of their own, hears the user, and gives back to the bot', async () => {
    const ada = await Visitor.arrive(browser, server.base)
    await ada.begin('date-of-birth')
    await ada.sees(['bot: What is your date of birth?'])
    await ada.say('december 1980')
    await ada.sees(BEFORE.slice(0, 3))
    const { user, cid } = await ada.whereabouts('date-of-birth')

    await desk(`${cid}/handoff`, { mid: 'h1', action: 'take', agent: 'Olga' })
    await ada.sees(BEFORE)
    await desk(`${cid}/messages`, { mid: 'a1', body: 'Good morning, the day is all I need.', agent: 'Olga' })
    await ada.sees(SPOKEN.slice(0, -1))
    const line = ada.page.locator('[data-testid="message"][data-from="agent"]')
    expect(await line.locator('.sender').innerText()).toBe('Operator · Olga')
    const colour = (from: string): Promise<string> =>
      ada.page.evaluate(`getComputedStyle(document.querySelector('[data-from="${from}"] .bubble')).backgroundColor`)
    expect(await colour('agent')).not.toBe(await colour('bot'))

    await ada.say('it is the 14th')
    await ada.sees(SPOKEN)
    expect(await ada.page.locator('#typing').isVisible()).toBe(false)
    expect((await server.messages(user, cid)).at(-1)).toBe('user: it is the 14th')

    await ada.page.reload()
    await ada.connected()
    await ada.sees(SPOKEN)

    await desk(`${cid}/handoff`, { mid: 'h2', action: 'give' })
    await ada.sees(AFTER)
    await ada.say('the 14th')
    await ada.sees([...AFTER, 'user: the 14th', 'bot: 14 December 1980, is that right?'])
    expect(await ada.leave()).toEqual([])
  })
})
