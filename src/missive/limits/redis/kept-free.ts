/**
 * What is kept free for those who lose Redis, as lines of Lua, so that they can go on without it and nobody meets a limit.
 * KEYS 5: client → `e1 e2 n place`: of each window the permits that it may take if it is not heard of from now on, the
 * number of programs that it knows of, and where it is. Told with its renewals, and only changed by them, one after the
 * other, so that it is surely what the client believes. Who is lost takes these until what was used then has come back,
 * then an equal part of `n`.
 * `most`: how many there were at once. Whoever has said for two seconds nothing and not that it leaves may be cut off, as
 * long as there are not as many again; after four long windows, an hour, it is forgotten.
 */
export const keptFree = `
local whole = {limit1, limit2}
local spans = {span1 + margin, span2 + margin}
local here = redis.call('ZCOUNT', KEYS[4], now - 2000, '+inf')
local most = tonumber(redis.call('HGET', KEYS[3], 'most') or 0)
if here >= most or now - tonumber(redis.call('HGET', KEYS[3], 'mostat') or 0) > 4 * span2 then
    most = math.max(1, here)
    redis.call('HSET', KEYS[3], 'most', most, 'mostat', now)
end
local missing = redis.call('ZREVRANGEBYSCORE', KEYS[4], '(' .. (now - 2000), '-inf', 'WITHSCORES')
local gone = most - math.max(1, here)
local function partOf(name)
    local e1, e2, n, place = string.match(redis.call('HGET', KEYS[5], name) or '', '^(%d+) (%d+) (%d+) (.*)$')
    return {tonumber(e1 or 0), tonumber(e2 or 0)}, math.max(1, tonumber(n or most)), place or ''
end
local function share(limit, n) return math.max(1, math.floor(limit / n)) end
local others, lost, lasting, since, lostSlots = {0, 0}, {0, 0}, {0, 0}, {}, 0
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], now - 2000, '+inf')) do
    if name ~= client then
        local part = partOf(name)
        for at = 1, 2 do others[at] = others[at] + part[at] end
    end
end
local leased = redis.call('ZRANGE', KEYS[2], 0, -1)
for one = 1, gone do
    local name, heard = missing[2 * one - 1], tonumber(missing[2 * one] or -math.huge)
    local part, n = partOf(name or '')
    for at = 1, 2 do
        local each = share(whole[at], n)
        lasting[at] = lasting[at] + each
        if now < heard + spans[at] then
            lost[at] = lost[at] + part[at]
            since[at] = math.min(since[at] or heard, heard)
        else
            lost[at] = lost[at] + each
        end
    end
    local own = 0
    for _, id in ipairs(leased) do
        if name and string.sub(id, 1, #name + 1) == name .. '-' then own = own + 1 end
    end
    lostSlots = lostSlots + math.max(0, share(slots, n) - own)
end
lostSlots = math.min(lostSlots, slots - 1)
for at = 1, 2 do
    local bound = math.floor(whole[at] * gone / most)
    lost[at], lasting[at] = math.min(lost[at], bound), math.min(lasting[at], bound)
end
-- All say anew what they need, so that no more is kept free than that.
local function tell()
    if now - tonumber(redis.call('HGET', KEYS[3], 'asked') or 0) < 20 then return end
    redis.call('HSET', KEYS[3], 'asked', now)
    redis.pcall('PUBLISH', string.sub(KEYS[1], 1, -4) .. 'news', 'tell')
end
-- What was taken since the first of them was heard of counts when all of them have their whole part.
local function taken(at)
    if not since[at] then return 0 end
    return running + redis.call('ZCOUNT', KEYS[1], '(' .. math.max(since[at], now - spans[at]), '+inf')
end
`;

/** Inside `renew`. ARGV 8, 9: what the client believes it may take, 10: how many programs it knew of, 11: where it is. */
export const promised = `
local function promise()
    local known = {tonumber(ARGV[8]), tonumber(ARGV[9])}
    local before = math.min(tonumber(ARGV[10]), 100)
    if before > most then
        most = before
        redis.call('HSET', KEYS[3], 'most', most, 'mostat', now)
    end
    local used, foreign, part = {used1, used2}, {(exactly('f1', span1)), (exactly('f2', span2))}, {}
    for at = 1, 2 do
        local all = whole[at] - math.floor(foreign[at])
        local free = all - used[at] - others[at] - lost[at]
        if since[at] then free = math.min(free, all - taken(at) - others[at] - lasting[at]) end
        local fair = math.floor((all - used[at] - lost[at]) / most)
        part[at] = math.max(0, math.min(free, fair))
        if part[at] < fair then tell() end
    end
    local kept = {math.max(known[1], part[1]), math.max(known[2], part[2])}
    local was = partOf(client)
    if kept[1] < was[1] or kept[2] < was[2] then
        redis.pcall('PUBLISH', string.sub(KEYS[1], 1, -4) .. 'news', 'r')
    end
    redis.call('HSET', KEYS[5], client, table.concat({kept[1], kept[2], most, ARGV[11]}, ' '))
    return part
end
`;
