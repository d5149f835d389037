import { now } from '../../../redis/place';

/**
 * KEYS 1: a hash of what was seen with one print: ticket → state and moment. States: `b` begun, `k` in the flow or kept,
 * `f` in the flow and its 200 did not arrive. A ticket that was begun and of which nothing was heard since is that of a
 * process that is gone.
 */
const common = `${now}
local function part(text)
    return string.sub(text, 1, 1), tonumber(string.sub(text, 2))
end`;

/**
 * ARGV 1 `key` or `body`, 2 a new ticket, 3 how long one may be begun, 4 how long Missive waits, 5 how long this is
 * remembered; milliseconds. Gives `new`, `again` or `wait`, the ticket and its moment.
 */
export const begin = `${common}
local all = redis.call('HGETALL', KEYS[1])
local open = 0
for at = 1, #all, 2 do
    local ticket, state, since = all[at], part(all[at + 1])
    local age = math.abs(now - since)
    if (state == 'b' and age > tonumber(ARGV[3])) or age > tonumber(ARGV[5]) then
        redis.call('HDEL', KEYS[1], ticket)
    elseif ARGV[1] == 'key' then
        return {state == 'b' and 'wait' or 'again', ticket, since}
    elseif state == 'f' or age > tonumber(ARGV[4]) then
        if state == 'b' then return {'wait', ticket, since} end
        redis.call('HSET', KEYS[1], ticket, 'k' .. now)
        return {'again', ticket, now}
    else
        open = open + 1
        if open == 100 then redis.call('HDEL', KEYS[1], ticket) end
    end
end
redis.call('HSET', KEYS[1], ARGV[2], 'b' .. now)
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return {'new', ARGV[2], now}`;

/** ARGV 1 ticket, 2 its moment, or how long ago that was as a negative number (whose clock is not Redis's own), 3 `k`, `f` or blank for nothing, 4 how long it is remembered. A later answer to the same counts alone. */
export const settle = `${common}
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
    local _, since = part(known)
    if since ~= tonumber(ARGV[2]) then return 0 end
end
local at = tonumber(ARGV[2])
if at <= 0 then at = now + at end
if ARGV[3] == '' then return redis.call('HDEL', KEYS[1], ARGV[1]) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3] .. at)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`;

/** ARGV 1 ticket: it was refused after all, unless it is kept by now. */
export const withdraw = `${common}
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and part(known) == 'b' then redis.call('HDEL', KEYS[1], ARGV[1]) end
return 1`;

/** Forgets a print. */
export const forget = `return redis.call('DEL', KEYS[1])`;
