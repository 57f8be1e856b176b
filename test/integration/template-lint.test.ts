import { describe, expect, it } from 'vitest'
import { lintTemplates } from '../../scripts/template-lint.ts'
import { LIBRARY_LOCALES } from '../../scripts/template-words.ts'
import type { Template } from '../../src/dialogue/template.ts'
import { factoryFromFiles } from '../../src/tenancy/factory-files.ts'

const FOLDER = new URL('../../templates', import.meta.url).pathname
const templates = factoryFromFiles(FOLDER).list()

/** The ids are fixed: what tenants and flows refer to. */
const LIBRARY = {
  universal:
    'appointment choice contact country date date-of-birth date-time duration email first-name free-text full-name iban language ' +
    'last-name licence-plate money number payment-card phone post-code postal-address quantity registration time yes-no',
  utilities: 'customer-code meter-reading pdr-code pod-code',
  insurance: 'claim-number policy-number',
  travel: 'booking-reference loyalty-number',
  retail: 'order-number tracking-number',
  health: 'health-card tax-code-it',
}

describe('the factory library', () => {
  it.each(Object.entries(LIBRARY))('%s: has every template, and no other', (scope, ids) => {
    const there = templates.filter((template) => (template.industry ?? template.scope) === scope)
    expect(there.map(({ id }) => id).sort()).toEqual(ids.split(' '))
  })

  it('says everything in five languages, each in its own way', () => {
    expect(lintTemplates(templates)).toEqual([])
    for (const { texts } of templates) expect(Object.keys(texts)).toEqual([...LIBRARY_LOCALES])
  })
})

/** A template that may be spoilt. */
type Spoilt = Record<'texts' | 'label', Record<string, unknown>> & { texts: Record<string, Record<string, unknown>> }
type SpoiltDatum = Record<'label' | 'steps', Record<string, unknown>> & {
  synonyms: Record<string, string[]>
  steps: Record<string, unknown[]>
}
type Plant = (template: Spoilt, datum: SpoiltDatum) => unknown

/** The faults found in a library with one spoilt template: `rule path`. */
function planted(id: string, plant: Plant): readonly string[] {
  const draft = structuredClone(templates.find((template) => template.id === id)) as Template
  plant(draft as unknown as Spoilt, draft.data.at(-1) as unknown as SpoiltDatum)
  return lintTemplates([...templates.filter((template) => template.id !== id), draft]).map(({ rule, path }) => `${rule} ${path}`)
}

const put =
  (locale: string, key: string, text: string): Plant =>
  ({ texts }) => {
    Object.assign(texts[locale] ?? {}, { [key]: text })
  }

