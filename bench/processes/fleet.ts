import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Work } from './worker';

/** Several processes with one token. */
export class Fleet {
    readonly processes: ChildProcess[] = [];
    readonly log: string[] = [];
    readonly failed: string[] = [];
    done = 0;
    /** Those that stand still. */
    readonly still = new Set<ChildProcess>();
    /** Those that have done something. */
    readonly begun = new Set<ChildProcess>();

    /** `redis`: by which address each of them reaches it. */
    constructor(redis: readonly string[], work: Omit<Work, 'redis'>) {
        for (const address of redis) {
            const file = path.join(__dirname, 'worker.ts');
            const given: Work = { ...work, redis: address };
            const child = fork(file, [JSON.stringify(given)], { execArgv: ['--import', 'tsx'] });
            child.on('message', (said: { log?: string; done?: number; failed?: string; still?: string }) => {
                if (said.log) this.log.push(said.log);
                if (said.failed) this.failed.push(said.failed);
                this.done += said.done ?? 0;
                if (said.done) this.begun.add(child);
                if (said.still) this.still.add(child);
                else if (said.still === '') this.still.delete(child);
            });
            this.processes.push(child);
        }
    }

    /** As with `kill -9`. */
    kill(...which: number[]): void {
        for (const at of which.length > 0 ? which : this.processes.keys()) this.processes[at]?.kill('SIGKILL');
    }
}
