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

    say(given: unknown): Said {
        const { room, from, text, files, ref } = isFields(given) ? given : {};
        if (typeof room !== 'string' || room === '') return [400, { error: 'room is missing' }];
        const sent = Array.isArray(files) ? files.filter(isFields) : [];
        if ((typeof text !== 'string' || text.trim() === '') && sent.length === 0)
            return [400, { error: 'nothing is said' }];
        const there = ref === undefined ? undefined : this.messages.find((one) => one.ref === ref);
        if (there) return [200, there];
        const message = {
            ...{ id: randomUUID(), room, from: from ?? 'bot', text: text ?? '', at: now() },
            files: sent.map(({ name, content }) => ({ name, size: Buffer.from(String(content), 'base64').length })),
            ...(ref !== undefined && { ref }),
        };
        this.messages.push(message);
        this.messages.splice(0, this.messages.length - 200);
        return [200, message];
    }
}
