import type { Method } from '../call';

/** What one try came to, as far as repeating it goes. */
export interface Outcome {
    readonly method: Method;
    /** The answer's status, also where its body was lost. */
    readonly status?: number | undefined;
    /** Whether the answer arrived whole. */
    readonly whole: boolean;
    /** Whether the request was written to the wire. */
    readonly written: boolean;
    /** Trying again cannot help: a certificate, for one. */
    readonly final?: boolean | undefined;
    /** Something on the way takes no connection. */
    readonly barred?: boolean | undefined;
    readonly headers?: Readonly<Record<string, string | string[] | undefined>> | undefined;
}

/** How often a call has been tried so far, by what came of it, this time included. */
export interface Tally {
    unsent: number;
    /** Not even tried, as the permit had gone. */
    late: number;
    refused: number;
    failed: number;
}

export const freshTally = (): Tally => ({ unsent: 0, late: 0, refused: 0, failed: 0 });

/** Run the call again after so many milliseconds; `hold`: everybody has to wait for that long. */
export interface Repeat {
    readonly again: number;
    readonly hold: boolean;
    /** The limit that Missive says is used up. */
    readonly limit?: number;
}

type Rule = Readonly<{ counts: keyof Tally; most: Readonly<Record<Method, number>> }>;

/** How often a call may be tried in all. A POST that Missive may have carried out is never sent twice. */
const rules = {
    /** Refused, no such host, no connection in time: Missive knows nothing of it. */
    unsent: { counts: 'unsent', most: { GET: 5, PATCH: 5, DELETE: 5, POST: 5 } },
    /** The proxy closes the connection instead of answering: if not in a moment, then not at all. */
    barred: { counts: 'unsent', most: { GET: 3, PATCH: 3, DELETE: 3, POST: 3 } },
    /** 429: Missive has not carried it out, whatever it is. */
    refused: { counts: 'refused', most: { GET: 11, PATCH: 11, DELETE: 11, POST: 11 } },
    /** 500: more often Missive's own mistake than a passing one. */
    broken: { counts: 'failed', most: { GET: 3, PATCH: 3, DELETE: 3, POST: 1 } },
    /** Any other 5xx, 408, a connection lost after the request was written. */
    failed: { counts: 'failed', most: { GET: 4, PATCH: 3, DELETE: 3, POST: 1 } },
    /** 2xx, but its body was lost: it is done, and only what a GET reads is worth asking for again. */
    cut: { counts: 'failed', most: { GET: 4, PATCH: 1, DELETE: 1, POST: 1 } },
} as const satisfies Record<string, Rule>;

function ruleFor({ status, whole, written, final, barred }: Outcome): Rule | undefined {
    if (final) return undefined;
    if (!written) return barred ? rules.barred : rules.unsent;
    if (status === 429) return rules.refused;
    if (status === 500) return rules.broken;
    if (status === 408 || (status !== undefined && status > 500)) return rules.failed;
    if (whole) return undefined;
    return status !== undefined && status >= 200 && status < 300 ? rules.cut : rules.failed;
}

/** Whether, when and how a call is tried again. Counts the try in `tally`; `backOff` is the first pause in milliseconds. */
export function retry(outcome: Outcome, tally: Tally, backOff = 500): Repeat | undefined {
    const rule = ruleFor(outcome);
    if (!rule) return undefined;
    const tries = ++tally[rule.counts];
    if (tries >= rule.most[outcome.method]) return undefined;
    const asked = askedPause(outcome.headers ?? {});
    if (rule === rules.refused) return holdFor(outcome.headers);
    // So that whoever cannot get through knows it after ten seconds.
    const most = outcome.written ? Infinity : 8 * backOff;
    const pause = Math.min(most, backOff * 2 ** (tries - 1) * (0.5 + Math.random()));
    return { again: Math.max(pause, asked ?? 0), hold: false };
}

/** After a 429 all wait, also where the call that met it has no try left. */
export const holdFor = (headers: Outcome['headers'] = {}): Repeat => ({
    again: askedPause(headers) ?? 60_000,
    hold: true,
    ...limitIn(headers),
});

/** `X-RateLimit-Limit`, where it is a number. */
function limitIn(headers: NonNullable<Outcome['headers']>): { limit?: number } {
    const text = [headers['x-ratelimit-limit']].flat()[0]?.trim() ?? '';
    return number.test(text) ? { limit: Number(text) } : {};
}

/** No pause is longer than Missive's longest window. */
const longest = 15 * 60_000;

const number = /^\d+(\.\d+)?$/;
/** `Date.parse` alone takes nearly anything for a date. */
const httpDate = /^[a-z]{3,9},? /i;

/** The milliseconds Missive asks to wait: `Retry-After`, else `X-RateLimit-Reset`; `undefined` where it says nothing usable. */
export function askedPause(headers: NonNullable<Outcome['headers']>): number | undefined {
    const text = (name: string) => [headers[name]].flat()[0]?.trim() ?? '';
    // Missive's own clock, where it tells the time: the one of this machine may be wrong by minutes.
    const now = Date.parse(text('date')) || Date.now();
    const after = text('retry-after');
    const reset = text('x-ratelimit-reset');
    const pause = number.test(after)
        ? Number(after) * 1000
        : httpDate.test(after)
          ? Date.parse(after) - now
          : number.test(reset)
            ? Number(reset) * 1000 - now
            : Number.NaN;
    return Number.isNaN(pause) ? undefined : Math.min(longest, Math.max(0, pause));
}
