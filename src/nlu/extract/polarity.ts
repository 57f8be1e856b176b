import type { Lexicon } from '../lexicon/lexicon.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { Phrases, phraseWords } from '../text/phrases.ts'
import { KIND } from '../text/scan.ts'
import type { Utterance } from './utterance.ts'

/** A yes or no, in tokens. `leads`: it opens the utterance, so that what follows it is the rest of the answer. */
export interface Polarity {
  readonly value: boolean
  readonly from: number
  readonly end: number
  readonly leads: boolean
}

interface Talk {
  /** Undecided where neither is meant, though a yes or no stands in it ("not sure"). */
  readonly phrases: Phrases<boolean | 'undecided'>
  /** Those that decide by standing first, folded. */
  readonly plain: ReadonlySet<string>
}

const TALK = new WeakMap<Lexicon, Talk>()

function talkOf(lexicon: Lexicon): Talk {
  let talk = TALK.get(lexicon)
  if (talk === undefined) {
    const { yes, no, undecided, plain } = lexicon.source.talk
    const phrases = new Phrases<boolean | 'undecided'>().add(yes, true).add(no, false).add(undecided, 'undecided')
    talk = { phrases, plain: new Set(phraseWords(plain)) }
    TALK.set(lexicon, talk)
  }
  return talk
}

/** Plain ones that are also other words inside a sentence ("si chiama Mario"). */
const REFLEXIVE = 'si'

/**
 * The yes or no of a text. A plain one that opens it decides; else a plain one anywhere; else any refusal ("not ok") before
 * any agreement. Undefined when there is none.
 */
export function findPolarity(utterance: Utterance): Polarity | undefined {
  const { scan } = utterance
  const { phrases, plain: plainWords } = talkOf(utterance.lexicon)
  let leading = true
  let agreed: Polarity | undefined
  let refused: Polarity | undefined
  let plain: Polarity | undefined
  let i = 0
  while (i < scan.size) {
    const value = phrases.at(scan, i)
    if (value === undefined) {
      if (scan.kindAt(i) !== KIND.mark && !(scan.wordAt(i).as & AS.filler)) leading = false
      i++
      continue
    }
    const { length } = phrases
    const end = i + length
    if (value === 'undecided' || (value && length > 1 && phrases.at(scan, end) === 'undecided')) {
      leading = false
      i = end
      continue
    }
    if (value && isDenied(utterance, end)) {
      refused ??= { value: false, from: i, end: end + 1, leads: leading }
      leading = false
      i = end + 1
      continue
    }
    const hit: Polarity = { value, from: i, end, leads: leading }
    if (length === 1 && plainWords.has(scan.at(i))) {
      if (!isReflexive(utterance, i)) {
        if (leading) return widened(utterance, hit)
        plain ??= hit
      }
    } else if (value) agreed ??= hit
    else refused ??= hit
    leading = leading && value && length === 1
    i = end
  }
  return plain ?? refused ?? agreed
}

/** "absolutely NOT", "bien sûr PAS": right behind an agreement that is no filler, and not the beginning of "not a problem". */
function isDenied(utterance: Utterance, end: number): boolean {
  const { scan } = utterance
  if (!(scan.wordAt(end).as & AS.not) || scan.wordAt(end - 1).as & AS.filler) return false
  return talkOf(utterance.lexicon).phrases.at(scan, end) !== true
}

/** "no, not really" and "yes exactly" are one answer. */
function widened(utterance: Utterance, hit: Polarity): Polarity {
  const { scan } = utterance
  const phrases = talkOf(utterance.lexicon).phrases
  let end = hit.end
  let at = end
  while (at < scan.size) {
    if (scan.at(at) === ',' || scan.at(at) === '.' || scan.at(at) === '!') {
      at++
      continue
    }
    if (phrases.at(scan, at) !== hit.value) break
    at += phrases.length
    end = at
  }
  return end === hit.end ? hit : { ...hit, end }
}

function isReflexive(utterance: Utterance, i: number): boolean {
  const { scan } = utterance
  if (scan.at(i) !== REFLEXIVE || utterance.lexicon.language !== 'it') return false
  if (utterance.scan.source(i, i + 1).toLowerCase() !== REFLEXIVE) return false
  if (i + 1 >= scan.size || scan.kindAt(i + 1) === KIND.mark) return false
  const next = scan.wordAt(i + 1)
  const inside = i > 0 && scan.kindAt(i - 1) !== KIND.mark
  return inside || ((next.as & AS.common) !== 0 && !(next.is & (IS.cardinal | IS.article)) && NOT_AFTER_YES.has(scan.at(i + 1)))
}

/** Verbs after which "si" is a pronoun. */
const NOT_AFTER_YES: ReadonlySet<string> = new Set(['chiama', 'dice', 'fa', 'puo', 'deve', 'sa'])
