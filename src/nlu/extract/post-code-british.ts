import { AREA_OPENINGS, BRITISH_AREAS, BRITISH_LETTERS } from '../lexicon/post-code-areas.ts'
import type { Scan } from '../text/scan.ts'
import { isFigure } from './code-run.ts'
import { LEFT_OUT, slipsOf } from './letter-sounds.ts'
import { beginsAnew, type Step, solidAt, stepsAt } from './spelled-units.ts'

/** One post code that a spelling may stand for. */
export interface PostCodeReading {
  readonly value: string
  /** Negative logarithm of how well it fits: 0 letter by letter, above `COST_MAX` never given. */
  readonly cost: number
  /** First token and the one after the last. */
  readonly from: number
  readonly end: number
}

export const COST_MAX = 9
/** Readings kept at each place, and given at most. */
const BEAM = 6
const READINGS_MAX = 8
/** Letters and figures that must really stand there: talk has none of them. */
const SOLID_MIN = 2
/** What a reading may cost: the more of it really stands there, the more guessing the rest may need. */
const GUESS = { free: 2, each: 1.2 } as const
/** A reading dearer than this is not eked out with letters left out. */
const SUPPLIED_MAX = 4
/** Tokens looked at. */
const TOKENS_MAX = 48

/**
 * Where a code has got to: nothing, one area letter, two; then by what follows the area: one figure after one letter (`one`), after two
 * letters (`two`), the outward half complete (`full`); inward figure, inward letter, the end.
 */
const AT = { start: 0, area1: 1, area2: 2, one: 3, two: 4, full: 5, figure: 6, letter: 7, end: 8 } as const
const STATES = 9

interface Path {
  readonly text: string
  readonly cost: number
  readonly from: number
  readonly end: number
  readonly solid: number
  /** A letter was taken to be left out; that happens once. */
  readonly lacks: boolean
}

/** The states that `char` leads to from `state` with `text` read so far; up to two. */
const next: [number, number] = [-1, -1]
function follow(state: number, text: string, char: string): void {
  next[0] = -1
  next[1] = -1
  const figure = isFigure(char.charCodeAt(0))
  switch (state) {
    case AT.start:
      if (AREA_OPENINGS.has(char)) next[0] = AT.area1
      break
    case AT.area1:
      if (figure) next[0] = BRITISH_AREAS.has(text) ? AT.one : -1
      else if (BRITISH_AREAS.has(text + char)) next[0] = AT.area2
      break
    case AT.area2:
      if (figure) next[0] = AT.two
      break
    case AT.one:
    case AT.two:
      if (figure) {
        next[0] = AT.full
        next[1] = AT.figure
      } else if ((state === AT.one ? BRITISH_LETTERS.afterOne : BRITISH_LETTERS.afterTwo).includes(char)) next[0] = AT.full
      break
    case AT.full:
      if (figure) next[0] = AT.figure
      break
    case AT.figure:
    case AT.letter:
      if (BRITISH_LETTERS.inward.includes(char)) next[0] = state + 1
      break
  }
}

class Lattice {
  readonly #places: Path[][][]

  constructor(size: number) {
    this.#places = Array.from({ length: size + 1 }, () => Array.from({ length: STATES }, () => []))
  }

  paths(place: number, state: number): readonly Path[] {
    return this.#places[place]?.[state] ?? []
  }

  add(place: number, state: number, path: Path): void {
    if (path.cost > COST_MAX) return
    const paths = this.#places[place]?.[state]
    if (paths === undefined) return
    const same = paths.findIndex(({ text }) => text === path.text)
    if (same >= 0) {
      if ((paths[same] as Path).cost <= path.cost) return
      paths.splice(same, 1)
    }
    let at = paths.length
    while (at > 0 && (paths[at - 1] as Path).cost > path.cost) at--
    if (at >= BEAM) return
    paths.splice(at, 0, path)
    if (paths.length > BEAM) paths.pop()
  }
}

/**
 * The likeliest British post codes that a text spells, best first; tokens `first` to `last`. `english`: the names of the letters are
 * those of English, so that words that sound like them count as well.
 */
