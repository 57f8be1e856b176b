import type { TemplateOffer } from '../server-api.ts'
import { labelIn } from '../values.ts'
import { languageName } from './texts.ts'
import { byId, make } from './view/element.ts'

/** The choice of topic and language. The languages on offer are those of the topic. */
export class Pickers {
  readonly #template = byId<HTMLSelectElement>('template')
  readonly #locale = byId<HTMLSelectElement>('locale')
  #offers: readonly TemplateOffer[] = []

  constructor(changed: (what: 'template' | 'locale') => void) {
    this.#template.addEventListener('change', () => {
      this.#fillLocales(this.locale)
      changed('template')
    })
    this.#locale.addEventListener('change', () => {
      this.#fillTemplates(this.template)
      changed('locale')
    })
  }

  get template(): string {
    return this.#template.value
  }

  get locale(): string {
    return this.#locale.value
  }

  /** Chooses a language, where the topic has it; nobody is told. */
  set locale(locale: string) {
    if (![...this.#locale.options].some((option) => option.value === locale)) return
    this.#locale.value = locale
    this.#fillTemplates(this.template)
  }

  get label(): string {
    return this.#template.selectedOptions[0]?.textContent ?? ''
  }

  /** What the topic asks for. */
  get data(): TemplateOffer['data'] {
    return this.#offers.find((offer) => offer.id === this.template)?.data ?? []
  }

  /** Shows what is on offer, with these chosen as far as they are on offer. */
  offer(offers: readonly TemplateOffer[], template: string | undefined, locale: string): void {
    this.#offers = offers
    this.#fillTemplates(template, locale)
    this.#fillLocales(locale)
    this.#fillTemplates(this.template)
    this.#template.disabled = this.#locale.disabled = offers.length === 0
  }

  /** Labels in the chosen language, in its alphabetical order. */
  #fillTemplates(chosen: string | undefined, locale: string = this.locale): void {
    const label = (offer: TemplateOffer): string => labelIn(offer.label, locale) ?? offer.id
    const sorted = [...this.#offers].sort((a, b) => label(a).localeCompare(label(b), locale))
    this.#template.replaceChildren(...sorted.map((offer) => option(offer.id, label(offer))))
    const known = this.#offers.find((offer) => offer.id === chosen) ?? this.#offers[0]
    if (known !== undefined) this.#template.value = known.id
  }

  #fillLocales(chosen: string): void {
    const locales = this.#offers.find((offer) => offer.id === this.template)?.locales ?? []
    this.#locale.replaceChildren(...locales.map((locale) => option(locale, languageName(locale))))
    const best =
      locales.find((locale) => locale === chosen) ?? locales.find((locale) => locale === chosen.split('-')[0]) ?? locales[0]
    if (best !== undefined) this.#locale.value = best
  }
}

function option(value: string, text: string): HTMLOptionElement {
  const element = make('option', '', text)
  element.value = value
  return element
}
