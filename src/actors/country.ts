/** Where a language is at home: the country meant by somebody who says none. */
const HOMES: ReadonlyMap<string, string> = new Map([
  ['en', 'GB'],
  ['it', 'IT'],
  ['es', 'ES'],
  ['fr', 'FR'],
  ['de', 'DE'],
])

/**
 * The country that phone numbers, post codes and plates belong to which do not say it themselves: the configured one; else the
 * region of the locale (`de-AT`), else where its language is at home. ISO 3166 alpha-2.
 */
export function countryOf(locale: string, configured: string): string {
  if (configured !== '') return configured
  const region = locale.length === 5 ? locale.slice(3) : ''
  return region !== '' ? region : (HOMES.get(locale) ?? HOMES.get(locale.slice(0, 2)) ?? 'GB')
}
