import type { DatumType } from '../../dialogue/template.ts'
import { extractAddress } from './address.ts'
import { extractDuration, extractMoney, extractQuantity } from './amount.ts'
import { extractChoice } from './choice.ts'
import { extractCode } from './codes.ts'
import { extractDate } from './date.ts'
import { extractEmail } from './email.ts'
import { extractFreeText } from './free-text.ts'
import { extractName } from './name.ts'
import { extractNumber } from './number.ts'
import { extractPattern } from './pattern.ts'
import { extractPhone } from './phone.ts'
import { extractCountry, extractLanguage } from './place.ts'
import { extractPostCode } from './post-code.ts'
import { extractDateTime, extractTime } from './time.ts'
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
  'tax-code-it': extractCode,
  pattern: extractPattern,
}
