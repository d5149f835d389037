import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '../../src/missive/events/signature';
import { type NodeRed, startNodeRed } from './node-red';

export interface KillRun {
    readonly deliveries: number;
    readonly kills: number;
    /** Each sends its deliveries one after another, so that their order is known. */
    readonly conversations: number;
}

export interface KillResult {
    readonly deliveries: number;
    readonly kills: number;
    /** Answered 200; the rest was given up after five repetitions, as Missive does. */
    readonly answered: number;
    /** Answered 200, and the flow never had it to the end. */
    readonly lost: number;
    /** In the flow once more: these were not done when Node-RED was killed. */
    readonly redelivered: number;
    /** Had to the end once more, as their done was not yet on the disk. */
    readonly twice: number;
    /** In the flow again though their done was on the disk. */
    readonly afterDone: number;
    /** In the flow again, and not marked so. */
    readonly unmarked: number;
    /** Had to the end before an earlier one of the same conversation. */
    readonly outOfOrder: number;
    readonly seconds: number;
}

const secret = 's3cret';
/** Missive's five repetitions, in seconds where Missive takes minutes. */
const delays = [400, 1000, 2500, 5000, 10_000];

/**
 * Kills Node-RED with SIGKILL at random moments while signed deliveries arrive from a sender that retries as Missive
 * does, and counts what the flow saw. The flow takes up to 20 ms for each and writes a line before and after.
 */
export async function killRun({ deliveries, kills, conversations }: KillRun): Promise<KillResult> {
    const userDir = mkdtempSync(path.join(tmpdir(), 'missive-kill-'));
    const log = path.join(userDir, 'seen.log');
    let red: NodeRed | undefined;
    let answered = 0;
    const acknowledged = new Set<string>();
    const began = performance.now();
    const start = () =>
        startNodeRed({
            ...{ userDir, flows, credentials: { hook: { secret } }, env: { KILL_LOG: log } },
            settings: {
                functionGlobalContext: {
                    append: (line: string) => {
                        const { appendFileSync } = process.getBuiltinModule('node:fs');
                        appendFileSync(String(process.env.KILL_LOG), `${line}\n`);
                    },
                },
            },
        });

    const deliver = async (conversation: string, message: string) => {
        const body = bodyOf(conversation, message);
        for (const delay of [...delays, undefined]) {
            const status = await post(red, body);
            if (status === 200) {
                answered += 1;
                acknowledged.add(message);
            }
            if (status === 200 || delay === undefined) return;
            await sleep(delay);
        }
    };
    const lane = async (index: number) => {
        for (let n = index; n < deliveries; n += conversations) await deliver(`c${index}`, `m${n}`);
    };

    try {
        red = await start();
        const sending = Promise.all(Array.from({ length: conversations }, (_, index) => lane(index)));
        const moments = Array.from({ length: kills }, () => Math.random() * deliveries * 0.98).sort((a, b) => a - b);
        for (const moment of moments) {
            while (answered < moment) await sleep(1);
            await sleep(Math.random() * 20);
            const killed = red;
            red = undefined;
            await killed.stop('SIGKILL');
            red = await start();
        }
        await sending;
        const result = () => count(linesOf(log), acknowledged, conversations);
        const end = Date.now() + 15_000;
        while (result().lost > 0 && Date.now() < end) await sleep(100);
        const seconds = Math.round((performance.now() - began) / 100) / 10;
        return { deliveries, kills, answered, ...result(), seconds };
    } finally {
        await red?.stop('SIGKILL');
        rmSync(userDir, { recursive: true, force: true });
    }
}

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
const flows = [
    { id: 'f', type: 'tab', label: 'kill' },
    { ...place, id: 'hook', type: 'missive-webhook-in', path: 'missive', keep: true, wires: [['before']] },
    code('before', before, [['done']]),
    { ...place, id: 'done', type: 'missive-webhook-done', wires: [['after']] },
    code('after', "global.get('append')('done ' + msg.missive.message);", []),
];

const bodyOf = (conversation: string, message: string) =>
    JSON.stringify({
        rule: { id: 'r1', description: 'To automation', type: 'incoming_email' },
        conversation: { id: conversation, organization: { id: 'o1' } },
        message: { id: message, subject: 'Spare part', preview: 'x'.repeat(1500) },
    });

async function post(red: NodeRed | undefined, body: string): Promise<number> {
    if (!red) return 0;
    const headers = { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body) };
    const signal = AbortSignal.timeout(15_000);
    try {
        const response = await fetch(`${red.url}/missive`, { method: 'POST', body, headers, signal });
        await response.arrayBuffer();
        return response.status;
    } catch {
        return 0;
    }
}

/** The last line may be one that a kill cut short. */
const linesOf = (log: string): string[][] =>
    readFileSync(log, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' '));

function count(lines: readonly string[][], acknowledged: ReadonlySet<string>, conversations: number) {
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
