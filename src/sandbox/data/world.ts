import type { Comment, Conversation, Message } from './records';
import type { Store } from './store';

/** Something that rules listen to. */
export interface Occurrence {
    readonly type: string;
    readonly conversation: Conversation;
    readonly message?: Message;
    readonly comment?: Comment;
}

/** What an endpoint works on. */
export interface World {
    readonly store: Store;
    /** Address of the server without a path; attachments are served there. */
    readonly origin: () => string;
    /** Whether the owner of the token is an administrator. */
    readonly admin: boolean;
    /** Milliseconds until a report is ready. */
    readonly reportDelay: number;
    /** Runs the rules that match. */
    readonly fire: (occurrence: Occurrence) => void;
    /** Makes a rule with a webhook; throws a 400 where its address does not answer. */
    readonly addHook: (hook: Readonly<Record<string, unknown>>) => Promise<string>;
    /** False where there is no such rule. */
    readonly removeHook: (id: string) => boolean;
}

/** One request, taken apart. */
export interface Asked {
    readonly world: World;
    /** The `:ids` of the path, split at its commas. */
    readonly ids: readonly string[];
    readonly query: URLSearchParams;
    readonly body: unknown;
    /** The Node-RED node that asks, where it says so. */
    readonly node?: string | undefined;
}

/** Gives the JSON to answer with; `undefined` for an answer without a body. */
export type Endpoint = (asked: Asked) => unknown;
