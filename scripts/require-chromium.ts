// Fails, rather than skips, where the end-to-end tests have no browser.
import { CHROMIUM_MISSING, findChromium } from './chromium.ts'

if (findChromium() === undefined) {
  console.error(CHROMIUM_MISSING)
  process.exitCode = 1
}
