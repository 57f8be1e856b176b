// biome-ignore-all lint/style/noRestrictedImports: measures the extractors themselves, not a server behind its protocol
import type { SlotExpectation } from '../src/dialogue/interpretation.ts'
import type { DatumType } from '../src/dialogue/template.ts'
import { createInlineNlu } from '../src/nlu/inline.ts'
import type { NluRequest } from '../src/nlu/port.ts'

/**
 * Microseconds per utterance, inline, by kind of utterance. Run: `node load/nlu.bench.ts`. About ten seconds.
 */

const ROUNDS = 7
const ROUND_MS = 60

const slot = (
  id: string,
  type: DatumType,
  attention: SlotExpectation['attention'],
  more: Partial<SlotExpectation> = {},
): SlotExpectation => ({
  slot: id,
  type,
  contract: {},
  attention,
  parts: type === 'date' ? ['day', 'month', 'year'] : type === 'full-name' ? ['first', 'last'] : [],
  names: [],
  ...more,
})

const name = slot('fullName', 'full-name', 'active', { names: ['name', 'full name'] })
const email = slot('email', 'email', 'listening', { names: ['email', 'mail'] })
const phone = slot('phone', 'phone', 'listening', { names: ['phone', 'phone number'] })
const birth = slot('birthDate', 'date', 'active', { contract: { prefer: 'past' }, names: ['date of birth'] })
const commands = ['help', 'repeat', 'start-over', 'go-back', 'operator', 'cancel', 'what-did-i-say', 'skip'] as const

interface Case {
  readonly label: string
  readonly text: string
  readonly locale: string
  readonly slots: readonly SlotExpectation[]
  readonly yesNo: boolean
}

const listening = (item: SlotExpectation): SlotExpectation => ({ ...item, attention: 'listening' })
const asked = (item: SlotExpectation): SlotExpectation => ({ ...item, attention: 'active' })
const contact = [name, email]
const registration = [name, listening(birth), email, phone]
const confirming = [{ ...email, attention: 'correcting' as const, current: 'mario.rossi@example.com' }, listening(name)]

const CASES: readonly Case[] = [
  { label: 'contact: name', text: 'Mario Rossi', locale: 'en', slots: contact, yesNo: false },
  { label: 'contact: name, it', text: 'mi chiamo Mario Rossi', locale: 'it', slots: contact, yesNo: false },
  {
    label: 'contact: e-mail',
    text: 'mario.rossi@example.com',
    locale: 'en',
    slots: [asked(email), listening(name)],
    yesNo: false,
  },
  { label: 'contact: yes', text: 'yes', locale: 'en', slots: confirming, yesNo: true },
  {
    label: 'contact: no, and spoken e-mail',
    text: 'no, mario dot rossi at example dot com',
    locale: 'en',
    slots: confirming,
    yesNo: true,
  },
  { label: 'date in figures', text: '14/12/1980', locale: 'en', slots: [birth], yesNo: false },
  { label: 'date in words', text: 'the fourteenth of december nineteen eighty', locale: 'en', slots: [birth], yesNo: false },
  { label: 'date in words, it', text: 'quattordici dicembre millenovecentottanta', locale: 'it', slots: [birth], yesNo: false },
  { label: 'part of a date', text: 'december 1980', locale: 'en', slots: [birth], yesNo: false },
  { label: 'not understood', text: 'asdf', locale: 'en', slots: [birth], yesNo: false },
  { label: 'phone', text: '333 1234567', locale: 'it', slots: [asked(phone)], yesNo: false },
  { label: 'help', text: 'help', locale: 'en', slots: contact, yesNo: false },
  {
    label: 'registration in one sentence',
    text: "I'm Mario Rossi, born on 14/12/1980, write to mario.rossi@example.com",
    locale: 'en',
    slots: registration,
    yesNo: false,
  },
  {
    label: '500 characters of chat',
    text: 'and then I went to see what they had '.repeat(14).slice(0, 500),
    locale: 'en',
    slots: registration,
    yesNo: false,
  },
]

const nlu = createInlineNlu()
nlu.warm()

function requestOf(item: Case): NluRequest {
  return {
    tenant: 'bench',
    cid: 'bench',
    text: item.text,
    alternatives: [],
    locale: item.locale,
    country: 'IT',
    localNow: '2026-11-20T10:30:00',
    tz: 'Europe/Rome',
    expectations: { key: 'bench', slots: item.slots, yesNo: item.yesNo, commands },
    deadlineMs: 1_000,
  }
}

/** Median over rounds, each as many turns as fit. */
function microseconds(item: Case): number {
  const request = requestOf(item)
  const measured: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    let turns = 0
    const begin = performance.now()
    let now = begin
    while (now - begin < ROUND_MS) {
      for (let i = 0; i < 50; i++) nlu.one(request)
      turns += 50
      now = performance.now()
    }
    measured.push(((now - begin) * 1_000) / turns)
  }
  measured.sort((a, b) => a - b)
  return measured[ROUNDS >> 1] as number
}

for (const item of CASES) nlu.one(requestOf(item))
for (const item of CASES) console.log(`${item.label.padEnd(32)} ${microseconds(item).toFixed(2).padStart(8)} µs`)
