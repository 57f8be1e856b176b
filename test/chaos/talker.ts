import { setTimeout as pause } from 'node:timers/promises'
import { keyedConversationId, ulid } from '../../src/kernel/ids.ts'
import { shardOf } from '../../src/kernel/shard.ts'
import type { SeededRandom } from '../sim/random.ts'
import type { Answer, ChaosSocket } from './chaos-socket.ts'
import type { History, Outcome, Send } from './history.ts'
import type { Script } from './scripts.ts'

/** For a socket to be there, and for an attempt to open or join. */
const ATTEMPT_MS = 2_000
const RETRY_MS = { min: 20, max: 120 } as const
/** Of what a refusal asks for. */
const RETRY_MS_MAX = 1_000
/** Silent attempts on one socket, after which it is taken for dead. */
const SILENT_MAX = 2

export interface TalkerOptions {
  readonly tenant: string
  readonly user: string
  /** The first is the one that opens; all follow, and any may send. */
  readonly sockets: readonly ChaosSocket[]
  readonly script: (round: number) => Script
  readonly random: SeededRandom
  readonly history: History
  /** Mean pause between two messages. */
  readonly thinkMs: number
  /** How long a message is tried before the talker gives up on it. */
  readonly patienceMs: number
  /** For one attempt; after it the same message goes again, on whichever socket stands. */
  readonly attemptMs: number
  /** Gives up at the first refusal. */
  readonly hasty: boolean
}

/** What opens the user's conversation of a round. */
export const clientKeyOf = (round: number): string => `round-${round}`

/** One user who holds one conversation after another. */
export class Talker {
  readonly #options: TalkerOptions
  #rounds = 0
  #silences = 0

  constructor(options: TalkerOptions) {
    this.#options = options
  }

  async run(isOver: () => boolean): Promise<void> {
    const { random, thinkMs, sockets } = this.#options
    await pause(random.next() * thinkMs)
    while (!isOver()) {
      const script = this.#options.script(this.#rounds)
      const cid = await this.open(script, false, isOver)
      if (cid === undefined) return
      for (const text of script.texts) {
        await pause(thinkMs * (0.5 + random.next()))
        if (isOver() || sockets.some((socket) => socket.view(cid)?.closed)) break
        await this.#say(cid, text)
      }
      if (isOver()) return // stays, so that its end can be checked
      for (const socket of sockets) socket.forget(cid)
    }
  }

  /** The conversation's id; undefined when it is over before it could be opened. */
  async open(script: Script, silent: boolean, isOver: () => boolean): Promise<string | undefined> {
    const { tenant, user, sockets, history, random } = this.#options
    const clientKey = clientKeyOf(this.#rounds++)
    const cid = keyedConversationId(tenant, user, clientKey)
    const { template, locale } = script
    const [first, ...others] = sockets
    if (first === undefined) throw new RangeError('a talker has a socket')
    history.counts.opens++
    first.follow(cid)
    for (;;) {
      history.counts.openAttempts++
      const openedMs = Date.now()
      const answer = (await first.ready(ATTEMPT_MS))
        ? await first.call('conv.open', undefined, { template, locale, clientKey }, ATTEMPT_MS * 2)
        : 'lost'
      if (typeof answer !== 'string' && answer.t === 'conv.opened') {
        history.opened.push({ tenant, cid, user, template, openedMs, silent })
        break
      }
      if (typeof answer !== 'string') {
        const { name = '?', code } = answer.d as { name?: string; code?: number }
        history.refused(`open ${name}`)
        if (code === 410) break
      }
      if (isOver()) {
        first.forget(cid)
        return undefined
      }
      if (answer === 'silent') first.drop()
      await pause(random.between(RETRY_MS.min, RETRY_MS.max))
    }
    await Promise.all(others.map((socket) => this.#join(socket, cid)))
    return cid
  }

  async #join(socket: ChaosSocket, cid: string): Promise<void> {
    const { random, history } = this.#options
    const inc = this.#options.sockets[0]?.view(cid)?.inc
    const view = socket.follow(cid)
    for (;;) {
      if (await socket.ready(ATTEMPT_MS)) {
        const since = inc === undefined ? {} : { since: { inc, seq: view.last } }
        const answer = await socket.call('conv.join', cid, since, ATTEMPT_MS)
        if (typeof answer !== 'string' && answer.t === 'conv.opened') return
        if (typeof answer !== 'string') {
          const { name = '?', code } = answer.d as { name?: string; code?: number }
          history.refused(`join ${name}`)
          if (code === 404)
            history.violations.add('lost', `${cid} was opened, and a join says that there is no such conversation`)
        }
        if (answer === 'silent') socket.drop()
      }
      await pause(random.between(RETRY_MS.min, RETRY_MS.max))
    }
  }

  /** Until it is acknowledged, refused for good, or the patience is at its end. */
  async #say(cid: string, body: string): Promise<Send> {
    const { random, patienceMs, hasty } = this.#options
    const send = this.#invoke(cid, body)
    const untilMs = performance.now() + patienceMs
    let maybe = false
    for (;;) {
      const verdict = await this.#attempt(send, body)
      maybe ||= verdict === 'unknown'
      if (verdict === 'ok') return this.#ended(send, 'ok')
      if (verdict === 'closed') return this.#ended(send, 'fail')
      const isEnough = verdict === 'lasting' || performance.now() > untilMs || (hasty && verdict === 'refused')
      if (isEnough) return this.#ended(send, maybe ? 'unknown' : 'fail')
      await pause(random.between(RETRY_MS.min, RETRY_MS.max))
    }
  }

  #invoke(cid: string, body: string): Send {
    const { tenant, user, history } = this.#options
    const send: Send = {
      tenant,
      cid,
      shard: shardOf(tenant, cid),
      client: user,
      mid: ulid(Date.now()),
      invokedMs: Date.now(),
      attempts: 0,
      endedMs: undefined,
      outcome: undefined,
      seq: undefined,
      firstNode: -1,
    }
    history.sends.push(send)
    history.note(user, 'invoke', { cid, mid: send.mid, body })
    return send
  }

