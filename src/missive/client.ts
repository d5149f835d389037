import { STATUS_CODES } from 'node:http';
import type { Answer, Call, Turn } from './call';
import { type Delivered, type ErrorCode, inputError, MissiveError } from './errors';
import type { Again, Attempt, Limiter } from './limiter';
import { ownCallsOf } from './own-calls';
import { freshTally, retry, type Tally } from './retry';
import { type Timeouts, timeouts, Wire } from './wire';

export interface ClientOptions {
    /** Where Missive answers, with or without a slash at the end; asked anew for each request. */
    readonly address: () => Promise<string>;
    readonly token: string;
    readonly limiter: Limiter;
    readonly maxQueue?: number | undefined;
    /** Seconds; blank: no deadline. */
    readonly maxWait?: number | undefined;
    readonly timeouts?: Timeouts | undefined;
    /** The first pause before a repeat, in milliseconds; each further one is twice as long. */
    readonly backOff?: number | undefined;
}

/** A call made ready before it is queued, so that what cannot be sent fails at once. */
interface Ready {
    readonly call: Call;
    readonly token: string;
    readonly path: string;
    readonly json: string | undefined;
    readonly tally: Tally;
}

/** Speaks to Missive for one account: each call waits its turn, is repeated where that is safe, and gives a parsed answer. */
export class Client {
    readonly #options: ClientOptions;
    #wire: Wire | undefined;
    #closing: Promise<void> | undefined;

    constructor(options: ClientOptions) {
        this.#options = options;
    }

    /** The limiter of this address and token: what its calls share. */
    get limiter(): Limiter {
        return this.#options.limiter;
    }

