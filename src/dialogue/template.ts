/**
 * A DataDialogueTemplate as authors write it: plain JSON, nothing in it is code. `compile` turns it into what
 * conversations run; this file only says its shape. docs/TEMPLATES.md explains it to authors.
 */

/** Locale tags in use: a language, or a language and a region (`en`, `en-US`, `it`). */
export type Locale = string

/** Everything a datum can hold, in the shapes of docs/TEMPLATES.md. */
export type Value = string | number | boolean | { readonly [part: string]: string | number }

export const DATUM_TYPES = [
  'date',
  'time',
  'date-time',
  'duration',
  'full-name',
  'first-name',
  'last-name',
  'email',
  'phone',
  'number',
  'ordinal',
  'quantity',
  'money',
  'postal-address',
  'post-code',
  'yes-no',
  'choice',
  'free-text',
  'iban',
  'payment-card',
  'licence-plate',
  'country',
  'language',
  'pod-code',
  'pdr-code',
  'tax-code-it',
  'vat',
  'pattern',
] as const
export type DatumType = (typeof DATUM_TYPES)[number]

/** The parts that a composite type can be asked for one by one. */
export const PART_TYPES = {
  'date.day': 'number',
  'date.month': 'number',
  'date.year': 'number',
  'full-name.first': 'text',
  'full-name.last': 'text',
  'postal-address.street': 'text',
  'postal-address.number': 'text',
  'postal-address.postCode': 'text',
  'postal-address.city': 'text',
  'postal-address.region': 'text',
  'postal-address.country': 'text',
} as const
export type PartType = keyof typeof PART_TYPES

/** Something the bot does; data, never code. Exactly one of the verbs. */
export type Action =
  | { readonly say: string; readonly quickReplies?: readonly string[]; readonly ssml?: string }
  | { readonly transfer: string }
  | { readonly close: string }
  | { readonly skip: true }
  | { readonly set: Readonly<Record<string, string | number | boolean>> }

/** Escalation levels, used in turn; the last one repeats. */
export type Levels = readonly (readonly Action[])[]

export const STEP_NAMES = ['start', 'noMatch', 'noInput', 'confirmation', 'notConfirmed', 'success', 'help'] as const
export type StepName = (typeof STEP_NAMES)[number]
export type Steps = { readonly [step in StepName]?: Levels }

export interface Constraint {
  readonly id: string
  /** CEL over `value`, `data`, `today`, `now`, `locale`, `vars`; must give a boolean; false is a violation. */
  readonly expr: string
  /** Text key, scoped by the datum: `constraints.past` is looked up as `birthDate.constraints.past`. */
  readonly say: string
}

export interface ChoiceItem {
  readonly id: string
  readonly label: Readonly<Record<Locale, string>>
  readonly synonyms?: Readonly<Record<Locale, readonly string[]>>
}

/**
 * What a tenant's pattern may be. Matching is linear in the text whatever the pattern, but each character may cost as much
 * as the program is long, and a counted repetition of a counted repetition makes it long: `(((a?){10}){10}){10}` needs 58 ms
 * for 64 characters.
 */
export const PATTERN_LIMITS = {
  charsMax: 200,
  /** Instructions of the compiled program. `[A-Z]{2}[0-9]{6}` has 10, `[A-Z0-9]{1,64}` 130. */
  programMax: 512,
} as const

/** What a value must look like, by type; what does not fit the type is refused by the compiler. */
export interface Contract {
  /** RE2 syntax over the whole value, for `pattern`. Letters are compared in upper case, spaces and dashes removed. */
  readonly pattern?: string | null
  /** For `choice`. */
  readonly values?: readonly ChoiceItem[] | null
  /** Inclusive bounds, for `number`, `ordinal`, `quantity` and `money`. */
  readonly min?: number
  readonly max?: number
  readonly integer?: boolean
  /** Characters, for `free-text`; 1 to 8,000. */
  readonly maxLength?: number
  /** Where a date or time without a year, or a weekday, is looked for. */
  readonly prefer?: 'past' | 'future'
  /** ISO 3166 alpha-2, for `phone`, `post-code`, `licence-plate` and `vat`; otherwise the conversation's. */
  readonly country?: string
  /** For `quantity`: the unit taken when none is said. */
  readonly unit?: string
}

export type ConfirmPolicy = 'never' | 'always' | { readonly below: number }

export interface SubDatum {
  readonly id: string
  readonly type: PartType
  readonly steps?: Steps
}

export interface Datum {
  readonly id: string
  readonly type: DatumType
  readonly required?: boolean
  readonly sensitive?: boolean
  readonly confirm?: ConfirmPolicy
  readonly subData?: readonly SubDatum[]
  readonly constraints?: readonly Constraint[]
  readonly contract?: Contract
  /** Words by which a user names this datum in a correction ("the phone is …"), per locale. */
  readonly label?: Readonly<Record<Locale, string>>
  readonly synonyms?: Readonly<Record<Locale, readonly string[]>>
  readonly steps: Steps
  /** Whether the noInput timer also runs in chat, and after how long. Voice has its own. */
  readonly noInputMs?: number
}

export type OnExhausted = 'fail-data' | 'close' | { readonly transfer: string }

export interface Limits {
  readonly noMatch?: number
  readonly noInput?: number
  readonly notConfirmed?: number
  readonly turns?: number
  readonly onExhausted?: OnExhausted
}

export interface Template {
  readonly id: string
  readonly version: number
  readonly scope: 'universal' | 'industry'
  readonly industry?: string
  readonly origin?: { readonly factoryId: string; readonly factoryVersion: number; readonly hash?: string }
  readonly label: Readonly<Record<Locale, string>>
  readonly introduction?: readonly Action[]
  readonly data: readonly Datum[]
  /** Confirmation of the whole form, after all data; its texts are scoped `form.…`. */
  readonly confirm?: 'never' | 'always'
  readonly steps?: { readonly confirmation?: Levels; readonly notConfirmed?: Levels }
  readonly success?: readonly Action[]
  readonly limits?: Limits
  /** Per locale: text key → text, or variants of it. `{datum}`, `{datum.part}`, `{value}`, `{vars.name}` interpolate. */
  readonly texts: Readonly<Record<Locale, Readonly<Record<string, string | readonly string[]>>>>
}
