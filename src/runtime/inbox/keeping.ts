import { object } from '../../missive/events/event-filter';
import type { Made } from '../held';
import { isBody, type Kept } from './kept';
import { type Record, recordOf } from './record';

const remembered = 10_000;
/** About what a record takes besides the body. */
const recordSize = 300;

/** All that a node keeps: the deliveries that are not done, and what is known of those that are. */
export class Keeping {
    readonly deliveries = new Map<string, Kept>();
    /** The prints of deliveries that are done and may come again, with the time of their arrival. */
    readonly seen = new Map<string, number>();
    bytes = 0;

    clear(): void {
        this.deliveries.clear();
        this.seen.clear();
        this.bytes = 0;
    }

    add(kept: Kept): void {
        this.deliveries.set(kept.id, kept);
        this.bytes += kept.body.length;
    }

    /** Lets go of a delivery; `remember`: a repetition of it is to be recognised. */
    remove(kept: Kept, remember: boolean): void {
        if (!this.deliveries.delete(kept.id)) return;
        this.bytes -= kept.body.length;
        if (remember && !(isBody(kept.print) && kept.answered)) this.#see(kept.print, kept.at);
    }

    /** What a file says, record by record. Ones that make no sense are passed over. */
    replay(records: Iterable<Record>): void {
        for (const { head, body } of records) this.#replay(head, body);
    }

    /** By what a repetition is recognised of each delivery that may come again, and when it came. */
    *prints(): Iterable<readonly [print: string, at: number]> {
        yield* this.seen;
        for (const { print, at, answered } of this.deliveries.values())
            if (!answered || !isBody(print)) yield [print, at];
    }

    /** Everything there is, as the records that would make it. */
    whole(): Buffer {
        const seen = [...this.seen].map(([print, at]) => recordOf({ k: 'seen', print, at }));
        const kept = [...this.deliveries.values()].filter(({ stored }) => stored).map(putRecord);
        return Buffer.concat([...seen, ...kept]);
    }

    useful(): number {
        return this.bytes + (this.deliveries.size + this.seen.size) * recordSize;
    }

    #see(print: string, at: number): void {
        this.seen.delete(print);
        this.seen.set(print, at);
        for (const oldest of this.seen.keys()) {
            if (this.seen.size <= remembered) return;
            this.seen.delete(oldest);
        }
    }

    #replay(head: Record['head'], body: Buffer): void {
        const { k, id, at, print, conversation, n } = head;
        if (k === 'seen' && typeof print === 'string') this.#see(print, Number(at));
        if (typeof id !== 'string') return;
        if (k === 'put' && typeof print === 'string') {
            const { tries, failures, stopped, answered, facts } = head;
            const calls = object(head.calls) as Kept['calls'];
            const known = { id, at: Number(at), body, print, facts: object(facts), stored: true, tries: Number(tries) };
            const topic = typeof conversation === 'string' ? conversation : undefined;
            const state = { failures: Number(failures), stopped: stopped === true, answered: answered === true };
            this.add({ ...known, ...state, calls, conversation: topic });
        }
        const kept = this.deliveries.get(id);
        if (k === 'answered' && !kept && typeof print === 'string') this.seen.delete(print);
        if (!kept) return;
        if (k === 'answered') kept.answered = true;
        if (k === 'try') kept.tries = Number(n);
        if (k === 'call') kept.calls = withCall(kept.calls, String(head.call), head.made as Made | undefined);
        if (k === 'fail') Object.assign(kept, { failures: Number(n), stopped: head.stopped === true });
        if (k === 'done') this.remove(kept, true);
        if (k === 'gone') this.remove(kept, false);
    }
}

/** The calls of a delivery with what became of one of them; without it where that is nothing. */
export function withCall(calls: Kept['calls'], call: string, made: Made | undefined): Kept['calls'] {
    const { [call]: _, ...others } = calls;
    return made ? { ...others, [call]: made } : others;
}

/** Field by field: it is made for each delivery, and what is spread into an object costs ten times as much. */
export function putRecord(kept: Kept): Buffer {
    const { id, at, conversation, print, facts, calls, tries, failures, stopped, answered } = kept;
    const head: Omit<Kept, 'body' | 'stored'> & { k: string } = {
        k: 'put',
        id,
        at,
        conversation,
        print,
        facts,
        calls,
        tries,
        failures,
        stopped,
        answered,
    };
    return recordOf(head, kept.body);
}
