import { now } from '../../redis/place';

/**
 * The steps of a shared inbox, each carried out as a whole. KEYS 1: what all its keys begin with: `heads`, `bodies`,
 * `lines` (id → its conversation's line), `went` (how often into the flow), `ended` (in the flow as its instance ended),
 * `fails`; `line:…` the ids of a line, oldest first; `owner` (line → the instance that works on its first), `mine:…` the
 * lines of an instance; `ready` (line → when its first may be taken); `stopped`; `alive` (instance → until when),
 * `places`. A line with deliveries has an owner or is ready, never both.
 * ARGV 1: instance, 2 how long it counts as alive (ms), 3 `1` where it takes deliveries, 4 how often one may end an
 * instance.
 * Where nobody was heard of for a while, Redis was away: then everybody has his time again.
 */
const common = `${now}
local me, lease, takes, mostEnded = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1', tonumber(ARGV[4])
local function key(name) return KEYS[1] .. ':' .. name end
local function listOf(line) return key('line:' .. line) end
local function mineOf(instance) return key('mine:' .. instance) end
local said = redis.call('HGET', key('meta'), 'last')
local last = tonumber(said or now)
-- What is said of the moment need not be newer.
local moment = lease / 100
if now < last - 1000 then
    local ready = redis.call('ZRANGE', key('ready'), 0, -1, 'WITHSCORES')
    for at = 1, #ready, 2 do redis.call('ZADD', key('ready'), tonumber(ready[at + 1]) - (last - now), ready[at]) end
end
if math.abs(now - last) > lease / 3 then
    for _, each in ipairs(redis.call('ZRANGE', key('alive'), 0, -1)) do redis.call('ZADD', key('alive'), now + lease, each) end
end
local isNews = not said or math.abs(now - last) >= moment
if isNews then
    redis.call('HSET', key('meta'), 'last', now)
    redis.call('HSETNX', key('meta'), 'born', now)
    redis.call('PERSIST', key('meta'))
end
if math.abs(now + lease - tonumber(redis.call('ZSCORE', key('alive'), me) or 0)) >= moment then
    redis.call('ZADD', key('alive'), now + lease, me)
end
local function leave(line)
    redis.call('HDEL', key('owner'), line)
    redis.call('SREM', mineOf(me), line)
end
local function free(line, at)
    leave(line)
    if redis.call('EXISTS', listOf(line)) == 1 then redis.call('ZADD', key('ready'), at, line) end
end
local function bury(dead)
    for _, line in ipairs(redis.call('SMEMBERS', mineOf(dead))) do
        if redis.call('HGET', key('owner'), line) == dead then
            redis.call('HDEL', key('owner'), line)
            local id = redis.call('LINDEX', listOf(line), 0)
            if id then
                redis.call('HINCRBY', key('ended'), id, 1)
                redis.call('ZADD', key('ready'), now, line)
            end
        end
    end
    redis.call('DEL', mineOf(dead))
    redis.call('ZREM', key('alive'), dead)
    redis.call('HDEL', key('places'), dead)
end
if isNews then
    for _, dead in ipairs(redis.call('ZRANGEBYSCORE', key('alive'), '-inf', now)) do bury(dead) end
end
local function own(line)
    redis.call('HSET', key('owner'), line, me)
    redis.call('SADD', mineOf(me), line)
end
local function stop(id, line)
    redis.call('LREM', listOf(line), 1, id)
    redis.call('ZADD', key('stopped'), now, id)
end
local function whole(id, went)
    return {id, redis.call('HGET', key('heads'), id), redis.call('HGET', key('bodies'), id), went,
        tonumber(redis.call('HGET', key('fails'), id) or 0), redis.call('HGETALL', key('calls:' .. id))}
end
local function claim(line)
    redis.call('ZREM', key('ready'), line)
    while true do
        local id = redis.call('LINDEX', listOf(line), 0)
        if not id then
            leave(line)
            return {}
        end
        if tonumber(redis.call('HGET', key('ended'), id) or 0) < mostEnded then
            own(line)
            local went = redis.call('HINCRBY', key('went'), id, 1)
            return whole(id, went)
        end
        stop(id, line)
    end
end
local function advance(line)
    if takes then return claim(line) end
    free(line, now)
    return {}
end
local function delete(id, line)
    redis.call('HINCRBY', key('meta'), 'bytes', -redis.call('HSTRLEN', key('bodies'), id))
    for _, name in ipairs({'heads', 'bodies', 'lines', 'went', 'ended', 'fails'}) do redis.call('HDEL', key(name), id) end
    redis.call('DEL', key('calls:' .. id))
    redis.call('ZREM', key('stopped'), id)
    redis.call('LREM', listOf(line), 1, id)
    if redis.call('EXISTS', listOf(line)) == 0 then redis.call('ZREM', key('ready'), line) end
end
local function store(id, line, head, body)
    redis.call('HSET', key('heads'), id, head)
    redis.call('HSET', key('bodies'), id, body)
    redis.call('HSET', key('lines'), id, line)
    redis.call('HINCRBY', key('meta'), 'bytes', #body)
end
`;

