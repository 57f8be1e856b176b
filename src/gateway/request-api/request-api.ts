import type { Caller, ConversationRouter, ConversationsLister } from '../../actors/port.ts'
import type { Bus, BusMessage, Subscription } from '../../cluster/port.ts'
import type { Clock } from '../../kernel/clock.ts'
import { isTenant, TENANT_SHAPE, ulid } from '../../kernel/ids.ts'
import type { Log } from '../../kernel/log.ts'
import type { Counter, Metrics } from '../../kernel/metrics.ts'
import { AppError, isRejection, type Rejection, reject } from '../../kernel/rejection.ts'
import { ERRORS } from '../../protocol/codes.ts'
import type { TemplatesLister } from '../http/chat-routes.ts'
import type { Identity, IdentityVerifier } from '../identity-port.ts'
import type { RateWindows } from '../limits.ts'
import { serveDiscovery } from './discovery.ts'
import { type Envelope, readEnvelope, takeEchoes } from './envelope.ts'
import { answerRoom, Exchange, type ExchangeHost, isReply } from './exchange.ts'
import { type Handlers, handlersOf } from './handlers.ts'
import { HEADER } from './headers.ts'
import { REQUEST_API_DEFAULTS, type RequestApiLimits } from './limits.ts'
import type { Request } from './request.ts'
import { BodyChecker, isOperation, type Operation } from './schemas.ts'
import { QUEUE, type ServiceData, type Services, servicesOf } from './services.ts'
import { Tally } from './tally.ts'
import { Watches, type WatchRequest } from './watches.ts'

export interface RequestApiOptions {
  readonly bus: Bus
  readonly router: ConversationRouter
  readonly identity: IdentityVerifier
  readonly templates: TemplatesLister
  readonly conversations: ConversationsLister
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Name of this node, told in answers. */
  readonly node: string
  /** SemVer, told by the discovery. */
  readonly version: string
  /** First token of all subjects. */
  readonly prefix?: string
  /** First token of the discovery's subjects. */
  readonly discoveryPrefix?: string
  /** A request without a token is a service's: the broker's permissions say who may publish for a tenant. */
  readonly trustBus?: boolean
  /** Counts the messages of a conversation, with those of the node's other doors. Absent: nothing is counted. */
  readonly rates?: RateWindows
  /** Whether a tenant is here, for requests without a token. All are, where absent. */
  readonly knownTenant?: (tenant: string) => boolean
  readonly limits?: Partial<RequestApiLimits>
  readonly data?: ServiceData
  readonly defaultLocale?: string
  readonly defaultTz?: string
  readonly newId?: (nowMs: number) => string
}

export interface RequestApi {
  /** Subscribes; resolves when the broker knows. */
  start(): Promise<void>
  /** Takes no more requests, ends watches, waits for answers under way (`limits.stopMs` at most) and for the broker to have them. */
  stop(): Promise<void>
}

/** Verbs of later versions have an answer too. */
const FAMILIES = ['conv', 'tpl', 'flow', 'integration', 'kb', 'subject'] as const
/** Tenant's place in platform subjects: no tenant's name. */
const PLATFORM = 'sys'
const CANCEL = 'conv.watch.cancel'
/** Who asks without a token. */
const TRUSTED_USER = 'service'

/** The request API of one node: docs/REQUEST-API.md. Every node answers; the router finds the conversation's owner. */
export function createRequestApi(options: RequestApiOptions): RequestApi {
  return new Api(options)
}

class Api implements RequestApi, ExchangeHost {
  readonly bus: Bus
  readonly clock: Clock
  readonly #options: RequestApiOptions
  readonly #limits: RequestApiLimits
  readonly #prefix: string
  readonly #subjects: string
  readonly #instance: string
  readonly #startedMs: number
  readonly #services: Services
  readonly #checker = new BodyChecker()
  readonly #inFlight: Tally
  readonly #watches: Watches
  readonly #handlers: Handlers
  readonly #requests: Counter
  readonly #lost: Counter
  readonly #unanswerable: Counter
  readonly #errors: ReadonlyMap<string, Counter>
  #subscriptions: Subscription[] = []

