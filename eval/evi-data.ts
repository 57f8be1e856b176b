import type { Value } from '../src/dialogue/template.ts'
import { readJsonLines, requireTexts } from './command-line.ts'

export type Item = 'postcode' | 'name' | 'dob'

/** One answer of a recorded caller; silence is an empty `text`. */
export interface EviTurn {
  readonly item: Item
  /** From 0. */
  readonly attempt: number
  /** The recogniser's best transcript. */
  readonly text: string
  /** Its hypotheses, best first, `text` among them. */
  readonly nbest: readonly string[]
}

/** One line of the data: a caller's profile and what they said. */
export interface EviDialogue {
  readonly id: string
  readonly locale: string
  readonly truth: { readonly postcode: string; readonly first: string; readonly last: string; readonly dob: string }
  readonly turns: readonly EviTurn[]
}

/** The dialogues of a text of JSON lines. Throws a sentence with `name`, the line and the field where one is wrong. */
export function parseDialogues(name: string, jsonl: string): EviDialogue[] {
  return readJsonLines(name, jsonl, (object) => {
    requireTexts(object, ['id', 'locale'])
    const { truth, turns } = object
    if (typeof truth !== 'object' || truth === null) throw new Error('"truth" must be an object')
    requireTexts(truth as Readonly<Record<string, unknown>>, ['postcode', 'first', 'last', 'dob'])
    if (!Array.isArray(turns) || !turns.every(isTurn)) throw new Error('"turns" must be a list of {item, attempt, text, nbest}')
    return object as unknown as EviDialogue
  })
}

function isTurn(turn: Partial<EviTurn> | null): boolean {
  return typeof turn === 'object' && typeof turn?.item === 'string' && Array.isArray(turn.nbest)
}

/** What is asked for an item, and how its value is compared with the profile. */
export interface Asked {
  readonly template: string
  readonly datum: string
  isRight(value: Value, truth: EviDialogue['truth']): boolean
  /** The profile's value, for listings. */
  wanted(truth: EviDialogue['truth']): string
}

const sameText = (a: unknown, b: string): boolean => typeof a === 'string' && a.toLowerCase() === b.toLowerCase()

/** Names are compared letter by letter and mark by mark, capitals apart: "Obrien" is not "O'Brien". */
export const ASKED: Readonly<Record<Item, Asked>> = {
  postcode: {
    template: 'post-code',
    datum: 'postCode',
    isRight: (value, truth) => value === truth.postcode.split(' ').join(''),
    wanted: (truth) => truth.postcode,
  },
  name: {
    template: 'full-name',
    datum: 'fullName',
    isRight: (value, truth) =>
      typeof value === 'object' && sameText(value.first, truth.first) && sameText(value.last, truth.last),
    wanted: (truth) => `${truth.first} ${truth.last}`,
  },
  dob: {
    template: 'date-of-birth',
    datum: 'birthDate',
    isRight: (value, truth) => value === truth.dob,
    wanted: (truth) => truth.dob,
  },
}
