import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../kernel/log.ts'

/** Unclean stops with the same conversation in hand after which it is quarantined. */
export const STRIKES_MAX = 3
/** Names kept; the ones with the fewest strikes go first. */
const NAMES_MAX = 1000

/** Where the watchdog's thread writes what is in hand. */
export const slotPath = (dataDir: string): string => join(dataDir, 'in-hand')
const strikesPath = (dataDir: string): string => join(dataDir, 'strikes.json')

export interface Strikes {
  /** In quarantine, as `tenant/cid`. */
  readonly held: readonly string[]
  /** What the last run had in hand when it stopped without a goodbye. */
  readonly last?: { readonly tenant: string; readonly cid: string }
}

/**
 * Reads what the last run had in hand when it stopped without a goodbye, counts it, and gives the conversations that are in
 * quarantine. An operator lifts a quarantine by taking the name out of `strikes.json` and starting again.
 */
export function readQuarantine(dataDir: string, log: Log): Strikes {
  const strikes = readStrikes(dataDir, log)
  const slot = slotPath(dataDir)
  let last: Strikes['last']
  if (existsSync(slot)) {
    const name = readFileSync(slot, 'latin1')
    if (/^[a-z0-9-]{1,40}\/[A-Za-z0-9_-]{1,64}$/.test(name)) {
      const count = (strikes.get(name) ?? 0) + 1
      strikes.set(name, count)
      const [tenant = '', conversation = ''] = name.split('/')
      last = { tenant, cid: conversation }
      log.warn({ tenant, conversation, strikes: count }, 'the last run stopped while it handled this conversation')
      writeStrikes(dataDir, strikes)
    }
    rmSync(slot)
  }
  const held = [...strikes].filter(([, count]) => count >= STRIKES_MAX).map(([name]) => name)
  return last === undefined ? { held } : { held, last }
}

function readStrikes(dataDir: string, log: Log): Map<string, number> {
  const path = strikesPath(dataDir)
  if (!existsSync(path)) return new Map()
  try {
    const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)
    return new Map(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
  } catch (error) {
    log.error({ err: error }, 'strikes.json could not be read: starting without quarantine')
    return new Map()
  }
}

function writeStrikes(dataDir: string, strikes: ReadonlyMap<string, number>): void {
  const kept = [...strikes].sort((a, b) => b[1] - a[1]).slice(0, NAMES_MAX)
  const path = strikesPath(dataDir)
  writeFileSync(`${path}.new`, JSON.stringify(Object.fromEntries(kept), null, 2))
  renameSync(`${path}.new`, path)
}
