import { byLocale } from './locale.ts'

/** Raised with every change of a text: a conversation keeps the pack that it started with. */
export const SYSTEM_PACK = 2

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

const es: Readonly<Record<SystemText, string>> = {
  noMatch: 'Disculpe, no le he entendido.',
  noInput: '¿Sigue ahí?',
  answerYesOrNo: 'Responda sí o no, por favor.',
  confirmation: '{value}, ¿es correcto?',
  notConfirmed: 'De acuerdo.',
  formNotConfirmed: '¿Qué quiere cambiar?',
  help: 'Responda con sus propias palabras. También puede decir «repetir», «volver», «empezar de nuevo», «operador» o «cancelar».',
  transferring: 'Le paso con una persona de nuestro equipo.',
  cancelled: 'De acuerdo, lo dejamos aquí.',
  startedOver: 'De acuerdo, empezamos de nuevo.',
  nothingToGoBackTo: 'Todavía no hay nada a lo que volver.',
  cannotSkip: 'Lo siento, este dato lo necesito.',
  soFar: 'Hasta ahora tengo: {value}.',
  nothingSoFar: 'Todavía no me ha dicho nada.',
  movedOn: 'Dejemos este dato.',
  goodbye: 'Lo siento, aquí no podemos continuar. Adiós.',
  incomplete: 'Gracias, es todo por ahora.',
  'no-such-date': 'Esa fecha no existe.',
  'no-such-time': 'Esa hora no existe.',
  checksum: 'Ese código no puede ser correcto: los caracteres de control no coinciden.',
  'out-of-range': 'Eso queda fuera de lo posible aquí.',
  'not-in-list': 'Esa no es una de las opciones.',
  'too-long': 'Es demasiado largo.',
}

const fr: Readonly<Record<SystemText, string>> = {
  noMatch: 'Excusez-moi, je n’ai pas compris.',
  noInput: 'Vous êtes toujours là\u00a0?',
  answerYesOrNo: 'Répondez par oui ou par non, s’il vous plaît.',
  confirmation: '{value}, c’est bien ça\u00a0?',
  notConfirmed: 'D’accord.',
  formNotConfirmed: 'Que voulez-vous changer\u00a0?',
  help: 'Répondez avec vos propres mots. Vous pouvez aussi dire «\u00a0répéter\u00a0», «\u00a0revenir\u00a0», «\u00a0recommencer\u00a0», «\u00a0opérateur\u00a0» ou «\u00a0annuler\u00a0».',
  transferring: 'Je vous mets en relation avec un membre de notre équipe.',
  cancelled: 'D’accord, on s’arrête là.',
  startedOver: 'D’accord, on recommence depuis le début.',
  nothingToGoBackTo: 'Il n’y a encore rien à reprendre.',
  cannotSkip: 'Cette information m’est indispensable.',
  soFar: 'Pour l’instant, j’ai\u00a0: {value}.',
  nothingSoFar: 'Vous ne m’avez encore rien dit.',
  movedOn: 'Laissons cela de côté.',
  goodbye: 'Malheureusement, nous ne pouvons pas aller plus loin ici. Au revoir.',
  incomplete: 'Merci, c’est tout pour le moment.',
  'no-such-date': 'Cette date n’existe pas.',
  'no-such-time': 'Cette heure n’existe pas.',
  checksum: 'Ce code ne peut pas être juste\u00a0: les caractères de contrôle ne correspondent pas.',
  'out-of-range': 'Cela sort de ce qui est possible ici.',
  'not-in-list': 'Cela ne fait pas partie des choix.',
  'too-long': 'C’est trop long.',
}

const de: Readonly<Record<SystemText, string>> = {
  noMatch: 'Entschuldigung, das habe ich nicht verstanden.',
  noInput: 'Sind Sie noch da?',
  answerYesOrNo: 'Bitte antworten Sie mit Ja oder Nein.',
  confirmation: '{value}, stimmt das?',
  notConfirmed: 'In Ordnung.',
  formNotConfirmed: 'Was möchten Sie ändern?',
  help: 'Antworten Sie einfach in Ihren eigenen Worten. Sie können auch „wiederholen“, „zurück“, „von vorne“, „Mitarbeiter“ oder „abbrechen“ sagen.',
  transferring: 'Ich verbinde Sie mit jemandem aus unserem Team.',
  cancelled: 'In Ordnung, wir hören hier auf.',
  startedOver: 'In Ordnung, noch einmal von vorne.',
  nothingToGoBackTo: 'Es gibt noch nichts, wohin wir zurückgehen könnten.',
  cannotSkip: 'Diese Angabe brauche ich leider.',
  soFar: 'Bisher habe ich: {value}.',
  nothingSoFar: 'Sie haben mir noch nichts gesagt.',
  movedOn: 'Dann lassen wir das.',
  goodbye: 'Hier kommen wir leider nicht weiter. Auf Wiederhören.',
  incomplete: 'Danke, das ist vorerst alles.',
  'no-such-date': 'Dieses Datum gibt es nicht.',
  'no-such-time': 'Diese Uhrzeit gibt es nicht.',
  checksum: 'Dieser Code kann nicht stimmen: Die Prüfzeichen passen nicht.',
  'out-of-range': 'Das liegt außerhalb dessen, was hier möglich ist.',
  'not-in-list': 'Das ist keine der Möglichkeiten.',
  'too-long': 'Das ist zu lang.',
}

/** Pack 1 had two languages; what it said in any other was English. */
const PACKS: Readonly<Record<number, Readonly<Record<string, Readonly<Record<SystemText, string>>>>>> = {
  1: { en, it },
  2: { en, it, es, fr, de },
}

/** The system's own sentence in the conversation's language; `{value}` is the caller's to fill. */
export function systemText(pack: number, locale: string, key: SystemText): string {
  return (byLocale(PACKS[pack] ?? {}, locale) ?? en)[key]
}
