import { createHash } from 'node:crypto';

/**
 * Where in Redis the things of a node, or of an account, lie: one slot of a cluster. `whose`: what stands for it in every
 * Node-RED with these flows.
 */
export const placeOf = (what: string, whose: string): string =>
    `{missive:${what}:${createHash('sha256').update(whose).digest('hex').slice(0, 16)}}`;

/** Milliseconds by Redis's own clock, as a line of Lua. */
export const now = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)`;
