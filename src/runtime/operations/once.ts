import { createHash } from 'node:crypto';
import type { Answer, Call, Turn } from '../../missive/call';
import { MissiveError } from '../../missive/errors';
import { held, type Made } from '../held';

/** What a call is made for. */
export interface Occasion {
    readonly node: string;
    /** The kept delivery that the message comes from. */
    readonly delivery?: string | undefined;
    /** The how manieth time it is that the flow got that; absent: the last. */
    readonly run?: number | undefined;
    /** Which part of it the message is, where it was split. */
    readonly part: string;
    /** Whether somebody in the flow is told how the call ends. */
    readonly heard: () => boolean;
    /** Told of a call that is on the wire: the promise resolves when what became of it is stored. */
    readonly onWire: (over: Promise<void>) => void;
}

type Send = (turn: Pick<Turn, 'departing' | 'returned'>) => Promise<Answer>;

/**
 * Makes a call that must not be made twice once for each kept delivery, though the flow gets that again after a restart:
 * where it was answered before, that answer is given; where nobody knows, it is refused. All other calls are just sent.
 */
export async function once(call: Call, occasion: Occasion, send: Send): Promise<Answer> {
    const found = call.method === 'POST' ? held.calls(occasion.delivery, occasion.run) : undefined;
    if (!found) return send({});
    const { calls, asked, under, ended, whose, isLast } = found;
    const line = `${JSON.stringify([occasion.node, occasion.part])} `;
    const name = nameOf(`${line}${printOf(call)}`, asked);
    // The same call of an earlier run may still wait for its turn, or for its answer.
    for (let other = under.get(name); other; other = under.get(name)) await other;
    const known = calls.known();
    const before = known[name] ?? ended.get(name);
    if (before?.answer) return { ...before.answer, waited: 0 };
    if (before) throw unsure(before.done === true);
    if (Object.keys(known).some((each) => each.startsWith(line) && !asked.has(each))) throw different();

    let over = () => {};
    const finished = new Promise<void>((resolve) => {
        over = resolve;
    });
    under.set(name, finished);
    let begun = false;
    const end = async (made?: Made) => {
        if (made) ended.set(name, made);
        else ended.delete(name);
        if (!begun) return;
        begun = made !== undefined;
        // Where the disk fails it is known in memory; after a restart the call is refused.
        await calls.end(name, made).catch(() => undefined);
    };
    try {
        const departing = async () => {
            occasion.onWire(finished);
            if (whose() === 'elsewhere') throw notStored(gone);
            // Once the event is done nobody sends it into the flow again.
            if (whose() === 'done') return;
            await calls.begin(name).catch((cause: unknown) => {
                // It may have become so meanwhile.
                if (whose() !== 'done') throw notStored(cause);
            });
            begun = true;
            ended.set(name, {});
        };
        const answer = await send({ departing, returned: () => void end() });
        await end({ answer });
        return answer;
    } catch (error) {
        const delivered = error instanceof MissiveError ? error.delivered : 'no';
        if (delivered === 'yes') await end({ done: true });
        else if (delivered !== 'unknown') await end();
        else if (begun && occasion.heard()) {
            calls.told(name);
            // A later run has not been told.
            if (isLast()) ended.delete(name);
        }
        throw error;
    } finally {
        under.delete(name);
        over();
    }
}

const gone = new Error('The event is no longer kept here: another Node-RED has it, or Missive delivers it again.');

/** The first, the second … call of its kind in this run of the flow. */
function nameOf(kind: string, asked: Set<string>): string {
    let number = 0;
    while (asked.has(`${kind} ${number}`)) number += 1;
    asked.add(`${kind} ${number}`);
    return `${kind} ${number}`;
}

/** What is worded or computed anew in each run: the rest says whom and what a call is for. */
const worded = /^(body|subject|markdown|text|description|attachments|attachment|notification|.*_at)$/;

function printOf({ method, path, query, body }: Call): string {
    const stable = JSON.stringify([method, path, query, body], (key, value) => (worded.test(key) ? undefined : value));
    return createHash('sha256').update(stable).digest('base64url').slice(0, 22);
}

const advice =
    'Look in Missive what is there. To have the event worked on as a new one, send it again from the Missive tab in the editor; to let it go, lead a Catch node to webhook done.';

const unsure = (done: boolean): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_NETWORK',
        done
            ? `Missive has done this in an earlier try of the same event, and its answer was lost, so it is not sent a second time. ${advice}`
            : `Node-RED stopped while this was on its way to Missive in an earlier try of the same event. Nobody knows whether Missive has done it, so it is not sent a second time. ${advice}`,
        { delivered: done ? 'yes' : 'unknown', attempts: 0 },
    );

const different = (): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_INPUT',
        `In an earlier try of the same event this node sent something else to Missive, so nobody knows whether this is the same thing again. Nothing was sent. ${advice}`,
    );

const notStored = (cause: unknown): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_CLOSED',
        `Nothing was sent: it cannot be kept that it goes out. ${cause instanceof Error ? cause.message : cause}`,
        { delivered: 'no' },
    );