/**
 * ARGV 5 id, 6 line, 7 head, 8 body, 9 and 10 the most deliveries and bytes, 11 the key of what was seen, or blank, 12 the
 * ticket in it: kept with the same step, and only by whom it was begun for. Gives `kept` and, where its turn has
 * come, how often it is in the flow now; `full`; `late`: it was given up meanwhile.
 */
export const put = `${common}
local id, line = ARGV[5], ARGV[6]
if redis.call('HEXISTS', key('heads'), id) == 1 then return {'kept'} end
local seen = ''
if ARGV[11] ~= '' then
    seen = redis.call('HGET', ARGV[11], ARGV[12])
    if not seen or string.sub(seen, 1, 1) ~= 'b' then return {'late'} end
    seen = string.sub(seen, 2)
end
if redis.call('HLEN', key('heads')) >= tonumber(ARGV[9])
    or tonumber(redis.call('HGET', key('meta'), 'bytes') or 0) + #ARGV[8] > tonumber(ARGV[10]) then return {'full'} end
if ARGV[11] ~= '' then redis.call('HSET', ARGV[11], ARGV[12], 'k' .. seen) end
store(id, line, ARGV[7], ARGV[8])
local length = redis.call('RPUSH', listOf(line), id)
if length > 1 or redis.call('HEXISTS', key('owner'), line) == 1 then return {'kept'} end
if not takes then
    redis.call('ZADD', key('ready'), now, line)
    return {'kept'}
end
redis.call('ZREM', key('ready'), line)
own(line)
return {'kept', redis.call('HINCRBY', key('went'), id, 1)}`;

/**
 * What comes in from elsewhere: ARGV 5 id, 6 line, 7 head, 8 body, 9 how often in the flow, 10 failures, 14… its calls, each
 * with what became of it. `ahead` puts it at the head of its line, behind the first where somebody works on that; gives
 * whether it is the first now.
 */
const arriving = `${common}
local id, line = ARGV[5], ARGV[6]
local function takeIn()
    store(id, line, ARGV[7], ARGV[8])
    redis.call('HSET', key('went'), id, ARGV[9])
    redis.call('HSET', key('fails'), id, ARGV[10])
    for at = 14, #ARGV, 2 do redis.call('HSET', key('calls:' .. id), ARGV[at], ARGV[at + 1]) end
end
local function ahead()
    local first = redis.call('LINDEX', listOf(line), 0)
    if first and redis.call('HEXISTS', key('owner'), line) == 1 then
        redis.call('LINSERT', listOf(line), 'AFTER', first, id)
        return false
    end
    redis.call('LPUSH', listOf(line), id)
    return true
end`;

/**
 * One that was kept elsewhere before, of a file the last first. ARGV 5 id, 6 line, 7 head, 8 body, 9 how often in the flow,
 * 10 failures, 11 `1` where stopped, 12 the key of what was seen, or blank, 13 how long that is remembered, 14… its calls, each with what became of it.
 */
