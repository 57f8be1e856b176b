import { describe, expect, test } from 'vitest'
import { PromMetrics } from './metrics.ts'

const plain = (): PromMetrics => new PromMetrics({ processMetrics: false })

describe('metrics', () => {
  test('count, with and without labels', async () => {
    const metrics = plain()
    metrics.counter('turns_total', 'Turns.').inc()
    metrics.counter('turns_total', 'Turns.').inc(2)
    metrics.counter('refused_total', 'Refusals.', { reason: 'full' }).inc()
    metrics.counter('refused_total', 'Refusals.', { reason: 'late' }).inc(-5)
    const text = await metrics.text()
    expect(text).toContain('# TYPE turns_total counter\nturns_total 3')
    expect(text).toContain('refused_total{reason="full"} 1')
    expect(text).toContain('refused_total{reason="late"} 0')
  })

  test('gauge what was set last, and what is read at the scrape', async () => {
    const metrics = plain()
    metrics.gauge('residents', 'Residents.').set(5)
    metrics.gauge('residents', 'Residents.').set(4)
    let depth = 1
    metrics.observed('depth', 'Depth.', () => depth, { queue: 'nlu' })
    depth = 9
    expect(await metrics.text()).toMatch(/residents 4\n[\s\S]*depth\{queue="nlu"\} 9/)
  })

  test('fill histograms whose buckets are cumulated', async () => {
    const metrics = plain()
    const seconds = metrics.histogram('stage_seconds', 'Time.', [0.001, 0.01, 0.1], { stage: 'decide' })
    for (const value of [0.0005, 0.001, 0.05, 3, Number.NaN]) seconds.observe(value)
    const text = await metrics.text()
    expect(text).toContain('# TYPE stage_seconds histogram')
    const lines = text.split('\n').filter((line) => line.startsWith('stage_seconds'))
    expect(lines).toEqual([
      'stage_seconds_bucket{le="0.001",stage="decide"} 2',
      'stage_seconds_bucket{le="0.01",stage="decide"} 2',
      'stage_seconds_bucket{le="0.1",stage="decide"} 3',
      'stage_seconds_bucket{le="+Inf",stage="decide"} 4',
      'stage_seconds_sum{stage="decide"} 3.0515',
      'stage_seconds_count{stage="decide"} 4',
    ])
  })

  test('can be scraped again and again without counting twice', async () => {
    const metrics = plain()
    metrics.counter('turns_total', 'Turns.').inc()
    expect(await metrics.text()).toBe(await metrics.text())
  })

  test('keep the number of label sets bounded: what is more goes under other', async () => {
    const metrics = plain()
    for (let i = 0; i < 1_000; i++) metrics.counter('by_code_total', 'Codes.', { code: `c${i}` }).inc()
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('by_code_total'))
    expect(lines).toHaveLength(257)
    expect(lines).toContain('by_code_total{code="other"} 744')
  })

  test('refuse one name in two shapes, and buckets that do not rise', () => {
    const metrics = plain()
    metrics.counter('a_total', 'A.')
    expect(() => metrics.gauge('a_total', 'A.')).toThrow('metric a_total is already a counter {}, not a gauge {}')
    expect(() => metrics.counter('a_total', 'A.', { x: '1' })).toThrow(TypeError)
    expect(() => metrics.histogram('h', 'H.', [1, 1])).toThrow(RangeError)
    expect(() => metrics.histogram('h', 'H.', [])).toThrow(RangeError)
  })

  test('of two registries do not meet', async () => {
    const [one, two] = [plain(), plain()]
    one.counter('a_total', 'A.').inc()
    two.counter('a_total', 'A.')
    expect(await two.text()).toContain('a_total 0')
  })

  test('include the process and its event-loop lag when asked to', async () => {
    const text = await new PromMetrics({ processMetrics: true }).text()
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).not.toContain('nodejs_active_handles')
  })
})
