import { Utterance } from '../extract/utterance.ts'
import { LANGUAGES, lexiconOf } from '../lexicon/lexicons.ts'
import type { NluRequest } from '../port.ts'
import { READ } from '../text/scan.ts'
import { findAnnounced, findCodes, findFigures } from './find-codes.ts'
import { findAddresses, findMailAddresses, findNames, findPersonalDates } from './find-people.ts'
import { type PersonalSpan, Report } from './report.ts'

/** How much of a text is searched; what lies beyond is never given back unmasked. */
const CHARS_MAX = 8_000
/** Tokens that neighbouring stretches of a long text share, so that a value at their edge is seen whole. */
const OVERLAP = 60

const COUNTRIES: Readonly<Record<string, string>> = { en: 'GB', it: 'IT', es: 'ES', fr: 'FR', de: 'DE' }

const utterance = new Utterance()

/**
 * The personal values in a text, in order, none overlapping another: e-mail addresses typed and said, telephones, cards, IBANs,
 * tax codes, VAT numbers, points of delivery, whole dates and dates of birth, announced names, postal addresses, announced post
 * codes and plates, and every run of six figures and more. `locale` says the language; without it all five are searched. Linear in
 * the text; only its first 8,000 characters are searched. Values are found, not checked: a mistyped IBAN is one too.
 */
export function findPersonal(text: string, locale?: string): readonly PersonalSpan[] {
  const report = new Report(utterance.scan)
  const searched = text.slice(0, CHARS_MAX)
  if (locale !== undefined) search(searched, locale, report)
  else for (const language of LANGUAGES) search(searched, language, report)
  return report.merged()
}

/** The text with its personal values replaced by marks like `‹email›`; cut with `…` after 8,000 characters. */
export function maskText(text: string, locale?: string): string {
  let out = ''
  let at = 0
  for (const { start, end, kind } of findPersonal(text, locale)) {
    out += `${text.slice(at, start)}‹${kind}›`
    at = end
  }
  return text.length <= CHARS_MAX ? out + text.slice(at) : `${out}${text.slice(at, CHARS_MAX)}…`
}

function search(text: string, locale: string, report: Report): void {
  const lexicon = lexiconOf(locale)
  const request = requestIn(lexicon.language, locale)
  const { scan } = utterance
  for (let from = 0; from < text.length; ) {
    const piece = text.slice(from, from + READ.charsMax)
    utterance.begin(request, lexicon, piece)
    report.offset = from
    searchPiece(report)
    const read = scan.size < READ.tokensMax ? piece.length : scan.endOf(scan.size)
    if (from + read >= text.length) return
    const again = scan.size > OVERLAP ? scan.startOf(scan.size - OVERLAP) : 0
    from += again > 0 ? again : read
  }
}

function searchPiece(report: Report): void {
  findMailAddresses(utterance, report)
  findCodes(utterance, report)
  findFigures(utterance, report)
  findAnnounced(utterance, report)
  findNames(utterance, report)
  findPersonalDates(utterance, report)
  findAddresses(utterance, report)
}

function requestIn(language: string, locale: string): NluRequest {
  return {
    tenant: '',
    cid: '',
    text: '',
    alternatives: [],
    locale,
    country: COUNTRIES[language] ?? 'GB',
    localNow: '2000-01-01T00:00:00',
    tz: 'UTC',
    expectations: { key: '', slots: [], yesNo: false, commands: [] },
    deadlineMs: 0,
  }
}
