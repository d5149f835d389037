import type { Dispatcher } from 'undici';

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

/** Sends one request and tells what happened to it; never repeats it, follows no redirect, never throws. */
export async function exchangeOver(dispatcher: Dispatcher, options: Dispatcher.RequestOptions): Promise<Exchange> {
    const exchange: Exchange = { written: false };
    try {
        const answer = await dispatcher.compose(watch(exchange)).request(options);
        exchange.headers = answer.headers;
        exchange.text = await answer.body.text();
    } catch (error) {
        exchange.reason = reasonOf(error);
        exchange.final = lasting.test(exchange.reason);
    }
    return exchange;
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
