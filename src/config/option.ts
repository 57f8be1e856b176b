/** One option of the server: where its value comes from, what it may be, and what it is for. */
export interface Option<T> {
  /** Name of the environment variable. */
  readonly env: string
  /** One sentence for the person who sets it. */
  readonly about: string
  /** What a value must look like, to stand after "expected". */
  readonly expected: string
  /** Used when the variable is unset or empty. */
  readonly fallback: T
  /** The fallback as help and documentation print it. */
  readonly fallbackText: string
  /** Never printed, not even when it is wrong. */
  readonly secret: boolean
  /** `undefined` when `text` is not what is expected. `text` is not empty, and trimmed unless it is a secret. */
  readonly parse: (text: string) => T | undefined
}

interface Common {
  readonly env: string
  readonly about: string
  readonly secret?: boolean
}

/** An integer from `min` to `max`, both included; with `zeroOff` also 0, which turns the thing off. */
export function integer(
  option: Common & { readonly fallback: number; readonly min: number; readonly max: number; readonly zeroOff?: boolean },
): Option<number> {
  const { min, max, zeroOff = false } = option
  return {
    env: option.env,
    about: option.about,
    expected: `an integer from ${min} to ${max}${zeroOff ? ', or 0 for off' : ''}`,
    fallback: option.fallback,
    fallbackText: String(option.fallback),
    secret: false,
    parse(text) {
      if (!/^\d{1,15}$/.test(text)) return undefined
      const value = Number(text)
      return (value >= min && value <= max) || (zeroOff && value === 0) ? value : undefined
    },
  }
}

/** One of a few words. */
export function oneOf<const W extends string>(
  option: Common & {
    readonly words: readonly W[]
    readonly fallback: W
    /** How to print a fallback that depends on other options. */
    readonly fallbackText?: string
  },
): Option<W> {
  return {
    env: option.env,
    about: option.about,
    expected: `one of ${option.words.join(', ')}`,
    fallback: option.fallback,
    fallbackText: option.fallbackText ?? option.fallback,
    secret: false,
    parse: (text) => option.words.find((word) => word === text),
  }
}

/** One of a few numbers. */
export function oneOfNumbers<const N extends number>(
  option: Common & { readonly numbers: readonly N[]; readonly fallback: N },
): Option<N> {
  return {
    env: option.env,
    about: option.about,
    expected: option.numbers.join(' or '),
    fallback: option.fallback,
    fallbackText: String(option.fallback),
    secret: false,
    parse: (text) => option.numbers.find((number) => String(number) === text),
  }
}

/** Some of a few words between commas, in the order of `words`; all of them when unset. */
export function someOf<const W extends string>(option: Common & { readonly words: readonly W[] }): Option<readonly W[]> {
  const { words } = option
  return {
    env: option.env,
    about: option.about,
    expected: `a list between commas of ${words.join(', ')}`,
    fallback: words,
    fallbackText: words.join(','),
    secret: false,
    parse(value) {
      const given = value.split(',').map((word) => word.trim())
      return given.every((word) => words.some((known) => known === word))
        ? words.filter((word) => given.includes(word))
        : undefined
    },
  }
}

/** Addresses of servers, read by `parse`; none when unset. They may hold passwords and are never printed. */
export function addresses<T>(
  option: Common & { readonly expected: string; readonly parse: (text: string) => readonly T[] | undefined },
): Option<readonly T[]> {
  return {
    env: option.env,
    about: option.about,
    expected: option.expected,
    fallback: [],
    fallbackText: 'unset',
    secret: true,
    parse: option.parse,
  }
}

/** Text of a certain shape. */
export function text<T extends string | undefined>(
  option: Common & {
    readonly expected: string
    readonly fallback: T
    /** How to print a fallback that differs from machine to machine. */
    readonly fallbackText?: string
    /** The value to use, or `undefined` to refuse it. */
    readonly parse: (text: string) => string | undefined
  },
): Option<T | string> {
  return {
    env: option.env,
    about: option.about,
    expected: option.expected,
    fallback: option.fallback,
    fallbackText: option.fallbackText ?? option.fallback ?? 'unset',
    secret: option.secret ?? false,
    parse: option.parse,
  }
}

/** A list between commas: spaces around items and repeated items are dropped, every item must pass, 1,000 at most. */
export function list(
  option: Common & { readonly expected: string; readonly accepts: (item: string) => boolean },
): Option<readonly string[]> {
  return {
    env: option.env,
    about: option.about,
    expected: option.expected,
    fallback: [],
    fallbackText: 'none',
    secret: false,
    parse(value) {
      const items = [...new Set(value.split(',').map((item) => item.trim()))]
      return items.length <= 1_000 && items.every(option.accepts) ? items : undefined
    },
  }
}
