/** Zones that passed, so that Intl is asked once per name. The IANA list has some 600 names with its aliases. */
const known = new Set<string>()
const KNOWN_MAX = 1024
const SHAPE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/

/** Whether `name` is an IANA time zone that this runtime knows (`Europe/Rome`, `UTC`); offsets such as `+01:00` are not. */
export function isTimeZone(name: string): boolean {
  if (known.has(name)) return true
  if (name.length > 64 || !SHAPE.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    return false
  }
  if (known.size < KNOWN_MAX) known.add(name)
  return true
}
