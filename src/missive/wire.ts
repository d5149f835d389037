import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import type { Method } from './call';

/** Milliseconds until a connection stands, until the headers are there, and between two pieces of the body. */
export interface Timeouts {
    readonly connect: number;
    readonly headers: number;
    readonly body: number;
}

export const timeouts: Timeouts = { connect: 10_000, headers: 30_000, body: 30_000 };

/** A larger answer is given up; Missive's largest pages are far below. */
const largestAnswer = 50 * 1024 * 1024;

/** Bytes a millisecond of even a slow line: sending a large draft must not eat up the time for the answer's headers. */
const slowestUpload = 50;

/** One HTTP request, ready to be written. */
export interface Request {
    readonly origin: string;
    readonly path: string;
    readonly method: Method;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | undefined;
}

/** What happened to a request: `text` is there only where the whole answer arrived, `reason` only where it did not. */
export interface Exchange {
    /** Known from undici itself, not guessed from an error's code: false means that Missive cannot have seen it. */
    written: boolean;
    status?: number;
    headers?: Readonly<Record<string, string | string[] | undefined>>;
    text?: string;
    /** A few technical words, such as `ECONNREFUSED`. */
    reason?: string;
    /** Another try would end alike: a certificate that does not hold, an answer without end. */
    final?: boolean;
}

const loopback = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** Sends requests: directly, or through the proxy of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export class Wire {
    readonly #dispatcher: Dispatcher;
    readonly #timeouts: Timeouts;

    /** Throws where the environment names an unusable proxy. */
    constructor(limits: Timeouts = timeouts) {
        this.#timeouts = limits;
        // Idle sockets are closed after undici's 4 s, sooner than by any server: a POST written into a socket that is
        // just being closed could not be repeated.
        this.#dispatcher = new EnvHttpProxyAgent({
            // A proxy cannot reach what runs on this computer, such as the practice inbox.
            noProxy: [process.env.NO_PROXY ?? process.env.no_proxy, ...loopback].filter(Boolean).join(','),
            connections: 5,
            pipelining: 1,
            connectTimeout: limits.connect,
            headersTimeout: limits.headers,
            bodyTimeout: limits.body,
            maxResponseSize: largestAnswer,
            requestTls: { timeout: limits.connect },
            proxyTls: { timeout: limits.connect },
            // The proxy's own connections: without this a proxy that stalls would be waited for 300 s.
            clientFactory: (origin, options) =>
                new Pool(origin, { ...options, headersTimeout: limits.connect, bodyTimeout: limits.connect }),
        });
    }

    /** One exchange, never repeated, no redirect followed; it never throws. */
    async exchange({ origin, path, method, headers, body }: Request): Promise<Exchange> {
        const exchange: Exchange = { written: false };
        const upload = body === undefined ? 0 : Buffer.byteLength(body) / slowestUpload;
        try {
            const answer = await this.#dispatcher.compose(watch(exchange)).request({
                origin,
                path,
                method,
                headers,
                body: body ?? null,
                headersTimeout: this.#timeouts.headers + Math.ceil(upload),
            });
            exchange.headers = answer.headers;
            exchange.text = await answer.body.text();
        } catch (error) {
            exchange.reason = reasonOf(error);
            exchange.final = lasting.test(exchange.reason);
        }
        return exchange;
    }

    /** Closes idle sockets at once and busy ones when their request has ended. */
    close(): Promise<void> {
        return this.#dispatcher.close();
    }
}

/** TLS, certificates, a request or an answer of an impossible shape; the rest may pass. */
const lasting =
    /^(ERR_TLS_|ERR_SSL_|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME|UND_ERR_(INVALID|NOT_SUPP|PRX_TLS|RES_EXC))/;

/** The code of an error: undici's, Node's or OpenSSL's; a proxy's refusal has none, its words name the status. */
function reasonOf(error: unknown): string {
    if (!(error instanceof Error)) return 'unknown';
    const proxy = /^Proxy response \((\d+)\)/.exec(error.message);
    if (proxy) return `proxy answered ${proxy[1]}`;
    return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Notes when the request is written and which status comes; all else passes through. */
function watch(exchange: Exchange): Dispatcher.DispatcherComposeInterceptor {
    return (dispatch) => (options, handler) =>
        dispatch(options, {
            onRequestStart(controller, context) {
                exchange.written = true;
                handler.onRequestStart?.(controller, context);
            },
            onResponseStart(controller, status, headers, message) {
                exchange.status = status;
                handler.onResponseStart?.(controller, status, headers, message);
            },
            onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
            onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
            onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
        });
}
