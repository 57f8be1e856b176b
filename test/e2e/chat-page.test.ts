import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AppServer } from './app-server.ts'
import { launchBrowser } from './browser.ts'
import { Visitor } from './visitor.ts'

/**
 * Where the picture of the README is written, when one is wanted:
 * `SCREENSHOT=docs/images/chat.png npx vitest run --project e2e test/e2e/chat-page.test.ts`.
 */
const screenshot = process.env.SCREENSHOT

const ASKED = 'bot: What is your date of birth?'
const TOLD_MONTH = [ASKED, 'user: december 1980', 'bot: And the day?']
const TOLD_DAY = [...TOLD_MONTH, 'user: the 14th', 'bot: 14 December 1980, is that right?']
const CORRECTED = [...TOLD_DAY, 'user: no, the 15th', 'bot: 15 December 1980, is that right?']

let server: AppServer
let browser: Browser
let visitors: Visitor[] = []

beforeAll(async () => {
  server = await AppServer.start()
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
afterEach(async () => {
  const complaints = await Promise.all(visitors.map((visitor) => visitor.leave()))
  visitors = []
  expect(complaints.flat()).toEqual([])
})

async function arrive(path = '/', options?: BrowserContextOptions): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, server.base + path, options)
  visitors.push(visitor)
  return visitor
}

async function secondTab(visitor: Visitor): Promise<Visitor> {
  const tab = await Visitor.tab(visitor.page.context(), server.base)
  visitors.push(tab)
  return tab
}

