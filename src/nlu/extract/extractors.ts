import type { DatumType } from '../../dialogue/template.ts'
import { extractAddress } from './address.ts'
import { extractChoice } from './choice.ts'
import { extractCode } from './codes.ts'
import { extractDate } from './date.ts'
import { extractDuration } from './duration.ts'
import { extractEmail } from './email.ts'
import { extractFreeText } from './free-text.ts'
import { extractMoney } from './money.ts'
import { extractName } from './name.ts'
import { extractNumber } from './number.ts'
import { extractOrdinal } from './ordinal.ts'
import { extractPattern } from './pattern.ts'
import { extractPhone } from './phone.ts'
import { extractCountry, extractLanguage } from './place.ts'
import { extractPostCode } from './post-code.ts'
import { extractQuantity } from './quantity.ts'
import { extractTime } from './time.ts'
import { extractDateTime } from './time-moment.ts'
import type { Extract } from './utterance.ts'
import { extractYesNo } from './yes-no.ts'

/** The extractor of every type of datum. */
export const extractors: Readonly<Record<DatumType, Extract>> = {
  date: extractDate,
  time: extractTime,
  'date-time': extractDateTime,
  duration: extractDuration,
  'full-name': extractName,
  'first-name': extractName,
  'last-name': extractName,
  email: extractEmail,
  phone: extractPhone,
  number: extractNumber,
  ordinal: extractOrdinal,
  quantity: extractQuantity,
  money: extractMoney,
  'postal-address': extractAddress,
  'post-code': extractPostCode,
  'yes-no': extractYesNo,
  choice: extractChoice,
  'free-text': extractFreeText,
  iban: extractCode,
  'payment-card': extractCode,
  'licence-plate': extractCode,
  country: extractCountry,
  language: extractLanguage,
  'pod-code': extractCode,
  'pdr-code': extractCode,
  'tax-code-it': extractCode,
  vat: extractCode,
  pattern: extractPattern,
}
