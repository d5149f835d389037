import { STATUS_CODES } from 'node:http';
import { type Delivered, type ErrorCode, MissiveError } from '../errors';
import { megabytes } from '../files/file-size';
import { parsed } from '../json';
import type { Exchange } from './exchange';
import { hintFor, withPrefix } from './hints';
import type { Request } from './request';
import type { Tally } from './retry';
import { scrubbed } from './scrub';

/** One try, and what is needed to tell the user of it. */
export interface Tried {
    readonly request: Request;
    readonly exchange: Exchange;
    /** Never shown, whoever repeats it. */
    readonly token: string;
    readonly tally: Tally;
    readonly attempts: number;
}

/** A try that is no success, as the user should read it: Missive's own words, then what to do. */
export function failureOf(tried: Tried): MissiveError {
    const { token, attempts } = tried;
    const { status, text = '' } = tried.exchange;
    if (status === undefined || status < 300) return lost(tried);
    const answer = parsed(text);
    const said = scrubbed(
        wordsOf(answer, text) ?? `Missive answered ${status} ${STATUS_CODES[status] ?? ''}`.trim(),
        token,
    );
    const [code, advice, delivered] = verdict(tried, status, String(said), errorIn(answer));
    return new MissiveError(code, `${said}${/[.!?…]$/.test(String(said)) ? '' : '.'} ${advice}`, {
        status,
        details: scrubbed(errorIn(answer), token),
        attempts,
        ...(delivered === undefined ? {} : { delivered }),
    });
}

/** No whole answer. */
function lost({ exchange, request, tally, attempts }: Tried): MissiveError {
    const { status, reason = 'unknown' } = exchange;
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
    const advice = delivered === 'no' ? 'Check the address, the network and the proxy.' : doubt(request);
    return new MissiveError('ERR_MISSIVE_NETWORK', `${what} ${advice}`, { ...facts, delivered });
}

/** A success whose body is not JSON: another program than Missive has answered. */
export const notJson = ({ exchange: { status }, attempts }: Tried): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_SERVER',
        `Missive answered ${status}, but not in JSON. The call was carried out; check that the account's address is Missive's.`,
        { ...(status === undefined ? {} : { status }), delivered: 'yes', attempts },
    );

const doubt = ({ method }: Request): string =>
    method === 'GET'
        ? 'Try again later.'
        : 'It may have been carried out all the same: look in Missive before you send it again.';

/** What a status means to the user: code, advice, whether it was carried out. */
function verdict(
    { request, tally, token }: Tried,
    status: number,
    said: string,
    error: unknown,
): [ErrorCode, string, Delivered?] {
    if (status >= 500) return ['ERR_MISSIVE_SERVER', `Missive failed (${status}). ${doubt(request)}`, 'unknown'];
    if (status < 400) {
        const advice = `The account's address redirects elsewhere (${status}), and the token is not sent there: enter the final address.`;
        return ['ERR_MISSIVE_REFUSED', advice];
    }
    switch (status) {
        case 401:
            return ['ERR_MISSIVE_AUTH', `Check the account's API token${withPrefix(token)} (401).`];
        case 403:
            return ['ERR_MISSIVE_AUTH', "The token's owner may not do this in Missive (403)."];
        case 404:
            return ['ERR_MISSIVE_NOT_FOUND', 'Check the id; it may have been deleted (404).'];
        case 408:
            return [
                'ERR_MISSIVE_REFUSED',
                `Missive waited too long for the request (408). ${doubt(request)}`,
                'unknown',
            ];
        case 413:
            return [
                'ERR_MISSIVE_REFUSED',
                `The request has ${megabytes(request.packed?.size ?? Buffer.byteLength(request.body ?? ''))}: send less at once (413).`,
            ];
        case 429: {
            const advice =
                'Missive takes no more requests for now (429). Send fewer, and see what else uses the token.';
            return ['ERR_MISSIVE_RATE', advice, tally.failed > 0 ? 'unknown' : 'no'];
        }
        default:
            return ['ERR_MISSIVE_REFUSED', `${hintFor(said, error)} (${status}).`];
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