describe('a conversation on the page', () => {
  test('takes a partial answer and a correction, and goes on after a reload in the middle', async () => {
    const ada = await arrive()
    expect(await ada.page.title()).toBe('Parley')
    await ada.page.getByRole('button', { name: 'Start the conversation' }).click()
    await ada.sees([ASKED])
    await ada.say('december 1980')
    await ada.sees(TOLD_MONTH)
    await ada.hasDatum('birthDate', 'partial', '__ December 1980')
    await ada.say('the 14th')
    await ada.sees(TOLD_DAY)
    await ada.hasDatum('birthDate', 'toConfirm', '14 December 1980')

    await ada.page.reload()
    await ada.connected()
    await ada.sees(TOLD_DAY)
    await ada.hasDatum('birthDate', 'toConfirm', '14 December 1980')

    await ada.say('no, the 15th')
    await ada.sees(CORRECTED)
    await ada.reply('Yes')
    await ada.sees([...CORRECTED, 'user: Yes', 'bot: Thank you.'])
    await ada.hasDatum('birthDate', 'done', '15 December 1980')
    const result = ada.byTestId('result')
    expect(await result.getAttribute('data-outcome')).toBe('success')
    expect(await result.locator('dl').innerText()).toMatch(/Date of birth\s+15 December 1980/)
    expect(await ada.input.isVisible()).toBe(false)
  })

  test('shows what was collected of a whole form, under the names that the template gives', async () => {
    const ada = await arrive('/', { viewport: { width: 1280, height: 800 } })
    await ada.begin('registration')
    await ada.sees(['bot: What is your full name?'])
    await ada.say("I'm Mario Rossi, write to mario.rossi@example.com")
    await ada.hasDatum('fullName', 'done', 'Mario Rossi')
    await ada.hasDatum('email', 'filled', 'mario.rossi@example.com')
    await ada.say('december 1980')
    await ada.hasDatum('birthDate', 'partial', '__ December 1980')
    expect(await ada.page.locator('.datum .name').allInnerTexts()).toEqual(['Full name', 'E-mail', 'Date of birth'])
    expect(await ada.page.locator('[data-node="birthDate"] .missing').innerText()).toMatch(/missing:\s*Day/)
    await ada.say('the 14th')
    await ada.hasDatum('birthDate', 'toConfirm', '14 December 1980')
    await ada.byTestId('quick-reply').first().waitFor()
    if (screenshot !== undefined) await ada.page.screenshot({ path: screenshot, animations: 'disabled' })
  })

  test('offers choices as buttons, and shows a choice by its label', async () => {
    const ada = await arrive('/?template=choice')
    await ada.begin()
    await ada.reply('Text message')
    await ada.hasDatum('channel', 'done', 'Text message')
    await ada.byTestId('result').waitFor()
    expect((await ada.lines()).filter((line) => line.startsWith('user'))).toEqual(['user: Text message'])
    expect(await ada.byTestId('result').locator('dl').innerText()).toContain('Text message')
  })

  test('offers every topic in five languages, by its name in the language chosen', async () => {
    const ada = await arrive('/', { locale: 'en-GB' })
    const languages = ada.byTestId('locale-picker')
    const topics = ada.byTestId('template-picker')
    await ada.page.getByRole('button', { name: 'Start the conversation' }).waitFor()
    expect(await languages.locator('option').allInnerTexts()).toEqual(['English', 'Italiano', 'Español', 'Français', 'Deutsch'])
    for (const [locale, topic, begin] of [
      ['it', 'Data di nascita', 'Inizia la conversazione'],
      ['es', 'Fecha de nacimiento', 'Empezar la conversación'],
      ['fr', 'Date de naissance', 'Commencer la conversation'],
      ['de', 'Geburtsdatum', 'Gespräch beginnen'],
      ['en', 'Date of birth', 'Start the conversation'],
    ] as const) {
      await languages.selectOption(locale)
      await ada.page.getByRole('button', { name: begin }).waitFor()
      expect(await ada.page.locator('html').getAttribute('lang')).toBe(locale)
      expect(await topics.locator('option').count()).toBe(38)
      expect(await topics.locator('option:checked').innerText()).toBe(topic)
    }
  })

  test('is held in Italian, page and all', async () => {
    const ada = await arrive('/', { locale: 'it-IT' })
    expect(await ada.page.locator('html').getAttribute('lang')).toBe('it')
    await ada.page.getByRole('button', { name: 'Inizia la conversazione' }).click()
    await ada.say('dicembre 1980')
    await ada.hasDatum('birthDate', 'partial', '__ dicembre 1980')
    await ada.say('il 14')
    await ada.say('no, il 15')
    await ada.reply('Sì')
    await ada.sees([
      'bot: Qual è la tua data di nascita?',
      'user: dicembre 1980',
      'bot: E il giorno?',
      'user: il 14',
      'bot: 14 dicembre 1980, è corretto?',
      'user: no, il 15',
      'bot: 15 dicembre 1980, è corretto?',
      'user: Sì',
      'bot: Grazie.',
    ])
    expect(await ada.byTestId('result').locator('dl').innerText()).toMatch(/Data di nascita\s+15 dicembre 1980/)
  })

  test('goes on in the language of the first words, page and all', async () => {
    const ada = await arrive()
    await ada.begin('date-of-birth')
    await ada.sees([ASKED])
    await ada.say('buongiorno, non parlo inglese')
    const followed = [ASKED, 'user: buongiorno, non parlo inglese', 'bot: Qual è la tua data di nascita?']
    await ada.sees(followed)
    expect(await ada.page.locator('html').getAttribute('lang')).toBe('it')
    expect(await ada.byTestId('locale-picker').inputValue()).toBe('it')
    await ada.page.reload()
    await ada.connected()
    await ada.sees(followed)
    expect(await ada.page.locator('html').getAttribute('lang')).toBe('it')
    await ada.say('dicembre 1980')
    await ada.hasDatum('birthDate', 'partial', '__ dicembre 1980')
    await ada.sees([...followed, 'user: dicembre 1980', 'bot: E il giorno?'])
  })

  test('is the same in two tabs', async () => {
    const left = await arrive()
    await left.begin('date-of-birth')
    await left.say('december 1980')
    await left.sees(TOLD_MONTH)
    const right = await secondTab(left)
    await right.sees(TOLD_MONTH)
    await right.say('the 14th')
    for (const tab of [left, right]) {
      await tab.sees(TOLD_DAY)
      await tab.hasDatum('birthDate', 'toConfirm', '14 December 1980')
    }
    await left.page.bringToFront()
    await left.reply('Yes')
    for (const tab of [left, right]) {
      await tab.sees([...TOLD_DAY, 'user: Yes', 'bot: Thank you.'])
      expect(await tab.byTestId('result').getAttribute('data-outcome')).toBe('success')
    }
  })
})

describe('a server killed in the middle of a conversation', () => {
  test('is found again, and what was written meanwhile arrives once', async () => {
    const ada = await arrive()
    await ada.begin('date-of-birth')
    await ada.say('december 1980')
    await ada.sees(TOLD_MONTH)
    await server.kill()
    await ada.connection('waiting')
    await ada.say('the 14th')
    await ada.page.locator('[data-testid="message"][data-state="queued"]').waitFor()
    await server.restart()
    await ada.sees(TOLD_DAY)
    await ada.connected()
    const { user, cid } = await ada.whereabouts('date-of-birth')
    expect(await server.messages(user, cid)).toEqual(TOLD_DAY)
    await ada.reply('Yes')
    await ada.sees([...TOLD_DAY, 'user: Yes', 'bot: Thank you.'])
  })

  test('takes a message that was on its way at that moment once, and answers it once', async () => {
    const ada = await arrive()
    await ada.begin('date-of-birth')
    await ada.sees([ASKED])
    const dying = ada.say('december 1980').then(() => server.kill())
    await dying
    await server.restart()
    await ada.sees(TOLD_MONTH)
    const { user, cid } = await ada.whereabouts('date-of-birth')
    expect(await server.messages(user, cid)).toEqual(TOLD_MONTH)
  })

  test('gives the page back after a reload without it, message still to be sent included', async () => {
    const ada = await arrive()
    await ada.begin('date-of-birth')
    await ada.sees([ASKED])
    await server.kill()
    await ada.connection('waiting')
    await ada.say('december 1980')
    await ada.page.locator('[data-testid="message"][data-state="queued"]').waitFor()
    await server.restart()
    await ada.page.reload()
    await ada.sees(TOLD_MONTH)
    const { user, cid } = await ada.whereabouts('date-of-birth')
    expect(await server.messages(user, cid)).toEqual(TOLD_MONTH)
  })
})

