import { setTimeout as sleep } from 'node:timers/promises';
import type { Bounds } from '../../src/runtime/inbox/bounds';
import type { Recipient } from '../../src/runtime/inbox/inbox';
import { type Pulse, SharedInbox } from '../../src/runtime/inbox/shared/shared-inbox';

/** One Node-RED of several: its inbox in a Redis, quick, and what went into its flow. */
export class Instance {
    readonly sent: string[] = [];
    readonly again: string[] = [];
    readonly stopped: string[] = [];
    readonly warned: string[] = [];
    readonly inbox: SharedInbox;
    readonly recipient: Recipient = {
        emit: ({ id }, redelivered) => {
            this.sent.push(id);
            if (redelivered) this.again.push(id);
        },
        stopped: (kept) => kept && this.stopped.push(kept.id),
        warn: (text) => this.warned.push(text),
    };

    constructor(address: string, place: string, bounds: Partial<Bounds> = {}, pulse: Partial<Pulse> = {}) {
        this.inbox = new SharedInbox({
            ...{ address, place, bounds: { delay: () => 5, grace: 5, ...bounds } },
            pulse: { beat: 50, lease: 700, linger: 200, ...pulse },
        });
    }

    async put(id: string, conversation?: string, size = 10): Promise<void> {
        const body = Buffer.alloc(size, 'x');
        await this.inbox.put({ id, at: Date.now(), body, conversation, print: '', facts: { own: true } });
    }

    /** Waits until so many were sent, and a moment for one too many. */
    async until(count: number): Promise<readonly string[]> {
        for (let at = 0; at < 2000 && this.sent.length < count; at += 1) await sleep(10);
        await sleep(80);
        return this.sent;
    }

    /** As with kill -9: it does nothing any more, and says nothing. */
    die(): void {
        const { inbox } = this;
        Object.assign(inbox, { put: () => Promise.reject(new Error('dead')) });
        void inbox.leave(this.recipient);
    }
}
