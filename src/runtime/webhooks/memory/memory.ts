import type { Change, State } from '../../../missive/events/conversation-state';
import type { Inbox } from '../../inbox/inbox';
import type { Doubt } from '../../redis/doubt';

/** One delivery between its first byte and its answer. */
export interface Ticket {
    /** What a repetition of it is recognised by. */
    readonly print: string;
    /** Whether its message is in the flow already: answer 200 and send nothing. */
    readonly again: boolean;
    /** To be called once: did the 200 leave this machine? */
    readonly answered: (arrived: boolean) => void;
    /** The flow failed to deal with it and Missive was told so: it comes again as if it were new. */
    readonly forget: () => void;
}

/** Remembers what a node put into its flow, so that a retry of Missive's is not taken for a second event. */
export interface Seen {
    /** Recognises a delivery whose request began at `began` by its key or its bytes, or remembers it. */
    begin(body: Buffer, key: string | undefined, began: number): Ticket | Promise<Ticket>;
    /** The flow failed to deal with the event of this key, and nobody waits: it is new when it comes again. */
    forget(key: string): void;
}

/** One event compared with the one before it. */
export interface Step {
    /** Absent where the conversation was not known before. */
    readonly changed?: Change;
    /** The event was refused after all, and comes again. */
    undo(): void;
}

/** The last state that a node has seen of each conversation, kept over restarts. */
export interface States {
    /** To be awaited before all else. What cannot be read is no reason to refuse an event: it is then not known. */
    open(): Promise<void>;
    of(conversation: string): State | undefined | Promise<State | undefined>;
    /** Compares an event with what is known, and remembers it. */
    step(conversation: string, body: Readonly<Record<string, unknown>>): Step | Promise<Step>;
    close(): Promise<void>;
    /** Forgets all, for good. */
    discard(): Promise<void>;
}

/** `go`, or `stop` where a round was one too many, or `stopped` where it was stopped already. */
export type Verdict = 'go' | 'stop' | 'stopped';

/** Counts how often a flow has set itself off, conversation by conversation. */
export interface Brake {
    /** One more event of the flow's own doing. */
    round(conversation: string): Verdict | Promise<Verdict>;
}

/** All that a node remembers of its deliveries: here, or where several Node-REDs share it. */
export interface Memory {
    readonly seen: Seen;
    readonly brake: Brake;
    /** Absent where nobody asked for what has changed. */
    readonly states: States | undefined;
    /** Absent where nothing is kept, nor was before. */
    readonly inbox: Inbox | undefined;
    /** Told why what is kept may be lost, and when that is over. */
    doubts?(tell: (doubt: Doubt | undefined) => void): void;
    /** The node is stopped: what it needs for this memory is given up. */
    close?(): void;
}
