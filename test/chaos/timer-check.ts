import { type CommittedData, entryOf } from './committed.ts'
import type { History } from './history.ts'

/** The silent conversations: each closed once, by its timer, and not before its time. Answers how many there were. */
export function checkTimers(history: History, data: CommittedData, idleCloseMs: number): number {
  const { violations } = history
  const silent = history.opened.filter((one) => one.silent)
  for (const { tenant, cid } of silent) {
    const entries = (data.conversations.get(`${tenant}/${cid}`)?.entries ?? []).map(entryOf)
    const openedAt = entries.find(({ kind }) => kind === 'open')?.at ?? 0
    const closings = entries.filter(({ events }) => events.some(({ t, d }) => t === 'conv.state' && d.state === 'closed'))
    if (closings.length !== 1) violations.add('timers', `${tenant}/${cid} says nothing and was closed ${closings.length} times`)
    for (const { at } of closings) {
      const early = openedAt + idleCloseMs - at
      if (early > 0) violations.add('timers', `${tenant}/${cid} was closed ${early} ms before its time`)
    }
  }
  return silent.length
}
