import { RE2JS } from 're2js'

const TEXT_MAX = 200

/**
 * Checks a tenant's pattern: RE2 syntax, so that matching is linear whatever the text (no lookaround, no backreferences).
 * It runs in `nlu/`; here it is only refused or accepted. Undefined when fine, else the fault.
 */
export function patternFault(source: string): string | undefined {
  if (source.length === 0) return 'empty'
  if (source.length > TEXT_MAX) return `longer than ${TEXT_MAX} characters`
  try {
    RE2JS.compile(source)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