    /** Sends a call; rejects with a `MissiveError` and nothing else. */
    async send(call: Call, turn: Turn): Promise<Answer> {
        if (this.#closing) throw closed();
        const { limiter, maxQueue, maxWait } = this.#options;
        const token = usableToken(this.#options.token);
        const ready = { call, token, path: pathOf(call), json: jsonOf(call), tally: freshTally() };
        const wire = this.#open();
        return limiter.run((attempt) => this.#try(ready, wire, attempt), turn, { maxQueue, maxWait });
    }

    /** Takes no more calls; closes idle sockets at once and the others when their requests have ended. */
    close(): Promise<void> {
        this.#closing ??= this.#wire?.close() ?? Promise.resolve();
        return this.#closing;
    }

    #open(): Wire {
        try {
            this.#wire ??= new Wire(this.#options.timeouts ?? timeouts);
            return this.#wire;
        } catch {
            throw new MissiveError(
                'ERR_MISSIVE_CONFIG',
                'The proxy in HTTP_PROXY or HTTPS_PROXY is no web address. Write it as http://host:port.',
            );
        }
    }

    async #try({ call, token, path, json, tally }: Ready, wire: Wire, attempt: Attempt): Promise<Again | Done> {
        const base = await this.#base(attempt);
        const own = ownCallsOf(this.#options.limiter);
        own.note(call);
        const { written, status, headers, text, reason, final } = await wire.exchange({
            origin: base.origin,
            path: base.pathname.replace(/\/+$/, '') + path,
            method: call.method,
            headers: {
                authorization: `Bearer ${token}`,
                accept: 'application/json',
                'user-agent': 'node-red-missive',
                ...(json === undefined ? {} : { 'content-type': 'application/json' }),
            },
            body: json,
        });
        if (!written) attempt.refund();
        // An answer that says no needs no body: only a success is incomplete without one.
        const whole = text !== undefined || (status !== undefined && status >= 300);
        const triedBefore = tally.failed > 0;
        const repeat = retry(
            { method: call.method, status, whole, written, final, headers },
            tally,
            this.#options.backOff,
        );
        const tried = { call, status, text, reason, json, token, tally, attempts: attempt.number };
        if (repeat) return { ...repeat, failure: failureOf(tried) };
        // The first try has deleted it, and its answer was lost.
        const gone = call.method === 'DELETE' && status === 404 && triedBefore;
        if (!gone && !(whole && status !== undefined && status < 300)) throw failureOf(tried);
        const body = gone ? undefined : bodyOf(tried);
        own.note(call, body);
        return { value: { status, body, attempts: attempt.number - tally.unsent, waited: attempt.waited } };
    }

    /** The account's address, asked for in the call's turn so that a slow one does not mix up the order. */
    async #base(attempt: Attempt): Promise<URL> {
        try {
            if (this.#closing) throw closed();
            const address = (await this.#options.address()).trim();
            if (/^https?:\/\//i.test(address) && URL.canParse(address)) return new URL(address);
            throw new MissiveError(
                'ERR_MISSIVE_CONFIG',
                "The account's address is no web address. Write it as https://…",
            );
        } catch (error) {
            attempt.refund();
            throw error;
        }
    }
}

interface Done {
    readonly value: Answer;
}

const closed = (): MissiveError =>
    new MissiveError('ERR_MISSIVE_CLOSED', 'The account was stopped; the call was not sent.');

/** Visible characters and spaces: what a header can carry anywhere. */
function usableToken(text: string): string {
    const token = text.trim();
    if (token === '') throw new MissiveError('ERR_MISSIVE_CONFIG', 'The account has no API token.');
    if (/^[\x20-\x7e]+$/.test(token)) return token;
    throw new MissiveError(
        'ERR_MISSIVE_CONFIG',
        "The account's API token holds characters that no token can have, such as a line break. Copy it again from Missive.",
    );
}

function pathOf({ path, query = {} }: Call): string {
    if (!/^\/[\x21-\x7e]*$/.test(path)) {
        throw inputError('The path must start with / and be percent-encoded: no spaces, no letters beyond ASCII.');
    }
    const pairs = Object.entries(query)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(queryText(value))}`);
    if (pairs.length === 0) return path;
    return `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function queryText(value: unknown): string {
    if (Array.isArray(value)) return value.map(queryText).join(',');
    if (value === null || value === undefined) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What Missive takes as one request, in bytes. */
const largestBody = 10 * 1024 * 1024;

function jsonOf({ body }: Call): string | undefined {
    if (body === undefined) return undefined;
    const json = written(body);
    if (json === undefined) {
        throw inputError('The fields cannot be written as JSON: one refers to itself, is a BigInt or a function.');
    }
    if (Buffer.byteLength(json) <= largestBody) return json;
    throw inputError(`The request has ${megabytes(json)}, Missive takes 10 MB. Send fewer or smaller attachments.`);
}

function written(body: unknown): string | undefined {
    try {
        return JSON.stringify(body);
    } catch {
        return undefined;
    }
}

const megabytes = (text: string): string => `${(Buffer.byteLength(text) / 1024 / 1024).toFixed(2)} MB`;

/** One try, and what is needed to tell the user of it. */
interface Tried {
    readonly call: Call;
    readonly status: number | undefined;
    readonly text: string | undefined;
    readonly reason: string | undefined;
    readonly json: string | undefined;
    readonly token: string;
    readonly tally: Tally;
    readonly attempts: number;
}

/** The parsed JSON of a success; throws where it is none. */
function bodyOf({ text = '', status, attempts }: Tried): unknown {
    if (text.trim() === '') return undefined;
    const parsed = parse(text);
    if (parsed !== undefined) return parsed;
    throw new MissiveError(
        'ERR_MISSIVE_SERVER',
        `Missive answered ${status}, but not in JSON. The call was carried out; check that the account's address is Missive's.`,
        { ...(status === undefined ? {} : { status }), delivered: 'yes', attempts },
    );
}

function parse(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** A try that is no success, as the user should read it: Missive's own words, then what to do. */
function failureOf(tried: Tried): MissiveError {
    const { status, text = '', token, attempts } = tried;
    if (status === undefined || status < 300) return lost(tried);
    const answer = parse(text);
    const said = clean(
        wordsOf(answer, text) ?? `Missive answered ${status} ${STATUS_CODES[status] ?? ''}`.trim(),
        token,
    );
    const [code, advice, delivered] = verdict(tried, status);
    return new MissiveError(code, `${said}${/[.!?…]$/.test(String(said)) ? '' : '.'} ${advice}`, {
        status,
        details: clean(errorIn(answer), token),
        attempts,
        ...(delivered === undefined ? {} : { delivered }),
    });
}

/** No whole answer. */
function lost({ status, reason = 'unknown', call, tally, attempts }: Tried): MissiveError {
    const facts = { reason, attempts };
    if (status !== undefined && status >= 200) {
        const message = `Missive answered ${status}, but the rest of the answer was lost (${reason}). The call was carried out.`;
        return new MissiveError('ERR_MISSIVE_NETWORK', message, { ...facts, status, delivered: 'yes' });
    }
    // An earlier try may have arrived even if this one did not.
    const delivered = tally.failed > 0 ? 'unknown' : 'no';
    const what =
        delivered === 'no'
            ? `Missive could not be reached (${reason}).`
            : `The connection to Missive was lost (${reason}).`;
    const advice = delivered === 'no' ? 'Check the address, the network and the proxy.' : doubt(call);
    return new MissiveError('ERR_MISSIVE_NETWORK', `${what} ${advice}`, { ...facts, delivered });
}

const doubt = ({ method }: Call): string =>
    method === 'GET'
        ? 'Try again later.'
        : 'It may have been carried out all the same: look in Missive before you send it again.';

function verdict({ call, json = '', tally }: Tried, status: number): [ErrorCode, string, Delivered?] {
    if (status >= 500) return ['ERR_MISSIVE_SERVER', `Missive failed (${status}). ${doubt(call)}`, 'unknown'];
    if (status < 400) {
        const advice = `The account's address redirects elsewhere (${status}), and the token is not sent there: enter the final address.`;
        return ['ERR_MISSIVE_REFUSED', advice];
    }
    switch (status) {
        case 401:
            return ['ERR_MISSIVE_AUTH', "Check the account's API token (401)."];
        case 403:
            return ['ERR_MISSIVE_AUTH', "The token's owner may not do this in Missive (403)."];
        case 404:
            return ['ERR_MISSIVE_NOT_FOUND', 'Check the id; it may have been deleted (404).'];
        case 408:
            return ['ERR_MISSIVE_REFUSED', `Missive waited too long for the request (408). ${doubt(call)}`, 'unknown'];
        case 413:
            return ['ERR_MISSIVE_REFUSED', `The request has ${megabytes(json)}: send less at once (413).`];
        case 429: {
            const advice =
                'Missive takes no more requests for now (429). Send fewer, and see what else uses the token.';
            return ['ERR_MISSIVE_RATE', advice, tally.failed > 0 ? 'unknown' : 'no'];
        }
        default:
            return ['ERR_MISSIVE_REFUSED', `Correct the message's fields (${status}).`];
    }
}

/** Missive's error object without its envelope. */
function errorIn(answer: unknown): unknown {
    if (!isRecord(answer)) return undefined;
    return isRecord(answer.error) ? answer.error : answer;
}

/** What Missive says, wherever in its answer; a gateway's HTML page says nothing worth showing. */
function wordsOf(answer: unknown, text: string): string | undefined {
    const { error, errors, message } = isRecord(answer) ? answer : {};
    const places = [
        isRecord(error) ? error.message : error,
        Array.isArray(errors) ? errors.map((one) => (isRecord(one) ? one.message : one)).join('; ') : errors,
        message,
        answer === undefined && !text.trimStart().startsWith('<') ? text : undefined,
    ];
    for (const words of places) if (typeof words === 'string' && words.trim() !== '') return words.trim();
    return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Missive's tokens have 36 characters and more; a shorter text is a test's, and may be part of a word. */
const shortestSecret = 8;

/** Without the token, and no longer than a person would read: 300 characters, 50 entries, six levels. */
function clean(value: unknown, token: string, depth = 6): unknown {
    if (typeof value === 'string') {
        const text = token.length < shortestSecret ? value : value.replaceAll(token, '***');
        return text.length > 300 ? `${text.slice(0, 299)}…` : text;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (depth === 0) return '…';
    if (Array.isArray(value)) return value.slice(0, 50).map((one) => clean(one, token, depth - 1));
    const entries = Object.entries(value).slice(0, 50);
    return Object.fromEntries(entries.map(([key, one]) => [String(clean(key, token)), clean(one, token, depth - 1)]));
}
