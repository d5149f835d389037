import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquire } from '../../src/missive/limits/limiters';

interface Said {
    readonly used: readonly number[];
    /** The most that were on their way at once. */
    readonly most: number;
    readonly held: number;
}

/** A process of its own that spends of a token, as a Node-RED does. */
export class Spender {
    readonly #process: ChildProcess;

    constructor(folder: string) {
        this.#process = fork(__filename, [folder], { execArgv: ['--import', 'tsx'] });
    }

    /** Sends so many calls, each on its way for so many milliseconds, and tells what counts then; `hold`: after a 429. */
    async ask(send: number, { ms = 0, hold = 0 } = {}): Promise<Said> {
        this.#process.send({ send, ms, hold });
        const [said] = await once(this.#process, 'message');
        return said as Said;
    }

    async kill(): Promise<void> {
        const gone = this.#process.exitCode === null && this.#process.signalCode === null;
        if (gone && this.#process.kill('SIGKILL')) await once(this.#process, 'exit');
    }
}

function spend(folder: string): void {
    const { limiter } = acquire('https://beside.test/v1', 'a-token', { folder, policy: 'fast' });
    process.on('message', async ({ send, ms, hold }: { send: number; ms: number; hold: number }) => {
        let running = 0;
        let most = 0;
        const task = async () => {
            most = Math.max(most, ++running);
            await sleep(ms);
            running -= 1;
            return { value: undefined };
        };
        if (hold > 0) limiter.ledger.hold(hold);
        const turn = { node: 'a', priority: 'high' } as const;
        await Promise.all(Array.from({ length: send }, () => limiter.run(task, turn)));
        const { windows, held } = limiter.state();
        process.send?.({ used: windows.map(({ used }) => used), most, held });
    });
}

if (require.main === module) spend(process.argv[2] ?? '');