export function britishReadings(scan: Scan, first: number, last: number, english: boolean): PostCodeReading[] {
  const limit = Math.min(last, first + TOKENS_MAX)
  if (!hasSolid(scan, first, limit)) return []
  const lattice = new Lattice(limit)
  lattice.add(first, AT.start, { text: '', cost: 0, from: first, end: first, solid: 0, lacks: false })
  const steps: Step[] = []
  for (let i = first; i < limit; i++) {
    if (beginsAnew(scan, i)) lattice.add(i, AT.start, { text: '', cost: 0, from: i, end: i, solid: 0, lacks: false })
    stepsAt(scan, i, english, steps)
    for (let state = 0; state < STATES; state++) {
      supply(lattice, i, state)
      for (const path of lattice.paths(i, state)) for (const step of steps) take(lattice, path, state, step, i, limit)
    }
  }
  for (let state = 0; state < AT.end; state++) supply(lattice, limit, state)
  return lattice
    .paths(limit, AT.end)
    .filter(({ solid, cost }) => solid >= SOLID_MIN && cost <= GUESS.free + GUESS.each * solid)
    .slice(0, READINGS_MAX)
    .map(({ text, cost, from, end }) => ({ value: text, cost, from, end }))
}

/** Whether enough stands there that no talk has; most texts end here. */
function hasSolid(scan: Scan, first: number, limit: number): boolean {
  let solid = 0
  for (let i = first; i < limit && solid < SOLID_MIN; i++) solid += solidAt(scan, i)
  return solid >= SOLID_MIN
}

/** Adds what a recogniser may have left out at this place: before the first token of a code, or between two. */
function supply(lattice: Lattice, i: number, state: number): void {
  if (state === AT.end) return
  for (const path of lattice.paths(i, state)) {
    if (path.lacks || path.cost > SUPPLIED_MAX) continue
    for (const { char, cost } of LEFT_OUT) {
      if (path.cost + cost > COST_MAX) continue
      follow(state, path.text, char)
      const [a, b] = next
      const grown = {
        ...path,
        text: path.text + char,
        cost: path.cost + cost,
        from: path.text === '' ? i : path.from,
        lacks: true,
      }
      if (a >= 0) lattice.add(i, a, grown)
      if (b >= 0) lattice.add(i, b, grown)
    }
  }
}

function take(lattice: Lattice, path: Path, state: number, step: Step, i: number, limit: number): void {
  const to = Math.min(step.to, limit)
  if (step.chars === '') {
    lattice.add(to, state, { ...path, cost: path.cost + step.cost, from: path.text === '' ? to : path.from })
    return
  }
  const { text, from } = path
  spell(
    lattice,
    state,
    { text, from, cost: path.cost + step.cost, end: to, solid: path.solid + step.solid, lacks: path.lacks },
    step,
    0,
    to,
    i,
  )
}

/** Reads the step's characters one by one, each as it stands or as what it may have been heard for. */
function spell(lattice: Lattice, state: number, path: Path, step: Step, at: number, to: number, i: number): void {
  if (at === step.chars.length) {
    lattice.add(to, state, path)
    return
  }
  const char = step.chars.charAt(at)
  branch(lattice, state, path, step, at, to, i, char, 0)
  if (step.firm) return
  for (const slip of slipsOf(char)) branch(lattice, state, path, step, at, to, i, slip.char, slip.cost)
}

function branch(
  lattice: Lattice,
  state: number,
  path: Path,
  step: Step,
  at: number,
  to: number,
  i: number,
  char: string,
  cost: number,
): void {
  if (path.cost + cost > COST_MAX) return
  follow(state, path.text, char)
  const [a, b] = next
  if (a < 0 && b < 0) return
  const { text, solid, lacks } = path
  const grown = { text: text + char, cost: path.cost + cost, from: text === '' ? i : path.from, end: to, solid, lacks }
  if (a >= 0) spell(lattice, a, grown, step, at + 1, to, i)
  if (b >= 0) spell(lattice, b, grown, step, at + 1, to, i)
}
