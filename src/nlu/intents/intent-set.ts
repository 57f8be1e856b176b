import { createHash } from 'node:crypto'
import { isTenant, TENANT_SHAPE } from '../../kernel/ids.ts'

/** Languages that have a thesaurus and a stemmer. */
export const LANGUAGES = ['en', 'it', 'es', 'fr', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** How much a tenant may bring. More is refused, never cut. */
export const INTENT_LIMITS = {
  intentsMin: 2,
  intentsMax: 500,
  examplesMax: 50_000,
  nameCharsMax: 64,
  descriptionCharsMax: 500,
  exampleCharsMax: 500,
  versionMax: 2 ** 31 - 1,
} as const

/** Names nobody can give to an intent: what evaluation files call a text that belongs to none. */
const RESERVED = 'oos'

export interface IntentSource {
  /** Unique, 1 to 64 characters: letters, digits and `_ - . / ?`, with single spaces between. Its words count as two examples. */
  readonly name: string
  /** One sentence, at most 500 characters; counts as one example. */
  readonly description?: string
  /** At least one, each 1 to 500 characters. Five are few, thirty are good. */
  readonly examples: readonly string[]
}

/** What one model is trained on: a tenant's intents in one version. */
export interface IntentSet {
  readonly tenant: string
  /** 1 and up, raised by whoever keeps the tenant's templates. */
  readonly version: number
  /** Of the examples, the main one first. */
  readonly languages: readonly Language[]
  readonly intents: readonly IntentSource[]
}

/** One thing wrong with a set; `field` is its path, as in `intents[3].examples[7]`. */
export interface IntentFault {
  readonly code: 'type' | 'tenant' | 'version' | 'language' | 'too-few' | 'too-many' | 'empty' | 'too-long' | 'name' | 'duplicate'
  readonly field: string
  readonly msg: string
}

/** More faults than these are not listed. */
const FAULTS_MAX = 20

const NAME = /^[\p{L}\p{N}_?./-]+( [\p{L}\p{N}_?./-]+)*$/u

/** All that is wrong with a set, at most 20 faults; none means that it can be trained. Takes anything. */
export function checkIntentSet(set: unknown): readonly IntentFault[] {
  const faults: IntentFault[] = []
  const fault = (code: IntentFault['code'], field: string, msg: string): void => {
    if (faults.length < FAULTS_MAX) faults.push({ code, field, msg })
  }
  if (!isRecord(set)) return [{ code: 'type', field: '', msg: 'an object was expected' }]
  const { version, languages, intents } = set
  if (!isTenant(set.tenant)) fault('tenant', 'tenant', `${TENANT_SHAPE} was expected`)
  if (!Number.isInteger(version) || (version as number) < 1 || (version as number) > INTENT_LIMITS.versionMax)
    fault('version', 'version', `a whole number from 1 to ${INTENT_LIMITS.versionMax} was expected`)
  if (!Array.isArray(languages) || languages.length === 0) fault('language', 'languages', 'at least one language was expected')
  else
    for (const [i, language] of languages.slice(0, FAULTS_MAX).entries()) {
      if (!LANGUAGES.includes(language)) fault('language', `languages[${i}]`, `one of ${LANGUAGES.join(', ')} was expected`)
      else if (languages.indexOf(language) !== i) fault('duplicate', `languages[${i}]`, 'the language is listed twice')
    }
  if (!Array.isArray(intents)) fault('type', 'intents', 'a list was expected')
  else checkIntents(intents, fault)
  return faults
}

type Report = (code: IntentFault['code'], field: string, msg: string) => void

function checkIntents(intents: readonly unknown[], fault: Report): void {
  const { intentsMin, intentsMax, examplesMax } = INTENT_LIMITS
  if (intents.length < intentsMin) fault('too-few', 'intents', `at least ${intentsMin} intents were expected`)
  if (intents.length > intentsMax) {
    fault('too-many', 'intents', `at most ${intentsMax} intents were expected`)
    return
  }
  const seen = new Set<string>()
  let examples = 0
  for (const [i, intent] of intents.entries()) {
    const field = `intents[${i}]`
    if (!isRecord(intent)) {
      fault('type', field, 'an object was expected')
      continue
    }
    const { name } = intent
    if (typeof name !== 'string' || name.length > INTENT_LIMITS.nameCharsMax || !NAME.test(name) || name === RESERVED)
      fault(
        'name',
        `${field}.name`,
        `1 to ${INTENT_LIMITS.nameCharsMax} letters, digits or _ - . / ? were expected, and not "oos"`,
      )
    else if (seen.has(name)) fault('duplicate', `${field}.name`, 'another intent has this name')
    else seen.add(name)
    if (intent.description !== undefined)
      checkText(intent.description, `${field}.description`, INTENT_LIMITS.descriptionCharsMax, fault)
    examples += checkExamples(intent.examples, `${field}.examples`, examplesMax - examples, fault)
    if (examples > examplesMax) {
      fault('too-many', 'intents', `at most ${examplesMax} examples in all were expected`)
      return
    }
  }
}

function checkExamples(examples: unknown, field: string, left: number, fault: Report): number {
  if (!Array.isArray(examples)) {
    fault('type', field, 'a list was expected')
    return 0
  }
  if (examples.length === 0) fault('too-few', field, 'at least one example was expected')
  if (examples.length <= left)
    for (let i = 0; i < examples.length; i++) checkText(examples[i], `${field}[${i}]`, INTENT_LIMITS.exampleCharsMax, fault)
  return examples.length
}

function checkText(text: unknown, field: string, charsMax: number, fault: Report): void {
  if (typeof text !== 'string') fault('type', field, 'a text was expected')
  else if (text.length > charsMax) fault('too-long', field, `at most ${charsMax} characters were expected`)
  else if (text.trim() === '') fault('empty', field, 'a text was expected')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** sha-256 in hex over what a model is trained on: languages and intents in their order, not tenant and version. */
export function intentSetHash(set: IntentSet): string {
  const intents = set.intents.map(({ name, description, examples }) => [name, description ?? null, examples])
  return createHash('sha256')
    .update(JSON.stringify([set.languages, intents]))
    .digest('hex')
}
