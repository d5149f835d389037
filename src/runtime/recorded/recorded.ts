import type { NodeAPI } from 'node-red';
import { type Sketch, sketchOf } from './sketch';

/** The last message that came into a node, or left it. */
export interface Recorded extends Sketch {
    /** In milliseconds. */
    readonly at: number;
}
export type Way = 'in' | 'out';

/** What is kept at most, in messages and in characters of their JSON. */
const [mostMessages, mostCharacters] = [300, 3 * 1024 * 1024];
/** A node that is busy is not looked at more often, in milliseconds. */
const between = 100;

/** The last message of each node of ours and each way, in memory: what its fields can be picked from. */
export class RecordedMessages {
    readonly #kept = new Map<string, { readonly recorded: Recorded; readonly size: number }>();
    #size = 0;

    /** A message comes into a node, or leaves it; it is copied, so it may change afterwards. Never throws. */
    note(node: string, way: Way, msg: object, now = Date.now()): void {
        const key = `${way} ${node}`;
        const before = this.#kept.get(key);
        if (before && now - before.recorded.at < between && now >= before.recorded.at) return;
        try {
            const sketch = sketchOf(msg);
            const size = JSON.stringify(sketch.msg).length;
            this.#drop(key);
            this.#kept.set(key, { recorded: { ...sketch, at: now }, size });
            this.#size += size;
        } catch {
            // A getter that throws, say: then there is nothing to pick from.
        }
        for (const oldest of this.#kept.keys()) {
            if (this.#kept.size <= mostMessages && this.#size <= mostCharacters) break;
            this.#drop(oldest);
        }
    }

    of(node: string, way: Way): Recorded | undefined {
        return this.#kept.get(`${way} ${node}`)?.recorded;
    }

    #drop(key: string): void {
        this.#size -= this.#kept.get(key)?.size ?? 0;
        this.#kept.delete(key);
    }
}

const known = new WeakMap<object, RecordedMessages>();

/** The recorded messages of this Node-RED. */
export function recordedOf(RED: NodeAPI): RecordedMessages {
    const recorded = known.get(RED.events) ?? new RecordedMessages();
    known.set(RED.events, recorded);
    return recorded;
}
