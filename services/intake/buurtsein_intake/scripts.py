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

local function claimed(packed)
  return string.sub(packed, 2, 33), string.sub(packed, 34, 69), string.sub(packed, 70)
end

local steps = {{}}

function steps.T(key, packed) return take(key, claimed(packed)) end

function steps.D(key, packed) return finish(key, 'D', claimed(packed)) end

function steps.R(key, packed) return finish(key, 'R', claimed(packed)) end

function steps.Q(_, packed)
  local quota, rate, burst = string.match(packed, '^Q([^|]*)|([^|]*)|(%d*)$')
  return whole(spend(quota, tonumber(rate), tonumber(burst)))
end

function steps.L(key, packed)
  return redis.call('EXISTS', string.sub(packed, 2)) .. (redis.call('GET', key) or '')
end

function steps.S(key, packed)
  local keep, length, at = string.match(packed, '^S(%d+)|(%d+)|()')
  if (redis.call('GET', key) or '') ~= string.sub(packed, at, at + length - 1) then return '0' end
  redis.call('SET', key, string.sub(packed, at + length), 'EX', keep)
  return '1'
end

function steps.F(key, packed)
  local keep, at, filed, reference, filing = string.match(packed, '^F(%d+)|([^|]*)|([^|]*)|([^|]*)|(.*)$')
  redis.call('SET', key, filing, 'EX', keep, 'NX')
  if filed ~= '' then
    redis.call('ZADD', filed, 'NX', at, reference)
    redis.call('ZREMRANGEBYSCORE', filed, '-inf', at - keep)
    redis.call('EXPIRE', filed, keep)
  end
  return redis.call('GET', key)
end

local answers = {{}}
for i, key in ipairs(KEYS) do
  local packed = ARGV[i + 2]
  answers[i] = steps[string.sub(packed, 1, 1)](key, packed)
end
keep_buckets()
return answers
"""
)
"""KEYS: what each step is about. ARGV: the lease in ms, the seconds to keep a status, then for each step one string (an
argument costs more than a longer one) that begins with what it is, with bars between most of its parts:

T takes a claim: its fingerprint (32 characters), event id (36), whether it is keyed (0 or 1) and at once the seconds to
keep it; what is said, when (ms) and within how many seconds that counts; a bucket, its rate and burst.
D and R end one: fingerprint, event id; the seconds, when a report was received, the name of its code and its client.
Q takes a token, of a bucket with its rate and burst; the answer is 0, or the ms until there is one.
L loads a draft; the key behind it says who wants no answers. The answer is 1 if that is there, else 0, and the draft.
S saves a draft: the seconds to keep it, the bytes that it had when it was read, these, and how it is now.
F keeps a filing unless there is one: the seconds, when, the list that it is in if any, its reference and what it says.
The answer is the filing that is kept.
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
