// Fails, rather than skips, where the tests that need more than npm have no browser or no servers: a line for each.
import { missingServices } from '../test/services/binaries.ts'
import { CHROMIUM_MISSING, findChromium } from './chromium.ts'

const missing = [...missingServices(), ...(findChromium() === undefined ? [CHROMIUM_MISSING] : [])]
for (const sentence of missing) console.error(sentence)
if (missing.length > 0) process.exitCode = 1
