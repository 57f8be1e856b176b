import { AS } from '../lexicon/roles.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'

/** Small words that may stand between an item and what refuses it. */
const GAP_MAX = 6

/** `no` is also a plain answer, so that before an item of a correction it refuses only with a verb of wanting between. */
type Denial = 'not' | 'no' | 'behind'

interface Refusing {
  readonly denials: Phrases<Denial>
  readonly small: ReadonlySet<string>
  readonly wanting: ReadonlySet<string>
}

interface Source {
  readonly not: string
  readonly no: string
  /** Refuses only what stands before it. */
  readonly behind: string
  readonly small: string
  readonly wanting: string
}

/** Articles, prepositions and pronouns that do not turn the meaning round; joiners, so that what follows a refused item is refused too. */
const SOURCES: Readonly<Record<string, Source>> = {
  en: {
    not:
      "not|never|without|except|except for|excluding|apart from|other than|rather than|instead of|anything but|everything but|all but|any but|don't|dont|" +
      "do not|can't|cant|cannot|won't|wouldn't|shouldn't|doesn't|isn't|didn't|neither|nor|hate|avoid|no more",
    no: 'no',
    behind: 'please no',
    small:
      'the a an by via on over through with in from at to of any more my your me us i it be is am are for that this one number please ever',
    wanting:
      'want wanted like use using get getting take have need do live speak come contact contacted reach reached work works good okay ok prefer send calling texting',
  },
  it: {
    not: 'non|niente|mai|senza|tranne|tranne che|fuorché|eccetto|salvo|a parte|escluso|esclusa|né|nessun|nessuna|nessuno|invece di|invece che|piuttosto che|meno che|al posto di|tutto meno',
    no: 'no',
    behind: 'meglio di no|no grazie',
    small:
      'il lo la i gli le l un uno una per via con tramite in di da del dello della dei degli delle d dal al alla ai alle a nel mi me vi ci che con sul sulla questo questa quello quella numero favore mezzo',
    wanting:
      'voglio vorrei uso usare ho ricevere essere sia contattato contattata contattatemi contattarmi mandatemi mandate scrivetemi va vanno bene piace parlo vivo abito vengo sono posso fare prendere preferisco usate serve servono bisogno occorre desidero',
  },
  es: {
    not: 'nunca|jamás|sin|excepto|salvo|menos|ni|nada de|nada por|tampoco|en vez de|en lugar de|antes que|ningún|ninguna|fuera de|aparte de|evitar|y no',
    no: 'no',
    behind: 'mejor no|no gracias',
    small:
      'el la los las un una por via con mediante en de del desde al a me nos le se lo que mi su este esta ese esa numero favor medio',
    wanting:
      'quiero queria quisiera uso usar tengo recibir ser sea contacten contactado contactada envien enviar manden va bien gusta hablo vivo soy puedo vengo prefiero usen necesito hace falta deseo',
  },
  fr: {
    not: 'pas|jamais|sans|sauf|hormis|excepté|ni|plutôt que|au lieu de|au lieu du|à la place de|à la place du|à part|aucun|aucune|tout sauf|éviter|évitez|plus de',
    no: '',
    behind: 'non|non merci|surtout pas',
    small:
      'le la les l un une par via en avec de du des d au aux a me m moi nous je j y ce cette mon ma ne n que qu numero surtout plait s il vous',
    wanting:
      'veux voudrais utilise utiliser recevoir etre contacte contactee contacter contactez envoyez parle vis viens suis peux aime va marche prefere ai besoin souhaite',
  },
  de: {
    not:
      'nicht|kein|keine|keinen|keinem|keiner|nie|niemals|ohne|außer|bis auf|weder|statt|anstatt|anstelle|auf keinen Fall|auf gar keinen Fall|keinesfalls|' +
      'keineswegs|ausgenommen|bloß nicht|nur nicht',
    no: '',
    behind: 'nein|nein danke',
    small:
      'der die das den dem des ein eine einen einem einer per via über uber ueber mit durch am im in aus von zu zum zur bei auf mich mir uns ich sie es man so als nummer bitte lieber gern gerne jeden',
    wanting:
      'mochte will wollen habe haben nutzen benutzen bekommen werden kontaktiert kontaktieren schicken geht gehen passt spreche wohne komme bin kann nehmen mag brauche wunsche',
  },
}

