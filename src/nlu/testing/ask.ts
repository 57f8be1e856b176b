import type { Candidate, Command, Interpretation, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Contract, DatumType } from '../../dialogue/template.ts'
import { createInlineNlu } from '../inline.ts'
import type { NluRequest } from '../port.ts'

/** Builders for tests: slots, requests, and the shortest way from a text to what was understood. */

const PARTS: Readonly<Partial<Record<DatumType, readonly string[]>>> = {
  date: ['day', 'month', 'year'],
  'full-name': ['first', 'last'],
}

export const ALL_COMMANDS: readonly Command[] = [
  'help',
  'repeat',
  'start-over',
  'go-back',
  'operator',
  'cancel',
  'what-did-i-say',
  'skip',
]

/** An active slot; its id is its type unless told otherwise. */
export function slot(type: DatumType, more: Partial<SlotExpectation> = {}): SlotExpectation {
  return { slot: type, type, contract: {}, attention: 'active', parts: PARTS[type] ?? [], names: [], ...more }
}

export interface Asked extends Partial<Omit<NluRequest, 'expectations'>> {
  readonly slots: readonly SlotExpectation[]
  readonly yesNo?: boolean
  readonly commands?: readonly Command[]
}

const HOMES: Readonly<Record<string, readonly [country: string, tz: string]>> = {
  it: ['IT', 'Europe/Rome'],
  es: ['ES', 'Europe/Madrid'],
  fr: ['FR', 'Europe/Paris'],
  de: ['DE', 'Europe/Berlin'],
}

/** Friday 20 November 2026, 10:30; in the country of the language, Britain for English. */
export function requestFor(text: string, asked: Asked): NluRequest {
  const { slots, yesNo = false, commands = ALL_COMMANDS, ...more } = asked
  const locale = more.locale ?? 'en'
  const [country, tz] = HOMES[locale] ?? ['GB', 'Europe/London']
  return {
    tenant: 'acme',
    cid: 'c1',
    text,
    alternatives: [],
    locale,
    country,
    localNow: '2026-11-20T10:30:00',
    tz,
    expectations: { key: 'k', slots, yesNo, commands },
    deadlineMs: 1_000,
    ...more,
  }
}

const nlu = createInlineNlu()

export function understand(text: string, asked: Asked): Interpretation {
  return nlu.one(requestFor(text, asked))
}

/** What one active datum of that type takes from the text: value, parts or the fault; undefined for nothing. */
export function take(
  type: DatumType,
  locale: string,
  text: string,
  contract: Contract = {},
  more: Partial<SlotExpectation> = {},
): unknown {
  const { candidates } = understand(text, { slots: [slot(type, { contract, ...more })], locale })
  return gist(candidates[0])
}

/** The value, or else the parts, or else the fault. */
export function gist(candidate: Candidate | undefined): unknown {
  return candidate?.value ?? candidate?.parts ?? candidate?.invalid
}
