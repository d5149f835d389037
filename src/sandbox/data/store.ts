import { unknown } from '../manners/refuse';
import type {
    CannedResponse,
    ChannelAccount,
    Contact,
    ContactBook,
    ContactGroup,
    Report,
    SharedLabel,
    Team,
} from './book-records';
import type { Attachment, Comment, Conversation, Message, Post, Task, User } from './records';

/** Everything there is, each kind by id, in the order it came about. */
export interface Data {
    /** The owner of the token. */
    readonly me: string;
    /** Addresses and numbers that the owner of the token may send from. */
    readonly aliases: readonly string[];
    readonly organizations: Map<string, { readonly id: string; readonly name: string }>;
    readonly users: Map<string, User>;
    readonly teams: Map<string, Team>;
    readonly labels: Map<string, SharedLabel>;
    readonly books: Map<string, ContactBook>;
    readonly groups: Map<string, ContactGroup>;
    readonly contacts: Map<string, Contact>;
    readonly accounts: Map<string, ChannelAccount>;
    readonly conversations: Map<string, Conversation>;
    readonly messages: Map<string, Message>;
    readonly comments: Map<string, Comment>;
    readonly posts: Map<string, Post>;
    readonly tasks: Map<string, Task>;
    readonly responses: Map<string, CannedResponse>;
    readonly reports: Map<string, Report>;
    readonly files: Map<string, Attachment>;
    /** Ids of conversations that were merged away, each with the one it went into. */
    readonly merged: Map<string, string>;
}

/** Unix time in seconds, the only kind of time that Missive's API speaks. */
export const now = (): number => Math.floor(Date.now() / 1000);

/** The record with an id; throws a 404 where there is none. */
export function find<T>(records: ReadonlyMap<string, T>, id: string, what: string): T {
    const record = records.get(id);
    if (record === undefined) throw unknown(what, id);
    return record;
}

/** The id of the conversation that stays, where this one was merged away. */
export function stayingId({ merged }: Data, id: string): string {
    let current = id;
    for (let next = merged.get(current); next !== undefined; next = merged.get(current)) current = next;
    return current;
}

/** The conversation with an id, also where the id was merged into another. */
export const conversationOf = (data: Data, id: string): Conversation =>
    find(data.conversations, stayingId(data, id), 'Conversation');

/** The data, and who waits for it to change. */
export class Store {
    data: Data;
    revision = 1;
    readonly #waiting = new Set<() => void>();

    constructor(private readonly seed: () => Data) {
        this.data = seed();
    }

    /** Says that something changed. */
    touch(): void {
        this.revision += 1;
        for (const wake of [...this.#waiting]) wake();
    }

    /** Back to the beginning. */
    reset(): void {
        this.data = this.seed();
        this.touch();
    }

    /** The revision, as soon as it is another than `since`, or after so many milliseconds. */
    changed(since: number, ms: number): Promise<number> {
        if (this.revision !== since) return Promise.resolve(this.revision);
        return new Promise((resolve) => {
            const wake = () => {
                clearTimeout(timer);
                this.#waiting.delete(wake);
                resolve(this.revision);
            };
            const timer = setTimeout(wake, ms).unref();
            this.#waiting.add(wake);
        });
    }
}