/** Join a refused item to another: "not e-mail or phone", "weder Brief noch SMS". */
const JOINERS: ReadonlySet<string> = new Set([
  'or',
  'nor',
  'and',
  'o',
  'e',
  'ne',
  'ni',
  'y',
  'u',
  'ou',
  'et',
  'oder',
  'noch',
  'und',
])

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const REFUSING: ReadonlyMap<string, Refusing> = new Map(
  Object.entries(SOURCES).map(([language, { not, no, behind, small, wanting }]) => {
    const denials = new Phrases<Denial>().add(not, 'not').add(no, 'no').add(behind, 'behind')
    return [language, { denials, small: setOf(small), wanting: setOf(wanting) }]
  }),
)

/**
 * Whether the item named at tokens `from`…`end` is refused, by what leads up to it ("not by phone", "tutto tranne l'sms") or by
 * what follows ("por teléfono no"). `correcting`: a "no" right before it is the answer and not part of a refusal.
 * An item that is itself called "no", "none" or "without sugar" is never refused.
 */
export function isItemRefused(scan: Scan, from: number, end: number, correcting: boolean): boolean {
  const refusing = REFUSING.get(scan.lexicon.language)
  if (refusing === undefined || refusing.denials.at(scan, from) !== undefined) return false
  return isDeniedBefore(scan, from, refusing, correcting) || isDeniedBehind(scan, end, refusing)
}

/** Whether nothing but joiners and small words stands between a refused item and the next one. */
export function isJoined(scan: Scan, end: number, from: number): boolean {
  const refusing = REFUSING.get(scan.lexicon.language)
  let joined = false
  for (let i = end; i < from; i++) {
    if (JOINERS.has(scan.at(i))) joined = true
    else if (!refusing?.small.has(scan.at(i))) return false
  }
  return joined
}

function isDeniedBefore(scan: Scan, from: number, refusing: Refusing, correcting: boolean): boolean {
  const { denials, small, wanting } = refusing
  let wanted = false
  for (let i = from - 1; i >= 0 && from - i <= GAP_MAX; i--) {
    const denial = denials.at(scan, i)
    if (denial !== undefined && i + denials.length <= from && denial !== 'behind')
      return (denial === 'not' || wanted || !correcting) && !isProposed(scan, i)
    const text = scan.at(i)
    if (wanting.has(text)) wanted = true
    else if (!small.has(text) && !isInside(scan, i, from, denials)) return false
  }
  return false
}

/** A word of a longer denial that began before it: "instead OF", "anything BUT". */
function isInside(scan: Scan, i: number, from: number, denials: Phrases<Denial>): boolean {
  for (let k = Math.max(0, i - 3); k < i; k++)
    if (denials.at(scan, k) !== undefined && k + denials.length > i && k + denials.length <= from) return true
  return false
}

/** "why not e-mail", "pourquoi pas", "por qué no": a proposal; "por lo menos", "al menos": at least. */
function isProposed(scan: Scan, i: number): boolean {
  if (scan.at(i) === 'menos' && (scan.at(i - 1) === 'al' || scan.at(i - 1) === 'lo')) return true
  if (scan.at(i - 1) === 'que') return scan.at(i - 2) === 'por'
  return i > 0 && (scan.wordAt(i - 1).as & AS.question) !== 0
}

function isDeniedBehind(scan: Scan, end: number, refusing: Refusing): boolean {
  const { denials, small, wanting } = refusing
  let i = end
  const apart = scan.at(i) === ','
  if (apart) i++
  for (const limit = i + GAP_MAX; i < scan.size && i < limit; i++) {
    if (denials.at(scan, i) !== undefined) return closes(scan, i + denials.length, refusing, apart)
    if (apart || !(small.has(scan.at(i)) || wanting.has(scan.at(i)) || BETTER.has(scan.at(i)))) return false
  }
  return false
}

/** "Telefon LIEBER nicht", "por teléfono MEJOR no". */
const BETTER: ReadonlySet<string> = new Set(['lieber', 'mejor', 'meglio', 'plutot', 'surtout', 'bitte', 'auf', 'proprio', 'gar'])

/** Nothing but small words up to the end of the clause, or of the text where the refusal stands `apart`; and it is no question. */
function closes(scan: Scan, from: number, { small, wanting }: Refusing, apart: boolean): boolean {
  for (let i = from; i < scan.size; i++) {
    if (scan.kindAt(i) === KIND.mark) return scan.at(i) !== '?' && (!apart || i === scan.size - 1)
    if (!small.has(scan.at(i)) && !wanting.has(scan.at(i)) && !(scan.wordAt(i).as & AS.filler)) return false
  }
  return true
}
