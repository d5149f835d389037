import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeRed, startNodeRed } from './node-red';
import { type Seen, Sender, seenIn, underFire } from './under-fire';

export interface RollingRun {
    readonly updates: number;
    /** Milliseconds from one update to the next. */
    readonly every: number;
    /** Milliseconds for which the old and the new one run side by side. */
    readonly both: number;
    readonly conversations: number;
    /** Milliseconds between two messages of one conversation. */
    readonly gap: number;
}

export interface RollingResult extends Seen {
    readonly updates: number;
    readonly answered: number;
    readonly seconds: number;
}

/**
 * Rolling updates on one user directory: a new Node-RED starts before the old one stops, again and again, while signed
 * deliveries come to whichever is there, and counts what the flow saw.
 */
export async function rollingRun(given: RollingRun): Promise<RollingResult> {
    const { updates, every, both, conversations, gap } = given;
    const userDir = mkdtempSync(path.join(tmpdir(), 'missive-rolling-'));
    const log = path.join(userDir, 'seen.log');
    const running: NodeRed[] = [];
    // As a balancer does: to each in its turn.
    let turn = 0;
    const sender = new Sender(() => running[turn++ % Math.max(1, running.length)]?.url, gap);
    const began = performance.now();
    const start = async () => running.push(await startNodeRed(underFire(userDir, log)));
    const all = { over: false };
    try {
        await start();
        const sending = sender.send(Number.POSITIVE_INFINITY, conversations, () => all.over);
        for (let update = 0; update < updates; update += 1) {
            await sleep(every);
            await start();
            await sleep(both);
            await running.shift()?.stop();
        }
        all.over = true;
        await sending;
        const seen = await seenIn(log, sender, conversations, 30_000);
        const seconds = Math.round((performance.now() - began) / 100) / 10;
        return { updates, answered: sender.acknowledged.size, ...seen, seconds };
    } finally {
        for (const red of running) await red.stop('SIGKILL');
        rmSync(userDir, { recursive: true, force: true });
    }
}
