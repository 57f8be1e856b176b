import type { Candidate, Interpretation, SlotExpectation } from '../dialogue/interpretation.ts'
import type { Value } from '../dialogue/template.ts'
import type { NluRequest } from './port.ts'

/** Most hypotheses read, the text among them. */
export const HYPOTHESES_MAX = 10

/** An answer this sure ends the search through the rest. */
export const SURE_ENOUGH = 0.9

/** What a part is worth where the whole was asked: less than a whole value that another hypothesis has. */
const PART_WORTH = 0.85

/** A command that only a lower hypothesis heard: less than any answer. */
const COMMAND_WORTH = 0.3

/** How well an interpretation answers what was asked, 0 to 1. */
export function sureness(interpretation: Interpretation, request: NluRequest): number {
  if (interpretation.command !== undefined) return interpretation.alternative === 0 ? 1 : COMMAND_WORTH
  const asked = request.expectations.slots[0]
  let sure = interpretation.yesNo !== undefined && asked?.attention !== 'active' ? SURE_ENOUGH : 0
  const whole = asked?.part === undefined && asked?.current === undefined
  for (const candidate of interpretation.candidates) {
    if (candidate.invalid !== undefined || (asked !== undefined && candidate.slot !== asked.slot)) continue
    if (asked !== undefined && isRejected(asked, candidate.value)) continue
    const worth = whole && asked?.type === 'date' && !isWholeDate(candidate) ? PART_WORTH : 1
    sure = Math.max(sure, candidate.confidence * worth)
  }
  return sure
}

/** Day, month and year were all said. */
function isWholeDate({ value, parts }: Candidate): boolean {
  if (value === undefined) return false
  return parts === undefined || (parts.day !== undefined && parts.month !== undefined && parts.year !== undefined)
}

export function isRejected(slot: SlotExpectation, value: Value | undefined): boolean {
  if (value === undefined || slot.rejected === undefined) return false
  const key = keyOf(value)
  return slot.rejected.some((denied) => keyOf(denied) === key)
}

/** What a candidate says, whole or in parts, as one text. */
function saying({ value, parts }: Candidate): Value | undefined {
  return value ?? parts
}

/** One value's text: equal for equal values, capitals apart. */
function keyOf(value: Value): string {
  return (
    typeof value === 'object'
      ? Object.keys(value)
          .sort()
          .map((part) => `${part}=${value[part]}`)
          .join('\n')
      : String(value)
  ).toLowerCase()
}

interface Vote {
  readonly candidate: Candidate
  readonly heard: Interpretation
  /** The best confidence in one hypothesis, by its rank. */
  best: number
  score: number
}

/** What a hypothesis counts by its place: the first 1, the second 0.6, … */
function weightOf(rank: number, confidence: number): number {
  const byRank = 1 / (1 + 0.65 * rank)
  return confidence > 0 ? byRank * (0.5 + 0.5 * Math.min(confidence, 1)) : byRank
}

/** A guess (a spelling that may stand for several things) is worth at least this when it is taken. */
const GUESS = { least: 0.4, most: 0.79 } as const
/** A second value with at least this share of the first one's score is worth offering. */
const RIVAL_SHARE = 0.05
/** What is left of a value that was denied before. */
const DENIED_WORTH = 0.01

/**
 * The reading that all hypotheses together speak for: what several of them allow beats what one alone has. Its interpretation is the
 * hypothesis that says it best, with this one candidate for what was asked. Undefined where no hypothesis has a value.
 */
export function elect(heard: readonly Interpretation[], request: NluRequest): Interpretation | undefined {
  const asked = request.expectations.slots[0]
  if (asked === undefined) return undefined
  const votes = new Map<string, Vote>()
  for (let rank = 0; rank < heard.length; rank++) {
    const interpretation = heard[rank] as Interpretation
    const given = interpretation.alternative === 0 ? 0 : (request.alternatives[interpretation.alternative - 1]?.confidence ?? 0)
    count(votes, interpretation, asked, weightOf(rank, given))
  }
  let won: Vote | undefined
  let second: Vote | undefined
  let all = 0
  for (const vote of votes.values()) {
    if (isRejected(asked, vote.candidate.value)) vote.score *= DENIED_WORTH
    all += vote.score
    if (won === undefined || vote.score > won.score) {
      second = won
      won = vote
    } else if (second === undefined || vote.score > second.score) second = vote
  }
  if (won === undefined) return undefined
  const rival = second !== undefined && second.score >= won.score * RIVAL_SHARE ? second.candidate.value : undefined
  return settled(won, asked, won.score / all, rival)
}

function count(votes: Map<string, Vote>, heard: Interpretation, asked: SlotExpectation, weight: number): void {
  for (const candidate of heard.candidates) {
    const said = saying(candidate)
    if (candidate.slot !== asked.slot || said === undefined) continue
    const key = keyOf(said)
    const worth = weight * candidate.confidence
    const vote = votes.get(key)
    if (vote === undefined) votes.set(key, { candidate, heard, best: worth, score: worth })
    else {
      vote.score += worth
      if (worth > vote.best) votes.set(key, { candidate, heard, best: worth, score: vote.score })
    }
  }
}

function settled({ candidate, heard }: Vote, asked: SlotExpectation, share: number, rival: Value | undefined): Interpretation {
  const others = heard.candidates.filter(({ slot }) => slot !== asked.slot)
  const guessed = GUESS.least + (GUESS.most - GUESS.least) * share
  const confidence = candidate.confidence < GUESS.least ? Math.max(candidate.confidence, guessed) : candidate.confidence
  const taken = { ...candidate, confidence, ...(rival === undefined ? undefined : { runnerUp: rival }) }
  return { ...heard, candidates: [taken, ...others] }
}
