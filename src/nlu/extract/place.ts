import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { ChoiceItem } from '../../dialogue/template.ts'
import { COUNTRIES, TONGUES } from '../lexicon/places.ts'
import { extractChoice } from './choice.ts'
import { SURE, type Utterance } from './utterance.ts'

function itemsOf(table: typeof COUNTRIES): readonly ChoiceItem[] {
  return table.map(({ code, names }) => {
    const label: Record<string, string> = {}
    const synonyms: Record<string, string[]> = {}
    for (const [locale, list] of Object.entries(names)) {
      const [first = '', ...rest] = list.split(',')
      label[locale] = first
      synonyms[locale] = rest
    }
    return { id: code, label, synonyms }
  })
}

const COUNTRY_ITEMS = itemsOf(COUNTRIES)
const TONGUE_ITEMS = itemsOf(TONGUES)
const COUNTRY_CODES: ReadonlySet<string> = new Set(COUNTRIES.map(({ code }) => code))

/** ISO 3166 alpha-2, by name or, where it was asked and alone, by code. */
export function extractCountry(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  if (slot.attention !== 'listening' && scan.size === 1 && scan.at(0).length === 2) {
    const code = scan.at(0).toUpperCase()
    if (COUNTRY_CODES.has(code)) {
      out.push({ slot: slot.slot, start: scan.startOf(0), end: scan.endOf(1), value: code, confidence: SURE.bare })
      return
    }
  }
  named(utterance, slot, COUNTRY_ITEMS, out)
}

/** BCP 47, by the language's name. */
export function extractLanguage(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  named(utterance, slot, TONGUE_ITEMS, out)
}

/** Looked up as a choice; places in the list ("the second one") mean nothing here. */
function named(utterance: Utterance, slot: SlotExpectation, values: readonly ChoiceItem[], out: Candidate[]): void {
  if (utterance.scan.hasNumber) return
  const found: Candidate[] = []
  extractChoice(utterance, { ...slot, contract: { values } }, found)
  for (const candidate of found) if (candidate.invalid === undefined) out.push(candidate)
}
