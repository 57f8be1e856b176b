import { isFigure, isUpper } from './code-run.ts'
import { type CodeShape, every, isAlnum, NO_LENGTHS } from './code-shape.ts'
import { SURE } from './utterance.ts'

/** Lengths of IBANs by country (registry of SWIFT). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 ' +
    'MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 ' +
    'TN24 TR26 UA29 VA22 VG24 XK20 YE30 DZ26 MA28 IR26 AO25 BF28 BJ28 CM27 CV25 CI28 MG27 ML28 MZ25 SN28 NE28 TG28 TD27 CF27 CG27 GA27 GQ27 KM27 HN28 GW25'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/** What follows the check figures, where it is known: a run of letters (a), figures (n) or either (c), each with its length. */
const ACCOUNTS: ReadonlyMap<string, string> = new Map(
  (
    'AT:n16 BE:n12 BG:a4n6c8 CY:n8c16 CZ:n20 DE:n18 DK:n14 EE:n16 ES:n20 FI:n14 FR:n10c11n2 GB:a4n14 GR:n7c16 HR:n17 HU:n24 IE:a4n14 IT:a1n10c12 LI:n5c12 ' +
    'LT:n16 LU:n3c13 LV:a4c13 MC:n10c11n2 MT:a4n5c18 NL:a4n10 NO:n11 PL:n24 PS:a4c21 PT:n21 RO:a4c16 SE:n20 SI:n15 SK:n20 SM:a1n10c12 TR:n6c16 VG:a4n16'
  )
    .split(' ')
    .map((entry) => entry.split(':') as [string, string]),
)

function isAccount(text: string, from: number, account: string): boolean {
  let at = from + 4
  let i = 0
  while (i < account.length) {
    const kind = account.charAt(i++)
    let length = 0
    while (i < account.length && isFigure(account.charCodeAt(i))) length = length * 10 + account.charCodeAt(i++) - 48
    if (kind !== 'c' && !every(text, at, at + length, kind === 'a' ? isUpper : isFigure)) return false
    at += length
  }
  return true
}

/** An account number: its country's length and composition, and the check modulo 97. */
export const iban: CodeShape = {
  confidence: SURE.evident,
  isEvident: () => true,
  lengthsAt(text, at) {
    const length = IBAN_LENGTHS.get(text.slice(at, at + 2))
    if (length === undefined || !every(text, at + 2, at + 4, isFigure)) return NO_LENGTHS
    if (!every(text, at + 4, at + length, isAlnum)) return NO_LENGTHS
    const account = ACCOUNTS.get(text.slice(at, at + 2))
    return account === undefined || isAccount(text, at, account) ? [length] : NO_LENGTHS
  },
  holds(code) {
    let rest = 0
    for (let i = 0; i < code.length; i++) {
      const char = code.charCodeAt((i + 4) % code.length)
      rest = isFigure(char) ? (rest * 10 + char - 48) % 97 : (rest * 100 + char - 55) % 97
    }
    return rest === 1
  },
}
