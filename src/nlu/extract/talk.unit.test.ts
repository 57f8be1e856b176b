import { describe, expect, it } from 'vitest'
import type { ChoiceItem } from '../../dialogue/template.ts'
import { gist, slot, take, understand } from '../testing/ask.ts'

describe('yes and no', () => {
  it.each([
    ['en', 'yes', true],
    ['en', 'Yes, that is right', true],
    ['en', 'yeah that sounds good', true],
    ['en', 'of course', true],
    ['en', 'I think so', true],
    ['en', '👍🏽', true],
    ['en', 'Yes. I said no', true],
    ['en', 'no', false],
    ['en', 'nope', false],
    ['en', 'not really', false],
    ['en', "that's not right", false],
    ['en', "I don't think so. no.", false],
    ['en', 'I said NO not yes!', false],
    ['en', 'agree, it is not ok', false],
    ['en', '👎', false],
    ['it', 'sì', true],
    ['it', 'si', true],
    ['it', 'Sì grazie', true],
    ['it', 'certo', true],
    ['it', 'esatto', true],
    ['it', "d'accordo", true],
    ['it', '👌🏻 è ok', true],
    ['it', 'no', false],
    ['it', 'non è giusto', false],
    ['it', 'niente affatto', false],
    ['it', 'non proprio', false],
    ['it', "sono d'accordo, non va bene", false],
  ])('%s "%s" is %s', (locale, text, value) => {
    expect(understand(text, { slots: [], yesNo: true, locale }).yesNo?.value).toBe(value)
    expect(take('yes-no', locale, text)).toBe(value)
  })

  it.each([
    ['en', 'Mario Rossi'],
    ['en', 'the 15th'],
    ['it', 'il 15'],
    ['it', 'si chiama Mario'],
  ])('%s "%s" is neither', (locale, text) => {
    expect(understand(text, { slots: [], yesNo: true, locale }).yesNo).toBeUndefined()
  })

  it('points at the word, and is told only where it is expected', () => {
    expect(understand('no, the 15th', { slots: [], yesNo: true }).yesNo).toEqual({ value: false, start: 0, end: 2 })
    expect(understand('no, the 15th', { slots: [] }).yesNo).toBeUndefined()
  })
})

describe('universal commands', () => {
  it.each([
    ['en', 'help', 'help'],
    ['en', 'Can you help me, please?', 'help'],
    ['en', 'repeat that', 'repeat'],
    ['en', 'start over', 'start-over'],
    ['en', 'go back', 'go-back'],
    ['en', 'I want to speak to an operator', 'operator'],
    ['en', 'cancel', 'cancel'],
    ['en', 'what did I say?', 'what-did-i-say'],
    ['en', 'skip this one', 'skip'],
    ['it', 'aiuto', 'help'],
    ['it', 'puoi ripetere per favore?', 'repeat'],
    ['it', 'ricominciamo da capo', 'start-over'],
    ['it', 'torna indietro', 'go-back'],
    ['it', 'vorrei parlare con un operatore', 'operator'],
    ['it', 'annulla', 'cancel'],
    ['it', 'cosa ho detto?', 'what-did-i-say'],
    ['it', 'salta', 'skip'],
  ])('%s "%s" is %s', (locale, text, command) => {
    expect(understand(text, { slots: [slot('date')], locale }).command).toBe(command)
  })

  it('are the whole utterance or none', () => {
    expect(understand('help me find my card from Monday', { slots: [slot('date')] }).command).toBeUndefined()
    expect(understand('I would go back on 3 may', { slots: [slot('date')] }).command).toBeUndefined()
  })

  it('count only where they are allowed', () => {
    expect(understand('help', { slots: [slot('full-name')], commands: ['operator', 'cancel'] }).command).toBeUndefined()
    expect(understand('operator', { slots: [slot('full-name')], commands: ['operator', 'cancel'] }).command).toBe('operator')
  })
})

const COLOURS: readonly ChoiceItem[] = [
  { id: 'r', label: { en: 'Red', it: 'Rosso' } },
  { id: 'g', label: { en: 'Dark green', it: 'Verde scuro' }, synonyms: { en: ['olive'], it: ['oliva'] } },
  { id: 'b', label: { en: 'Blue', it: 'Blu' } },
]

describe('one of a list', () => {
  it.each([
    ['en', 'red please', 'r'],
    ['en', 'I would like the olive one', 'g'],
    ['en', 'drak green', 'g'],
    ['en', 'dark', 'g'],
    ['en', 'bleu', 'b'],
    ['en', 'not red, blue', 'b'],
    ['en', 'the second one', 'g'],
    ['en', 'number two', 'g'],
    ['en', '3', 'b'],
    ['en', 'the last one', 'b'],
    ['it', 'rosso', 'r'],
    ['it', 'il secondo', 'g'],
    ['it', "l'ultimo", 'b'],
    ['it', 'verde scur', 'g'],
  ])('%s "%s" is %s', (locale, text, id) => {
    expect(take('choice', locale, text, { values: COLOURS })).toBe(id)
  })

  it('says when the place is past the end, and takes nothing that is not like any', () => {
    expect(take('choice', 'en', 'number 7', { values: COLOURS })).toBe('not-in-list')
    expect(take('choice', 'en', 'purple', { values: COLOURS })).toBeUndefined()
  })

  it('is unsure between two that were both said', () => {
    const both = understand('red or blue', { slots: [slot('choice', { contract: { values: COLOURS } })] }).candidates
    expect(both[0]?.confidence).toBe(0.6)
  })

  it('counts unasked only behind its name', () => {
    const colour = slot('choice', { attention: 'listening', names: ['colour'], contract: { values: COLOURS } })
    const hear = (text: string): unknown => gist(understand(text, { slots: [slot('email'), colour] }).candidates[0])
    expect(hear('the colour is red')).toBe('r')
    expect(hear('I see red')).toBeUndefined()
  })

  it('is found with two typing errors among thousands', () => {
    const values = Array.from({ length: 3_000 }, (_, i) => ({ id: `v${i}`, label: { en: `item ${numberName(i)}` } }))
    expect(take('choice', 'en', `itme ${numberName(1_234)}x`, { values })).toBe('v1234')
  })
})

/** Distinct made-up words for numbers. */
function numberName(i: number): string {
  const syllables = ['ka', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo', 'zu']
  return String(i)
    .padStart(4, '0')
    .split('')
    .map((digit) => syllables[Number(digit)])
    .join('')
}

describe('free text', () => {
  it('is the whole text, trimmed, also past what is read', () => {
    expect(take('free-text', 'en', '  my cat sat on it  ')).toBe('my cat sat on it')
    const long = `${'word '.repeat(800)}end`
    expect(take('free-text', 'en', long)).toBe(long)
  })

  it('keeps to its length', () => {
    expect(take('free-text', 'en', 'too long for that', { maxLength: 10 })).toBe('too-long')
  })

  it('is never heard unasked', () => {
    expect(understand('my cat', { slots: [slot('free-text', { attention: 'listening' })] }).candidates).toEqual([])
  })
})
