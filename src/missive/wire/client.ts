import type { Answer, Call, Turn } from '../call';
import { MissiveError } from '../errors';
import { ownCallsOf } from '../events/own-calls';
import { noteFarClock } from '../far-clock';
import type { Gate } from '../guard/gate';
import { parsed } from '../json';
import type { Limiter } from '../limits/limiter';
import type { Again, Attempt } from '../limits/task';
import type { Exchange } from './exchange';
import { failureOf, notJson, type Tried } from './failure';
import type { Happened } from './happened';
import { heldBy, type Request, requestOf, usableToken, whole } from './request';
import { freshTally, holdFor, retry, type Tally } from './retry';
import { type Timeouts, timeouts, Wire } from './wire';

export interface ClientOptions {
    /** Where Missive answers, with or without a slash at the end; asked anew for each request. */
    readonly address: () => Promise<string>;
    readonly token: string;
    readonly limiter: Limiter;
    readonly maxQueue?: number | undefined;
    /** Of what waits. */
    readonly maxBytes?: number | undefined;
    /** Seconds; blank: no deadline. */
    readonly maxWait?: number | undefined;
    readonly timeouts?: Timeouts | undefined;
    /** The first pause before a repeat, in milliseconds; each further one is twice as long. */
    readonly backOff?: number | undefined;
    /** Each request says which node asks: for the practice inbox, whose page shows it. */
    readonly signed?: boolean | undefined;
    /** What stands before all calls. */
    readonly gate?: Gate | undefined;
    /** Told of each call that has ended. */
    readonly observe?: ((happened: Happened) => void) | undefined;
}

/** A call made ready before it is queued, so that what cannot be sent fails at once. */
interface Ready {
    readonly request: Request;
    readonly token: string;
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

    /** How long a call may wait, and how many may: what else waits before a call keeps to it, too. */
    get bounds(): Pick<ClientOptions, 'maxQueue' | 'maxWait'> {
        return this.#options;
    }

    /** Where Missive answers. */
    address(): Promise<string> {
        return this.#options.address();
    }

    /** Sends a call; rejects with a `MissiveError` and nothing else. */
    async send(call: Call, turn: Turn): Promise<Answer> {
        const { observe } = this.#options;
        if (!observe) return this.#send(call, turn);
        const began = performance.now();
        const ended = (outcome: Pick<Happened, 'answer' | 'error'>, waited = 0) => {
            const took = Math.max(0, performance.now() - began - waited);
            observe({ call, node: turn.node, waited: Math.round(waited), took: Math.round(took), ...outcome });
        };
        try {
            const answer = await this.#send(call, turn);
            ended({ answer }, answer.waited);
            return answer;
        } catch (error) {
            if (error instanceof MissiveError) ended({ error }, error.waited);
            throw error;
        }
    }

    async #send(call: Call, turn: Turn): Promise<Answer> {
        if (this.#closing) throw stopped();
        const { limiter, maxQueue, maxWait, maxBytes } = this.#options;
        const bounds = { maxQueue, maxWait, maxBytes };
        const token = usableToken(this.#options.token);
        const ready = {
            request: requestOf(call, token, this.#options.signed ? turn.node : undefined),
            token,
            tally: freshTally(),
        };
        const passed = (await this.#options.gate?.pass(call)) ?? {};
        if ('answer' in passed) {
            // What cannot be sent is told all the same.
            await whole(ready.request);
            return passed.answer;
        }
        const wire = this.#open();
        const own = ownCallsOf(limiter);
        const task = async (attempt: Attempt) => {
            await this.#departing(turn, attempt);
            turn.started?.();
            own.note(call);
            const tried = await this.#try(ready, wire, attempt);
            // A POST is tried again only where Missive cannot have carried it out.
            if ('again' in tried) turn.returned?.();
            return tried;
        };
        const answer = await limiter
            .run(task, turn, { ...bounds, bytes: heldBy(ready.request) })
            .catch((error: unknown) => {
                passed.over?.((error instanceof MissiveError ? error.delivered : undefined) ?? 'no');
                throw error;
            });
        passed.over?.('yes');
        own.note(call, answer.body);
        return answer;
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

    async #try({ request, token, tally }: Ready, wire: Wire, attempt: Attempt): Promise<Again | Done> {
        const { method } = request;
        const [base, filled] = [await this.#base(attempt), await this.#filled(request, attempt)];
        const exchange = await wire.exchange(base, filled, attempt.stands);
        const { status, text } = exchange;
        noteFarClock(this.limiter, dateIn(exchange.headers).date);
        if (!exchange.written) attempt.refund();
        if (exchange.late) {
            tally.late++;
            return { again: 0 };
        }
        // An answer that says no needs no body: only a success is incomplete without one.
        const whole = text !== undefined || (status !== undefined && status >= 300);
        const triedBefore = tally.failed > 0;
        const repeat = retry({ ...exchange, method, whole }, tally, this.#options.backOff);
        const tried = { request, exchange, token, tally, attempts: attempt.number };
        if (repeat) return { ...repeat, failure: failureOf(tried) };
        // The others wait all the same.
        if (status === 429) return { ...holdFor(exchange.headers), failure: failureOf(tried), over: true };
        // The first try has deleted it, and its answer was lost.
        const gone = method === 'DELETE' && status === 404 && triedBefore;
        if (!gone && !(whole && status !== undefined && status < 300)) throw failureOf(tried);
        const body = gone ? undefined : bodyOf(tried);
        const attempts = attempt.number - tally.unsent - tally.late;
        return { value: { status, body, attempts, waited: attempt.waited, ...dateIn(exchange.headers) } };
    }

    async #departing({ departing }: Turn, attempt: Attempt): Promise<void> {
        try {
            await departing?.();
        } catch (error) {
            attempt.refund();
            throw error;
        }
    }

    /** The request with its files, read in the call's turn so that no more of them are in memory than go out. */
    async #filled(request: Request, attempt: Attempt): Promise<Request> {
        try {
            return await whole(request);
        } catch (error) {
            attempt.refund();
            throw error;
        }
    }

    /** The account's address, asked for in the call's turn so that a slow one does not mix up the order. */
    async #base(attempt: Attempt): Promise<URL> {
        try {
            if (this.#closing) throw stopped();
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

/** The clock at the far end, in Unix seconds, where the answer tells. */
function dateIn(headers: Exchange['headers'] = {}): Pick<Answer, 'date'> {
    const date = Date.parse([headers.date].flat()[0] ?? '');
    return Number.isNaN(date) ? {} : { date: Math.floor(date / 1000) };
}

const stopped = (): MissiveError =>
    new MissiveError('ERR_MISSIVE_CLOSED', 'The account was stopped; the call was not sent.');

/** The parsed JSON of a success; throws where it is none. */
function bodyOf(tried: Tried): unknown {
    const { text = '' } = tried.exchange;
    if (text.trim() === '') return undefined;
    const body = parsed(text);
    if (body === undefined) throw notJson(tried);
    return body;
}
