import { Journal } from './journal';
import { Keeping, type Kept, putRecord } from './kept';
import { recordOf } from './record';

/** What the flow says of a delivery. */
export type Outcome = 'done' | 'failed';

/** The node that the deliveries of an inbox go to. */
export interface Recipient {
    /** Puts a delivery into the flow; `redelivered` where it may have been there before. */
    emit(kept: Kept, redelivered: boolean): void;
    /** The number of stopped deliveries has changed, or one has been stopped just now. */
    stopped(kept?: Kept): void;
    /** Something that somebody should know. */
    warn(text: string): void;
}

/** The bounds of an inbox; times are in milliseconds. */
export interface Bounds {
    readonly deliveries: number;
    readonly bytes: number;
    /** So many failures stop a delivery. */
    readonly failures: number;
    /** In the flow at the end of so many runs of Node-RED: it may be what ends them. */
    readonly tries: number;
    /** A flow that has said nothing for so long has lost the delivery. */
    readonly silence: number;
    /** How long a flow may still report what it had when its nodes were deployed anew. */
    readonly grace: number;
    /** How long to wait after so many failures. */
    readonly delay: (failures: number) => number;
}

export const usualBounds: Bounds = {
    deliveries: 10_000,
    bytes: 64 * 1024 * 1024,
    failures: 5,
    tries: 20,
    silence: 10 * 60_000,
    grace: 5_000,
    delay: (failures) => Math.min(1000 * 2 ** (failures - 1), 5 * 60_000),
};

/** As many deliveries or bytes wait as may. */
export class InboxFull extends Error {}

/** Where a delivery is on its way; one that is on the disk and in none of these waits for its turn. */
type Place = 'storing' | 'flow' | 'pause';

/**
 * Deliveries on the disk until the flow has dealt with them. Those of one conversation go into the flow one after
 * another, in the order of their arrival; one that is stopped lets the next ones pass.
 */
export class Inbox {
    readonly #keeping = new Keeping();
    readonly #journal: Journal;
    readonly #places = new Map<string, { at: Place; timer?: NodeJS.Timeout; since?: number }>();
    /** The deliveries of each conversation that are not stopped, oldest first. */
    readonly #lines = new Map<string, Kept[]>();
    /** From an earlier run of Node-RED. */
    readonly #restored = new Set<Kept>();
    /** Sent in this run of Node-RED. */
    readonly #sent = new WeakSet<Kept>();
    readonly #bounds: Bounds;
    #recipient: Recipient | undefined;
    #opened: Promise<void> | undefined;

    /** `restored` is told the prints of what was received before, as soon as the file is read. */
    constructor(
        file: string,
        private readonly restored: (print: string, at: number) => void = () => {},
        bounds: Partial<Bounds> = {},
    ) {
        this.#bounds = { ...usualBounds, ...bounds };
        this.#journal = new Journal(file, this.#keeping);
    }

    /** How many deliveries are not done, stopped ones included. */
    get size(): number {
        return this.#keeping.deliveries.size;
    }

    get stoppedCount(): number {
        return [...this.#keeping.deliveries.values()].filter(({ stopped }) => stopped).length;
    }

    /** How many the flow has had for longer than so many milliseconds without a word. */
    silentFor(ms: number): number {
        const before = performance.now() - ms;
        return [...this.#places.values()].filter(({ since }) => since !== undefined && since < before).length;
    }

    /** Reads the file, once. Rejects where the disk fails, and tries again the next time. */
    open(): Promise<void> {
        this.#opened ??= this.#read().catch((error) => {
            this.#opened = undefined;
            throw error;
        });
        return this.#opened;
    }

