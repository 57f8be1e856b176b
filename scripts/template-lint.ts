import { compile } from '../src/dialogue/compile.ts'
import type { Datum, Steps, Template } from '../src/dialogue/template.ts'
import { compileText, placeholders } from '../src/dialogue/text.ts'
import { ENGLISH_ONLY, INTERNATIONAL, LIBRARY_LOCALES, LIBRARY_WORDS, type LibraryLocale } from './template-words.ts'

export type LintRule =
  | 'compiles'
  | 'locales'
  | 'steps'
  | 'alike'
  | 'placeholders'
  | 'elision'
  | 'untranslated'
  | 'example'
  | 'length'
  | 'address'
  | 'screen'
  | 'typography'
  | 'names'
  | 'labels'

export interface LintFault {
  readonly template: string
  readonly rule: LintRule
  /** Where in the document, e.g. `texts.fr["birthDate.start.1"]`. */
  readonly path: string
  readonly msg: string
}

/** Longest text, in characters, that is still taken in by ear. */
const TEXT_MAX = 160
/** Longest word on a button. */
const REPLY_MAX = 24
/** Share of common words from which two levels count as the same. */
const ALIKE_MIN = 0.85
const LEVELS = { start: 1, noMatch: 3, noInput: 3, help: 1 } as const
const UNCONFIRMED: ReadonlySet<string> = new Set(['yes-no', 'free-text'])
/** A value of these types may follow an article: it begins with a number. */
const DATED: ReadonlySet<string> = new Set(['date', 'date-time'])

/** What the compiler cannot know of the factory library: that five languages say the same, each in its own way. */
export function lintTemplates(templates: readonly Template[]): LintFault[] {
  const faults = templates.flatMap((template) => new TemplateLint(template).run())
  for (const locale of LIBRARY_LOCALES) {
    const seen = new Map<string, string>()
    for (const { id, label } of templates) {
      const key = fold(label[locale] ?? '')
      const other = seen.get(key)
      if (key !== '' && other !== undefined)
        faults.push({ template: id, rule: 'labels', path: `label.${locale}`, msg: `the label of "${other}" too` })
      seen.set(key, id)
    }
  }
  return faults
}

class TemplateLint {
  readonly #faults: LintFault[] = []
  readonly #template: Template

  constructor(template: Template) {
    this.#template = template
  }

