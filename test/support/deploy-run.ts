import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNodeRed } from './node-red';
import { flowsUnderFire, nodesUnderFire, type Seen, Sender, seenIn, underFire } from './under-fire';

export interface DeployRun {
    readonly deliveries: number;
    readonly conversations: number;
    /** Milliseconds from one deploy to the next. */
    readonly every: number;
    /** Milliseconds between two messages of one conversation. */
    readonly gap: number;
}

export interface DeployResult extends Seen {
    readonly deliveries: number;
    readonly deploys: number;
    readonly answered: number;
    readonly seconds: number;
}

/**
 * Deploys a changed node again and again, each in its turn, mostly alone and now and then with its whole tab, while
 * signed deliveries arrive, and counts what the flow saw.
 */
export async function deployRun({ deliveries, conversations, every, gap }: DeployRun): Promise<DeployResult> {
    const userDir = mkdtempSync(path.join(tmpdir(), 'missive-deploy-'));
    const log = path.join(userDir, 'seen.log');
    const red = await startNodeRed(underFire(userDir, log));
    const sender = new Sender(() => red.url, gap);
    const began = performance.now();
    let [deploys, over] = [0, false];
    const names: Record<string, string> = {};
    const deploying = async () => {
        for (; !over; deploys += 1) {
            await sleep(every);
            const node = nodesUnderFire[deploys % nodesUnderFire.length] ?? 'hook';
            names[node] = `deployed ${deploys}`;
            await red.deploy(flowsUnderFire(names), deploys % 7 === 6 ? 'flows' : 'nodes');
        }
    };
    try {
        const deployed = deploying();
        await sender.send(deliveries, conversations);
        over = true;
        await deployed;
        const seen = await seenIn(log, sender, conversations);
        const seconds = Math.round((performance.now() - began) / 100) / 10;
        return { deliveries, deploys, answered: sender.acknowledged.size, ...seen, seconds };
    } finally {
        await red.stop('SIGKILL');
        rmSync(userDir, { recursive: true, force: true });
    }
}
