import { setTimeout as pause } from 'node:timers/promises';
import { placeOfProcess } from '../../../missive/limits/process-place';
import { type Linked, linkTo } from '../../redis/links';
import { parted, seenKey } from '../../redis/print';
import { type Bounds, usualBounds } from '../bounds';
import { type Inbox, InboxFull, type Outcome, type Recipient } from '../inbox';
import type { Arrived, Kept } from '../kept';
import { Claims } from './claims';
import { arrivedKept, headOf, keptIn, lineOf } from './head';
import { moveToFile } from './moving';
import { Remembered } from './remembered';
import { Reminding } from './reminding';
import { SharedCalls } from './shared-calls';
import { Steps } from './steps';
import { Stopped } from './stopped';
import { Working } from './working';

/** Milliseconds: how often an instance shows that it is alive, and how soon one that does not is dead. */
export interface Pulse {
    readonly beat: number;
    readonly lease: number;
    /** So long the lines of a node that was stopped stay its own, should the flow still report, or the node come again. */
    readonly linger: number;
}

const usualPulse: Pulse = { beat: 1_000, lease: 10_000, linger: 30_000 };
/** So many deliveries are taken at once. */
const handful = 100;

/** What was kept elsewhere before, to be moved here first. */
export type Former = (steps: Steps) => Promise<void>;

/** Where an inbox lies. */
export interface Where {
    readonly address: string;
    readonly place: string;
    readonly former?: Former;
    readonly bounds?: Partial<Bounds>;
    readonly pulse?: Partial<Pulse>;
}

/**
 * An inbox in Redis, one for all instances. Of each conversation one instance has the first delivery in its flow; a dead
 * one's is taken over. Without Redis nothing is taken in; what the flow says waits until Redis is back.
 */
export class SharedInbox implements Inbox {
    readonly shared = true;
    readonly address: string;
    readonly #place: string;
    readonly #former: Former | undefined;
    readonly #bounds: Bounds;
    readonly #pulse: Pulse;
    readonly #steps: Steps;
    readonly #working: Working;
    readonly #claims: Claims;
    readonly #reminding: Reminding;
    #recipient: Recipient | undefined;
    #linked: Linked | undefined;
    #unlisten: (() => void) | undefined;
    #opened: Promise<void> | undefined;
    #timer: NodeJS.Timeout | undefined;
    #farewell: NodeJS.Timeout | undefined;
    #size = 0;
    readonly #stopped: Stopped;
    /** What was taken from this instance: id → line. Its flow may still be done with it. */
    readonly #taken = new Remembered();
    /** The prints of what was kept here. */
    readonly #prints = new Remembered();
    readonly #settling = new Map<string, Promise<void>>();

