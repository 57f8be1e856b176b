import { HELD_MS } from '../port.ts'
import { script } from './script.ts'

const MICROSECONDS = `
local function whole(number) return string.format('%.0f', number) end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
`

/**
 * KEYS: meta of each shard. ARGV: owner; of each shard: the expected epoch or nothing, the held token or nothing, 1 for force.
 * Answers for each the token (nothing: not granted), epoch, tail and floor. A token is `<epoch>:<microseconds>:<owner>`: the
 * middle tells which of two claims came later where the engine lost epochs.
 */
export const CLAIM = script(
  'claim',
  'allow-oom',
  `${MICROSECONDS}
local owner = ARGV[1]
local answers = {}
for i, meta in ipairs(KEYS) do
  local expected, held, force = ARGV[i * 3 - 1], ARGV[i * 3], ARGV[i * 3 + 1]
  local known = redis.call('HMGET', meta, 'epoch', 'owner', 'token', 'newest', 'claimed', 'worked', 'tail', 'floor')
  local epoch, claimed = tonumber(known[1] or '0'), tonumber(known[5] or '0')
  local granted = nil
  if held ~= '' then
    local heldEpoch, heldAt = string.match(held, '^(%d+):(%d+):')
    if known[4] == held then
      granted = epoch + 1
    elseif heldEpoch and epoch < tonumber(heldEpoch) and claimed < tonumber(heldAt) then
      granted = tonumber(heldEpoch) + 1
    end
  elseif expected == '' then
    granted = epoch + 1
  elseif tonumber(expected) == epoch then
    local quiet = now - tonumber(known[6] or '0')
    -- What lies ahead was written by a clock that was set back since.
    local isAtWork = known[3] and known[2] ~= owner and quiet >= 0 and quiet < ${HELD_MS * 1000}
    if force == '1' or not isAtWork then granted = epoch + 1 end
  end
  if granted then
    -- Also where the clock of a replica that took over is behind.
    local at = whole(math.max(now, claimed + 1))
    local token = whole(granted) .. ':' .. at .. ':' .. owner
    redis.call('HSET', meta, 'epoch', whole(granted), 'owner', owner, 'token', token, 'newest', token,
      'claimed', at, 'worked', whole(now))
    answers[#answers + 1] = { token, whole(granted), known[7] or '0', known[8] or '0' }
  else
    answers[#answers + 1] = { '' }
  end
end
return answers
`,
)

/** KEYS: meta of each shard. Answers for each the epoch, owner, 1 when it is held, tail and quiet microseconds (empty: no claim). */
export const HOLDERS = script(
  'holders',
  'no-writes',
  `${MICROSECONDS}
local answers = {}
for i, meta in ipairs(KEYS) do
  local known = redis.call('HMGET', meta, 'epoch', 'owner', 'token', 'tail', 'worked')
  local quiet = known[5] and whole(math.max(0, now - tonumber(known[5]))) or ''
  answers[i] = { known[1] or '0', known[2] or '', known[3] and '1' or '', known[4] or '0', quiet }
end
return answers
`,
)

/** KEYS: meta of each shard. ARGV: the token of each. */
export const RELEASE = script(
  'release',
  'allow-oom',
  `
for i, meta in ipairs(KEYS) do
  if redis.call('HGET', meta, 'token') == ARGV[i] then redis.call('HDEL', meta, 'token') end
end
return 'OK'
`,
)
