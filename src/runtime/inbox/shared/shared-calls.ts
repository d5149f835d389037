import { setTimeout as pause } from 'node:timers/promises';
import type { Calls, Made } from '../../held';
import { withCall } from '../keeping';
import type { Kept } from '../kept';
import { lineOf } from './head';
import type { Steps } from './steps';

/** So long a call waits for Redis to be back before it is made, in milliseconds. */
const patience = 10_000;

/** The calls of a kept delivery, in Redis: only the instance that has the delivery makes one. */
export class SharedCalls implements Calls {
    /** Nobody knows what became of them, and the flow was told so. */
    readonly #undecided = new Set<string>();

    constructor(
        private readonly kept: Kept,
        private readonly steps: Steps,
        /** Nobody has the delivery: Redis may have forgotten it, and is told. */
        private readonly unknown: () => Promise<unknown>,
    ) {}

    known(): Readonly<Record<string, Made>> {
        return this.kept.calls;
    }

    async begin(call: string): Promise<void> {
        const end = performance.now() + patience;
        while (!(await this.#write(call, {}, true).catch((error: Error) => this.#wait(error, end)))) {
            // Redis was gone, and may be back.
        }
        this.kept.calls = withCall(this.kept.calls, call, {});
    }

    async end(call: string, made: Made | undefined): Promise<void> {
        this.kept.calls = withCall(this.kept.calls, call, made);
        await this.#write(call, made, false);
    }

    told(call: string): void {
        this.#undecided.add(call);
    }

    /** The flow has said that the delivery failed: what it was told of and nobody knows is made again, as it wants. */
    async decided(): Promise<void> {
        for (const call of this.#undecided) await this.end(call, undefined);
        this.#undecided.clear();
    }

    async #write(call: string, made: Made | undefined, begins: boolean): Promise<true> {
        const { id } = this.kept;
        const text = made === undefined ? '' : JSON.stringify(made);
        const write = () => this.steps.run('call', true, id, lineOf(this.kept), call, text, begins ? 1 : 0);
        let is = await write();
        if (begins && is === -1) {
            await this.unknown();
            is = await write();
        }
        if (begins && is !== 1) throw new NotOurs();
        return true;
    }

    async #wait(error: Error, end: number): Promise<false> {
        if (error instanceof NotOurs || performance.now() > end) throw error;
        await pause(250, undefined, { ref: false });
        return false;
    }
}

class NotOurs extends Error {
    constructor() {
        super('The event is no longer kept here: another Node-RED has it, or it is done.');
    }
}
