import type { ResultBody } from '../../src/protocol/frames.ts'
import type { Conversation, Message, PendingMessage } from '../index.ts'
import { ParleyError } from '../index.ts'
import { type Reply, repliesOf } from '../replies.ts'
import type { TemplateOffer } from '../server-api.ts'
import { dataValue, labelIn, type NameOf } from '../values.ts'

export interface TerminalChatOptions {
  readonly write: (line: string) => void
  /** Somebody types: lines are taken as they come. Otherwise each line waits for the answer to the one before. */
  readonly typed: boolean
  readonly templates: () => Promise<readonly TemplateOffer[]>
  readonly nameOf: NameOf
}

const COMMANDS = '/data  what was collected · /templates  what can be talked about · /quit  leave'

/** One conversation as lines of text: what is said is written, and lines are sent, or obeyed when they begin with a slash. */
export class TerminalChat {
  readonly #conversation: Conversation
  readonly #options: TerminalChatOptions
  readonly #ended = Promise.withResolvers<void>()
  #replies: readonly Reply[] = []
  #result: ResultBody | undefined
  #turn: PromiseWithResolvers<void> | undefined
  /** Why it could not go on. */
  failure: ParleyError | undefined

  constructor(conversation: Conversation, options: TerminalChatOptions) {
    this.#conversation = conversation
    this.#options = options
    conversation.on('message', (message) => this.#said(message))
    conversation.on('result', (result) => {
      this.#result = result
    })
    conversation.on('state', ({ state, reason }) => {
      if (reason === 'handed-back') this.#options.write('-- the operator has gone, the bot is back')
      if (state === 'handoff') this.#options.write('-- you are being connected to an operator')
      if (state === 'closed') this.#close()
      this.#turn?.resolve()
    })
    conversation.on('handoff', ({ agent }) => {
      if (agent !== undefined) this.#options.write(`-- ${agent} takes over`)
    })
    conversation.on('pending', (message) => this.#sending(message))
    conversation.on('gap', () => this.#options.write('-- earlier messages are not available any more'))
    conversation.on('lost', (error) => this.fail(error))
  }

  /** Resolves when the conversation is over. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  get over(): boolean {
    return this.failure !== undefined || this.#conversation.state === 'closed'
  }

  /** It cannot go on: the conversation is lost, or the connection to it is. */
  fail(error: ParleyError): void {
    this.failure = error
    this.#options.write(`-- ${error.message}`)
    this.#close()
  }

  /** Takes lines until there are none, the conversation is over, or somebody quits. */
  async run(next: () => Promise<string | undefined>): Promise<void> {
    if (!this.#options.typed) await this.#firstWord()
    while (!this.over) {
      const line = await next()
      if (line === undefined || line.trim() === '/quit') return
      await this.#line(line.trim())
    }
  }

  /** A script begins when it was spoken to. */
  async #firstWord(): Promise<void> {
    this.#turn = Promise.withResolvers()
    await this.#turn.promise
  }

  async #line(line: string): Promise<void> {
    if (line === '') return
    if (line.startsWith('/')) return this.#command(line)
    const { typed, write } = this.#options
    if (!typed) write(`you: ${line}`)
    const turn = Promise.withResolvers<void>()
    this.#turn = turn
    try {
      this.#send(line)
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error
      write(`-- not sent: ${error.message}`)
      return
    }
    // An operator answers when he will; the bot answers each message.
    if (!typed && this.#conversation.state !== 'handoff') await turn.promise
  }

  #send(line: string): void {
    const reply = /^\d{1,2}$/.test(line) ? this.#replies[Number(line) - 1] : undefined
    if (reply?.choice !== undefined) this.#conversation.choose(reply.choice)
    else this.#conversation.send(reply?.label ?? line)
  }

  async #command(line: string): Promise<void> {
    const { write } = this.#options
    if (line === '/data') this.#writeData()
    else if (line === '/templates') await this.#writeTemplates()
    else write(line === '/help' ? COMMANDS : `-- no such command: ${line}. ${COMMANDS}`)
  }

  async #writeTemplates(): Promise<void> {
    const { templates, write } = this.#options
    try {
      for (const { id, label, locales } of await templates()) {
        write(`   ${id.padEnd(20)} ${labelIn(label, this.#conversation.locale) ?? ''} (${locales.join(', ')})`)
      }
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error
      write(`-- ${error.message}`)
    }
  }

  #said(message: Message): void {
    if (message.from === 'user') {
      this.#replies = []
      return
    }
    const { write } = this.#options
    const who = message.from === 'agent' ? (message.user ?? 'agent') : message.from
    write(`${who}: ${typeof message.body === 'string' ? message.body : JSON.stringify(message.body.values)}`)
    this.#replies = repliesOf(message.prompt, message.quickReplies, this.#conversation.locale)
    if (this.#replies.length > 0) write(`   ${this.#replies.map(({ label }, index) => `${index + 1}) ${label}`).join('   ')}`)
    this.#turn?.resolve()
  }

  #sending({ state, error }: PendingMessage): void {
    if (state !== 'failed') return
    this.#options.write(`-- not sent: ${error?.message ?? 'refused'}`)
    this.#turn?.resolve()
  }

  #writeData(): void {
    const { data, locale } = this.#conversation
    if (data.length === 0) this.#options.write('   nothing yet')
    for (const { node, status, value, missing = [] } of data) {
      const lacks = missing.length > 0 && status === 'partial' ? `, missing: ${missing.join(', ')}` : ''
      this.#options.write(`   ${this.#options.nameOf(node)}: ${dataValue(value, locale) || '-'} (${status}${lacks})`)
    }
  }

  #close(): void {
    const { write, nameOf } = this.#options
    const { locale } = this.#conversation
    if (this.#result !== undefined) {
      write(`-- ${this.#result.outcome}`)
      for (const [node, value] of Object.entries(this.#result.values))
        write(`   ${nameOf(node)}: ${dataValue(value, locale) || '-'}`)
    }
    this.#turn?.resolve()
    this.#ended.resolve()
  }
}
