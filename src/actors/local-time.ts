const SLOT_MS = 15 * 60_000
const OFFSETS_MAX = 1024

const formats = new Map<string, Intl.DateTimeFormat>()
/** `tz` → [slot, offset]: zones change their offset on quarter hours only. */
const offsets = new Map<string, readonly [number, number]>()

/** The last second's answer per zone: under load a thousand turns share it. */
const texts = new Map<string, { second: number; text: string }>()

/** `YYYY-MM-DDTHH:MM:SS` in the zone. An unknown zone reads as UTC. */
export function localTime(nowMs: number, tz: string): string {
  const second = Math.floor(nowMs / 1000)
  const known = texts.get(tz)
  if (known?.second === second) return known.text
  const text = written(nowMs, tz)
  if (known) {
    known.second = second
    known.text = text
  } else {
    if (texts.size >= OFFSETS_MAX) texts.clear()
    texts.set(tz, { second, text })
  }
  return text
}

function written(nowMs: number, tz: string): string {
  return new Date(nowMs + offsetMs(nowMs, tz)).toISOString().slice(0, 19)
}

function offsetMs(nowMs: number, tz: string): number {
  const slot = Math.floor(nowMs / SLOT_MS)
  const known = offsets.get(tz)
  if (known && known[0] === slot) return known[1]
  const offset = computeOffset(nowMs, tz)
  if (offsets.size >= OFFSETS_MAX) offsets.clear()
  offsets.set(tz, [slot, offset])
  return offset
}

function computeOffset(nowMs: number, tz: string): number {
  const format = formatOf(tz)
  if (!format) return 0
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(nowMs)) parts[type] = Number(value)
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const local = Date.UTC(year, month - 1, day, hour % 24, minute, second)
  return local - Math.floor(nowMs / 1000) * 1000
}

function formatOf(tz: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(tz)
  if (known) return known
  try {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: tz,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    if (formats.size >= OFFSETS_MAX) formats.clear()
    formats.set(tz, format)
    return format
  } catch {
    // A zone this ICU does not know (the gateway refuses them; an older node may have let it in).
    return undefined
  }
}
