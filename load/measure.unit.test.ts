import { expect, test } from 'vitest'
import { metricSum } from './measure.ts'

test('a metric is summed over its labels and not mixed up with longer names', () => {
  const text = [
    '# HELP parley_write_behind_entries Entries not yet in the documents',
    'parley_write_behind_entries{tenant="a"} 3',
    'parley_write_behind_entries{tenant="b"} 4',
    'parley_write_behind_entries_total 900',
  ].join('\n')
  expect(metricSum(text, 'parley_write_behind_entries')).toBe(7)
  expect(metricSum(text, 'parley_write_behind')).toBeUndefined()
})
