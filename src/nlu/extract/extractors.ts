import type { DatumType } from '../../dialogue/template.ts'
import { extractChoice } from './choice.ts'
import { extractDate } from './date.ts'
import { extractEmail } from './email.ts'
import { extractFreeText } from './free-text.ts'
import { extractName } from './name.ts'
import { extractNumber } from './number.ts'
import { extractPhone } from './phone.ts'
import type { Extract } from './utterance.ts'
import { extractYesNo } from './yes-no.ts'

const nothing: Extract = () => {}

/** The extractor of every type of datum. */
export const extractors: Readonly<Record<DatumType, Extract>> = {
  date: extractDate,
  time: nothing,
  'date-time': nothing,
  duration: nothing,
  'full-name': extractName,
  'first-name': extractName,
  'last-name': extractName,
  email: extractEmail,
  phone: extractPhone,
  number: extractNumber,
  quantity: nothing,
  money: nothing,
  'postal-address': extractFreeText,
  'post-code': nothing,
  'yes-no': extractYesNo,
  choice: extractChoice,
  'free-text': extractFreeText,
  iban: nothing,
  'payment-card': nothing,
  'licence-plate': nothing,
  country: nothing,
  language: nothing,
  'pod-code': nothing,
  'tax-code-it': nothing,
  pattern: nothing,
}
