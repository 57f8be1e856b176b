import { type Browser, chromium } from 'playwright-core'
import { CHROMIUM_MISSING, findChromium } from '../../scripts/chromium.ts'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The machine's Chromium without a window, on a new empty profile. Without one it fails; nothing is skipped. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(CHROMIUM_MISSING)
  return chromium.launch({ executablePath, headless: true, args: ARGS })
}
