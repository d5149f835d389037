import { randomUUID } from 'node:crypto';
import { now } from '../data/store';
import { type Fields, isFields } from '../manners/shape';
import type { Said } from './said';

/**
 * A chat of another maker: rooms with messages. What is POSTed goes into the room that it names; the same `ref` twice is
 * one message, as chats have it that take a key of the sender's.
 */
export class Chat {
    readonly messages: Fields[] = [];

    /** A message of words: `room`, `text`, and who says it. */
    say(given: unknown): Said {
        const { room, from, text, ref } = isFields(given) ? given : {};
        if (typeof text !== 'string' || text.trim() === '') return [400, { error: 'nothing is said' }];
        return this.#add(room, ref, { from: from ?? 'bot', text });
    }

    /** A message that is a file; its name and the room stand in the address. */
    file(query: URLSearchParams, bytes: Buffer): Said {
        if (bytes.length === 0) return [400, { error: 'the file is empty' }];
        const file = query.get('name') ?? 'file';
        return this.#add(query.get('room'), query.get('ref') ?? undefined, { from: 'bot', file, size: bytes.length });
    }

    #add(room: unknown, ref: unknown, what: Fields): Said {
        if (typeof room !== 'string' || room === '') return [400, { error: 'room is missing' }];
        const there = ref === undefined ? undefined : this.messages.find((one) => one.ref === ref);
        if (there) return [200, there];
        const message = { id: randomUUID(), room, at: now(), ...(ref !== undefined && { ref }), ...what };
        this.messages.push(message);
        this.messages.splice(0, this.messages.length - 200);
        return [200, message];
    }
}
