import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

describe('codes of fixed shape', () => {
  it.each([
    ['pod-code', 'it', 'IT001E12345678', 'IT001E12345678'],
    ['pod-code', 'it', 'il mio pod è it-001-e-12345678', 'IT001E12345678'],
    ['pod-code', 'it', 'it 001 e 1234 5678', 'IT001E12345678'],
    ['pod-code', 'it', 'i t zero zero uno e uno due tre quattro cinque sei sette otto', 'IT001E12345678'],
    ['pod-code', 'it', 'IT 001 E come Empoli 12345678', 'IT001E12345678'],
    ['tax-code-it', 'it', 'il codice è rssmra80a01h501u', 'RSSMRA80A01H501U'],
    ['tax-code-it', 'it', 'MRTMTT91D08F205J', 'MRTMTT91D08F205J'],
    ['iban', 'en', 'GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['iban', 'it', 'IT60 X054 2811 1010 0000 0123 456', 'IT60X0542811101000000123456'],
    ['payment-card', 'en', '4111 1111 1111 1111', '4111111111111111'],
    ['payment-card', 'en', 'my card is 4111-1111-1111-1111 thanks', '4111111111111111'],
    ['licence-plate', 'en', 'AB12 CDE', 'AB12CDE'],
    ['licence-plate', 'it', 'ab 123 cd', 'AB123CD'],
    ['post-code', 'en', 'my post code is sw1a 2aa', 'SW1A2AA'],
    ['post-code', 'en', 'S for sugar W 1 A two alpha alpha', 'SW1A2AA'],
    ['post-code', 'it', '20121', '20121'],
    ['post-code', 'it', 'due zero uno due uno', '20121'],
  ] as const)('%s, %s "%s"', (type, locale, text, value) => {
    expect(take(type, locale, text)).toBe(value)
  })

  it('reads a tax code whose figures were made letters', () => {
    expect(take('tax-code-it', 'it', 'RSSMRA80A01H50MM')).toBe('RSSMRA80A01H50MM')
  })

  it.each([
    ['tax-code-it', 'it', 'RSSMRA80A01H501X'],
    ['iban', 'en', 'GB82 WEST 1234 5698 7654 33'],
    ['payment-card', 'en', '4111 1111 1111 1112'],
  ] as const)('%s with wrong check characters is told: %s "%s"', (type, locale, text) => {
    expect(take(type, locale, text)).toBe('checksum')
  })

  it.each([
    ['payment-card', 'es', '3770 5756 1407 1158'],
    ['payment-card', 'de', '6 0 1 1 8 4 2 7 5 5 6 0 5 9 1 5 1 7'],
    ['vat', 'de', 'IT36 3516 0220 7'],
    ['vat', 'en', 'I T 0 8 4 5 3 3 6 5 5 9 6'],
    ['vat', 'fr', 'DE700974124'],
  ] as const)('%s with wrong check characters is no other one either: %s "%s"', (type, locale, text) => {
    expect(take(type, locale, text)).toBe('checksum')
  })

  it.each([
    ['pod-code', 'it', 'IT001F12345678'],
    ['pod-code', 'it', 'non lo so'],
    ['tax-code-it', 'it', 'RSSMRA80A01H501UU'],
    ['iban', 'en', 'FR7630006000011234567890189@'],
    ['payment-card', 'en', 'prefix4111111111111111'],
    ['licence-plate', 'en', 'hello'],
    ['post-code', 'it', '1234'],
  ] as const)('%s is not seen in %s "%s"', (type, locale, text) => {
    expect(take(type, locale, text)).toBeUndefined()
  })

  it('counts unasked only where nothing else looks like it, or behind its name', () => {
    const hear = (type: 'pod-code' | 'payment-card', text: string): unknown =>
      gist(
        understand(text, { slots: [slot('email'), slot(type, { attention: 'listening', names: ['card'] })], locale: 'en' })
          .candidates[0],
      )
    expect(hear('pod-code', 'it is IT001E12345678')).toBe('IT001E12345678')
    expect(hear('payment-card', '4111111111111111')).toBeUndefined()
    expect(hear('payment-card', 'the card is 4111111111111111')).toBe('4111111111111111')
  })
})

describe("a tenant's pattern", () => {
  const policy = { pattern: '[A-Z]{3}[0-9]{6}' }

  it.each([
    ['ABC 123 456', 'ABC123456'],
    ['my number is abc-123456 thanks', 'ABC123456'],
    ['a b c one two three four five six', 'ABC123456'],
  ])('matches the whole of a run of tokens: "%s"', (text, value) => {
    expect(take('pattern', 'en', text, policy)).toBe(value)
  })

  it('matches nothing where it does not fit, does not compile, or is absent', () => {
    expect(take('pattern', 'en', 'ABC 123 4567', policy)).toBeUndefined()
    expect(take('pattern', 'en', 'ABC', { pattern: '(?=A)' })).toBeUndefined()
    expect(take('pattern', 'en', 'ABC', { pattern: '(' })).toBeUndefined()
    expect(take('pattern', 'en', 'ABC', {})).toBeUndefined()
  })

  it('takes no longer for a pattern that would tie a backtracking engine up', () => {
    const began = performance.now()
    expect(take('pattern', 'en', `${'a'.repeat(60)}!`, { pattern: '(A+)+$B' })).toBeUndefined()
    expect(performance.now() - began).toBeLessThan(500)
  })
})
