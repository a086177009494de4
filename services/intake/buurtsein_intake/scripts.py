"""The Lua scripts with which intake changes Redis: each is one atomic step, and doing it again changes nothing.

Keys: `intake:claim:<name>` holds `<state>|<lease until, ms>|<event id>|<fingerprint>`, state R (running) or D (done);
`intake:said:<words>` holds `<when, ms>|<claim>`, the claim of the report with which someone said this just before;
`intake:quota:<bucket>` holds `<tokens>|<when, ms>`;
`intake:report:<report id>` is the hash that a status is made of; `intake:outcomes:<signal id>` holds the newest
outcome per network; `intake:open` has the accepted reports without a terminal state, by when they were accepted;
`intake:code:<keyed hash of a receipt code>` holds `<report id>|<client>`; `intake:wrong-codes:<window>` counts guesses.
Times come from Redis, so that several processes agree.
"""

from typing import Final

CLAIM_PREFIX: Final = "intake:claim:"
SAID_PREFIX: Final = "intake:said:"
QUOTA_PREFIX: Final = "intake:quota:"
REPORT_PREFIX: Final = "intake:report:"
OUTCOMES_PREFIX: Final = "intake:outcomes:"
CODE_PREFIX: Final = "intake:code:"
WRONG_PREFIX: Final = "intake:wrong-codes:"
OPEN: Final = "intake:open"

_NOW: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function whole(number) return string.format('%.0f', number) end
"""

_OPEN: Final = f"""
local function open(report, id, at)
  if redis.call('HEXISTS', report, 'settled') == 0 then redis.call('ZADD', '{OPEN}', 'NX', at, id) end
end
"""

_SPEND: Final = f"""
local buckets = {{}}

local function bucket(name, rate, burst)
  if not buckets[name] then
    local tokens = burst
    local left, at = string.match(redis.call('GET', '{QUOTA_PREFIX}' .. name) or '', '^([%d.]+)|(%d+)$')
    if left then tokens = math.min(burst, left + math.max(0, now - at) * rate / 1000) end
    buckets[name] = {{tokens = tokens, rate = rate, burst = burst}}
  end
  return buckets[name]
end

local function spend(name, rate, burst)
  local from = bucket(name, rate, burst)
  if from.tokens < 1 then return math.ceil((1 - from.tokens) * 1000 / rate) end
  from.tokens = from.tokens - 1
  return 0
end

local function keep_buckets()
  for name, from in pairs(buckets) do
    local full = math.max(1, math.ceil((from.burst - from.tokens) * 1000 / from.rate))
    redis.call('SET', '{QUOTA_PREFIX}' .. name, string.format('%.6f|%.0f', from.tokens, now), 'PX', whole(full))
  end
end
"""
"""Token buckets, each read and written once in a call however many requests take from it."""
_CODE: Final = f"""
local function code(name, id, client, keep)
  redis.call('SET', '{CODE_PREFIX}' .. name, id .. '|' .. client, 'EX', keep, 'NX')
end
"""

EXCHANGE: Final = (
    _NOW
    + _OPEN
    + _CODE
    + _SPEND
    + f"""
local lease, keep_status = tonumber(ARGV[1]), ARGV[2]

local function said_before(words, key, at, within)
  local name = '{SAID_PREFIX}' .. words
  local when, first = string.match(redis.call('GET', name) or '', '^(-?%d+)|(.+)$')
  local held = first and math.abs(at - when) <= within * 1000 and redis.call('GET', first)
  if held then return string.match(held, '^(%a)|%d+|([^|]+)|') end
  redis.call('SET', name, at .. '|' .. key, 'EX', within)
end

local function take(key, fingerprint, id, rest)
  local keyed = string.sub(rest, 1, 1) == '1'
  local keep, words, at, within, quota, rate, burst =
    string.match(rest, '^.(%d+)|([^|]*)|(-?%d*)|(%d*)|([^|]*)|([^|]*)|(%d*)$')
  if quota ~= '' then
    local wait = spend(quota, tonumber(rate), tonumber(burst))
    if wait > 0 then return 'limited|' .. whole(wait) end
  end
  local held = redis.call('GET', key)
  if not held and words ~= '' then
    local state, first = said_before(words, key, at, within)
    if state == 'D' then
      redis.call('SET', key, 'D|0|' .. first .. '|' .. fingerprint, 'EX', keep)
      return 'done|' .. first
    end
    id = first or id
  end
  local running = 'R|' .. whole(now + lease) .. '|'
  if not held then
    redis.call('SET', key, running .. id .. '|' .. fingerprint, 'EX', keep)
    return 'new|' .. id
  end
  local state, till, first, body = string.match(held, '^(%a)|(%d+)|([^|]+)|(.+)$')
  if body ~= fingerprint then return 'other|' .. first end
  if state == 'D' then return 'done|' .. first end
  if keyed and tonumber(till) > now then return 'running|' .. first end
  redis.call('SET', key, running .. first .. '|' .. fingerprint, 'KEEPTTL')
  return 'new|' .. first
