import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeRed, startNodeRed } from './node-red';
import { type Seen, Sender, seenIn, underFire } from './under-fire';

export interface KillRun {
    readonly deliveries: number;
    readonly kills: number;
    /** Each sends its deliveries one after another, so that their order is known. */
    readonly conversations: number;
}

export interface KillResult extends Seen {
    readonly deliveries: number;
    readonly kills: number;
    /** Answered 200; the rest was given up after five repetitions, as Missive does. */
    readonly answered: number;
    readonly seconds: number;
}

/**
 * Kills Node-RED with SIGKILL at random moments while signed deliveries arrive from a sender that retries as Missive
 * does, and counts what the flow saw. The flow takes up to 20 ms for each and writes a line before and after.
 */
export async function killRun({ deliveries, kills, conversations }: KillRun): Promise<KillResult> {
    const userDir = mkdtempSync(path.join(tmpdir(), 'missive-kill-'));
    const log = path.join(userDir, 'seen.log');
    let red: NodeRed | undefined;
    const sender = new Sender(() => red?.url);
    const began = performance.now();
    try {
        red = await startNodeRed(underFire(userDir, log));
        const sending = sender.send(deliveries, conversations);
        const moments = Array.from({ length: kills }, () => Math.random() * deliveries * 0.98).sort((a, b) => a - b);
        for (const moment of moments) {
            while (sender.acknowledged.size < moment) await sleep(1);
            await sleep(Math.random() * 20);
            const killed: NodeRed = red;
            red = undefined;
            await killed.stop('SIGKILL');
            red = await startNodeRed(underFire(userDir, log));
        }
        await sending;
        const seen = await seenIn(log, sender, conversations);
        const seconds = Math.round((performance.now() - began) / 100) / 10;
        return { deliveries, kills, answered: sender.acknowledged.size, ...seen, seconds };
    } finally {
        await red?.stop('SIGKILL');
        rmSync(userDir, { recursive: true, force: true });
    }
}
