import type { Calls, Made } from '../held';
import type { Journal } from './journal';
import { withCall } from './keeping';
import type { Kept } from './kept';
import { recordOf } from './record';

/** The calls of a delivery of which nobody knows what became of them, and the flow was told so. */
const undecided = new WeakMap<Kept, Set<string>>();

/** The calls of a kept delivery, in the file that it is kept in. */
export class FileCalls implements Calls {
    constructor(
        private readonly kept: Kept,
        private readonly journal: Pick<Journal, 'append' | 'note'>,
        private readonly isOurs: () => boolean,
    ) {}

    known(): Readonly<Record<string, Made>> {
        return this.kept.calls;
    }

    async begin(call: string): Promise<void> {
        if (!this.isOurs())
            throw new Error('The event is no longer kept here: another Node-RED has it, or it is done.');
        const before = this.kept.calls;
        this.kept.calls = withCall(before, call, {});
        try {
            await this.journal.append(recordOf({ k: 'call', id: this.kept.id, call, made: {} }));
        } catch (error) {
            this.kept.calls = withCall(this.kept.calls, call, before[call]);
            throw error;
        }
    }

    async end(call: string, made: Made | undefined): Promise<void> {
        this.kept.calls = withCall(this.kept.calls, call, made);
        if (this.isOurs()) await this.journal.append(recordOf({ k: 'call', id: this.kept.id, call, made }));
    }

    told(call: string): void {
        const calls = undecided.get(this.kept) ?? new Set();
        undecided.set(this.kept, calls.add(call));
    }
}

/** The flow has said that a delivery failed: what it was told of and nobody knows is made again, as it wants. */
export function decided(kept: Kept, journal: Pick<Journal, 'note'>): void {
    for (const call of undecided.get(kept) ?? []) {
        kept.calls = withCall(kept.calls, call, undefined);
        journal.note(recordOf({ k: 'call', id: kept.id, call }));
    }
    undecided.delete(kept);
}
