import { keptFree, promised } from './kept-free';

/**
 * The ledger's steps as Redis carries them out, each as a whole and by Redis's own clock.
 * KEYS: 1 log (id → when it finished), 2 leases (id → until when its request counts as running), 3 meta, 4 clients
 * (id → when it was last heard of), 5 what is kept free for each. ARGV 1–7: margin, span and limit of the shorter and of
 * the longer window, client (blank where it does not rely on Redis just now), slots. Where that clock was put back,
 * everything is put back with it; where the log is gone although nobody cut it off, all is born anew, so that each client
 * tells what it knows. A lease that ends by itself counts as finished in that moment: whoever held it was killed.
 * Where nobody was heard of for a while Redis stood still: what comes first then is old, and says of nobody that he is there.
 */
const common = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local margin, span1, limit1 = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local span2, limit2, client, slots = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6], tonumber(ARGV[7])
local last = tonumber(redis.call('HGET', KEYS[3], 'last') or now)
if last - now > 1000 then
    local back = last - now
    for at = 1, 4 do
        if at ~= 3 then
            local all = redis.call('ZRANGE', KEYS[at], 0, -1, 'WITHSCORES')
            for one = 1, #all, 2 do redis.call('ZADD', KEYS[at], tonumber(all[one + 1]) - back, all[one]) end
        end
    end
    for _, name in ipairs({'held', 'paced', 'born', 'f1at', 'f2at', 'mostat', 'asked', 'woke'}) do
        local when = redis.call('HGET', KEYS[3], name)
        if when then redis.call('HSET', KEYS[3], name, tonumber(when) - back) end
    end
end
redis.call('HSET', KEYS[3], 'last', now)
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
    redis.call('ZREM', KEYS[2], id)
    redis.call('ZADD', KEYS[1], now, id)
end
if redis.call('HGET', KEYS[3], 'logged') == '1' and redis.call('EXISTS', KEYS[1]) == 0 then
    redis.call('HSET', KEYS[3], 'born', now)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - span2 - margin)
redis.call('HSET', KEYS[3], 'logged', redis.call('EXISTS', KEYS[1]))
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now - 4 * span2)) do
    redis.call('ZREM', KEYS[4], old)
    redis.call('HDEL', KEYS[5], old)
end
if now - last > 1500 then redis.call('HSET', KEYS[3], 'woke', now) end
local stale = now - tonumber(redis.call('HGET', KEYS[3], 'woke') or 0) < 600
if client ~= '' and not stale then redis.call('ZADD', KEYS[4], now, client) end
for at = 1, 5 do redis.call('PEXPIRE', KEYS[at], span2 * 5 + 60000) end
local running = redis.call('ZCARD', KEYS[2])
local used1 = running + redis.call('ZCOUNT', KEYS[1], '(' .. (now - span1 - margin), '+inf')
local used2 = running + redis.call('ZCARD', KEYS[1])
${keptFree}
local function exactly(name, span)
    local kept = redis.call('HMGET', KEYS[3], name, name .. 'at')
    local most = tonumber(kept[1] or 0)
    if most == 0 then return 0, 0 end
    return math.max(0, most * (1 - (now - tonumber(kept[2])) / (2 * span))), most
end
redis.call('HSETNX', KEYS[3], 'born', now)
local function answer(granted, wait, gap)
    local born = tonumber(redis.call('HGET', KEYS[3], 'born'))
    local held = math.max(0, tonumber(redis.call('HGET', KEYS[3], 'held') or 0) - now)
    return {granted, math.ceil(wait), running, used1, used2, math.ceil(gap), held, most, now - born, born}
end
`;

/**
 * ARGV 8 id, 9 length of the lease, 10 and 11 room in the windows, 12 `1` for patient calls, 13 burst, 14 `1` where these
 * are spaced before it. Wait -1: until a release. Where only what is kept free for others stands against it, they are asked
 * to say anew what they need.
 */
export const acquire = `${common}
local meta = redis.call('HMGET', KEYS[3], 'held', 'probe', 'paced')
local held = tonumber(meta[1] or 0)
if now < held then return answer(0, held - now, 0) end
local probe = meta[2]
if probe and probe ~= 'next' then
    if redis.call('ZSCORE', KEYS[2], probe) then return answer(0, -1, 0) end
    probe = 'next'
end
if running + lostSlots >= slots then return answer(0, -1, 0) end
local exact1, most1 = exactly('f1', span1)
local exact2, most2 = exactly('f2', span2)
local all1 = math.max(1, tonumber(ARGV[10]) - math.floor(exact1))
local all2 = math.max(1, tonumber(ARGV[11]) - math.floor(exact2))
local room1, room2 = math.max(0, all1 - others[1] - lost[1]), math.max(0, all2 - others[2] - lost[2])
if used1 < all1 - lost[1] and used2 < all2 - lost[2] and (used1 >= room1 or used2 >= room2) then
    tell()
    return answer(0, 100, 0)
end
if taken(1) >= all1 - others[1] - lasting[1] and since[1] or taken(2) >= all2 - others[2] - lasting[2] and since[2] then
    return answer(0, 500, 0)
end
local function full(used, room, span, exact, most)
    local excess = used - room
    if excess < 0 then return 0 end
    local wait = -1
    local back = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now - span - margin), '+inf', 'WITHSCORES', 'LIMIT', excess, 1)
    if #back > 0 then wait = tonumber(back[2]) + span + margin - now + 1 end
    if math.floor(exact) > excess then
        local fades = math.max(1, (excess + exact % 1) * 2 * span / most)
        if wait < 0 or fades < wait then wait = fades end
    end
    return wait
