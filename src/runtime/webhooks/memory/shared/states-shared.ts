import { difference, type State, stateAfter } from '../../../../missive/events/conversation-state';
import type { Link } from '../../../redis/link';
import { now } from '../../../redis/place';
import type { States, Step } from '../memory';

/** So many conversations are remembered; the ones without news for longest are forgotten. */
const most = 10_000;

/** KEYS 1: a hash of conversation → state; beside it when each was last heard of. */
const read = `return redis.call('HGET', KEYS[1], ARGV[1])`;

/** ARGV 1 conversation, 2 what it has to be now, 3 what it is to be; blank: nothing. 4: how many are remembered. */
const change = `${now}
local ages = KEYS[1] .. ':ages'
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if ARGV[3] == '' then
    redis.call('HDEL', KEYS[1], ARGV[1])
    redis.call('ZREM', ages, ARGV[1])
    return 1
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('ZADD', ages, now, ARGV[1])
local old = redis.call('ZRANGE', ages, 0, -1 - tonumber(ARGV[4]))
for _, each in ipairs(old) do
    redis.call('ZREM', ages, each)
    redis.call('HDEL', KEYS[1], each)
end
return 1`;

const discard = `return redis.call('DEL', KEYS[1], KEYS[1] .. ':ages')`;

/** The last states, the same for all instances; while Redis is gone each goes on with those it has seen itself. */
export class StatesShared implements States {
    readonly #key: string;

    constructor(
        private readonly link: Link,
        place: string,
        private readonly here: States,
    ) {
        this.#key = `${place}:states`;
    }

    open(): Promise<void> {
        return this.here.open();
    }

    async of(conversation: string): Promise<State | undefined> {
        try {
            return parsed(await this.#read(conversation));
        } catch {
            return this.here.of(conversation);
        }
    }

    async step(conversation: string, body: Readonly<Record<string, unknown>>): Promise<Step> {
        const here = await this.here.step(conversation, body);
        try {
            for (;;) {
                const before = await this.#read(conversation);
                const known = parsed(before);
                const after = stateAfter(body, known);
                const text = JSON.stringify(after);
                if (!(await this.#change(conversation, before, text))) continue;
                const undo = () => {
                    here.undo();
                    this.link.surely(() => this.#change(conversation, text, before));
                };
                return known ? { changed: difference(known, after), undo } : { undo };
            }
        } catch {
            return here;
        }
    }

    close(): Promise<void> {
        return this.here.close();
    }

    async discard(): Promise<void> {
        this.link.surely(() => this.link.run(discard, this.#key));
        await this.here.discard();
    }

    async #read(conversation: string): Promise<string> {
        return String((await this.link.run(read, this.#key, conversation)) ?? '');
    }

    async #change(conversation: string, before: string, after: string): Promise<boolean> {
        return (await this.link.run(change, this.#key, conversation, before, after, most)) === 1;
    }
}

function parsed(text: string): State | undefined {
    return text === '' ? undefined : (JSON.parse(text) as State);
}