end

local function finish(key, state, fingerprint, id, rest)
  local keep, received, name, client = string.match(rest, '^(%d+)|([^|]*)|([^|]*)|([^|]*)$')
  redis.call('SET', key, state .. '|0|' .. id .. '|' .. fingerprint, 'EX', keep)
  if received ~= '' then
    local report = '{REPORT_PREFIX}' .. id
    redis.call('HSETNX', report, 'received_at', received)
    redis.call('EXPIRE', report, keep_status)
    open(report, id, now)
  end
  if name ~= '' then code(name, id, client, keep_status) end
  return ''
end

local answers = {{}}
for i, key in ipairs(KEYS) do
  local packed = ARGV[i + 2]
  local step, fingerprint, id = string.sub(packed, 1, 1), string.sub(packed, 2, 33), string.sub(packed, 34, 69)
  local rest = string.sub(packed, 70)
  if step == 'Q' then
    local quota, rate, burst = string.match(packed, '^Q([^|]*)|([^|]*)|(%d*)$')
    answers[i] = whole(spend(quota, tonumber(rate), tonumber(burst)))
  elseif step == 'T' then
    answers[i] = take(key, fingerprint, id, rest)
  else
    answers[i] = finish(key, step, fingerprint, id, rest)
  end
end
keep_buckets()
return answers
"""
)
"""KEYS: claims. ARGV: the lease in ms, the seconds to keep a status, then for each claim one string (an argument costs
more than a longer one): T to take it or its new state (1 character), its fingerprint (32), event id (36), and the rest
with bars between. To take it: whether it is keyed (0 or 1) and at once the seconds to keep it; what is said, when (ms)
and within how many seconds that counts; a bucket, its rate and burst. Else the seconds, when a report was received, and
the name of its code and its client if it has one. Where nothing is claimed a string is Q and a bucket, its rate and
burst, its key is empty, and the answer is 0 or the ms until there is a token.
"""

APPLY: Final = (
    _OPEN
    + _CODE
    + f"""
local keep = ARGV[1]
for _, change in ipairs(cjson.decode(ARGV[2])) do
  if change.signal then
    local key = '{OUTCOMES_PREFIX}' .. change.signal
    local known = redis.call('HGET', key, change.network)
    if not known or known < change.outcome then redis.call('HSET', key, change.network, change.outcome) end
    redis.call('EXPIRE', key, keep)
  else
    local report = '{REPORT_PREFIX}' .. change.report
    for field, value in pairs(change.fields) do redis.call('HSET', report, field, value) end
    redis.call('EXPIRE', report, keep)
    if change.code then code(change.code, change.report, change.client, keep) end
    if change.settled then
      redis.call('HSET', report, 'settled', '1')
      redis.call('ZREM', '{OPEN}', change.report)
    elseif change.accepted then
      open(report, change.report, change.accepted)
    end
  end
end
return 1
"""
)
"""ARGV: seconds to keep a status, then the changes as a JSON list (see `status.Change`)."""

READ: Final = f"""
local found = {{}}
for i = 1, #ARGV, 2 do
  local report, signal = '{REPORT_PREFIX}' .. ARGV[i], ARGV[i + 1]
  local incident = redis.call('HGET', report, 'incident')
  local others = {{}}
  if incident and incident ~= signal then others = redis.call('HGETALL', '{OUTCOMES_PREFIX}' .. incident) end
  found[#found + 1] = {{redis.call('HGETALL', report), redis.call('HGETALL', '{OUTCOMES_PREFIX}' .. signal), others}}
end
return found
"""
"""ARGV: for each report its id and its signal's; returns its fields, its signal's outcomes and its incident's."""

FIND_CODE: Final = (
    _NOW
    + f"""
local name, most, window, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]) * 1000, ARGV[4]
local this = math.floor(now / window)
local passed = now / window - this
local key = '{WRONG_PREFIX}' .. whole(this)
local before = tonumber(redis.call('GET', '{WRONG_PREFIX}' .. whole(this - 1)) or '0')
local wrong = before * (1 - passed) + tonumber(redis.call('GET', key) or '0')
if wrong >= most then return {{math.ceil((1 - passed) * window / 1000), ''}} end
local found = redis.call('GETEX', '{CODE_PREFIX}' .. name, 'EX', keep)
if found then return {{0, found}} end
redis.call('INCR', key)
redis.call('PEXPIRE', key, 2 * window)
return {{0, ''}}
"""
)
"""ARGV: the name of a code, how many wrong ones a window may have, the window in seconds, and the seconds to keep a
code that is used. Returns the seconds to wait, if any, and what is kept of the code. Wrong ones are counted in two
windows, the earlier one as far as it lies within the last `window` seconds.
"""

COUNT: Final = (
    _NOW
    + f"""
return {{redis.call('ZCARD', '{OPEN}'), redis.call('ZCOUNT', '{OPEN}', '-inf', whole(now - ARGV[1]))}}
"""
)
"""ARGV: an age in ms; returns the number of open reports, and of those that are older."""
