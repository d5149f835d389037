import type { Call } from '../call';
import { object } from './event-filter';

/** Missive reports what a call has done within a few seconds. */
const ownTime = 10_000;
const most = 10_000;

const known = new WeakMap<object, OwnCalls>();

/** The own calls of an address and token; `owner` is what they share, their limiter. */
export function ownCallsOf(owner: object): OwnCalls {
    const calls = known.get(owner) ?? new OwnCalls();
    known.set(owner, calls);
    return calls;
}

/** Where several instances tell each other of their calls. */
export interface Elsewhere {
    /** Remembers a conversation for so many milliseconds. */
    note(conversation: string, ms: number): void;
    /** Whether an instance has changed it. */
    has(conversation: string): Promise<boolean>;
}

/** The conversations that calls have changed in the last seconds. */
export class OwnCalls {
    /** `undefined` where nobody else has the token. */
    elsewhere: Elsewhere | undefined;
    readonly #changed = new Map<string, number>();

    constructor(private readonly now: () => number = () => performance.now()) {}

    /** To be called before a call is sent, as its webhook may be faster than its answer, and with what it answered. */
    note(call: Call, answer?: unknown): void {
        if (call.method === 'GET') return;
        for (const conversation of [...inPath(call.path), ...inBody(call.body), ...inBody(answer)]) {
            this.#changed.delete(conversation);
            this.#changed.set(conversation, this.now());
            this.elsewhere?.note(conversation, ownTime);
        }
        for (const [conversation, at] of this.#changed) {
            if (this.#changed.size <= most && this.now() - at < ownTime) return;
            this.#changed.delete(conversation);
        }
    }

    /** Whether a call of this process, or of another one with the token, has changed a conversation just now. */
    has(conversation: string): boolean | Promise<boolean> {
        const here = this.now() - (this.#changed.get(conversation) ?? Number.NEGATIVE_INFINITY) < ownTime;
        return here || (this.elsewhere?.has(conversation) ?? false);
    }
}

const inPath = (path: string): string[] =>
    (/^\/conversations\/([^/?]+)/.exec(path)?.[1] ?? '').split(/,|%2C/i).filter((id) => id !== '');

/** Drafts, posts and tasks name the conversation that they are in; a merge names its target. */
function inBody(body: unknown): string[] {
    const envelopes = Object.values(object(body));
    const found = [body, ...envelopes.flat()].flatMap((each) => {
        const { conversation, target } = object(each);
        return [conversation, target, object(conversation).id];
    });
    return found.filter((id): id is string => typeof id === 'string' && id !== '');
}

/** Whether a call can bring about such an event: nobody receives an e-mail by a call of their own. */
export const canBeOwn = (event: string | undefined): boolean =>
    event !== undefined && !/^(incoming_|new_comment$|custom_channel_message$)/.test(event);
