import type { Prompt } from '../src/protocol/frames.ts'

/** The scripted conversation of every bench: full name, e-mail, its confirmation; then the next one on the same socket. */
export const CONTACT_TEMPLATE = 'contact'

export interface ScriptedTurn {
  /** Where the bot must stand after this turn; absent: the form is complete and the conversation closed. */
  readonly expects?: Pick<Prompt, 'node' | 'step'>
  say(person: Person): string
}

export interface Person {
  readonly name: string
  readonly email: string
}

/** What the bot asks when the conversation opens. */
export const FIRST_PROMPT = { node: 'fullName', step: 'start' } as const satisfies Pick<Prompt, 'node' | 'step'>

export const CONTACT_TURNS: readonly ScriptedTurn[] = [
  { say: (person) => person.name, expects: { node: 'email', step: 'start' } },
  { say: (person) => person.email, expects: { node: 'email', step: 'confirmation' } },
  { say: () => 'yes' },
]

const FIRST_NAMES = ['Mario', 'Giulia', 'Luca', 'Anna', 'Paolo', 'Chiara', 'Marco', 'Elena'] as const
const LAST_NAMES = ['Rossi', 'Bianchi', 'Ferrari', 'Esposito', 'Romano', 'Colombo', 'Ricci', 'Marino'] as const

/** All the people of the script, each with a name and an address of their own. */
export const PEOPLE: readonly Person[] = FIRST_NAMES.flatMap((first) =>
  LAST_NAMES.map((last) => ({
    name: `${first} ${last}`,
    email: `${first}.${last}@example.com`.toLowerCase(),
  })),
)

/** The person of the n-th conversation. */
export function personOf(n: number): Person {
  return PEOPLE[n % PEOPLE.length] as Person
}