export const move = `${arriving}
if redis.call('SADD', key('moved'), id) == 0 or redis.call('HEXISTS', key('heads'), id) == 1 then return 0 end
redis.call('EXPIRE', key('moved'), 7 * 86400)
takeIn()
if ARGV[12] ~= '' then
    redis.call('HSET', ARGV[12], id, 'k' .. now)
    redis.call('PEXPIRE', ARGV[12], ARGV[13])
end
if ARGV[11] == '1' then
    redis.call('ZADD', key('stopped'), now, id)
    return 1
end
if ahead() and redis.call('ZSCORE', key('ready'), line) == false then redis.call('ZADD', key('ready'), now, line) end
return 1`;

/** ARGV 5 the key of what was seen, 6 a ticket, 7 how long it is remembered: what was done before and may come again. */
export const saw = `${common}
redis.call('HSET', ARGV[5], ARGV[6], 'k' .. now)
redis.call('PEXPIRE', ARGV[5], ARGV[7])
return 1`;

/**
 * ARGV 5 id, 6 line where it is known, 7 `1` where this instance has it in its flow, 8 the key of what was seen, or blank, 9 the ticket in
 * it, which is forgotten. Gives whether it was there, and the next of its line.
 */
export const settle = `${common}
local id = ARGV[5]
local line = redis.call('HGET', key('lines'), id) or ARGV[6]
local was = redis.call('HEXISTS', key('heads'), id)
local first = redis.call('LINDEX', listOf(line), 0)
if was == 1 then delete(id, line) end
if ARGV[8] ~= '' then redis.call('HDEL', ARGV[8], ARGV[9]) end
if redis.call('HGET', key('owner'), line) ~= me or (first ~= id and ARGV[7] ~= '1') then return {was, {}} end
return {was, advance(line)}`;

/** ARGV 5 id, 6 line, 7 the pause before it comes again (ms), 8 so many failures stop it. Gives `other`, `again` or `stopped`, and the next of its line. */
export const fail = `${common}
local id, line = ARGV[5], ARGV[6]
if redis.call('HGET', key('owner'), line) ~= me or redis.call('LINDEX', listOf(line), 0) ~= id then return {'other', {}} end
if redis.call('HINCRBY', key('fails'), id, 1) >= tonumber(ARGV[8]) then
    stop(id, line)
    return {'stopped', advance(line)}
end
free(line, now + tonumber(ARGV[7]))
return {'again', {}}`;

/** ARGV 5 where the process is, 6 the most that are taken. Gives the size, the stopped, the lines of this instance, the places, what it takes now, and since when all that is known. */
export const beat = `${common}
redis.call('HSET', key('places'), me, ARGV[5])
local taken = {}
if takes then
    for _, line in ipairs(redis.call('ZRANGEBYSCORE', key('ready'), '-inf', now, 'LIMIT', 0, ARGV[6])) do
        local one = claim(line)
        if #one > 0 then taken[#taken + 1] = one end
    end
end
return {redis.call('HLEN', key('heads')), redis.call('ZCARD', key('stopped')), redis.call('SCARD', mineOf(me)),
    redis.call('HGETALL', key('places')), taken, redis.call('HGET', key('meta'), 'born')}`;

/**
 * What this instance has in its flow and Redis has forgotten. ARGV 5 id, 6 line, 7 head, 8 body, 9 how often in the flow,
 * 10 failures, 11 the key of what was seen, or blank, 12 the ticket in it, 13 how long that is remembered, 14… its calls,
 * each with what became of it. Gives whether it is still this instance's.
 */
export const remind = `${arriving}
if redis.call('HEXISTS', key('heads'), id) == 0 then
    takeIn()
    if ARGV[11] ~= '' then
        redis.call('HSET', ARGV[11], ARGV[12], 'k' .. now)
        redis.call('PEXPIRE', ARGV[11], ARGV[13])
    end
    if ahead() then
        redis.call('ZREM', key('ready'), line)
        own(line)
    end
end
return redis.call('HGET', key('owner'), line) == me and redis.call('LINDEX', listOf(line), 0) == id and 1 or 0`;

