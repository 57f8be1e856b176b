import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import type { ChoiceItem } from '../../dialogue/template.ts'
import { slot, understand } from '../testing/ask.ts'

const template = JSON.parse(readFileSync(new URL('../../../templates/universal/choice.json', import.meta.url), 'utf8'))
const CHANNELS = template.data[0].contract.values as readonly ChoiceItem[]

function channel(text: string, locale: string, more: Partial<SlotExpectation> = {}): unknown {
  return understand(text, { slots: [slot('choice', { contract: { values: CHANNELS }, ...more })], locale }).candidates[0]?.value
}

describe('an item of a list that is refused', () => {
  it.each([
    ['en', 'not by phone'],
    ['en', 'anything but phone'],
    ['en', 'anything other than e-mail'],
    ['en', 'no calls please'],
    ['en', "I don't want e-mail"],
    ['en', "please don't text me"],
    ['en', 'not e-mail or phone'],
    ['en', 'phone, no'],
    ['it', 'non per telefono'],
    ['it', "tutto tranne l'sms"],
    ['it', 'per telefono no'],
    ['it', 'niente sms'],
    ['it', 'non voglio email'],
    ['es', 'por teléfono no'],
    ['es', 'no quiero correo'],
    ['es', 'correo postal no'],
    ['es', 'todo menos el correo'],
    ['es', 'no me llamen'],
    ['fr', 'pas par courrier'],
    ['fr', 'surtout pas par téléphone'],
    ['fr', "pas d'e-mail"],
    ['fr', 'tout sauf le téléphone'],
    ['fr', 'ni courrier ni sms'],
    ['fr', 'pas besoin de courrier'],
    ['de', 'nicht per Telefon'],
    ['de', 'keine Anrufe bitte'],
    ['de', 'alles außer SMS'],
    ['de', 'Telefon lieber nicht'],
    ['de', 'ich will nicht per Post kontaktiert werden'],
  ])('is not chosen in %s: "%s"', (locale, text) => {
    expect(channel(text, locale)).toBeUndefined()
  })

  it.each([
    ['en', 'not post, e-mail', 'email'],
    ['en', 'e-mail instead of phone', 'email'],
    ['en', "e-mail, don't call me", 'email'],
    ['en', 'no phone calls, just e-mail', 'email'],
    ['en', 'no, e-mail', 'email'],
    ['it', 'né email né sms, posta', 'post'],
    ['it', 'il telefono no, email', 'email'],
    ['es', 'correo no, teléfono', 'phone'],
    ['es', 'correo, por teléfono no', 'email'],
    ['fr', 'le courrier, pas le téléphone', 'post'],
    ['de', 'nicht per Post sondern per E-Mail', 'email'],
    ['de', 'per E-Mail, nicht per Post', 'email'],
  ])('leaves the other one in %s: "%s"', (locale, text, id) => {
    expect(channel(text, locale)).toBe(id)
  })

  it.each([
    ['en', 'why not e-mail', 'email'],
    ['en', "I don't mind, phone", 'phone'],
    ['en', 'no problem, phone', 'phone'],
    ['it', 'email, no?', 'email'],
    ['es', 'por qué no correo', 'email'],
    ['es', 'al menos correo', 'email'],
    ['fr', 'pourquoi pas par sms', 'sms'],
    ['de', 'warum nicht per Post', 'post'],
  ])('is none where the "not" proposes or belongs to something else in %s: "%s"', (locale, text, id) => {
    expect(channel(text, locale)).toBe(id)
  })

  it.each([
    ['en', 'no, e-mail', 'email'],
    ['en', 'no e-mail', 'email'],
    ['it', 'no email', 'email'],
    ['es', 'no por carta', 'post'],
    ['es', 'no quiero correo', undefined],
    ['de', 'nein, E-Mail', 'email'],
    ['de', 'nicht per Telefon', undefined],
  ])('is told from the new item of a correction in %s: "%s"', (locale, text, id) => {
    expect(channel(text, locale, { attention: 'correcting', current: 'phone' })).toBe(id)
  })

  it.each([
    ['country', 'en', 'not Italy'],
    ['country', 'es', 'Italia no'],
    ['country', 'en', "I'm not Italian"],
    ['language', 'en', 'anything but German'],
    ['language', 'fr', "pas l'italien"],
    ['language', 'de', 'ich spreche kein Italienisch'],
  ] as const)('is no %s either, in %s: "%s"', (type, locale, text) => {
    expect(understand(text, { slots: [slot(type)], locale }).candidates[0]?.value).toBeUndefined()
  })

  it('is none where the item itself says no', () => {
    const item = (id: string, en: string): ChoiceItem => ({ id, label: { en } })
    const contract = { values: [item('milk', 'milk'), item('black', 'without milk'), item('none', 'no drink')] }
    const drink = (text: string): unknown => understand(text, { slots: [slot('choice', { contract })] }).candidates[0]?.value
    expect(drink('without milk')).toBe('black')
    expect(drink('no drink, no')).toBe('none')
    expect(drink('milk')).toBe('milk')
  })

  it('leaves the country that is meant', () => {
    const country = (text: string): unknown => understand(text, { slots: [slot('country')] }).candidates[0]?.value
    expect(country('not Italy, Spain')).toBe('ES')
    expect(country('I am from Italy')).toBe('IT')
  })
})