  run(): readonly LintFault[] {
    const compiled = compile(this.#template)
    if (!compiled.ok) for (const { path, msg } of compiled.faults) this.#fault('compiles', path, msg)
    this.#locales('texts', this.#template.texts)
    this.#locales('label', this.#template.label)
    this.#template.data.forEach((datum, i) => {
      this.#datum(datum, `data[${i}]`)
    })
    this.#names()
    for (const locale of LIBRARY_LOCALES) this.#texts(locale)
    return this.#faults
  }

  #fault(rule: LintRule, path: string, msg: string): void {
    this.#faults.push({ template: this.#template.id, rule, path, msg })
  }

  #locales(path: string, table: Readonly<Record<string, unknown>> | undefined): void {
    const has = Object.keys(table ?? {})
    for (const locale of LIBRARY_LOCALES) if (!has.includes(locale)) this.#fault('locales', path, `"${locale}" is missing`)
    for (const locale of has)
      if (!(LIBRARY_LOCALES as readonly string[]).includes(locale)) this.#fault('locales', path, `"${locale}" is one too many`)
  }

  #datum(datum: Datum, path: string): void {
    this.#locales(`${path}.label`, datum.label)
    this.#locales(`${path}.synonyms`, datum.synonyms)
    datum.contract?.values?.forEach((item, i) => {
      this.#locales(`${path}.contract.values[${i}].label`, item.label)
      this.#locales(`${path}.contract.values[${i}].synonyms`, item.synonyms)
    })
    this.#steps(datum.steps, `${path}.steps`, datum.id)
    if (!UNCONFIRMED.has(datum.type)) {
      for (const [step, least] of [['confirmation', 1] as const, ['notConfirmed', 2] as const])
        if ((datum.steps[step]?.length ?? 0) < least) this.#fault('steps', `${path}.steps.${step}`, `${least} expected`)
    }
    if (!datum.steps.success && !this.#template.success) this.#fault('steps', `${path}.steps.success`, 'nobody says thank you')
    datum.subData?.forEach((part, i) => {
      this.#steps(part.steps ?? {}, `${path}.subData[${i}].steps`, `${datum.id}.${part.id}`)
    })
  }

  #steps(steps: Steps, path: string, node: string): void {
    for (const [step, least] of Object.entries(LEVELS) as [keyof typeof LEVELS, number][]) {
      const levels = steps[step] ?? []
      if (levels.length < least) this.#fault('steps', `${path}.${step}`, `${least} expected, got ${levels.length}`)
      levels.forEach((level, i) => {
        if (!level.some((action) => 'say' in action)) this.#fault('steps', `${path}.${step}[${i}]`, 'says nothing')
      })
    }
    for (const locale of LIBRARY_LOCALES) {
      const said = (['start', 'noMatch', 'noInput', 'notConfirmed'] as const).flatMap((step) =>
        this.#said(steps, step, node, locale),
      )
      said.forEach(({ key, text }, i) => {
        const twin = said.slice(0, i).find((other) => alike(other.text, text))
        if (twin) this.#fault('alike', `texts.${locale}["${key}"]`, `says the same as "${twin.key}"`)
      })
      for (const step of ['noMatch', 'help'] as const) {
        const all = this.#said(steps, step, node, locale)
        if (all.length > 0 && !all.some(({ text }) => text.includes(LIBRARY_WORDS[locale].example)))
          this.#fault('example', `texts.${locale}["${node}.${step}"]`, `no level says "${LIBRARY_WORDS[locale].example} …"`)
      }
    }
  }

  #said(steps: Steps, step: keyof Steps, node: string, locale: LibraryLocale): { key: string; text: string }[] {
    return (steps[step] ?? []).flatMap((level) =>
      level.flatMap((action) => {
        if (!('say' in action)) return []
        const key = `${node}.${action.say}`
        return this.#variants(locale, key).map((text) => ({ key, text }))
      }),
    )
  }

  #variants(locale: string, key: string): readonly string[] {
    const text = this.#template.texts[locale]?.[key] ?? []
    return typeof text === 'string' ? [text] : text
  }

  /** The words by which data are named: some in every language, none of two data at once. */
  #names(): void {
    for (const locale of LIBRARY_LOCALES) {
      const owner = new Map<string, string>()
      for (const datum of this.#template.data) {
        const names = [datum.label?.[locale] ?? '', ...(datum.synonyms?.[locale] ?? [])].map(fold)
        if (names.length < 2) this.#fault('names', `${datum.id}.synonyms.${locale}`, 'no words to name it by')
        for (const name of names) {
          if (owner.has(name))
            this.#fault('names', `${datum.id}.synonyms.${locale}`, `"${name}" names "${owner.get(name)}" already`)
          owner.set(name, datum.id)
        }
      }
    }
  }

  #texts(locale: LibraryLocale): void {
    for (const key of Object.keys(this.#template.texts.en ?? {})) {
      const english = this.#variants('en', key)
      const path = `texts.${locale}["${key}"]`
      const wanted = placesOf(english[0] ?? '')
      for (const text of this.#variants(locale, key)) {
        if (placesOf(text) !== wanted) this.#fault('placeholders', path, `{${placesOf(text)}}, but {${wanted}} in English`)
        this.#text(locale, path, text)
        if (locale !== 'en' && isEnglish(text, english)) this.#fault('untranslated', path, `"${text}" is English`)
      }
    }
  }

  #text(locale: LibraryLocale, path: string, text: string): void {
    const { impolite, screen } = LIBRARY_WORDS[locale]
    const reply = path.includes('.reply.')
    const most = reply ? REPLY_MAX : TEXT_MAX
    if (text.length > most) this.#fault('length', path, `${text.length} characters, ${most} at most`)
    const words = wordsOf(text)
    const rude = words.find((word) => impolite.includes(word))
    if (rude !== undefined) this.#fault('address', path, `"${rude}" is not how this library speaks to people`)
    const seen = words.find((word) => screen.includes(word))
    if (seen !== undefined) this.#fault('screen', path, `"${seen}" is of no use to who listens`)
    const untidy = typographyFault(locale, reply ? `${text}.` : text)
    if (untidy !== undefined) this.#fault('typography', path, untidy)
    const before = /\b(?:de|que|le|la|je|se|ne) \{(\w+)[^}]*\}/i.exec(text)
    const type = this.#template.data.find(({ id }) => id === before?.[1])?.type
    if (locale === 'fr' && type !== undefined && !DATED.has(type))
      this.#fault('elision', path, `"${before?.[0]}" is wrong before a vowel`)
  }
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function wordsOf(text: string): string[] {
  return text
    .replace(/\{[^}]*\}/g, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Share of words that two texts have in common. */
function alike(a: string, b: string): boolean {
  const left = new Set(fold(a).split(' '))
  const right = new Set(fold(b).split(' '))
  const common = [...left].filter((word) => right.has(word)).length
  return (2 * common) / (left.size + right.size) >= ALIKE_MIN
}

function placesOf(text: string): string {
  const compiled = compileText(text)
  return typeof compiled === 'string' ? compiled : placeholders(compiled).sort().join(', ')
}

function isEnglish(text: string, english: readonly string[]): boolean {
  const words = wordsOf(text)
  const known = words.every((word) => INTERNATIONAL.has(word))
  return (!known && english.includes(text)) || words.some((word) => ENGLISH_ONLY.has(word))
}

/** One language's habits of writing; undefined when they are kept. */
function typographyFault(locale: LibraryLocale, text: string): string | undefined {
  if (text !== text.trim() || / {2}/.test(text)) return 'a space too many'
  if (!/[.?!]$/.test(text)) return 'ends without a full stop or a question mark'
  if (locale === 'fr' && / [?!:;»]|« /.test(text)) return 'a space that may break before ? ! : ; or inside « »'
  if (locale === 'fr' && /[^\s\u00a0\d][?!;]/.test(text)) return 'no space before ? ! ;'
  if (locale === 'es' && countOf(text, '¿') !== countOf(text, '?')) return 'a question that is not opened, or not closed'
  if (['es', 'fr', 'de'].includes(locale) && text.includes('"')) return 'quotation marks of another language'
  return undefined
}

function countOf(text: string, char: string): number {
  return text.split(char).length - 1
}
