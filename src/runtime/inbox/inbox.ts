import type { Arrived, Kept } from './kept';

/** What the flow says of a delivery. */
export type Outcome = 'done' | 'failed';

/** The node that the deliveries of an inbox go to. */
export interface Recipient {
    /** Puts a delivery into the flow; `redelivered` where it may have been there before. */
    emit(kept: Kept, redelivered: boolean): void;
    /** The number of stopped deliveries has changed, or one has been stopped just now. */
    stopped(kept?: Kept): void;
    /** Something that somebody should know. */
    warn(text: string): void;
}

/**
 * Keeps deliveries until the flow has dealt with them. Those of one conversation go into the flow one after another, in
 * the order of their arrival; one that is stopped lets the next ones pass. Each has its calls that must not be made twice
 * (`Kept.calls`): whoever puts it into the flow gives them to `held.follow`, and they are kept beside it, so that the next
 * Node-RED that has the delivery knows them. See `FileCalls`; an inbox in Redis has to keep them there.
 */
export interface Inbox {
    /** In Redis, where several Node-REDs have it. */
    readonly shared?: boolean;
    /** Of the Redis that it lies in. */
    readonly address?: string;
    /** How many deliveries are not done, stopped ones included. */
    readonly size: number;
    readonly stoppedCount: number;
    /** How much of its room is taken, from 0 to 1. */
    readonly fullness: number;
    /** Those that have failed too often, the oldest first. */
    stopped(): readonly Kept[];
    /** A stopped one gets another chance now; false where there is none with this id. */
    revive(id: string): boolean;
    /** How many the flow has had for longer than so many milliseconds without a word. */
    silentFor(ms: number): number;
    /** Whether what was kept before is known for certain; absent where nobody can say without asking. */
    readonly isOpen?: boolean;
    /** Makes known what was kept before, once. Rejects where that fails, and tries again the next time. */
    open(): Promise<void>;
    /** Sends everything that waits to a node, until `leave`. */
    join(recipient: Recipient): Promise<void>;
    /**
     * After a deploy: what may be `lost` with nodes that it replaced comes again unless it is settled soon; where it
     * `mends` the flow what was stopped gets another chance.
     */
    deployed(lost: (delivery: string) => boolean, mends?: boolean): void;
    /** Nothing goes into the flow any more; what the flow says is still heard. Resolves when all is stored. */
    leave(recipient: Recipient): Promise<void>;
    /** Another Node-RED has the files: what is known of them counts no more, until they are opened again. */
    abandon(): void;
    /** Takes away what a node that is gone for good has left behind, unless something in it is not done. */
    discard(): Promise<boolean>;
    /** Moves what is kept into a file, save what another instance works on; absent where it is in one. */
    moveTo?(file: string): Promise<void>;
    /** Keeps a delivery; resolves as soon as nothing can lose it, and sends it when its turn has come. */
    put(arrived: Arrived): Promise<void>;
    /** Missive has got its 200. */
    answered(id: string, print: string): void;
    has(id: string): boolean;
    /** The flow has dealt with a delivery, or failed to. Resolves when that is stored. */
    settle(id: string, outcome: Outcome): Promise<void>;
    /** Missive keeps this one itself: it was told so, and delivers it again. */
    giveBack(id: string): Promise<void>;
}

/** As many deliveries or bytes wait as may. */
export class InboxFull extends Error {}
