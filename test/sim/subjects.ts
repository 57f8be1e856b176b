const SUBJECT = /^[^\s.*>]+(\.[^\s.*>]+)*$/
const PATTERN = /^([^\s.*>]+|\*)(\.([^\s.*>]+|\*))*(\.>)?$|^>$/

/** Throws RangeError for what cannot be published to. */
export function checkSubject(subject: string): void {
  if (!SUBJECT.test(subject)) throw new RangeError(`"${subject}" is not a subject`)
}

export function checkPattern(pattern: string): void {
  if (!PATTERN.test(pattern)) throw new RangeError(`"${pattern}" is not a subject or pattern`)
}

export function matches(pattern: readonly string[], subject: readonly string[]): boolean {
  for (let i = 0; i < pattern.length; i++) {
    const token = pattern[i]
    if (token === '>') return subject.length > i
    if (subject[i] === undefined || (token !== '*' && token !== subject[i])) return false
  }
  return pattern.length === subject.length
}
