import type { Command } from '../../dialogue/interpretation.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { Phrases, phraseWords } from '../text/phrases.ts'
import { KIND } from '../text/scan.ts'
import type { Utterance } from './utterance.ts'

/** Longer utterances are no command, whatever they contain. */
const WORDS_MAX = 14

interface Commands {
  readonly byWords: ReadonlyMap<string, Command>
  readonly polite: Phrases<true>
}

const COMPILED = new WeakMap<Lexicon, Commands>()

function commandsOf(lexicon: Lexicon): Commands {
  let commands = COMPILED.get(lexicon)
  if (commands === undefined) {
    const byWords = new Map<string, Command>()
    for (const [command, phrases] of Object.entries(lexicon.source.talk.commands) as [Command, string][])
      for (const phrase of phrases.split('|')) {
        const key = phraseWords(phrase).join(' ')
        if (!byWords.has(key)) byWords.set(key, command)
      }
    commands = { byWords, polite: new Phrases<true>().add(lexicon.source.talk.polite, true) }
    COMPILED.set(lexicon, commands)
  }
  return commands
}

/** The universal command that the whole utterance is, polite words aside, if it counts now. */
export function findCommand(utterance: Utterance): Command | undefined {
  const allowed = utterance.request.expectations.commands
  const { scan } = utterance
  if (allowed.length === 0 || scan.hasNumber || scan.hasAt || scan.size > WORDS_MAX) return undefined
  const { byWords, polite } = commandsOf(utterance.lexicon)
  const whole = byWords.get(wordsOf(utterance, 0))
  if (whole !== undefined) return allowed.includes(whole) ? whole : undefined
  let from = 0
  while (from < scan.size) {
    if (scan.kindAt(from) === KIND.mark) from++
    else if (polite.at(scan, from) !== undefined) from += polite.length
    else break
  }
  const key = withoutPoliteEnd(utterance, from, polite)
  const command = key === '' ? undefined : byWords.get(key)
  return command !== undefined && allowed.includes(command) ? command : undefined
}

/** Whether the whole utterance is a command of several words, counting now or not: "von vorne" is nobody's name. */
export function isCommand(utterance: Utterance): boolean {
  const words = wordsOf(utterance, 0)
  return words.includes(' ') && commandsOf(utterance.lexicon).byWords.has(words)
}

function wordsOf(utterance: Utterance, from: number, end = utterance.scan.size): string {
  const { scan } = utterance
  let words = ''
  for (let i = from; i < end; i++) {
    if (scan.kindAt(i) === KIND.mark) continue
    words = words === '' ? scan.at(i) : `${words} ${scan.at(i)}`
  }
  return words
}

function withoutPoliteEnd(utterance: Utterance, from: number, polite: Phrases<true>): string {
  const { scan } = utterance
  for (let i = from + 1; i < scan.size; i++) {
    if (polite.at(scan, i) === undefined) continue
    let end = i + polite.length
    while (end < scan.size && (scan.kindAt(end) === KIND.mark || polite.at(scan, end) !== undefined))
      end += scan.kindAt(end) === KIND.mark ? 1 : polite.length
    if (end >= scan.size) return wordsOf(utterance, from, i)
  }
  return from === 0 ? '' : wordsOf(utterance, from)
}
