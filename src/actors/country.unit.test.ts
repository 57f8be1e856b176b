import { describe, expect, it } from 'vitest'
import { countryOf } from './country.ts'

describe('the country of a conversation', () => {
  it.each([
    ['en', '', 'GB'],
    ['en-US', '', 'US'],
    ['it', '', 'IT'],
    ['es', '', 'ES'],
    ['fr', '', 'FR'],
    ['de', '', 'DE'],
    ['de-AT', '', 'AT'],
    ['fr-CH', '', 'CH'],
    ['pt', '', 'GB'],
    ['en', 'IT', 'IT'],
    ['de-AT', 'CH', 'CH'],
  ])('opened in %s on a server set to "%s" is %s', (locale, configured, country) => {
    expect(countryOf(locale, configured)).toBe(country)
  })
})
