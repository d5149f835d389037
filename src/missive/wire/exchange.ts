import type { Dispatcher } from 'undici';
import { proxyAnswer, proxyClosed, proxyGarbled } from '../connecting';
import { decoded } from './decoded';

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
    /** Something on the way takes no connection; it may again in a moment, but hardly later. */
    barred?: boolean;
    /** It was too late to write it: the permit for it had gone. */
    late?: boolean;
}

/** Leaves a mark of its byte order out. */
const utf8 = new TextDecoder();

/**
 * Sends one request and tells what happened to it; never repeats it, follows no redirect, never throws. `may` is asked in
 * the moment in which it would be written: a connection can take its time.
 */
export async function exchangeOver(
    dispatcher: Dispatcher,
    options: Dispatcher.DispatchOptions,
    largest: number,
    may: () => boolean,
): Promise<Exchange> {
    const exchange: Exchange = { written: false };
    try {
        const bytes = await bytesOf(dispatcher, options, exchange, may);
        exchange.text = utf8.decode(await decoded(bytes, exchange.headers ?? {}, largest));
    } catch (error) {
        exchange.reason = reasonOf(error);
        exchange.final = lasting.test(exchange.reason);
        exchange.barred = exchange.reason === proxyClosed || exchange.reason === proxyGarbled;
    }
    return exchange;
}

/** The answer's body; notes meanwhile whether the request was written and which status came. */
function bytesOf(
    dispatcher: Dispatcher,
    options: Dispatcher.DispatchOptions,
    exchange: Exchange,
    may: () => boolean,
): Promise<readonly Buffer[]> {
    return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        dispatcher.dispatch(options, {
            onRequestStart: (controller) => {
                exchange.late = !may();
                if (exchange.late) controller.abort(new Error());
                else exchange.written = true;
            },
            onResponseStart: (_, status, headers) => {
                // 1xx: the answer is still to come.
                if (status < 200) return;
                exchange.status = status;
                exchange.headers = headers;
            },
            onResponseData: (_, chunk) => {
                chunks.push(chunk);
            },
            onResponseEnd: () => resolve(chunks),
            onResponseError: (_, error) => reject(error),
        });
    });
}

/** TLS, certificates, a request or an answer of an impossible shape; the rest may pass. */
const lasting =
    /^(ERR_TLS_|ERR_SSL_|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME|ERR_BUFFER_TOO_LARGE|UND_ERR_(INVALID|NOT_SUPP|PRX_TLS|RES_EXC))/;

/** The code of an error: undici's, Node's, OpenSSL's or zlib's; what a proxy answered where one refused. */
function reasonOf(error: unknown): string {
    if (!(error instanceof Error)) return 'unknown';
    const answered = proxyAnswer(error);
    if (answered !== undefined) return answered;
    return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
