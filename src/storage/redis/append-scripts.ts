import { script } from './script.ts'

/** First figure of an answer's pair; the second is the tail. */
export const APPENDED = 0
export const FENCED = 1
const OTHER_TAIL = 2

/** Whole numbers as text; Lua's own way turns those above 10^14 into 1e+14. */
const WHOLE = `
local function whole(number) return string.format('%.0f', number) end
local function microseconds()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end
`

const SET_TIMER = `
local function setTimer(timers, member, due)
  if due == '' then redis.call('ZREM', timers, member) else redis.call('ZADD', timers, due, member) end
end
`

/**
 * KEYS: meta, log, timers of each batch. ARGV of each batch: token, expected tail, batch id, number of entries, of timers, the
 * entries, the timers as pairs of member and due time (empty: cleared). Answers a pair of code and tail for each.
 */
export const APPEND = script(
  'append',
  '',
  `${WHOLE}${SET_TIMER}
local now = whole(microseconds())
local answers = {}
local at = 1
for first = 1, #KEYS, 3 do
  local meta, log, timers = KEYS[first], KEYS[first + 1], KEYS[first + 2]
  local token, expected, batch = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local entries, changes = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local from = at + 4
  at = at + 5 + entries + 2 * changes
  local known = redis.call('HMGET', meta, 'token', 'tail', 'batch')
  local tail = tonumber(known[2] or '0')
  local code = ${APPENDED}
  if known[1] ~= token then
    code = ${FENCED}
  elseif batch ~= '' and known[3] == batch then
    redis.call('HSET', meta, 'worked', now)
  elseif tail ~= tonumber(expected) then
    code = ${OTHER_TAIL}
  else
    for i = 1, entries do
      redis.call('XADD', log, whole(tail + i) .. '-0', 'e', ARGV[from + i])
    end
    for i = from + entries + 1, from + entries + 2 * changes, 2 do
      setTimer(timers, ARGV[i], ARGV[i + 1])
    end
    tail = tail + entries
    redis.call('HSET', meta, 'tail', whole(tail), 'batch', batch, 'worked', now)
  end
  answers[#answers + 1] = code
  answers[#answers + 1] = tail
end
return answers
`,
)

/**
 * KEYS: meta, log, timers. ARGV: token, the tail that is reached, number of entries; of each: position, entry, number of timers,
 * these as pairs. What is at or below the journal's tail is passed over. Answers code and tail. Also without room: it was acknowledged,
 * and a shard that nobody serves is never trimmed.
 */
export const RESTORE = script(
  'restore',
  'allow-oom',
  `${WHOLE}${SET_TIMER}
local meta, log, timers = KEYS[1], KEYS[2], KEYS[3]
local known = redis.call('HMGET', meta, 'token', 'tail')
local tail = tonumber(known[2] or '0')
if known[1] ~= ARGV[1] then return { ${FENCED}, tail } end
local reached = tonumber(ARGV[2])
if reached <= tail then return { ${APPENDED}, tail } end
local at = 4
for _ = 1, tonumber(ARGV[3]) do
  local position, changes = tonumber(ARGV[at]), tonumber(ARGV[at + 2])
  if position > tail and position <= reached then
    redis.call('XADD', log, ARGV[at] .. '-0', 'e', ARGV[at + 1])
    for i = at + 3, at + 1 + 2 * changes, 2 do setTimer(timers, ARGV[i], ARGV[i + 1]) end
  end
  at = at + 3 + 2 * changes
end
redis.call('HSET', meta, 'tail', whole(reached), 'batch', '', 'worked', whole(microseconds()))
return { ${APPENDED}, reached }
`,
)

/**
 * KEYS: meta, log, side hash of each mark. ARGV of each: token, watermark, number of positions set aside, these ascending. What is
 * set aside moves from the log to the hash, so that the log can be cut at the watermark.
 */
export const TRIM = script(
  'trim',
  'allow-oom',
  `${WHOLE}
local at = 1
for first = 1, #KEYS, 3 do
  local meta, log, side = KEYS[first], KEYS[first + 1], KEYS[first + 2]
  local token, wanted, count = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local from = at + 2
  at = at + 3 + count
  local known = redis.call('HMGET', meta, 'token', 'tail', 'watermark')
  if known[1] == token then
    local before = tonumber(known[3] or '0')
    local watermark = math.max(before, math.min(wanted, tonumber(known[2] or '0')))
    local listed, lowest = {}, nil
    for i = from + 1, from + count do
      local position = tonumber(ARGV[i])
      listed[ARGV[i]] = true
      if position > before and position <= watermark then
        local found = redis.call('XRANGE', log, ARGV[i] .. '-0', ARGV[i] .. '-0')[1]
        if found then redis.call('HSET', side, ARGV[i], found[2][2]) end
      end
    end
    for _, each in ipairs(redis.call('HKEYS', side)) do
      local position = tonumber(each)
      -- Of what is above its own watermark the mark says nothing: a former owner may have set it aside.
      if listed[each] or position > wanted then
        lowest = math.min(lowest or position, position)
      else
        redis.call('HDEL', side, each)
      end
    end
    redis.call('HSET', meta, 'watermark', whole(watermark), 'floor', whole(lowest and lowest - 1 or watermark))
    redis.call('XTRIM', log, 'MINID', '~', whole(watermark + 1) .. '-0')
  end
end
return 'OK'
`,
)