    /** Sends everything that waits to a node, until `leave`. */
    async join(recipient: Recipient): Promise<void> {
        const again = this.#opened !== undefined;
        this.#recipient = recipient;
        await this.open();
        if (this.#recipient !== recipient) return;
        if (again) this.#afterDeploy();
        recipient.stopped();
        for (const line of [...this.#lines.values()]) this.#advance(line);
    }

    /** Nothing goes into the flow any more; what the flow says is still heard. Resolves when the file is closed. */
    async leave(recipient: Recipient): Promise<void> {
        if (this.#recipient === recipient) this.#recipient = undefined;
        for (const { timer } of this.#places.values()) clearTimeout(timer);
        await this.#journal.close();
    }

    /** Takes away the file of a node that is gone for good, unless something in it is not done. */
    async discard(): Promise<boolean> {
        if (this.size > 0) return false;
        await this.#journal.remove();
        return true;
    }

    /** Keeps a delivery; resolves as soon as it is on the disk, and sends it when its turn has come. */
    async put(given: Pick<Kept, 'id' | 'at' | 'body' | 'conversation' | 'print' | 'facts'>): Promise<void> {
        await this.open();
        const { bytes, deliveries } = this.#keeping;
        if (deliveries.size >= this.#bounds.deliveries || bytes + given.body.length > this.#bounds.bytes)
            throw new InboxFull();
        const state = { tries: 0, failures: 0, stopped: false, answered: false, stored: false };
        // A copy: a request's buffer is larger than its body.
        const kept: Kept = { ...given, body: Buffer.from(given.body), ...state };
        this.#keeping.add(kept);
        this.#places.set(kept.id, { at: 'storing' });
        const line = this.#enqueue(kept);
        try {
            // It goes into the flow right after it is stored, unless others are before it.
            if (line[0] === kept && this.#recipient) kept.tries = 1;
            await this.#journal.append(putRecord(kept), () => {
                kept.stored = true;
            });
        } catch (error) {
            this.#remove(kept, false);
            this.#advance(line);
            throw error;
        }
        this.#places.delete(kept.id);
        this.#advance(line);
    }

    /** Missive has got its 200. */
    answered(id: string, print: string): void {
        const kept = this.#keeping.deliveries.get(id);
        if (kept) kept.answered = true;
        else this.#keeping.seen.delete(print);
        this.#journal.note(recordOf({ k: 'answered', id, print }));
    }

    has(id: string): boolean {
        return this.#keeping.deliveries.has(id);
    }

    /** The flow has dealt with a delivery, or failed to. Resolves when that is on the disk. */
    async settle(id: string, outcome: Outcome): Promise<void> {
        const kept = this.#keeping.deliveries.get(id);
        if (!kept?.stored) return;
        if (outcome === 'failed') return this.#failed(kept);
        const line = this.#remove(kept, true);
        if (kept.stopped) this.#recipient?.stopped();
        try {
            await this.#journal.append(recordOf({ k: 'done', id }));
        } finally {
            this.#advance(line);
        }
    }

    /** Missive keeps this one itself: it was told so, and delivers it again. */
    async giveBack(id: string): Promise<void> {
        const kept = this.#keeping.deliveries.get(id);
        if (!kept) return;
        const line = this.#remove(kept, false);
        this.#advance(line);
        await this.#journal.append(recordOf({ k: 'gone', id }));
    }

    async #read(): Promise<void> {
        const { records, damaged } = await this.#journal.read();
        this.#keeping.replay(records);
        for (const [print, at] of this.#keeping.prints()) this.restored(print, at);
        for (const kept of this.#keeping.deliveries.values()) {
            this.#restored.add(kept);
            if (kept.tries >= this.#bounds.tries) kept.stopped = true;
            if (!kept.stopped) this.#enqueue(kept);
        }
        if (damaged > 0)
            this.#recipient?.warn(
                `${damaged} bytes of the kept deliveries could not be read. Node-RED was stopped while it wrote them; Missive had no answer to what they were, and delivers it again.`,
            );
    }

    /** What was in the flow may be lost with the nodes that had it; what was stopped gets another chance. */
    #afterDeploy(): void {
        for (const kept of this.#keeping.deliveries.values()) {
            if (this.#places.get(kept.id)?.at === 'flow') this.#later(kept, this.#bounds.grace);
            else if (this.#places.get(kept.id)?.at === 'pause') this.#places.delete(kept.id);
            if (!kept.stopped) continue;
            Object.assign(kept, { stopped: false, failures: 0, tries: 1 });
            this.#journal.note(recordOf({ k: 'fail', id: kept.id, n: 0, stopped: false }));
            this.#journal.note(recordOf({ k: 'try', id: kept.id, n: 1 }));
            this.#enqueue(kept);
        }
    }

    #enqueue(kept: Kept): Kept[] {
        const key = kept.conversation ?? kept.id;
        const line = this.#lines.get(key) ?? [];
        this.#lines.set(key, line);
        line.push(kept);
        return line;
    }

    #leaveLine(kept: Kept): Kept[] {
        const key = kept.conversation ?? kept.id;
        const line = this.#lines.get(key) ?? [];
        const at = line.indexOf(kept);
        if (at >= 0) line.splice(at, 1);
        if (line.length === 0) this.#lines.delete(key);
        return line;
    }

    #remove(kept: Kept, remember: boolean): Kept[] {
        clearTimeout(this.#places.get(kept.id)?.timer);
        this.#places.delete(kept.id);
        this.#restored.delete(kept);
        this.#keeping.remove(kept, remember);
        return this.#leaveLine(kept);
    }

    /** Sends the first of a line, where it is not on its way already. */
    #advance(line: readonly Kept[]): void {
        const [first] = line;
        if (!first || !this.#recipient || this.#places.has(first.id)) return;
        const fresh = first.tries === 1 && !this.#restored.has(first) && first.failures === 0;
        if (fresh && !this.#sent.has(first)) {
            this.#emit(first, false);
            return;
        }
        this.#places.set(first.id, { at: 'storing' });
        const tries = first.tries + 1;
        // On the disk before it is in the flow: a delivery that ends Node-RED must not do so for ever.
        this.#journal.append(recordOf({ k: 'try', id: first.id, n: tries })).then(
            () => {
                if (this.#places.get(first.id)?.at !== 'storing') return;
                this.#places.delete(first.id);
                first.tries = tries;
                if (this.#recipient) this.#emit(first, tries > 1 || this.#restored.has(first));
            },
            () => this.#later(first, 1000),
        );
    }

    #emit(kept: Kept, redelivered: boolean): void {
        const timer = setTimeout(() => {
            this.#recipient?.warn('A delivery was not reported done in time: it comes again.');
            this.#failed(kept).catch(() => undefined);
        }, this.#bounds.silence);
        this.#places.set(kept.id, { at: 'flow', timer: timer.unref(), since: performance.now() });
        this.#sent.add(kept);
        this.#recipient?.emit(kept, redelivered);
    }

    /** Sends a delivery after a pause. */
    #later(kept: Kept, ms: number): void {
        clearTimeout(this.#places.get(kept.id)?.timer);
        const timer = setTimeout(() => {
            this.#places.delete(kept.id);
            this.#advance(this.#lines.get(kept.conversation ?? kept.id) ?? []);
        }, ms);
        this.#places.set(kept.id, { at: 'pause', timer: timer.unref() });
    }

    async #failed(kept: Kept): Promise<void> {
        if (this.#places.get(kept.id)?.at !== 'flow') return;
        kept.failures += 1;
        kept.stopped = kept.failures >= this.#bounds.failures;
        const { id, failures: n, stopped } = kept;
        if (stopped) {
            clearTimeout(this.#places.get(id)?.timer);
            this.#places.delete(id);
            this.#advance(this.#leaveLine(kept));
            this.#recipient?.stopped(kept);
        } else this.#later(kept, this.#bounds.delay(n));
        await this.#journal.append(recordOf({ k: 'fail', id, n, stopped }));
    }
}