end
local wait1 = full(used1, room1, span1, exact1, most1)
local wait2 = full(used2, room2, span2, exact2, most2)
if wait1 < 0 or wait2 < 0 then return answer(0, -1, 0) end
if wait1 > 0 or wait2 > 0 then return answer(0, math.max(wait1, wait2), 0) end
local gap = 0
if ARGV[12] == '1' then
    if ARGV[14] == '1' or exact1 >= 1 then gap = (span1 + margin) / math.max(1, room1) end
    local burst = tonumber(ARGV[13])
    if exact2 >= 1 then burst = 0 end
    if used2 >= burst then
        local free = math.max(1, room2 - used2)
        gap = math.max(gap, (span2 + margin) / math.max(1, room2))
        local log = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
        for at = 2, #log, 2 do
            gap = math.max(gap, (tonumber(log[at]) + span2 + margin - now) / (free + at / 2 - 1))
        end
    end
    local turn = tonumber(meta[3] or 0) + gap
    if now < turn then return answer(0, turn - now, gap) end
    redis.call('HSET', KEYS[3], 'paced', now)
end
redis.call('ZADD', KEYS[2], now + tonumber(ARGV[9]), ARGV[8])
if probe then redis.call('HSET', KEYS[3], 'probe', ARGV[8]) end
running, used1, used2 = running + 1, used1 + 1, used2 + 1
return answer(1, 0, gap)`;

/** ARGV 8 id, 9 channel. */
export const release = `${common}
redis.call('ZREM', KEYS[2], ARGV[8])
redis.call('ZADD', KEYS[1], now, ARGV[8])
redis.call('HSET', KEYS[3], 'logged', 1)
if redis.call('HGET', KEYS[3], 'probe') == ARGV[8] then redis.call('HDEL', KEYS[3], 'probe') end
redis.pcall('PUBLISH', ARGV[9], 'r')
return 1`;

/** ARGV 8 id, 9 channel. */
export const refund = `${common}
redis.call('ZREM', KEYS[2], ARGV[8])
if redis.call('HGET', KEYS[3], 'probe') == ARGV[8] then redis.call('HSET', KEYS[3], 'probe', 'next') end
redis.pcall('PUBLISH', ARGV[9], 'r')
return 1`;

/** ARGV 8 milliseconds, 9 channel, 10 the limit that Missive named or 0. */
export const hold = `${common}
local ends = now + tonumber(ARGV[8])
if ends > tonumber(redis.call('HGET', KEYS[3], 'held') or 0) then redis.call('HSET', KEYS[3], 'held', ends) end
redis.call('HSET', KEYS[3], 'probe', 'next')
local function learn(name, span, limit, used)
    if tonumber(ARGV[10]) ~= limit then return end
    local exact = exactly(name, span)
    local most = math.min(limit - 1, math.max(exact, limit - used) + 1 + limit * 0.02)
    redis.call('HSET', KEYS[3], name, most, name .. 'at', now)
end
learn('f1', span1, limit1, used1)
learn('f2', span2, limit2, used2)
redis.pcall('PUBLISH', ARGV[9], 'h')
return 1`;

/**
 * ARGV 8 to 11: see `promised`, 12 length of a lease, 13… ids of requests that still run: who lives keeps its leases. Also
 * tells what this client may take should it lose Redis, and of each that may be cut off its id and where it was.
 */
export const renew = `${common}${promised}
for at = 13, #ARGV do
    if redis.call('ZSCORE', KEYS[2], ARGV[at]) then redis.call('ZADD', KEYS[2], now + tonumber(ARGV[12]), ARGV[at]) end
end
local reply = answer(0, 0, 0)
if client == '' then return reply end
reply[11] = promise()
reply[12] = {}
for one = 1, gone do
    local name = missing[2 * one - 1]
    if name then
        local _, _, place = partOf(name)
        reply[12][2 * one - 1], reply[12][2 * one] = name, place
    end
end
reply[8] = most
return reply`;

/** ARGV 8: a client that leaves, or that is surely dead: nothing is kept free for it. */
export const leave = `${common}
if redis.call('ZREM', KEYS[4], ARGV[8]) == 1 then
    redis.call('HDEL', KEYS[5], ARGV[8])
    redis.call('HSET', KEYS[3], 'most', math.max(1, most - 1))
end
return 1`;

/**
 * ARGV 8 length of a lease, 9 milliseconds of a hold, 10 how many ids of running requests, then these, then pairs of id and
 * age: what this client knows.
 */
export const restore = `${common}
local ends = now + tonumber(ARGV[9])
if ends > now and ends > tonumber(redis.call('HGET', KEYS[3], 'held') or 0) then
    redis.call('HSET', KEYS[3], 'held', ends, 'probe', 'next')
end
local running = tonumber(ARGV[10])
for at = 11, 10 + running do
    redis.call('ZREM', KEYS[1], ARGV[at])
    redis.call('ZADD', KEYS[2], now + tonumber(ARGV[8]), ARGV[at])
end
for at = 11 + running, #ARGV, 2 do
    redis.call('ZREM', KEYS[2], ARGV[at])
    redis.call('ZADD', KEYS[1], 'NX', now - tonumber(ARGV[at + 1]), ARGV[at])
end
redis.call('HSET', KEYS[3], 'logged', redis.call('EXISTS', KEYS[1]))
return 1`;
