import type { Made } from '../held';

/** Something known of a delivery at its arrival only, as JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** A delivery that Missive has handed over and the flow has not dealt with yet. */
export interface Kept {
    readonly id: string;
    /** When its request arrived, in milliseconds. */
    readonly at: number;
    readonly body: Buffer;
    readonly conversation: string | undefined;
    /** What a repetition of it is recognised by. */
    readonly print: string;
    /** What its message says in `msg.missive` besides the ids. */
    readonly facts: Facts;
    /** The calls that were made for it and must not be made twice. */
    calls: Readonly<Record<string, Made>>;
    /** How often it went into the flow. */
    tries: number;
    /** How often the flow said that it failed, or said nothing for too long. */
    failures: number;
    /** Failed too often: it waits for somebody to mend the flow. */
    stopped: boolean;
    /** Missive knows that we have it. */
    answered: boolean;
    /** On the disk. */
    stored: boolean;
}

/** Whether a print is that of bytes: then an equal one is a repetition only as long as Missive has no answer. */
export const isBody = (print: string): boolean => print.startsWith('body:');

/** A delivery as it arrives. */
export type Arrived = Pick<Kept, 'id' | 'at' | 'body' | 'conversation' | 'print' | 'facts'>;

/**
 * A delivery that has just arrived: not stored yet, and never in the flow. Field by field, as it is made for each: what is
 * spread into an object costs ten times as much.
 */
export const keptOf = ({ id, at, body, conversation, print, facts }: Arrived): Kept => ({
    id,
    at,
    body: alone(body),
    conversation,
    print,
    facts,
    calls: {},
    tries: 0,
    failures: 0,
    stopped: false,
    answered: false,
    stored: false,
});

/** A body in memory of its own: a view of a larger buffer would keep all of that. */
const alone = (body: Buffer): Buffer => (body.buffer.byteLength === body.length ? body : Buffer.from(body));
