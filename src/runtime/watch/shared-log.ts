import type { Journal } from '../inbox/journal';
import { recordsIn } from '../inbox/record';
import type { Link } from '../redis/link';
import type { Turn } from '../redis/turn';

/** What a file of records offers to whoever keeps something in one. */
export type Log = Pick<Journal, 'read' | 'append' | 'note' | 'close' | 'remove'>;

/** From this size on the list is written anew when more than half of it is of no use any more. */
const worthwhile = 4 * 1024 * 1024;
/** What a node has left that is gone is kept for so long, in seconds: another instance may still have the node. */
const left = 24 * 60 * 60;

const read = `return redis.call('LRANGE', KEYS[1], 0, -1)`;
/** ARGV 1 the key of the turn, 2 who has it, 3 `1` where all before is replaced, 4 a record. */
const append = `
if redis.call('GET', ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] == '1' then redis.call('DEL', KEYS[1]) end
redis.call('RPUSH', KEYS[1], ARGV[4])
redis.call('PERSIST', KEYS[1])
return 1`;
const leave = `return redis.call('EXPIRE', KEYS[1], ARGV[1])`;

/** Records in Redis, in place of a file; written by the instance that has the turn. */
export class SharedLog implements Log {
    #size = 0;

    constructor(
        private readonly link: Link,
        private readonly key: string,
        private readonly turn: Turn,
        private readonly state: { whole(): Buffer; useful(): number },
    ) {}

    async read(): Promise<Awaited<ReturnType<Log['read']>>> {
        const bytes = Buffer.concat((await this.link.run(read, this.key)) as Buffer[]);
        this.#size = bytes.length;
        return recordsIn(bytes);
    }

    async append(bytes: Buffer): Promise<void> {
        const isWasteful = this.#size > worthwhile && this.#size > 2 * this.state.useful();
        const record = isWasteful ? Buffer.concat([this.state.whole(), bytes]) : bytes;
        const is = await this.link.run(append, this.key, this.turn.key, this.turn.id, isWasteful ? 1 : 0, record);
        if (is !== 1) throw new Error('Another Node-RED looks for news by now.');
        this.#size = isWasteful ? record.length : this.#size + record.length;
    }

    note(bytes: Buffer): void {
        this.append(bytes).catch(() => undefined);
    }

    close(): Promise<void> {
        return Promise.resolve();
    }

    async remove(): Promise<void> {
        await this.link.run(leave, this.key, left).catch(() => undefined);
    }
}
