import type { HistoryPage } from '../actors/port.ts'
import type { Codec } from '../protocol/codec.ts'
import type { DurableEvent, Frame } from '../protocol/frames.ts'

/**
 * A page that fits into `bytesMax`, but of one event at least: the same where it fits, else its part nearest to the position
 * asked from (the first events of a page `forward`, the last ones of a page back), with `more`.
 */
export function cutPage(codec: Codec, page: HistoryPage, forward: boolean, bytesMax: number): HistoryPage {
  const { items } = page
  let bytes = 0
  let kept = 0
  while (kept < items.length) {
    const item = items[forward ? kept : items.length - 1 - kept] as DurableEvent
    bytes += codec.encode(item as Frame).length
    if (kept > 0 && bytes > bytesMax) break
    kept++
  }
  if (kept === items.length) return page
  const part = forward ? items.slice(0, kept) : items.slice(-kept)
  return { ...page, items: part, first: part[0]?.seq ?? page.first, last: part.at(-1)?.seq ?? page.last, more: true }
}
