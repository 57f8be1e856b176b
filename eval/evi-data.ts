import { readFileSync } from 'node:fs'
import type { Value } from '../src/dialogue/template.ts'

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

export function readDialogues(file: string): EviDialogue[] {
  const dialogues: EviDialogue[] = []
  const lines = readFileSync(file, 'utf8').split('\n')
  lines.forEach((line, index) => {
    if (line.trim() === '') return
    try {
      dialogues.push(JSON.parse(line) as EviDialogue)
    } catch {
      throw new Error(`${file}:${index + 1}: expected one JSON object a line, found ${line.slice(0, 60)}`)
    }
  })
  return dialogues
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
