/** What each language of the factory library promises its readers, as words that must or must not occur. */
export interface LibraryWords {
  /** Announces an example. */
  readonly example: string
  /** Words of the form of address that this language does not use: Italian says tu, Spanish usted, French vous, German Sie. */
  readonly impolite: readonly string[]
  /** Words that only make sense where there is a screen and a keyboard: every text is also spoken. */
  readonly screen: readonly string[]
}

export const LIBRARY_LOCALES = ['en', 'it', 'es', 'fr', 'de'] as const
export type LibraryLocale = (typeof LIBRARY_LOCALES)[number]

const list = (words: string): readonly string[] => words.split(' ')

export const LIBRARY_WORDS: Readonly<Record<LibraryLocale, LibraryWords>> = {
  en: { example: 'for example', impolite: [], screen: list('click tap type press enter') },
  it: {
    example: 'per esempio',
    impolite: list('lei suo sua suoi sue dica mi-dica scusi vuole aspetti prenda legga'),
    screen: list('clicca clicchi digita premi tocca inserisci'),
  },
  es: {
    example: 'por ejemplo',
    impolite: list('tú tu tus ti te dime quieres puedes tienes eres prefieres necesitas vives espera'),
    screen: list('clic pulse teclee escriba introduzca'),
  },
  fr: {
    example: 'par exemple',
    impolite: list('tu ton ta tes toi te dis peux veux préfères'),
    screen: list('cliquez tapez appuyez saisissez'),
  },
  de: {
    example: 'zum Beispiel',
    impolite: list('du dein deine deinen deinem deiner dir dich sag nenn'),
    screen: list('klicken tippen drücken eingeben'),
  },
}

/** Words that are English and nothing else: one of them in a text of another language was left untranslated. */
export const ENGLISH_ONLY: ReadonlySet<string> = new Set(list('the your please what which sorry right thank you for with and'))

/** Names that are the same in every language. */
export const INTERNATIONAL: ReadonlySet<string> = new Set(list('iban sms pnr pod pdr date message contact e-mail number'))