/** Gives the lines that Redis has for this instance's. */
export const owned = `${common}
return redis.call('SMEMBERS', mineOf(me))`;

/** ARGV 5 a line: this instance knows nothing of it, so somebody is to take it. */
export const release = `${common}
if redis.call('HGET', key('owner'), ARGV[5]) == me then free(ARGV[5], now) end
return 1`;

/** ARGV 5 an instance that is known to be dead. */
export const buried = `${common}
if ARGV[5] ~= me then bury(ARGV[5]) end
return 1`;

/** What was stopped gets another chance, behind what came after it: ARGV 5 one of them, or blank for all. Gives how many. */
export const revive = `${common}
local all = {}
for _, id in ipairs(redis.call('ZRANGE', key('stopped'), 0, -1)) do
    if ARGV[5] == '' or ARGV[5] == id then all[#all + 1] = id end
end
for _, id in ipairs(all) do
    redis.call('ZREM', key('stopped'), id)
    local line = redis.call('HGET', key('lines'), id)
    redis.call('HDEL', key('fails'), id)
    redis.call('HDEL', key('ended'), id)
    redis.call('RPUSH', listOf(line), id)
    if redis.call('HEXISTS', key('owner'), line) == 0 and redis.call('ZSCORE', key('ready'), line) == false then
        redis.call('ZADD', key('ready'), now, line)
    end
end
return #all`;

/** ARGV 5 the most. Gives those that are stopped, the oldest first. */
export const ofStopped = `${common}
local found = {}
for _, id in ipairs(redis.call('ZRANGE', key('stopped'), 0, ARGV[5] - 1)) do
    found[#found + 1] = whole(id, tonumber(redis.call('HGET', key('went'), id) or 0))
end
return found`;

/**
 * ARGV 5 id, 6 line, 7 a call, 8 what became of it, or blank: nothing, 9 `1` where it is about to be made: only by the
 * instance that has the delivery. Gives whether that is so, -1 where nobody has it.
 */
export const call = `${common}
local id, line = ARGV[5], ARGV[6]
if redis.call('HEXISTS', key('heads'), id) == 0 then return -1 end
if ARGV[9] == '1'
    and (redis.call('HGET', key('owner'), line) ~= me or redis.call('LINDEX', listOf(line), 0) ~= id) then return 0 end
if ARGV[8] == '' then redis.call('HDEL', key('calls:' .. id), ARGV[7])
else redis.call('HSET', key('calls:' .. id), ARGV[7], ARGV[8]) end
return 1`;

/** All that this instance may take with it: what no other one works on, the oldest of a line first. */
export const drain = `${common}
local found = {}
local function add(id)
    found[#found + 1] = whole(id, tonumber(redis.call('HGET', key('went'), id) or 0))
end
local function addLine(line)
    redis.call('ZREM', key('ready'), line)
    own(line)
    for _, id in ipairs(redis.call('LRANGE', listOf(line), 0, -1)) do add(id) end
end
for _, line in ipairs(redis.call('SMEMBERS', mineOf(me))) do addLine(line) end
for _, line in ipairs(redis.call('ZRANGE', key('ready'), 0, 199)) do addLine(line) end
local moving = #found
for _, id in ipairs(redis.call('ZRANGE', key('stopped'), 0, 199)) do add(id) end
return {moving, found}`;

/**
 * Gone for good: nothing remains where nothing is kept, save for a week since when all is known, so that one that stood
 * still does not take it for forgotten. Gives how many are kept.
 */
export const discard = `${common}
bury(me)
local size = redis.call('HLEN', key('heads'))
if size == 0 and redis.call('ZCARD', key('alive')) == 0 then
    redis.call('HDEL', key('meta'), 'last', 'bytes')
    redis.call('EXPIRE', key('meta'), 7 * 86400)
    for _, name in ipairs({'went', 'ended', 'fails', 'lines', 'bodies', 'owner', 'ready', 'places', 'moved'}) do
        redis.call('DEL', key(name))
    end
end
return size`;