describe('the page', () => {
  test('can be used by the keyboard alone', async () => {
    const ada = await arrive('/?template=email')
    const focused = (): Promise<string> => ada.page.evaluate('document.activeElement.id || document.activeElement.textContent')
    const tabTo = async (id: string, key = 'Tab'): Promise<void> => {
      for (let presses = 0; (await focused()) !== id; presses++) {
        expect(presses, `Tab presses to reach ${id}`).toBeLessThan(12)
        await ada.page.keyboard.press(key)
      }
    }
    await tabTo('begin')
    await ada.page.keyboard.press('Enter')
    await ada.sees(['bot: What is your e-mail address?'])
    expect(await focused()).toBe('input')
    await ada.page.keyboard.type('mario rossi at example dot com')
    await ada.page.keyboard.press('Enter')
    await ada.hasDatum('email', 'toConfirm', 'mariorossi@example.com')
    await ada.page.keyboard.type('no, mario dot rossi at example dot com')
    await ada.page.keyboard.press('Enter')
    await ada.hasDatum('email', 'toConfirm', 'mario.rossi@example.com')
    await tabTo('Yes', 'Shift+Tab')
    await ada.page.keyboard.press('Enter')
    await ada.byTestId('result').waitFor()
    expect(await focused()).toBe('All done')
    await tabTo('New conversation')
    await ada.page.keyboard.press('Enter')
    await ada.sees(['bot: What is your e-mail address?'])
  })

  test('fits a phone 360 pixels wide', async () => {
    const ada = await arrive('/?template=full-name', {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
      deviceScaleFactor: 2,
    })
    const fits = async (): Promise<void> => expect(await ada.sidewaysPx()).toBeLessThanOrEqual(0)
    await fits()
    await ada.page.getByRole('button', { name: 'Start the conversation' }).tap()
    await ada.sees(['bot: What is your full name?'])
    await ada.say(`https://example.com/${'a-very-long-word'.repeat(20)}`)
    await ada.page.locator('[data-testid="message"][data-seq="3"]').waitFor()
    await fits()
    await ada.say('Mario Rossi')
    await ada.hasDatum('fullName', 'toConfirm', 'Mario Rossi')
    await fits()
    await ada.page.getByRole('button', { name: 'Yes' }).tap()
    await ada.byTestId('result').waitFor()
    await fits()
    await ada.page.getByRole('button', { name: 'Collected data' }).tap()
    await ada.byTestId('datum').waitFor({ state: 'visible' })
    await fits()
  })

  test('tells screen readers what is what', async () => {
    const ada = await arrive()
    await ada.begin('date-of-birth')
    await ada.sees([ASKED])
    await ada.say('14 december 1980')
    await ada.byTestId('quick-reply').first().waitFor()
    const { page } = ada
    const log = page.getByRole('log', { name: 'Messages' })
    expect(await log.getAttribute('aria-live')).toBe('polite')
    expect(await log.getByRole('listitem').count()).toBe(3)
    for (const name of ['Topic', 'Language']) await page.getByRole('combobox', { name, exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Your message' }).waitFor()
    await page.getByRole('button', { name: 'Send' }).waitFor()
    await page.getByRole('group', { name: 'Suggested answers' }).getByRole('button', { name: 'Yes' }).waitFor()
    await page.getByRole('complementary', { name: 'Collected data' }).waitFor()
    await page.getByRole('banner').waitFor()
    await page.getByRole('main').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Parley'])
    expect(await page.locator('.bubble').first().getAttribute('lang')).toBe('en')
    const nameless = await page.locator('button, select, textarea, input').evaluateAll((all) =>
      all
        .filter((each) => each.checkVisibility() && each.getAttribute('aria-hidden') !== 'true')
        .filter((each) => !(each.getAttribute('aria-label') || each.labels?.length || each.textContent?.trim()))
        .map((each) => each.outerHTML),
    )
    expect(nameless).toEqual([])
  })

  test('is dark for those who want it so', async () => {
    const ada = await arrive('/', { colorScheme: 'dark' })
    expect(await ada.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(17, 23, 26)')
  })
})
