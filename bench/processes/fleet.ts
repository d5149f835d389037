import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Work } from './worker';

/** Several processes with one token. */
export class Fleet {
    readonly processes: ChildProcess[] = [];
    readonly log: string[] = [];
    readonly failed: string[] = [];
    done = 0;

    constructor(count: number, work: Work) {
        for (let at = 0; at < count; at++) {
            const file = path.join(__dirname, 'worker.ts');
            const child = fork(file, [JSON.stringify(work)], { execArgv: ['--import', 'tsx'] });
            child.on('message', (said: { log?: string; done?: number; failed?: string }) => {
                if (said.log) this.log.push(said.log);
                if (said.failed) this.failed.push(said.failed);
                this.done += said.done ?? 0;
            });
            this.processes.push(child);
        }
    }

    /** As with `kill -9`. */
    kill(...which: number[]): void {
        for (const at of which.length > 0 ? which : this.processes.keys()) this.processes[at]?.kill('SIGKILL');
    }
}
