import type { Journal } from '../inbox/journal';
import { recordsIn } from '../inbox/record';
import type { Link } from '../redis/link';
import type { Turn } from '../redis/turn';
import { Unreachable } from '../redis/unreachable';

/** What a file of records offers to whoever keeps something in one. */
export type Log = Pick<Journal, 'read' | 'append' | 'note' | 'close' | 'remove'>;

/** From this size on the list is written anew when more than half of it is of no use any more. */
const worthwhile = 4 * 1024 * 1024;
/** What a node has left that is gone is kept for so long, in seconds: another instance may still have the node. */
const left = 24 * 60 * 60;

/** Gives how often it was written, and the records. */
const read = `
local written = redis.call('GET', KEYS[1] .. ':written')
return {written or '0', redis.call('LRANGE', KEYS[1], 0, -1)}`;
const count = `
local written = redis.call('GET', KEYS[1] .. ':written')
return written or '0'`;
/**
 * ARGV 1 the key of the turn, 2 who has it, 3 `1` where all before is replaced, 4 a record, 5 how often it was written at
 * least. Gives how often it is by now; 0: somebody else has the turn, -1: it was written less often, as Redis has forgotten.
 */
const append = `
if redis.call('GET', ARGV[1]) ~= ARGV[2] then return 0 end
local written = tonumber(redis.call('GET', KEYS[1] .. ':written') or 0)
if ARGV[3] == '1' then redis.call('DEL', KEYS[1])
elseif written < tonumber(ARGV[5]) then return -1 end
written = math.max(written, tonumber(ARGV[5])) + 1
redis.call('SET', KEYS[1] .. ':written', written)
redis.call('RPUSH', KEYS[1], ARGV[4])
redis.call('PERSIST', KEYS[1])
return written`;
const leave = `
redis.call('EXPIRE', KEYS[1] .. ':written', ARGV[1])
return redis.call('EXPIRE', KEYS[1], ARGV[1])`;

/** Records in Redis, in place of a file; written by the instance that has the turn. */
export class SharedLog implements Log {
    #size = 0;
    /** How often it was written, as far as is known. */
    #written = 0;
    /** What could not be written while Redis was gone. */
    readonly #owed: Buffer[];
    #reminding: Promise<void> | undefined;

    constructor(
        private readonly link: Link,
        private readonly key: string,
        private readonly turn: Turn,
        private readonly state: { whole(): Buffer; useful(): number },
        /** What one of before could not write. */
        owed: readonly Buffer[] = [],
        /** Told once Redis had forgotten everything. */
        private readonly forgotten: () => void = () => {},
    ) {
        this.#owed = [...owed];
    }

    get owed(): readonly Buffer[] {
        return this.#owed;
    }

    /** Whether somebody else has written since. A Redis that has forgotten everything is told again. */
    async isOutdated(): Promise<boolean> {
        const written = Number(await this.link.run(count, this.key));
        if (written < this.#written) await this.#remind();
        return written > this.#written;
    }

    async read(): Promise<Awaited<ReturnType<Log['read']>>> {
        const [written, records] = (await this.link.run(read, this.key)) as [unknown, Buffer[]];
        const bytes = Buffer.concat(records);
        this.#size = bytes.length;
        this.#written = Number(written);
        return recordsIn(Buffer.concat([bytes, ...this.#owed]));
    }

    async append(bytes: Buffer): Promise<void> {
        const isWasteful = this.#size > worthwhile && this.#size > 2 * this.state.useful();
        const owed = this.#owed.splice(0);
        try {
            await this.#write(Buffer.concat([...(isWasteful ? [this.state.whole()] : owed), bytes]), isWasteful);
        } catch (error) {
            this.#owed.unshift(...owed);
            throw error;
        }
    }

    note(bytes: Buffer): void {
        this.append(bytes).catch((error: unknown) => {
            if (error instanceof Unreachable) this.#owed.push(bytes);
        });
    }

    /** Once, however many records find out that Redis has forgotten everything. */
    #remind(): Promise<void> {
        this.#reminding ??= this.#write(this.state.whole(), true)
            .then(() => this.forgotten())
            .finally(() => {
                this.#reminding = undefined;
            });
        return this.#reminding;
    }

    async #write(record: Buffer, isWhole: boolean): Promise<void> {
        const given = [this.turn.key, this.turn.id, isWhole ? 1 : 0, record, this.#written] as const;
        const written = Number(await this.link.run(append, this.key, ...given));
        if (written === 0) throw new Error('Another Node-RED looks for news by now.');
        // What is noted is in the whole, too.
        if (written < 0) return this.#remind();
        this.#written = Math.max(this.#written, written);
        this.#size = isWhole ? record.length : this.#size + record.length;
    }

    close(): Promise<void> {
        return Promise.resolve();
    }

    async remove(): Promise<void> {
        await this.link.run(leave, this.key, left).catch(() => undefined);
    }
}
