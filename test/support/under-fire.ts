import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '../../src/missive/events/signature';
import type { Start } from './node-red';

export const secret = 's3cret';
/** Missive's five repetitions, in seconds where Missive takes minutes. */
const delays = [400, 1000, 2500, 5000, 10_000];

const place = { z: 'f', x: 100, y: 100 };
const code = (id: string, func: string, wires: string[][]) => ({
    ...{ ...place, id, type: 'function', func, outputs: 1, wires },
});
/** The work is between `in` and `worked`; what is worked and not yet `done` may be worked again. */
const before = `
    const append = global.get('append');
    const { message, redelivered } = msg.missive;
    append('in ' + message + ' ' + (redelivered === true));
    setTimeout(() => {
        append('worked ' + message);
        node.send(msg);
    }, Math.random() * 20);`;

/** The nodes' ids. */
export const nodesUnderFire = ['hook', 'before', 'done', 'after', 'other'] as const;

/** webhook in, some work, webhook done; a node with a name of its own is another one to a deploy. */
export const flowsUnderFire = (names: Readonly<Record<string, string>> = {}, redis?: string): object[] =>
    [
        ...(redis === undefined ? [] : [{ id: 'acc', type: 'missive-config', redis, url: 'http://127.0.0.1:9/v1' }]),
        { id: 'f', type: 'tab', label: 'under fire' },
        {
            ...{ ...place, id: 'hook', type: 'missive-webhook-in', path: 'missive', keep: true, wires: [['before']] },
            ...(redis !== undefined && { account: 'acc' }),
        },
        code('before', before, [['done']]),
        { ...place, id: 'done', type: 'missive-webhook-done', wires: [['after']] },
        code('after', "global.get('append')('done ' + msg.missive.message);", []),
        code('other', 'return msg;', []),
    ].map((node) => (names[node.id] === undefined ? node : { ...node, name: names[node.id] }));

/** How a Node-RED is started whose flow writes what it sees into a file; `redis`: the address that its account has. */
export const underFire = (userDir: string, log: string, redis?: string): Start => ({
    ...{ userDir, flows: flowsUnderFire({}, redis), env: { FIRE_LOG: log } },
    credentials: { hook: { secret }, ...(redis !== undefined && { acc: { token: 'tok' } }) },
    settings: {
        functionGlobalContext: {
            append: (line: string) => {
                const { appendFileSync } = process.getBuiltinModule('node:fs');
                appendFileSync(String(process.env.FIRE_LOG), `${line}\n`);
            },
        },
    },
});

const bodyOf = (conversation: string, message: string) =>
    JSON.stringify({
        rule: { id: 'r1', description: 'To automation', type: 'incoming_email' },
        conversation: { id: conversation, organization: { id: 'o1' } },
        message: { id: message, subject: 'Spare part', preview: 'x'.repeat(1500) },
    });

const agent = new Agent({ keepAlive: true });

/** The status; 0 where there is none within Missive's 15 seconds. Not by `fetch`, which takes as long as a whole Node-RED. */
function post(url: string | undefined, body: string): Promise<number> {
    if (url === undefined) return Promise.resolve(0);
    const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-hook-signature': sign(secret, body),
    };
    return new Promise((resolve) => {
        const sent = request(`${url}/missive`, { method: 'POST', agent, headers }, (response) => {
            response.resume().once('end', () => end(response.statusCode ?? 0));
            response.once('close', () => end(0));
        });
        const timer = setTimeout(() => sent.destroy(), 15_000);
        const end = (status: number) => {
            clearTimeout(timer);
            resolve(status);
        };
        sent.once('error', () => end(0)).once('close', () => end(0));
        sent.end(body);
    });
}

/** Sends numbered messages and repeats as Missive does; conversation after conversation each keeps its order. */
export class Sender {
    /** The messages that were answered 200; the rest was given up after five repetitions, as Missive does. */
    readonly acknowledged = new Set<string>();

    /** `url`: where the next request goes; `undefined` while nobody is there. `gap`: milliseconds between two messages. */
    constructor(
        private readonly url: () => string | undefined,
        private readonly gap = 0,
    ) {}

    /** `over`: ends it before so many are sent. */
    async send(deliveries: number, conversations: number, over: () => boolean = () => false): Promise<void> {
        const lane = async (index: number) => {
            for (let n = index; n < deliveries && !over(); n += conversations) {
                await this.#deliver(`c${index}`, `m${n}`);
                if (this.gap > 0) await sleep(this.gap);
            }
        };
        await Promise.all(Array.from({ length: conversations }, (_, index) => lane(index)));
    }

    async #deliver(conversation: string, message: string): Promise<void> {
        const body = bodyOf(conversation, message);
        for (const delay of [...delays, undefined]) {
            // Missive's minutes outlast any start; these seconds do not on a busy machine.
            for (let at = 0; this.url() === undefined && at < 6000; at += 1) await sleep(20);
            const status = await post(this.url(), body);
            if (status === 200) this.acknowledged.add(message);
            if (status === 200 || delay === undefined) return;
            await sleep(delay);
        }
    }
}

/** What the flow saw. */
export interface Seen {
    /** Answered 200, and the flow never had it to the end. */
    readonly lost: number;
    /** In the flow once more: these were not done before. */
    readonly redelivered: number;
    /** Had to the end once more, as their done was not yet on the disk. */
    readonly twice: number;
    /** In the flow again though their done was on the disk. */
    readonly afterDone: number;
    /** In the flow again, and not marked so. */
    readonly unmarked: number;
    /** Had to the end before an earlier one of the same conversation. */
    readonly outOfOrder: number;
}

/** Counts what the flow wrote down, once nothing is missing any more, or nothing more has come for so many milliseconds. */
export async function seenIn(
    log: string,
    { acknowledged }: Sender,
    conversations: number,
    patience = 15_000,
): Promise<Seen> {
    const result = () => count(linesOf(log), acknowledged, conversations);
    let last = performance.now();
    let { lost } = result();
    while (lost > 0 && performance.now() - last < patience) {
        await sleep(100);
        const now = result().lost;
        if (now < lost) last = performance.now();
        lost = now;
    }
    return result();
}

/** The last line may be one that a kill cut short. */
const linesOf = (log: string): string[][] =>
    readFileSync(log, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' '));

function count(lines: readonly string[][], acknowledged: ReadonlySet<string>, conversations: number): Seen {
    const seen = new Set<string>();
    const worked = new Set<string>();
    const done = new Set<string>();
    const result = { lost: 0, redelivered: 0, twice: 0, afterDone: 0, unmarked: 0, outOfOrder: 0 };
    for (const [what, message = '', marked] of lines) {
        if (what === 'in') {
            if (done.has(message)) result.afterDone += 1;
            if (seen.has(message)) result.redelivered += 1;
            if (seen.has(message) && marked !== 'true') result.unmarked += 1;
            seen.add(message);
        }
        if (what === 'worked' && worked.has(message)) result.twice += 1;
        if (what === 'worked') worked.add(message);
        if (what === 'done') done.add(message);
    }
    for (const message of acknowledged) if (!worked.has(message)) result.lost += 1;
    return { ...result, outOfOrder: outOfOrder([...worked], conversations) };
}

function outOfOrder(worked: readonly string[], conversations: number): number {
    const last = new Map<number, number>();
    let wrong = 0;
    for (const message of worked) {
        const n = Number(message.slice(1));
        const lane = n % conversations;
        if (n < (last.get(lane) ?? -1)) wrong += 1;
        last.set(lane, Math.max(n, last.get(lane) ?? -1));
    }
    return wrong;
}
