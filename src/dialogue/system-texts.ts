import { byLocale } from './locale.ts'

/** Raised with every change of a text: a conversation keeps the pack that it started with. */
export const SYSTEM_PACK = 1

const en = {
  noMatch: 'Sorry, I did not understand that.',
  noInput: 'Are you still there?',
  answerYesOrNo: 'Please answer yes or no.',
  confirmation: '{value}, is that right?',
  notConfirmed: 'All right.',
  formNotConfirmed: 'What would you like to change?',
  help: 'Just answer in your own words. You can also say "repeat", "go back", "start over", "operator" or "cancel".',
  transferring: 'I am putting you through to a colleague.',
  cancelled: 'All right, I have stopped here.',
  startedOver: 'All right, from the beginning.',
  nothingToGoBackTo: 'There is nothing to go back to yet.',
  cannotSkip: 'I am afraid I do need this one.',
  soFar: 'So far I have: {value}.',
  nothingSoFar: 'You have not told me anything yet.',
  movedOn: 'Let us leave that one.',
  goodbye: 'I am afraid we cannot go on here. Goodbye.',
  incomplete: 'Thank you, that is all for now.',
  'no-such-date': 'That date does not exist.',
  'no-such-time': 'That time does not exist.',
  checksum: 'That code cannot be right: its check characters do not match.',
  'out-of-range': 'That is outside of what is possible here.',
  'not-in-list': 'That is not one of the choices.',
  'too-long': 'That is too long.',
} as const

export type SystemText = keyof typeof en

const it: Readonly<Record<SystemText, string>> = {
  noMatch: 'Scusa, non ho capito.',
  noInput: 'Ci sei ancora?',
  answerYesOrNo: 'Rispondi sì o no, per favore.',
  confirmation: '{value}, è corretto?',
  notConfirmed: 'Va bene.',
  formNotConfirmed: 'Che cosa vuoi cambiare?',
  help: 'Rispondi pure con parole tue. Puoi anche dire "ripeti", "torna indietro", "ricomincia", "operatore" o "annulla".',
  transferring: 'Ti metto in contatto con un collega.',
  cancelled: 'Va bene, mi fermo qui.',
  startedOver: 'Va bene, ricominciamo.',
  nothingToGoBackTo: 'Non c’è ancora niente a cui tornare.',
  cannotSkip: 'Purtroppo questo dato mi serve.',
  soFar: 'Finora ho: {value}.',
  nothingSoFar: 'Non mi hai ancora detto niente.',
  movedOn: 'Lasciamo stare questo.',
  goodbye: 'Purtroppo qui non possiamo andare avanti. Arrivederci.',
  incomplete: 'Grazie, per ora è tutto.',
  'no-such-date': 'Questa data non esiste.',
  'no-such-time': 'Questo orario non esiste.',
  checksum: 'Questo codice non può essere giusto: i caratteri di controllo non tornano.',
  'out-of-range': 'È fuori da ciò che è possibile qui.',
  'not-in-list': 'Non è fra le scelte possibili.',
  'too-long': 'È troppo lungo.',
}

const PACKS: Readonly<Record<number, Readonly<Record<string, Readonly<Record<SystemText, string>>>>>> = { 1: { en, it } }

/** The system's own sentence in the conversation's language; `{value}` is the caller's to fill. */
export function systemText(pack: number, locale: string, key: SystemText): string {
  return (byLocale(PACKS[pack] ?? {}, locale) ?? en)[key]
}
