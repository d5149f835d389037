import { type Bounds, usualBounds } from './bounds';
import { Dispatch } from './dispatch';
import { decided, FileCalls } from './file-calls';
import { type Inbox, InboxFull, type Outcome, type Recipient } from './inbox';
import { Journal } from './journal';
import { Keeping, putRecord } from './keeping';
import { type Arrived, type Kept, keptOf } from './kept';
import { recordOf } from './record';

/** An inbox in a file of its own. */
export class FileInbox implements Inbox {
    readonly #keeping = new Keeping();
    readonly #journal: Journal;
    readonly #dispatch: Dispatch;
    readonly #bounds: Bounds;
    #opened: Promise<void> | undefined;
    /** How often another Node-RED had the file. */
    #abandoned = 0;
    isOpen = false;

    /** `restored` is told the prints of what was received before, as soon as the file is read. */
    constructor(
        file: string,
        private readonly restored: (print: string, at: number) => void = () => {},
        bounds: Partial<Bounds> = {},
        /** Brings what was kept elsewhere before into the file, ahead of all else. */
        private readonly before: () => Promise<void> = async () => {},
        /** Whether the file is this Node-RED's; asked before each write: after a standstill it may be another one's. */
        mine: () => boolean = () => true,
    ) {
        this.#bounds = { ...usualBounds, ...bounds };
        this.#journal = new Journal(file, this.#keeping, mine);
        this.#dispatch = new Dispatch(this.#bounds, {
            tried: ({ id }, n) => this.#journal.append(recordOf({ k: 'try', id, n })),
            failed: ({ id, failures, stopped }) =>
                this.#journal.append(recordOf({ k: 'fail', id, n: failures, stopped })),
            revived: ({ id }) => {
                this.#journal.note(recordOf({ k: 'fail', id, n: 0, stopped: false }));
                this.#journal.note(recordOf({ k: 'try', id, n: 1 }));
            },
            calls: (kept) =>
                new FileCalls(kept, this.#journal, () => mine() && this.#keeping.deliveries.get(kept.id) === kept),
        });
    }

    get size(): number {
        return this.#keeping.deliveries.size;
    }

    get stoppedCount(): number {
        return this.stopped().length;
    }

    get fullness(): number {
        const { deliveries, bytes } = this.#keeping;
        return Math.max(deliveries.size / this.#bounds.deliveries, bytes / this.#bounds.bytes);
    }

    stopped(): readonly Kept[] {
        return [...this.#keeping.deliveries.values()].filter(({ stopped }) => stopped);
    }

    revive(id: string): boolean {
        const kept = this.#keeping.deliveries.get(id);
        if (!kept?.stopped) return false;
        this.#dispatch.revive(kept);
        this.#dispatch.recipient?.stopped();
        return true;
    }

    silentFor(ms: number): number {
        return this.#dispatch.silentFor(ms);
    }

    open(): Promise<void> {
        this.#opened ??= this.#begin();
        return this.#opened;
    }

    async #begin(): Promise<void> {
        const abandoned = this.#abandoned;
        try {
            await this.#read();
            if (this.#abandoned === abandoned) this.isOpen = true;
        } catch (error) {
            if (this.#abandoned === abandoned) this.#opened = undefined;
            throw error;
        }
    }

    async join(recipient: Recipient): Promise<void> {
        this.#dispatch.recipient = recipient;
        await this.open();
        if (this.#dispatch.recipient !== recipient) return;
        recipient.stopped();
        this.#dispatch.resume();
    }

    deployed(lost: (delivery: string) => boolean, mends = true): void {
        this.#dispatch.shaken(lost);
        if (!mends) return;
        for (const kept of this.#keeping.deliveries.values()) if (kept.stopped) this.#dispatch.revive(kept);
        this.#dispatch.recipient?.stopped();
    }

    async leave(recipient: Recipient): Promise<void> {
        if (this.#dispatch.recipient === recipient) this.#dispatch.recipient = undefined;
        this.#dispatch.rest();
        await this.#journal.close();
    }

    abandon(): void {
        for (const kept of this.#keeping.deliveries.values()) this.#dispatch.remove(kept, false);
        this.#keeping.clear();
        this.#dispatch.recipient = undefined;
        this.#opened = undefined;
        this.isOpen = false;
        this.#abandoned += 1;
        this.#journal.abandon();
        void this.#journal.close();
    }

    async discard(): Promise<boolean> {
        if (this.size > 0) return false;
        await this.#journal.remove();
        return true;
    }

    async put(arrived: Arrived): Promise<void> {
        if (!this.isOpen) await this.open();
        const { bytes, deliveries } = this.#keeping;
        if (deliveries.size >= this.#bounds.deliveries || bytes + arrived.body.length > this.#bounds.bytes)
            throw new InboxFull();
        const kept = keptOf(arrived);
        this.#keeping.add(kept);
        if (this.#dispatch.expect(kept).first) kept.tries = 1;
        try {
            await this.#journal.append(putRecord(kept), () => {
                kept.stored = true;
            });
        } catch (error) {
            this.#remove(kept, false);
            this.#dispatch.advance(kept);
            throw error;
        }
        this.#dispatch.stored(kept);
    }

    answered(id: string, print: string): void {
        const kept = this.#keeping.deliveries.get(id);
        if (kept) kept.answered = true;
        else this.#keeping.seen.delete(print);
        this.#journal.note(recordOf({ k: 'answered', id, print }));
    }

    has(id: string): boolean {
        return this.#keeping.deliveries.has(id);
    }

    async settle(id: string, outcome: Outcome): Promise<void> {
        const kept = this.#keeping.deliveries.get(id);
        if (!kept?.stored) return;
        if (outcome === 'failed') {
            decided(kept, this.#journal);
            return this.#dispatch.failed(kept);
        }
        this.#remove(kept, true);
        if (kept.stopped) this.#dispatch.recipient?.stopped();
        try {
            const done = recordOf({ k: 'done', id });
            await (this.#dispatch.hasNext(kept) ? this.#journal.append(done) : this.#journal.appendSoon(done));
        } finally {
            this.#dispatch.advance(kept);
        }
    }

    async giveBack(id: string): Promise<void> {
        const kept = this.#keeping.deliveries.get(id);
        if (!kept) return;
        this.#remove(kept, false);
        this.#dispatch.advance(kept);
        await this.#journal.append(recordOf({ k: 'gone', id }));
    }

    /** `done`: a repetition of it is recognised; else it is nobody's here any more. */
    #remove(kept: Kept, done: boolean): void {
        this.#keeping.remove(kept, done);
        this.#dispatch.remove(kept, done);
    }

    async #read(): Promise<void> {
        const abandoned = this.#abandoned;
        await this.before();
        const { records, damaged } = await this.#journal.read();
        if (abandoned !== this.#abandoned) throw new Error('Another Node-RED has taken the kept deliveries meanwhile.');
        this.#keeping.replay(records);
        for (const [print, at] of this.#keeping.prints()) this.restored(print, at);
        for (const kept of this.#keeping.deliveries.values()) this.#dispatch.restore(kept);
        // Where the first try failed, the node has joined long ago.
        this.#dispatch.recipient?.stopped();
        this.#dispatch.advanceAll();
        if (damaged > 0)
            this.#dispatch.recipient?.warn(
                `${damaged} bytes of the kept deliveries could not be read. Node-RED was stopped while it wrote them; Missive had no answer to what they were, and delivers it again.`,
            );
    }
}
