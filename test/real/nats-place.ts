import type { NatsOptions } from '../../src/cluster/nats/options.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import type { NatsService } from '../services/nats.ts'

/** How the adapters are opened in tests, on the given server or servers. */
export function natsOptions(nats: Pick<NatsService, 'url'>, more: Partial<NatsOptions> = {}): NatsOptions {
  return { urls: nats.url.split(','), name: 'test', clock: systemClock, log: silentLog, metrics: noMetrics, ...more }
}
