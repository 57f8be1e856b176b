import type { Prompt, QuickReply } from '../src/protocol/frames.ts'
import { knownLanguage, YES_NO } from './values.ts'

/** One offered answer: a choice goes by its id, anything else as the words on it. */
export interface Reply {
  readonly label: string
  readonly choice?: string
}

const REPLIES_MAX = 12

/**
 * What a prompt offers: its choices, the quick replies that are not among them, and for a plain yes-no question without
 * either, yes and no in the conversation's language (where the words are known).
 */
export function repliesOf(
  prompt: Prompt | undefined,
  quickReplies: readonly QuickReply[] | undefined,
  locale: string,
): readonly Reply[] {
  const choices = (prompt?.expects?.choices ?? []).map(({ id, label }): Reply => ({ label, choice: id }))
  const labels = new Set(choices.map((choice) => choice.label))
  const quick = (quickReplies ?? []).filter(({ label }) => !labels.has(label))
  const offered = [...choices, ...quick.map(({ label }): Reply => ({ label }))].slice(0, REPLIES_MAX)
  const language = locale.split('-')[0]
  if (offered.length > 0 || prompt?.expects?.kind !== 'yes-no' || knownLanguage(locale) !== language) return offered
  return YES_NO[language].map((label) => ({ label }))
}