    constructor({ address, place, former, bounds, pulse }: Where) {
        this.address = address;
        this.#place = place;
        this.#former = former;
        this.#bounds = { ...usualBounds, ...bounds };
        this.#pulse = { ...usualPulse, ...pulse };
        this.#steps = new Steps(() => this.#link, place, this.#pulse.lease, this.#bounds.tries);
        this.#stopped = new Stopped(this.#steps, handful);
        this.#working = new Working(this.#bounds, {
            silent: (kept) => {
                this.#recipient?.warn('A delivery was not reported done in time: it comes again.');
                void this.settle(kept.id, 'failed');
            },
            lost: (kept) => this.#emit(kept, true),
        });
        this.#claims = new Claims(this.#steps, this.#working, (id, line) => this.#give(id, line));
        this.#reminding = new Reminding(
            this.#steps,
            place,
            {
                working: () => this.#working.lines().values(),
                stopped: () => this.#stopped.oldest,
                taken: (id, line) => this.#give(id, line),
                warn: (text) => this.#recipient?.warn(text),
            },
            this.#pulse.lease,
        );
    }

    get size(): number {
        return this.#size;
    }

    get stoppedCount(): number {
        return this.#stopped.count;
    }

    /** By their number alone: Redis does not tell how large they are. */
    get fullness(): number {
        return this.#size / this.#bounds.deliveries;
    }

    stopped(): readonly Kept[] {
        return this.#stopped.oldest;
    }

    revive(id: string): boolean {
        if (!this.#stopped.take(id)) return false;
        void this.#steps.run('revive', this.#takes, id).then(
            () => this.#beat(),
            () => undefined,
        );
        return true;
    }

    silentFor(ms: number): number {
        return this.#working.silentFor(ms);
    }

    async open(): Promise<void> {
        await this.#link.ready();
        this.#opened ??= this.#begin().catch((error) => {
            this.#opened = undefined;
            throw error;
        });
        await this.#opened;
    }

    async join(recipient: Recipient): Promise<void> {
        clearTimeout(this.#farewell);
        this.#recipient = recipient;
        await this.open();
        if (this.#recipient !== recipient) return;
        this.#timer ??= setInterval(() => void this.#beat(), this.#pulse.beat).unref();
        recipient.stopped();
        this.#working.resume();
        await this.#beat();
    }

    deployed(lost: (delivery: string) => boolean, mends = true): void {
        this.#working.shaken(lost);
        if (!mends) return;
        void this.#steps.run('revive', this.#takes, '').then(
            (count) => (Number(count) > 0 ? this.#beat() : undefined),
            () => undefined,
        );
    }

    async leave(recipient: Recipient): Promise<void> {
        if (this.#recipient === recipient) this.#recipient = undefined;
        this.#working.rest();
        clearTimeout(this.#farewell);
        if (this.#working.size === 0) await this.#part();
        else this.#farewell = setTimeout(() => void this.#part(), this.#pulse.linger).unref();
    }

    abandon(): void {
        // Whose the files are is nothing to what lies in Redis.
    }

    async discard(): Promise<boolean> {
        const left = await this.#steps.run('discard', false).then(Number, () => 1);
        this.#size = left;
        if (left === 0) await this.#part();
        return left === 0;
    }

    async put(arrived: Arrived): Promise<void> {
        await this.open();
        const { id, body } = arrived;
        const [print, ticket] = parted(arrived.print);
        const { deliveries, bytes } = this.#bounds;
        const seen = ticket === '' ? '' : seenKey(this.#place, print);
        this.#prints.set(id, arrived.print);
        const given = [id, lineOf(arrived), headOf(arrived), body, deliveries, bytes, seen, ticket];
        const said = (await this.#steps.run('put', this.#takes, ...given)) as unknown[];
        const told = String(said[0]);
        if (told === 'full') throw new InboxFull();
        if (told === 'late') throw new Error('It took too long to keep a delivery.');
        // The next beat counts anew.
        this.#size += 1;
        if (said[1] !== undefined) this.#have(arrivedKept(arrived, Number(said[1])));
    }

    answered(id: string): void {
        this.#prints.delete(id);
    }

    has(id: string): boolean {
        return this.#working.get(id) !== undefined || this.#taken.has(id);
    }

    settle(id: string, outcome: Outcome): Promise<void> {
        const known = this.#settling.get(id);
        if (known) return known;
        const settled = (outcome === 'failed' ? this.#failed(id) : this.#done(id)).finally(() =>
            this.#settling.delete(id),
        );
        this.#settling.set(id, settled);
        return settled;
    }

    async giveBack(id: string): Promise<void> {
        const [print, ticket] = parted(this.#prints.get(id) ?? '');
        this.#prints.delete(id);
        await this.#done(id, 'taken', ticket === '' ? '' : seenKey(this.#place, print), ticket);
    }

    async moveTo(file: string): Promise<void> {
        await this.open();
        await moveToFile(file, this.#steps, (id) => this.#working.end(id, 'taken'));
        await this.#part();
    }

    get #takes(): boolean {
        return this.#recipient !== undefined;
    }

    get #link() {
        this.#linked ??= linkTo(this.address);
        this.#unlisten ??= this.#linked.link.onBack(() => void this.#beat());
        return this.#linked.link;
    }

    async #begin(): Promise<void> {
        await this.#former?.(this.#steps);
        await this.#beat(true);
    }

    /** Shows that this instance is alive, and takes what waits. Resolves to whether Redis had forgotten everything. */
    async #beat(fails = false): Promise<boolean> {
        this.#reminding.beats();
        try {
            const said = await this.#steps.run('beat', this.#takes, JSON.stringify(placeOfProcess), handful);
            const [size, stopped, lines, places, taken, born] = said as [
                ...[number, number, number, unknown[], unknown[], unknown],
            ];
            this.#size = Number(size);
            for (const each of taken) this.#take(each);
            // It is counted anew by the next beat.
            if (await this.#reminding.see(String(born))) return true;
            if (await this.#stopped.follow(Number(stopped))) this.#recipient?.stopped();
            await this.#claims.check(Number(lines), places.map(String));
            if (taken.length === handful) await this.#beat();
        } catch (error) {
            if (fails) throw error;
        }
        return false;
    }

    /** A delivery is this instance's now; without a node for it, somebody else's. */
    #take(said: unknown): void {
        const kept = keptIn(said);
        if (kept) this.#have(kept);
    }

    /** What is in the flow already is not put in again: it was given for another one, which was done elsewhere meanwhile. */
    #have(kept: Kept): void {
        if (this.#working.get(kept.id)) return;
        if (this.#recipient) this.#emit(kept, kept.tries > 1);
        else void this.#steps.run('release', false, lineOf(kept)).catch(() => undefined);
    }

    #emit(kept: Kept, redelivered: boolean): void {
        this.#taken.delete(kept.id);
        // Of one that may be lost in the flow the same calls are known.
        const calls = this.#working.get(kept.id)?.calls ?? new SharedCalls(kept, this.#steps, () => this.#beat());
        this.#working.begin(kept, lineOf(kept), calls);
        this.#recipient?.emit(kept, redelivered);
    }

    /** Another instance has it: what the flow here says of it is still told. */
    #give(id: string, line: string): void {
        this.#working.end(id, 'taken');
        this.#taken.set(id, line);
    }

    async #done(id: string, how: 'done' | 'taken' = 'done', seen = '', ticket = ''): Promise<void> {
        const line = this.#working.get(id)?.line ?? this.#taken.get(id) ?? '';
        const said = await this.#surely('settle', () => [id, line, this.#working.get(id) ? 1 : 0, seen, ticket]);
        this.#size = Math.max(0, this.#size - Number(said[0]));
        this.#working.end(id, how);
        this.#taken.delete(id);
        this.#prints.delete(id);
        const wasStopped = this.#stopped.count > 0;
        this.#take(said[1]);
        if (wasStopped) void this.#beat();
    }

    async #failed(id: string): Promise<void> {
        const one = this.#working.get(id);
        if (!one) return;
        const { kept, line, calls } = one;
        await calls.decided().catch(() => undefined);
        const delay = this.#bounds.delay(kept.failures + 1);
        const fail = () => this.#surely('fail', () => [id, line, delay, this.#bounds.failures]);
        let said = await fail();
        // Redis may not know it because it has forgotten everything.
        if (String(said[0]) === 'other' && (await this.#beat())) said = await fail();
        const told = String(said[0]);
        if (told === 'other') return this.#give(id, line);
        this.#working.end(id, 'failed');
        kept.failures += 1;
        if (told === 'again') setTimeout(() => void this.#beat(), delay + 1).unref();
        else {
            kept.stopped = true;
            this.#stopped.count += 1;
            this.#recipient?.stopped(kept);
        }
        this.#take(said[1]);
    }

    /** A step that is done as soon as Redis is there; nobody does it in place of this instance. */
    async #surely(step: 'settle' | 'fail', given: () => (string | number)[]): Promise<unknown[]> {
        for (;;) {
            try {
                return (await this.#steps.run(step, this.#takes, ...given())) as unknown[];
            } catch {
                await pause(250, undefined, { ref: false });
            }
        }
    }

    /** Nothing is this instance's any more. */
    async #part(): Promise<void> {
        if (this.#recipient) return;
        clearInterval(this.#timer);
        this.#timer = undefined;
        this.#opened = undefined;
        this.#reminding.end();
        if (!this.#linked) return;
        for (const [line, { id }] of this.#working.lines()) this.#give(id, line);
        await this.#steps.run('discard', false).catch(() => undefined);
        this.#unlisten?.();
        this.#linked?.release();
        this.#linked = undefined;
        this.#unlisten = undefined;
    }
}
