import { difference, type State, stateAfter } from '../../../missive/events/conversation-state';
import { Journal } from '../../inbox/journal';
import { recordOf } from '../../inbox/record';
import type { States, Step } from './memory';

/** So many conversations are remembered; the ones without news for longest are forgotten. */
const most = 10_000;
const recordSize = 400;

/** The last states in a file of their own. */
export class FileStates implements States {
    readonly #states = new Map<string, State>();
    readonly #journal: Journal;
    #opened: Promise<void> | undefined;

    /** `mine`: whether the file is this Node-RED's; else the states live in memory alone. */
    constructor(
        file: string,
        private readonly mine: () => boolean = () => true,
    ) {
        const whole = () =>
            Buffer.concat([...this.#states].map(([conversation, state]) => recordOf({ conversation, state })));
        this.#journal = new Journal(file, { whole, useful: () => this.#states.size * recordSize });
    }

    /** Reads the file, once. */
    open(): Promise<void> {
        if (!this.mine()) return Promise.resolve();
        this.#opened ??= this.#journal.read().then(
            ({ records }) => {
                for (const { head } of records)
                    if (typeof head.conversation === 'string') this.#remember(head.conversation, head.state as State);
            },
            () => undefined,
        );
        return this.#opened;
    }

    of(conversation: string): State | undefined {
        return this.#states.get(conversation);
    }

    step(conversation: string, body: Readonly<Record<string, unknown>>): Step {
        const before = this.#states.get(conversation);
        const after = stateAfter(body, before);
        const set = (state: State | undefined) => {
            this.#remember(conversation, state);
            if (this.mine()) this.#journal.note(recordOf({ conversation, state }));
        };
        set(after);
        const undo = () => {
            if (this.#states.get(conversation) === after) set(before);
        };
        return before ? { changed: difference(before, after), undo } : { undo };
    }

    close(): Promise<void> {
        return this.#journal.close();
    }

    discard(): Promise<void> {
        return this.#journal.remove();
    }

    #remember(conversation: string, state: State | undefined): void {
        this.#states.delete(conversation);
        if (!state) return;
        this.#states.set(conversation, state);
        for (const oldest of this.#states.keys()) {
            if (this.#states.size <= most) return;
            this.#states.delete(oldest);
        }
    }
}
