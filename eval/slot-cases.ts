import type { SlotExpectation } from '../src/dialogue/interpretation.ts'
import type { Contract, DatumType } from '../src/dialogue/template.ts'
import type { NluRequest } from '../src/nlu/port.ts'
import { requireTexts } from './command-line.ts'

/** A line of `slots-*.jsonl` or `spans-en.jsonl`; `expected` is never read. */
export interface SlotCase {
  readonly id?: string
  readonly lang: string
  readonly type: string
  readonly text: string
  /** Local wall-clock time without a zone. */
  readonly ref?: string
  readonly country?: string
  /** Slots that were asked for, in `spans`. */
  readonly requested?: readonly string[]
  readonly src?: string
}

/** The datum type that stands for a type of the data. */
const TYPES: Readonly<Record<string, DatumType>> = {
  date: 'date',
  date_part: 'date',
  time: 'time',
  datetime: 'date-time',
  number: 'number',
  ordinal: 'ordinal',
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
  vat_it_valid: 'vat',
}

const LOCALES: Readonly<Record<string, string>> = { en: 'en-US', it: 'it', es: 'es', fr: 'fr', de: 'de' }
const COUNTRIES: Readonly<Record<string, string>> = { en: 'US', it: 'IT', es: 'ES', fr: 'FR', de: 'DE' }
const NOON = '2024-06-12T12:00:00'

/** A parsed line as a case. Throws a sentence with the field that is missing or wrong; a type of any name is taken. */
export function caseOf(object: Readonly<Record<string, unknown>>): SlotCase {
  requireTexts(object, ['lang', 'type', 'text'])
  requireTexts(
    object,
    ['ref', 'country'].filter((field) => (object[field] ?? undefined) !== undefined),
  )
  const lang = String(object.lang)
  if (lang !== 'und' && !Object.hasOwn(LOCALES, lang))
    throw new Error(`"lang" must be ${Object.keys(LOCALES).join(', ')} or und, not "${lang.slice(0, 20)}"`)
  return object as unknown as SlotCase
}

const slot = (
  id: string,
  type: DatumType,
  attention: SlotExpectation['attention'],
  parts: readonly string[],
  contract: Contract = {},
): SlotExpectation => ({ slot: id, type, contract, attention, parts, names: [] })

/** What the dialogue would listen for when it had asked for the datum of this case; undefined for a type that none stands for. */
export function slotsOf(item: SlotCase): readonly SlotExpectation[] | undefined {
  if (item.type === 'spans') return spanSlots(item)
  const type = TYPES[item.type]
  if (type === undefined) return undefined
  return [
    slot(item.type, type, 'active', type === 'date' ? ['day', 'month', 'year'] : [], type === 'vat' ? { country: 'IT' } : {}),
  ]
}

const WHOLE: Contract = { integer: true, min: 0, max: 200 }

/** What is counted, as an author of such a form would name it. */
const COUNTED = {
  table:
    'party|table|group|people|person|persons|booking|bookings|booked|reservation|reservations|seating|seats|seat|seater|adults|adult|guests|' +
    'guest|party size|book|reserve|us|friends|men|women|ladies|girls|guys|kids|children|others|of us|head count|headcount',
  people: 'people|person|persons|guests|guest|pax|of us|party|group|us',
  adults: 'adults|adult|grown ups|grown up|grownups',
  kids: 'kids|kid|children|child|boys|girls|babies|toddlers|sons|daughters',
  rooms: 'rooms|room|bedrooms|bedroom|suites|suite',
} as const

const named = (id: string, names: readonly string[], attention: SlotExpectation['attention'] = 'listening'): SlotExpectation => ({
  ...slot(id, 'number', attention, [], WHOLE),
  names,
})

/** One array for all cases, as a template gives it. */
const TABLE = COUNTED.table.split('|')

const NLUPP_COUNTS = (['people', 'adults', 'kids', 'rooms'] as const).map((id) => named(id, COUNTED[id].split('|')))
const NLUPP_BANK = [slot('amount_of_money', 'money', 'listening', []), slot('person_name', 'full-name', 'listening', [])]

function spanSlots(item: SlotCase): readonly SlotExpectation[] {
  const requested = item.requested ?? []
  const heed = (...ids: string[]): SlotExpectation['attention'] =>
    ids.some((id) => requested.includes(id)) ? 'active' : 'listening'
  const dates = [slot('date', 'date', heed('date'), ['day', 'month', 'year']), slot('time', 'time', heed('time'), [])]
  if (item.src === 'nlupp') return [...dates, ...NLUPP_BANK, ...NLUPP_COUNTS]
  const all = [nameSlot(requested, heed('first_name', 'last_name')), ...dates, named('people', TABLE, heed('people'))]
  return all.sort((a, b) => a.attention.localeCompare(b.attention))
}

/** A full name, or the one part of it that was asked for. */
function nameSlot(requested: readonly string[], attention: SlotExpectation['attention']): SlotExpectation {
  const whole = slot('name', 'full-name', attention, ['first', 'last'])
  if (requested.includes('first_name') === requested.includes('last_name')) return whole
  return { ...whole, part: requested.includes('first_name') ? 'first' : 'last' }
}

/** The request that the dialogue would make for this case. */
export function requestOf(item: SlotCase, slots: readonly SlotExpectation[]): NluRequest {
  return {
    tenant: 'evaluation',
    cid: 'evaluation',
    text: item.text,
    alternatives: [],
    locale: LOCALES[item.lang] ?? 'en',
    country: item.country ?? COUNTRIES[item.lang] ?? 'US',
    localNow: item.ref ?? NOON,
    tz: 'UTC',
    expectations: { key: 'evaluation', slots, yesNo: false, commands: [] },
    deadlineMs: 1_000,
  }
}
