import type { Prompt, QuickReply } from '../../../src/protocol/frames.ts'
import { pageLanguage, speaker } from '../texts.ts'
import { byId, make } from './element.ts'

/** One offered answer: a choice goes by its id, anything else as the words on it. */
export interface Reply {
  readonly label: string
  readonly choice?: string
}

const REPLIES_MAX = 12

/**
 * What a prompt offers: its choices, the quick replies that are not among them, and for a plain yes-no question without
 * either, yes and no in the conversation's language (where the page knows the words).
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
  if (offered.length > 0 || prompt?.expects?.kind !== 'yes-no' || pageLanguage(locale) !== language) return offered
  const say = speaker(locale)
  return [{ label: say('yes') }, { label: say('no') }]
}

/** The offered answers as buttons. */
export class RepliesView {
  readonly #box = byId('replies')
  readonly #choose: (reply: Reply) => void

  constructor(choose: (reply: Reply) => void) {
    this.#choose = choose
  }

  show(replies: readonly Reply[], locale: string): void {
    this.#box.hidden = replies.length === 0
    this.#box.replaceChildren(...replies.map((reply) => this.#button(reply, locale)))
  }

  #button(reply: Reply, locale: string): HTMLButtonElement {
    const button = make('button', 'reply', reply.label)
    button.type = 'button'
    button.lang = locale
    button.dataset.testid = 'quick-reply'
    button.addEventListener('click', () => this.#choose(reply))
    return button
  }
}
