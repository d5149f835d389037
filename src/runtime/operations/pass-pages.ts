import type { NodeAPI, NodeMessageInFlow } from 'node-red';
import { MissiveError } from '../../missive/errors';
import type { Page, Pages } from '../../missive/lists/pages';

export type Message = NodeMessageInFlow & { priority?: unknown; missive?: unknown; parts?: unknown };

/** How a list leaves its node: in one message, a row a message, or a page a message. */
export type Sending = 'array' | 'each' | 'page';

interface Way {
    readonly RED: NodeAPI;
    /** Told how much has come. */
    readonly came: (text: string) => void;
    /** Told what people should know about the list. */
    readonly warn: (text: string) => void;
    readonly msg: Message;
    readonly send: (msg: Message) => void;
    readonly signal: AbortSignal;
}

/** Sends the pages of a list on, and says how many rows they had; several messages carry `parts`, so that a join node puts them together. */
export async function passPages(pages: Pages<unknown>, sending: Sending, way: Way): Promise<number> {
    if (sending === 'array') return passWhole(pages, way);
    const pass = passer(way);
    let rows = 0;
    for await (const page of counted(pages, way)) {
        rows += page.rows.length;
        if (sending === 'each') for (const row of page.rows) await pass.next(row, page, 1);
        else if (page.rows.length > 0 || !pass.any()) await pass.next(page.rows, page, longestOf(page));
    }
    pass.last();
    return rows;
}

async function passWhole(pages: Pages<unknown>, way: Way): Promise<number> {
    const rows: unknown[] = [];
    let last: Page<unknown> | undefined;
    let count = 0;
    for await (const page of counted(pages, way)) {
        for (const row of page.rows) rows.push(row);
        last = page;
        count += 1;
    }
    way.msg.payload = rows;
    way.msg.missive = { ...(last && factsOf(last)), pages: count };
    way.send(way.msg);
    return rows.length;
}

/** The pages, with what has come so far in the node's status; a node that is stopped goes no further. */
async function* counted(pages: Pages<unknown>, { came, warn, signal }: Way): Pages<unknown> {
    let rows = 0;
    let number = 0;
    let cut = false;
    for await (const page of pages) {
        if (signal.aborted) throw stopped();
        rows += page.rows.length;
        number += 1;
        const text = `page ${number} · ${rows.toLocaleString('en-US')}`;
        if (number > 1 || page.rows.length > 0) came(text);
        if (page.cut && !cut) warn(goesNoFurther);
        cut ||= page.cut === true;
        yield page;
    }
}

const goesNoFurther =
    'Missive gave the same page again and again, or cut off the rows of one second, so nobody can tell whether the list has more rows than these: narrow it down, for instance by a mailbox or by dates.';

/**
 * Sends message after message. Each is held back until the next one is there, as the last one says how many they were.
 * The flow behind gets its turn after each, so that a list does not pile up in front of it.
 */
function passer({ RED, msg, send, signal }: Way) {
    const { payload: _, parts: before, ...rest } = msg;
    const id = RED.util.generateId();
    let held: Message | undefined;
    let index = 0;
    return {
        any: () => index > 0,
        async next(payload: unknown, page: Page<unknown>, len: number): Promise<void> {
            if (held) {
                send(held);
                await new Promise((resolve) => setImmediate(resolve));
                if (signal.aborted) throw stopped();
            }
            const parts = { id, type: 'array', index, len, ...(before !== undefined && { parts: before }) };
            held = { ...RED.util.cloneMessage(rest as Message), payload, parts, missive: factsOf(page) };
            index += 1;
        },
        last(): void {
            if (!held) return;
            send({ ...held, parts: { ...Object(held.parts), count: index } });
        },
    };
}

/** A join node puts lists end to end only where it reads that they hold several rows. */
const longestOf = ({ rows }: Page<unknown>): number => Math.max(2, rows.length);

const factsOf = ({ call: { method, path }, answer: { status, attempts, waited } }: Page<unknown>) => ({
    ...{ method, path, status, attempts, waited },
});

const stopped = (): MissiveError =>
    new MissiveError('ERR_MISSIVE_CLOSED', 'The node was stopped before the list was at its end.');
