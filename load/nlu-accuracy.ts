// biome-ignore-all lint/style/noRestrictedImports: measures the extractors themselves, not a server behind its protocol
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Candidate, SlotExpectation } from '../src/dialogue/interpretation.ts'
import type { Contract, DatumType } from '../src/dialogue/template.ts'
import { createInlineNlu } from '../src/nlu/inline.ts'

/**
 * Accuracy of the extractors over `slots-*.jsonl` files, per language and type. Run:
 * `node load/nlu-accuracy.ts FOLDER [--misses TYPE [LANG]]`; the second form prints what was missed.
 */

interface Case {
  readonly lang: string
  readonly type: string
  readonly text: string
  readonly ref?: string
  readonly country?: string
  readonly expected: Readonly<Record<string, unknown>> | null
}

/** The datum type that stands for a type of the data. */
const TYPES: Readonly<Record<string, DatumType>> = {
  date: 'date',
  date_part: 'date',
  time: 'time',
  datetime: 'date-time',
  number: 'number',
  money: 'money',
  phone: 'phone',
  phone_e164: 'phone',
  phone_valid: 'phone',
  email: 'email',
  email_valid: 'email',
  boolean: 'yes-no',
  iban_valid: 'iban',
  credit_card: 'payment-card',
  credit_card_valid: 'payment-card',
  tax_code_it_valid: 'tax-code-it',
}

const nlu = createInlineNlu()

function candidates(item: Case, contract: Contract): readonly Candidate[] {
  const type = TYPES[item.type] as DatumType
  const parts = item.type === 'date_part' ? ['day', 'month', 'year'] : []
  const slot: SlotExpectation = { slot: 's', type, contract, attention: 'active', parts, names: [] }
  return nlu.one({
    tenant: 'data',
    cid: 'data',
    text: item.text,
    alternatives: [],
    locale: item.lang === 'en' ? 'en-US' : item.lang,
    country: item.country ?? (item.lang === 'it' ? 'IT' : 'US'),
    localNow: item.ref ?? '2024-06-12T10:00:00',
    tz: 'UTC',
    expectations: { key: 'k', slots: [slot], yesNo: false, commands: [] },
    deadlineMs: 1_000,
  }).candidates
}

const minutes = (time: unknown): string => String(time).slice(0, String(time).includes('T') ? 16 : 5)

function matches(item: Case, found: readonly Candidate[]): boolean {
  const usable = found.filter((candidate) => candidate.invalid === undefined)
  const { expected } = item
  if (expected === null) return usable.length === 0
  if ('valid' in expected) return usable.length > 0 === expected.valid
  return usable.some((candidate) => agrees(item.type, expected, candidate))
}

function agrees(type: string, expected: Readonly<Record<string, unknown>>, candidate: Candidate): boolean {
  const { value } = candidate
  const values = expected.values as readonly string[] | undefined
  if (type === 'date_part') {
    const fields = expected.fields as Readonly<Record<string, number>>
    const parts = candidate.parts ?? {}
    return parts.day === undefined && parts.year === fields.year && parts.month === fields.month && value === undefined
  }
  if (values !== undefined) {
    const wanted = values.map(minutes)
    return type === 'date'
      ? values.includes(String(value))
      : wanted.includes(minutes(value)) || wanted.includes(minutes(candidate.other))
  }
  if (type === 'money') {
    const money = value as { amount: number; currency: string } | undefined
    const currencies = expected.currency as readonly string[]
    if (currencies.includes('CENT')) return Math.abs((money?.amount ?? -1) * 100 - (expected.amount as number)) < 1e-6
    return (
      money !== undefined && Math.abs(money.amount - (expected.amount as number)) < 1e-6 && currencies.includes(money.currency)
    )
  }
  if ('digits' in expected) return String(value).replace('+', '').endsWith(String(expected.digits).replace(/^0+/, ''))
  if (typeof expected.value === 'number') return Math.abs((value as number) - expected.value) < 1e-6
  return value === expected.value
}

const [folder, flag, missType, missLang] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node load/nlu-accuracy.ts FOLDER [--misses TYPE [LANG]]')
  process.exit(2)
}

const cases: Case[] = []
for (const name of readdirSync(folder).filter((file) => file.startsWith('slots-') && file.endsWith('.jsonl')))
  for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) if (line !== '') cases.push(JSON.parse(line) as Case)

const tally = new Map<string, { right: number; all: number }>()
let spentMs = 0
let count = 0
for (const item of cases) {
  if (TYPES[item.type] === undefined || !['en', 'it', 'und'].includes(item.lang)) continue
  const began = performance.now()
  let found = candidates(item, { prefer: 'future' })
  spentMs += performance.now() - began
  count++
  let right = matches(item, found)
  if (!right && item.expected !== null && (item.type === 'date' || item.type === 'datetime')) {
    found = candidates(item, { prefer: 'past' })
    right = matches(item, found)
  }
  for (const key of [`${item.lang} ${item.type}`, ...(item.expected === null ? [`${item.lang} nothing to find`] : [])]) {
    const entry = tally.get(key) ?? { right: 0, all: 0 }
    entry.all++
    if (right) entry.right++
    tally.set(key, entry)
  }
  if (!right && flag === '--misses' && item.type === missType && (missLang === undefined || missLang === item.lang))
    console.log(
      `${item.text}\n    expected ${JSON.stringify(item.expected)} at ${item.ref ?? '-'}\n    found    ${JSON.stringify(found)}`,
    )
}
for (const [key, { right, all }] of [...tally].sort())
  console.log(`${key.padEnd(26)} ${((100 * right) / all).toFixed(1).padStart(5)} %  ${right} of ${all}`)
console.log(`${count} texts, ${((spentMs * 1_000) / count).toFixed(0)} µs each`)
