import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { ChoiceItem } from '../../dialogue/template.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { ALPHA_3, COUNTRIES, TONGUES } from '../lexicon/places.ts'
import { AS } from '../lexicon/roles.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND } from '../text/scan.ts'
import { mentioned } from './choice.ts'
import { type ChoiceIndex, choiceIndexOf } from './choice-index.ts'
import { type ChoiceHit, likeness } from './choice-likeness.ts'
import { isItemRefused } from './choice-refused.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** The places as a choice has its items: a label and synonyms in each language. */
function itemsOf(places: typeof COUNTRIES): readonly ChoiceItem[] {
  return places.map(({ code, names }) => {
    const label: Record<string, string> = {}
    const synonyms: Record<string, string[]> = {}
    for (const [language, list] of Object.entries(names)) {
      const [first = '', ...rest] = list.split(',')
      label[language] = first
      synonyms[language] = rest
    }
    return { id: code, label, synonyms }
  })
}

const COUNTRY_ITEMS = itemsOf(COUNTRIES)
const TONGUE_ITEMS = itemsOf(TONGUES)
const COUNTRY_CODES: ReadonlySet<string> = new Set(COUNTRIES.map(({ code }) => code))
const TONGUE_CODES: ReadonlySet<string> = new Set(TONGUES.map(({ code }) => code))

/** Languages called after a country's people ("Swiss" is none). */
const SPOKEN_IN: ReadonlyMap<string, string> = new Map(
  (
    'AL:sq AM:hy AZ:az BD:bn BY:be BA:bs BR:pt BG:bg CN:zh HR:hr CZ:cs DK:da EE:et FI:fi FR:fr GE:ka DE:de GR:el HU:hu IS:is ' +
    'ID:id IR:fa IE:ga IL:he IT:it JP:ja KZ:kk KR:ko LV:lv LT:lt LU:lb MT:mt NL:nl NO:no PH:tl PL:pl PT:pt RO:ro RU:ru RS:sr ' +
    'SK:sk SI:sl SO:so ES:es SE:sv TH:th TR:tr UA:uk GB:en US:en VN:vi AU:en AT:de MX:es AR:es'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)

/** ISO 3166 alpha-2, by the country's name, its code where that is the answer, or less surely by its people ("I'm Italian"). */
export function extractCountry(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  if (slot.attention !== 'listening' && byCode(utterance, slot, COUNTRY_CODES, out)) return
  if (byName(utterance, slot, COUNTRY_ITEMS, out) || slot.attention === 'listening') return
  if (!byNation(utterance, slot, (country) => country, out)) byLikeness(utterance, slot, COUNTRY_ITEMS, out)
}

/** BCP 47, by the language's name, its code where that is the answer, or the word for a country's people. */
export function extractLanguage(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  if (slot.attention !== 'listening' && byCode(utterance, slot, TONGUE_CODES, out)) return
  if (byName(utterance, slot, TONGUE_ITEMS, out) || slot.attention === 'listening') return
  if (!byNation(utterance, slot, (country) => SPOKEN_IN.get(country), out)) byLikeness(utterance, slot, TONGUE_ITEMS, out)
}

/** "IT", "ITA": alone, unsurely where it is a word of everyday in small letters ("it"); a "no" is not Norway. */
function byCode(utterance: Utterance, slot: SlotExpectation, codes: ReadonlySet<string>, out: Candidate[]): boolean {
  const { scan } = utterance
  const first = scan.size === 1 ? 0 : utterance.first
  const last = scan.size === 1 ? 1 : utterance.last
  if (last - first !== 1 || scan.kindAt(first) !== KIND.word || utterance.polarity !== undefined) return false
  const source = scan.source(first, last)
  const capitals = source.toUpperCase()
  const everyday = source !== capitals && (scan.wordAt(first).as & (AS.common | AS.filler | AS.not)) !== 0
  if (everyday && scan.size > 1) return false
  const isCountry = codes === COUNTRY_CODES
  const code = isCountry ? (ALPHA_3.get(capitals) ?? capitals) : source.toLowerCase()
  if (!codes.has(code)) return false
  push(utterance, slot, code, undefined, first, last, everyday ? SURE.weak : SURE.bare, out)
  return true
}

/** By a name in the conversation's language, or else by the English one. */
function byName(utterance: Utterance, slot: SlotExpectation, items: readonly ChoiceItem[], out: Candidate[]): boolean {
  let index = choiceIndexOf(items, utterance.request.locale)
  const correcting = slot.attention === 'correcting'
  let hit = mentioned(utterance, index, correcting)
  if (hit === undefined && utterance.lexicon.language !== 'en') {
    index = choiceIndexOf(items, 'en')
    hit = mentioned(utterance, index, correcting)
  }
  if (hit === undefined) return false
  if (slot.attention !== 'listening' || isNamed(utterance, slot, hit.from)) pushHit(utterance, slot, index, hit, out)
  return true
}

function byLikeness(utterance: Utterance, slot: SlotExpectation, items: readonly ChoiceItem[], out: Candidate[]): void {
  if (utterance.scan.hasNumber || (slot.attention !== 'active' && utterance.polarity?.value !== false)) return
  const index = choiceIndexOf(items, utterance.request.locale)
  const hit = likeness(utterance, index)
  if (hit !== undefined && !isItemRefused(utterance.scan, hit.from, hit.end, slot.attention === 'correcting'))
    pushHit(utterance, slot, index, hit, out)
}

const NATIONS = new WeakMap<Lexicon, Phrases<string>>()

function nationsOf(lexicon: Lexicon): Phrases<string> {
  let nations = NATIONS.get(lexicon)
  if (nations === undefined) {
    nations = new Phrases<string>()
    for (const [phrases, country] of lexicon.source.numbers.nations) nations.add(phrases, country)
    NATIONS.set(lexicon, nations)
  }
  return nations
}

/** The first word for a country's people that means something here. */
function byNation(
  utterance: Utterance,
  slot: SlotExpectation,
  meaning: (country: string) => string | undefined,
  out: Candidate[],
): boolean {
  const { scan, first, last } = utterance
  const nations = nationsOf(utterance.lexicon)
  for (let i = first; i < last; i++) {
    const country = scan.at(i).length < 3 ? undefined : nations.at(scan, i)
    const value = country === undefined ? undefined : meaning(country)
    if (value === undefined || isItemRefused(scan, i, i + nations.length, slot.attention === 'correcting')) continue
    push(utterance, slot, value, undefined, i, i + nations.length, SURE.likely, out)
    return true
  }
  return false
}

function pushHit(utterance: Utterance, slot: SlotExpectation, index: ChoiceIndex, hit: ChoiceHit, out: Candidate[]): void {
  const value = index.items[hit.item]?.id ?? ''
  const other = hit.other === undefined ? undefined : index.items[hit.other]?.id
  push(utterance, slot, value, other, hit.from, hit.end, hit.confidence, out)
}

function push(
  utterance: Utterance,
  slot: SlotExpectation,
  value: string,
  other: string | undefined,
  from: number,
  end: number,
  confidence: number,
  out: Candidate[],
): void {
  const { scan } = utterance
  const candidate = { slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end), value, confidence }
  out.push(other === undefined ? candidate : { ...candidate, other })
}
