import type { Dispatcher } from 'undici';
import { connecting, connectTime, proxied } from '../connecting';
import { type Exchange, exchangeOver } from './exchange';
import type { Request } from './request';

/** Milliseconds until a connection stands, until the headers are there, and between two pieces of the body. */
export interface Timeouts {
    readonly connect: number;
    readonly headers: number;
    readonly body: number;
}

export const timeouts: Timeouts = { connect: connectTime, headers: 30_000, body: 30_000 };

/** A larger answer is given up; Missive's largest pages are far below. */
const largestAnswer = 50 * 1024 * 1024;

/**
 * Bytes from which on a body gets more time: undici counts the time for the headers while the body is still being sent,
 * and a large draft over a slow line would eat it up. All other calls have exactly `timeouts.headers`.
 */
const largeUpload = 1024 * 1024;

/** Bytes a millisecond of even a slow line. */
const slowestUpload = 50;

const loopback = ['localhost', '127.0.0.1', '::1', '[::1]'];

const hasProxy = (): boolean =>
    ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some((name) => Boolean(process.env[name]));

/** Sends requests: directly, or through the proxy of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export class Wire {
    readonly #dispatcher: Dispatcher;
    readonly #timeouts: Timeouts;

    /** Throws where the environment names an unusable proxy. */
    constructor(limits: Timeouts = timeouts) {
        this.#timeouts = limits;
        const { Agent, EnvHttpProxyAgent } = require('undici') as typeof import('undici');
        // Idle sockets are closed after undici's 4 s, sooner than by any server: a POST written into a socket that is
        // just being closed could not be repeated.
        const options = {
            connections: 5,
            pipelining: 1,
            connect: connecting(limits.connect),
            headersTimeout: limits.headers,
            bodyTimeout: limits.body,
            maxResponseSize: largestAnswer,
        };
        this.#dispatcher = hasProxy()
            ? new EnvHttpProxyAgent({
                  ...options,
                  // A proxy cannot reach what runs on this computer, such as the practice inbox.
                  noProxy: [process.env.NO_PROXY ?? process.env.no_proxy, ...loopback].filter(Boolean).join(','),
                  ...proxied(limits.connect),
              })
            : new Agent(options);
    }

    /** One exchange below this address, where it `may` be written once a connection stands; it never throws. */
    exchange(base: URL, { path, method, headers, body }: Request, may: () => boolean): Promise<Exchange> {
        const size = body === undefined ? 0 : Buffer.byteLength(body);
        const options = {
            origin: base.origin,
            path: base.pathname.replace(/\/+$/, '') + path,
            method,
            headers,
            body: body ?? null,
            headersTimeout: this.#timeouts.headers + (size > largeUpload ? Math.ceil(size / slowestUpload) : 0),
        };
        return exchangeOver(this.#dispatcher, options, largestAnswer, may);
    }

    /** Closes idle sockets at once and busy ones when their request has ended. */
    close(): Promise<void> {
        return this.#dispatcher.close();
    }
}
