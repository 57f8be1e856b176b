import { knownLanguage } from '../values.ts'

/** The page's own words. What the bot says comes from the server, in the conversation's language. */
const EN = {
  skip: 'Skip to the message field',
  template: 'Topic',
  language: 'Language',
  start: 'New conversation',
  begin: 'Start the conversation',
  conversation: 'Conversation',
  messages: 'Messages',
  welcomeText: 'Answer in your own words, in one go or bit by bit. You can correct yourself at any time.',
  older: 'Earlier messages',
  latest: 'New messages',
  typing: 'Parley is typing',
  yourMessage: 'Your message',
  placeholder: 'Write a message',
  send: 'Send',
  pickDate: 'Choose a date',
  replies: 'Suggested answers',
  dismiss: 'Dismiss',
  record: 'Collected data',
  recordEmpty: 'What you tell appears here as it is understood.',
  recordCount: '{done} of {all}',
  missing: 'missing',
  identity: 'You are {user} at {tenant}',
  statusEmpty: 'Not yet',
  statusPartial: 'In part',
  statusFilled: 'Understood',
  statusToConfirm: 'To confirm',
  statusDone: 'Done',
  statusFailed: 'Not obtained',
  fromUser: 'You',
  fromBot: 'Parley',
  fromAgent: 'Operator',
  fromSystem: 'Notice',
  pending: 'Sending',
  queued: 'Waiting to be sent',
  failed: 'Not sent',
  retry: 'Try again',
  discard: 'Discard',
  idle: 'Starting',
  connecting: 'Connecting',
  online: 'Connected',
  waiting: 'Reconnecting',
  waitingSeconds: 'in {seconds} s',
  stopped: 'Disconnected',
  reconnect: 'Reconnect',
  outcomeSuccess: 'All done',
  outcomePartial: 'Done in part',
  outcomeFailed: 'Not completed',
  outcomeCancelled: 'Cancelled',
  copy: 'Copy as JSON',
  copied: 'Copied',
  closed: 'The conversation has ended',
  handoff: 'You are being connected to an operator',
  handoffAgent: '{agent} takes over from here',
  handedBack: 'Parley is back',
  otherLanguage: 'This conversation goes on in {language}.',
  gone: 'This conversation is no longer available.',
  unreachable: 'The server cannot be reached. Trying again.',
  noTemplates: 'The server offers no topics.',
  startFailed: 'The conversation could not be started: {reason}',
  sendFailed: 'The message could not be sent: {reason}',
  outboxFull: 'Too many messages are waiting. They are sent when the connection is back.',
  signIn: 'Sign in',
  signInText: 'This server wants an access token. It is kept until this tab is closed.',
  signInAction: 'Sign in',
  signInRefused: 'The server did not accept this token.',
  token: 'Access token',
} as const

export type TextKey = keyof typeof EN

const IT: Readonly<Record<TextKey, string>> = {
  skip: 'Vai al campo del messaggio',
  template: 'Argomento',
  language: 'Lingua',
  start: 'Nuova conversazione',
  begin: 'Inizia la conversazione',
  conversation: 'Conversazione',
  messages: 'Messaggi',
  welcomeText: 'Rispondi con parole tue, tutto insieme o un po’ alla volta. Puoi correggerti in ogni momento.',
  older: 'Messaggi precedenti',
  latest: 'Nuovi messaggi',
  typing: 'Parley sta scrivendo',
  yourMessage: 'Il tuo messaggio',
  placeholder: 'Scrivi un messaggio',
  send: 'Invia',
  pickDate: 'Scegli una data',
  replies: 'Risposte suggerite',
  dismiss: 'Chiudi',
  record: 'Dati raccolti',
  recordEmpty: 'Quello che dici appare qui, man mano che viene capito.',
  recordCount: '{done} di {all}',
  missing: 'manca',
  identity: 'Sei {user} presso {tenant}',
  statusEmpty: 'Non ancora',
  statusPartial: 'In parte',
  statusFilled: 'Capito',
  statusToConfirm: 'Da confermare',
  statusDone: 'Fatto',
  statusFailed: 'Non ottenuto',
  fromUser: 'Tu',
  fromBot: 'Parley',
  fromAgent: 'Operatore',
  fromSystem: 'Avviso',
  pending: 'Invio in corso',
  queued: 'In attesa di invio',
  failed: 'Non inviato',
  retry: 'Riprova',
  discard: 'Elimina',
  idle: 'Avvio',
  connecting: 'Connessione',
  online: 'Connesso',
  waiting: 'Riconnessione',
  waitingSeconds: 'tra {seconds} s',
  stopped: 'Non connesso',
  reconnect: 'Riconnetti',
  outcomeSuccess: 'Tutto fatto',
  outcomePartial: 'Fatto in parte',
  outcomeFailed: 'Non completato',
  outcomeCancelled: 'Annullato',
  copy: 'Copia come JSON',
  copied: 'Copiato',
  closed: 'La conversazione è finita',
  handoff: 'Ti mettiamo in contatto con un operatore',
  handoffAgent: 'Da qui continua {agent}',
  handedBack: 'Parley è di nuovo qui',
  otherLanguage: 'Questa conversazione continua in {language}.',
  gone: 'Questa conversazione non è più disponibile.',
  unreachable: 'Il server non è raggiungibile. Nuovo tentativo in corso.',
  noTemplates: 'Il server non offre argomenti.',
  startFailed: 'Non è stato possibile iniziare la conversazione: {reason}',
  sendFailed: 'Non è stato possibile inviare il messaggio: {reason}',
  outboxFull: 'Troppi messaggi in attesa. Partiranno quando torna la connessione.',
  signIn: 'Accesso',
  signInText: 'Questo server chiede un token di accesso. Resta fino alla chiusura di questa scheda.',
  signInAction: 'Accedi',
  signInRefused: 'Il server non ha accettato questo token.',
  token: 'Token di accesso',
}

/** A text with its `{places}` filled in. */
export type Say = (key: TextKey, places?: Readonly<Record<string, string | number>>) => string

export function speaker(locale: string): Say {
  const texts: Readonly<Record<TextKey, string>> = knownLanguage(locale) === 'it' ? IT : EN
  return (key, places = {}) => texts[key].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place))
}

/** Fills the elements of the document that name a text. */
export function applyTexts(root: ParentNode, say: Say): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]'))
    element.textContent = say(element.dataset.text as TextKey)
  for (const element of root.querySelectorAll<HTMLElement>('[data-label]')) {
    const label = say(element.dataset.label as TextKey)
    element.setAttribute('aria-label', label)
    if (element.matches('button')) element.title = label
  }
  for (const element of root.querySelectorAll<HTMLTextAreaElement>('[data-placeholder]')) {
    element.placeholder = say(element.dataset.placeholder as TextKey)
  }
}

/** A language's name in itself: `Italiano`. */
export function languageName(locale: string, inLocale: string = locale): string {
  const name = new Intl.DisplayNames([inLocale], { type: 'language' }).of(locale) ?? locale
  return inLocale === locale ? name.charAt(0).toLocaleUpperCase(locale) + name.slice(1) : name
}