describe('what is planted in it is found', () => {
  it.each([
    [
      'a text that one language lacks',
      'compiles',
      'data[0].steps.start[0][0].say',
      ({ texts }) => delete texts.de?.['email.start.1'],
    ],
    ['a text that nobody says', 'compiles', 'texts.en["email.start.9"]', put('en', 'email.start.9', 'Hello.')],
    [
      'a placeholder that means nothing',
      'compiles',
      'texts.fr["email.confirmation.1"]',
      put('fr', 'email.confirmation.1', '{courriel}, c’est bien ça\u00a0?'),
    ],
    [
      'a placeholder that one language leaves out',
      'placeholders',
      'texts.es["email.confirmation.1"]',
      put('es', 'email.confirmation.1', '¿Es correcto?'),
    ],
    ['a language that is missing', 'locales', 'texts', ({ texts }) => delete texts.fr],
    ['a label that one language lacks', 'locales', 'data[0].label', (_, { label }) => delete label.it],
    [
      'words to name the datum by that one language lacks',
      'locales',
      'data[0].synonyms',
      (_, { synonyms }) => delete synonyms.es,
    ],
    ['a third attempt that is missing', 'steps', 'data[0].steps.noMatch', (_, { steps }) => steps.noMatch?.pop()],
    ['help that is missing', 'steps', 'data[0].steps.help', (_, { steps }) => delete steps.help],
    [
      'silence that is met with silence',
      'steps',
      'data[0].steps.noInput[2]',
      (_, { steps }) => steps.noInput?.splice(2, 1, [{ close: 'no-answer' }]),
    ],
    [
      'two levels that are the same',
      'alike',
      'texts.it["email.noMatch.2"]',
      ({ texts }) => Object.assign(texts.it ?? {}, { 'email.noMatch.2': texts.it?.['email.noMatch.1'] }),
    ],
    [
      'two levels that differ by one word',
      'alike',
      'texts.en["email.noMatch.1"]',
      put('en', 'email.noMatch.1', 'Sorry, what is your e-mail address?'),
    ],
    [
      'an English text in another language',
      'untranslated',
      'texts.de["email.success.1"]',
      put('de', 'email.success.1', 'Thank you.'),
    ],
    [
      'a text that is half English',
      'untranslated',
      'texts.fr["email.noInput.1"]',
      put('fr', 'email.noInput.1', 'Vous êtes là\u00a0? J’attends your e-mail.'),
    ],
    [
      'help without an example',
      'example',
      'texts.de["email.help"]',
      put('de', 'email.help.1', 'Eine E-Mail-Adresse hat ein At-Zeichen in der Mitte.'),
    ],
    [
      'a text too long for the ear',
      'length',
      'texts.en["email.help.1"]',
      put('en', 'email.help.1', `For example ${'a very '.repeat(30)}long one.`),
    ],
    [
      'a button with a sentence on it',
      'length',
      'texts.en["language.reply.english"]',
      put('en', 'language.reply.english', 'English, if you would be so kind'),
    ],
    [
      'tu where the library says vous',
      'address',
      'texts.fr["email.start.1"]',
      put('fr', 'email.start.1', 'Quelle est ton adresse e-mail\u00a0?'),
    ],
    [
      'Lei where the library says tu',
      'address',
      'texts.it["email.start.1"]',
      put('it', 'email.start.1', 'Qual è il suo indirizzo e-mail?'),
    ],
    [
      'du where the library says Sie',
      'address',
      'texts.de["email.start.1"]',
      put('de', 'email.start.1', 'Wie lautet deine E-Mail-Adresse?'),
    ],
    [
      'tú where the library says usted',
      'address',
      'texts.es["email.start.1"]',
      put('es', 'email.start.1', '¿Cuál es tu correo electrónico?'),
    ],
    [
      'a keyboard that a caller does not have',
      'screen',
      'texts.en["email.start.1"]',
      put('en', 'email.start.1', 'Please type the address.'),
    ],
    [
      'a question that is not opened in Spanish',
      'typography',
      'texts.es["email.start.1"]',
      put('es', 'email.start.1', 'Cuál es su correo electrónico?'),
    ],
    [
      'a question mark that may wrap in French',
      'typography',
      'texts.fr["email.start.1"]',
      put('fr', 'email.start.1', 'Quelle est votre adresse e-mail ?'),
    ],
    ['a space too many', 'typography', 'texts.en["email.start.1"]', put('en', 'email.start.1', 'What is  your e-mail address?')],
    [
      'an article before a value that may begin with a vowel',
      'elision',
      'texts.fr["email.confirmation.1"]',
      put('fr', 'email.confirmation.1', 'L’adresse de {email}, c’est bien ça\u00a0?'),
    ],
    ['a label that another template has', 'labels', 'label.it', ({ label }) => Object.assign(label, { it: 'Contatto' })],
  ] as readonly (readonly [what: string, rule: string, path: string, plant: Plant])[])('%s', (_what, rule, path, plant) => {
    expect(planted(path.includes('language') ? 'language' : 'email', plant)).toContain(`${rule} ${path}`)
  })

  it('a word that names two data of one form', () => {
    const found = planted('contact', (_, { synonyms }) => synonyms.en?.push('Name'))
    expect(found).toContain('names email.synonyms.en')
  })
})