  #ended(send: Send, outcome: Outcome): Send {
    const { user, history } = this.#options
    send.outcome = outcome
    send.endedMs = Date.now()
    history.note(user, outcome, { cid: send.cid, mid: send.mid, seq: send.seq })
    return send
  }

  async #attempt(send: Send, body: string): Promise<Verdict> {
    const { cid, mid } = send
    const attemptMs = Math.min(this.#options.attemptMs, this.#options.patienceMs)
    const socket = this.#socket(cid)
    if (socket === undefined || !(await socket.ready(attemptMs))) return 'unsent'
    send.attempts++
    if (send.firstNode < 0) send.firstNode = socket.node
    const answer = await socket.call('msg.send', cid, { mid, kind: 'text', body }, attemptMs)
    this.#watchSilence(answer, socket)
    if (typeof answer === 'string') return 'unknown'
    if (answer.t !== 'msg.ok') return this.#refused(send, answer.d as Refusal)
    send.seq = (answer.d as { seq: number }).seq
    return 'ok'
  }

  async #refused({ cid, mid }: Send, refusal: Refusal): Promise<Verdict> {
    const { user, history } = this.#options
    const { name = '?', field, temporary = false, retryMs = 0 } = refusal
    history.refused(name)
    if (name === 'closed') return 'closed'
    // What is not followed at this moment cannot be sent to: its join is under way.
    const isDetached = name === 'not_found' && field === 'cid'
    if (!temporary && !isDetached) {
      history.violations.add('sound', `${user} ${cid}: ${mid} was refused for good: ${JSON.stringify(refusal)}`)
      return 'lasting'
    }
    await pause(Math.min(retryMs, RETRY_MS_MAX))
    if (name === 'unavailable') return 'unknown'
    return isDetached ? 'unsent' : 'refused'
  }

  /** Mostly the first; one that is connected rather than one that is not. */
  #socket(cid: string): ChaosSocket | undefined {
    const { sockets, random } = this.#options
    const able = sockets.filter((socket) => socket.connected && socket.view(cid)?.inc !== undefined)
    const from = able.length > 0 ? able : sockets
    return random.chance(0.7) ? from[0] : random.pick(from)
  }

  #watchSilence(answer: Answer, socket: ChaosSocket): void {
    if (answer !== 'silent') {
      this.#silences = 0
      return
    }
    this.#options.history.counts.silences++
    if (++this.#silences < SILENT_MAX) return
    this.#silences = 0
    socket.drop()
  }
}

/** What an attempt came to. `refused`: before it was executed; `unsent`: it never got there. */
type Verdict = 'ok' | 'closed' | 'lasting' | 'refused' | 'unknown' | 'unsent'

interface Refusal {
  readonly name?: string
  readonly field?: string
  readonly temporary?: boolean
  readonly retryMs?: number
}
