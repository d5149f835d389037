import type { Call, Method } from '../call';
import { inputError } from '../errors';
import { expected } from '../expected';
import type { Missive, Outcome } from './operation';

const methods: readonly Method[] = ['GET', 'POST', 'PATCH', 'DELETE'];

/** A method of Missive's API, in any case. */
export function parseMethod(value: unknown): Method {
    const method = methods.find((each) => typeof value === 'string' && each === value.trim().toUpperCase());
    if (!method) throw expected(`one of ${methods.join(', ')}`, value);
    return method;
}

/**
 * A path below the account's address. What could lead elsewhere is refused: another host, a step up, written in plain or
 * percent-encoded, because whatever stands between here and Missive may read it so.
 */
export function parsePath(value: unknown): string {
    if (typeof value !== 'string') throw expected('a path such as /contact_books', value);
    const path = value.trim();
    const [before = ''] = path.split('?');
    const steps = decoded(before);
    if (!/^\/(?![/\\])/.test(path) || !/^\/(?![/\\])/.test(steps))
        throw new TypeError('should begin with one /, below the account’s address, such as /contact_books');
    if (/[\s\\#]/.test(path) || /[\\#]|\/\//.test(steps))
        throw new TypeError('holds a sign that no path of Missive has, such as a space, \\, # or //');
    if (steps.split('/').some((step) => /^\.+(;.*)?$/.test(step)))
        throw new TypeError('leads off the account’s address: leave out the steps of dots');
    return path;
}

/** Decoded until nothing is left to decode, so that `%252e` is no way round. */
function decoded(path: string): string {
    let text = path;
    for (let next = decodeOnce(text); next !== text; next = decodeOnce(text)) text = next;
    return text;
}

function decodeOnce(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        throw new TypeError('has a % that begins no percent-encoded sign');
    }
}

/** An object whose values become the query. */
export function parseQuery(value: unknown): Record<string, unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw expected('an object such as { "limit": 50 }', value);
    return value as Record<string, unknown>;
}

/** What Missive takes as the body of a request. */
export function parseBody(value: unknown): object {
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value))
        throw expected('an object such as { "tasks": { … } }', value);
    return value;
}

/** Sends the request and gives the answer's body; see `inside` for its envelope. */
export async function sendRequest(
    {
        method,
        path,
        query,
        body,
    }: { method?: Method | null; path?: string | null; query?: object | null; body?: object | null },
    missive: Pick<Missive, 'send'>,
): Promise<Outcome> {
    const call: Call = {
        method: method ?? 'GET',
        path: String(path),
        ...(query && { query: query as Record<string, unknown> }),
        ...(body && { body }),
    };
    if (body && (call.method === 'GET' || call.method === 'DELETE'))
        throw inputError(
            `Body (body) goes with POST and PATCH, not with ${call.method}: use Query (query), or leave it out.`,
        );
    const answer = await missive.send(call);
    return { call, answer, payload: inside(answer.body, call.path) };
}

/**
 * The body without its envelope: its only key where that is the path's resource, such as `messages` of
 * `/conversations/…/messages`. Anything else stays as Missive sent it, a list with one entry too.
 */
export function inside(body: unknown, path: string): unknown {
    if (typeof body !== 'object' || body === null) return {};
    const [key, ...others] = Object.keys(body);
    const steps = path.split('?')[0]?.split('/') ?? [];
    if (key === undefined || others.length > 0 || !steps.includes(key)) return body;
    return (body as Record<string, unknown>)[key] ?? {};
}