  constructor(options: RequestApiOptions) {
    const { bus, clock, metrics, router, node, prefix = 'parley', discoveryPrefix = '$SRV' } = options
    this.bus = bus
    this.clock = clock
    this.#options = options
    this.#limits = { ...REQUEST_API_DEFAULTS, ...options.limits }
    this.#prefix = prefix
    this.#subjects = `${prefix}.v1`
    this.#startedMs = clock.now()
    this.#instance = ulid(this.#startedMs)
    this.#services = servicesOf(this.#subjects, discoveryPrefix, options.data ?? {})
    this.#inFlight = new Tally('requests', this.#limits.inFlightMax, this.#limits.tenantInFlightMax)
    const room = (): number => answerRoom(bus, this.#limits.answerBytesMax)
    const probes = `${prefix}.i.req.${this.#instance}`
    const limits = this.#limits
    this.#watches = new Watches({
      bus,
      clock,
      router,
      node,
      instance: this.#instance,
      probes,
      limits,
      room,
      lost: () => this.lost(),
    })
    this.#handlers = handlersOf({ newId: ulid, defaultLocale: 'en', defaultTz: 'UTC', ...options, limits, room })
    this.#requests = metrics.counter('parley_requests_total', 'Requests on the bus')
    this.#lost = metrics.counter('parley_request_answers_lost_total', 'Answers and chunks that the bus did not take')
    this.#unanswerable = metrics.counter(
      'parley_requests_unanswerable_total',
      'Requests without a subject to answer on: not executed',
    )
    this.#errors = new Map(
      Object.keys(ERRORS).map((name) => [
        name,
        metrics.counter('parley_request_errors_total', 'Errors answered on the bus, by name', { name }),
      ]),
    )
    metrics.observed('parley_requests_in_flight', 'Requests without an answer', () => this.#inFlight.size)
    metrics.observed('parley_watches', 'Conversations watched over the bus', () => this.#watches.size)
  }

  async start(): Promise<void> {
    const { bus } = this
    const take = (message: BusMessage): void => this.#take(message)
    for (const family of FAMILIES) {
      this.#subscriptions.push(bus.subscribe(`${this.#subjects}.*.${family}.*`, take, { queue: QUEUE }))
    }
    this.#subscriptions.push(bus.subscribe(`${this.#subjects}.*.stats`, take, { queue: QUEUE }))
    // Every node gets it, and the one that has the watch answers.
    this.#subscriptions.push(bus.subscribe(`${this.#subjects}.*.${CANCEL}`, take))
    const { version, node, discoveryPrefix = '$SRV' } = this.#options
    const probes = `${this.#prefix}.i.req.${this.#instance}.*`
    this.#subscriptions.push(bus.subscribe(probes, (message) => this.#watches.probed(message)))
    this.#subscriptions.push(
      ...serveDiscovery({
        bus,
        services: this.#services.all,
        id: this.#instance,
        version,
        metadata: { node },
        startedMs: this.#startedMs,
        prefix: discoveryPrefix,
        ownPrefix: this.#prefix,
      }),
    )
    await bus.flush()
  }

  async stop(): Promise<void> {
    const subscriptions = this.#subscriptions
    this.#subscriptions = []
    await Promise.all(subscriptions.map((subscription) => subscription.drain()))
    await this.#flush()
    this.#watches.endAll('drain')
    await this.#within(this.#limits.stopMs, this.#inFlight.idle())
    await this.#flush()
  }

  lost(): void {
    this.#lost.inc()
  }

  failed(name: Rejection['rejected']): void {
    this.#errors.get(name)?.inc()
  }

  async #flush(): Promise<void> {
    try {
      await this.bus.flush()
    } catch (error) {
      // The broker is away: there is nobody left to answer.
      this.#options.log.warn({ err: error }, 'the request API stops without its broker')
    }
  }

  #within(ms: number, done: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.setTimer(ms, resolve)
      void done.then(() => {
        cancel()
        resolve()
      })
    })
  }

  #take(message: BusMessage): void {
    const { reply } = message
    if (!isReply(reply, this.#prefix)) {
      this.#unanswerable.inc()
      return
    }
    const [tenant = '', ...verb] = message.subject.slice(this.#subjects.length + 1).split('.')
    const name = verb.join('.')
    const operation = isOperation(name) ? name : undefined
    const stats = operation === undefined ? undefined : this.#services.endpoints.get(operation)
    const exchange = new Exchange(this, reply, stats)
    const request = this.#admit(message, exchange, tenant, name)
    if (request === undefined) return
    this.#requests.inc()
    if (isRejection(request)) {
      exchange.fail(request)
      return
    }
    const crowded = this.#inFlight.take(tenant)
    if (crowded !== undefined) exchange.fail(crowded)
    else this.#identify(request.operation, tenant, request.envelope, exchange)
  }

  /** Undefined where another node is asked. */
  #admit(
    message: BusMessage,
    exchange: Exchange,
    tenant: string,
    name: string,
  ): { operation: Operation; envelope: Envelope } | Rejection | undefined {
    const unechoed = takeEchoes(message, exchange)
    if (unechoed !== undefined) return unechoed
    if (!isTenant(tenant) || tenant === PLATFORM)
      return reject('bad_request', `the tenant's token must be ${TENANT_SHAPE}`, { field: 'subject' })
    if (!isOperation(name)) return reject('unknown_type', `this version does not serve ${shown(name)}`, { field: 'subject' })
    if (message.data.length > this.#limits.requestBytesMax) {
      return reject('too_large', `a request must be at most ${this.#limits.requestBytesMax} bytes`)
    }
    const envelope = readEnvelope(message, exchange, name, this.clock.now())
    if (isRejection(envelope)) return envelope
    if (name === CANCEL) {
      const { watch } = envelope.body as { watch?: unknown }
      if (typeof watch === 'string' && !this.#watches.isHere(watch)) return undefined
    }
    return this.#checker.check(name, envelope.body) ?? { operation: name, envelope }
  }

  /** Then runs it; the place in flight is given back whatever comes of it. */
  #identify(operation: Operation, tenant: string, envelope: Envelope, exchange: Exchange): void {
    const { trustBus = false, identity, knownTenant = () => true } = this.#options
    const go = (result: Identity | Rejection): void => {
      const caller = isRejection(result) ? result : callerOf(result, tenant)
      if (isRejection(caller)) {
        exchange.fail(caller)
        this.#inFlight.giveBack(tenant)
        return
      }
      const { idempotency, body, deadlineMs = this.clock.now() + this.#limits.turnDeadlineMs } = envelope
      const { expMs } = result as Identity
      this.#run({ operation, tenant, caller, expMs, body, idempotency, deadlineMs, exchange }, envelope.trace)
    }
    if (envelope.token !== undefined) identity.verify(envelope.token, go)
    else if (!trustBus) go(reject('unauthorized', `send a token in ${HEADER.auth}`, { field: HEADER.auth }))
    else if (!knownTenant(tenant)) go(reject('forbidden', 'this tenant is not here'))
    else go({ tenant, user: TRUSTED_USER, role: 'service', expMs: Number.POSITIVE_INFINITY })
  }

  #run(request: Request, trace: string | undefined): void {
    const { operation, tenant, exchange } = request
    this.#handle(request)
      .then((answer) => {
        if (answer !== undefined) exchange.answer(answer)
      })
      .catch((error: unknown) => this.#fault(error, operation, exchange, trace))
      .finally(() => this.#inFlight.giveBack(tenant))
  }

  /** Undefined where the answer is out already. */
  async #handle(request: Request): Promise<object | Rejection | undefined> {
    if (request.operation === 'conv.watch') {
      await new Promise<void>((resolve) => this.#watches.start(request as Request<WatchRequest>, resolve))
      return undefined
    }
    if (request.operation === CANCEL) {
      return { cancelled: this.#watches.cancel(request as Request<{ watch: string }>), node: this.#options.node }
    }
    return this.#handlers[request.operation](request as Request<never>)
  }

  #fault(error: unknown, operation: Operation, exchange: Exchange, trace: string | undefined): void {
    this.#options.log.error({ err: error, operation, trace }, 'a request failed')
    const later = error instanceof AppError && error.retry !== 'never'
    exchange.fail(
      later ? reject('unavailable', error.publicMessage, { retryMs: 1000 }) : reject('internal', 'this could not be handled'),
    )
  }
}

function callerOf({ tenant, user, role }: Caller, asked: string): Caller | Rejection {
  return tenant === asked ? { tenant, user, role } : reject('forbidden', 'the token is of another tenant than the subject')
}

/** A verb as it was asked for, where it looks like one. */
const shown = (name: string): string => (/^[a-z.]{1,40}$/.test(name) ? `"${name}"` : 'that')
