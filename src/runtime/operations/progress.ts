import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { Limiter, Outlook } from '../../missive/limits/limiter';
import { PacedStatus, pausedStatus } from '../paced-status';
import { translate } from '../translate';

/** Milliseconds until a message that is not through counts as waiting; then how often the status may change. */
const patience = 300;
const pause = 1000;

/** A node's status while its messages are under way: `sending`, or how long its last message still has to wait. */
export class Progress {
    readonly #RED: NodeAPI;
    readonly #node: Node;
    readonly #status: PacedStatus;
    #running = 0;
    #closed = false;
    #limiter: Limiter | undefined;
    #timer: NodeJS.Timeout | undefined;
    #paused = false;
    /** The waiting text that stands there now. */
    #shown: string | undefined;

    constructor(RED: NodeAPI, node: Node) {
        this.#RED = RED;
        this.#node = node;
        this.#status = new PacedStatus(node);
    }

    begin(): void {
        this.#running++;
        if (this.#shown === undefined && !this.#paused) this.#send();
        if (this.#running === 1) this.#watch(patience);
    }

    /** Whose queue the messages wait in. */
    follow(limiter: Limiter): void {
        this.#limiter = limiter;
    }

    /** A call of the node has gone out: once none waits any more, nothing says so. */
    started(): void {
        if (this.#shown !== undefined && !this.#limiter?.outlook(this.#node.id)) this.#send();
    }

    /** Whether anything of the account leaves: said under the node, whatever it is doing. */
    paused(paused: boolean): void {
        if (paused === this.#paused) return;
        this.#paused = paused;
        if (this.#running === 0) this.#show(this.#idle());
        else this.#look();
    }

    /** So much of a list has come. */
    page(text: string): void {
        this.#show({ fill: 'blue', shape: 'dot', text });
    }

    /** What was done; without it nothing was sent, and the status says so. */
    done(text?: string): void {
        if (!this.#ended()) return;
        if (this.#paused) this.#show(this.#idle());
        else if (text === undefined) this.#show({ fill: 'grey', shape: 'ring', text: 'dry: not sent' });
        else this.#show({ fill: 'green', shape: 'dot', text });
    }

    fail(text: string): void {
        this.#ended();
        this.#shown = undefined;
        this.#show({ fill: 'red', shape: 'ring', text });
    }

    /** What stood there would look as if the node that takes its place had said it. */
    close(): void {
        clearTimeout(this.#timer);
        this.#closed = true;
        this.#status.close();
        this.#node.status({});
        this.#limiter = undefined;
    }

    #idle(): NodeStatus {
        return this.#paused ? pausedStatus : {};
    }

    #ended(): boolean {
        this.#running--;
        if (this.#running > 0) return false;
        clearTimeout(this.#timer);
        this.#shown = undefined;
        return true;
    }

    /** What a message that was under way comes to after the stop is no status of the node that is there now. */
    #show(status: NodeStatus): void {
        if (!this.#closed) this.#status.show(status);
    }

    #send(): void {
        this.#shown = undefined;
        this.#show({ fill: 'blue', shape: 'dot', text: 'sending' });
    }

    #watch(ms: number): void {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
            this.#look();
            this.#watch(pause);
        }, ms);
        this.#timer.unref();
    }

    #look(): void {
        const outlook = this.#limiter?.outlook(this.#node.id);
        if (!outlook) {
            if (this.#shown !== undefined) this.#send();
            return;
        }
        const text = this.#textOf(outlook);
        if (text === this.#shown) return;
        this.#shown = text;
        this.#show({ fill: 'yellow', shape: 'dot', text });
    }

    #textOf({ wait, ahead }: Outlook): string {
        if (this.#paused) return translate(this.#RED, 'waiting.paused', waiting.paused, { count: ahead + 1 });
        const isDefended = this.#limiter?.state().sharing === 'defended';
        const kind = isDefended ? 'defended' : ahead === 0 ? 'alone' : 'before';
        return translate(this.#RED, `waiting.${kind}`, waiting[kind], { time: timeOf(wait), count: ahead });
    }
}

/** In English, where there is no catalogue. */
const waiting = {
    alone: 'waiting __time__',
    before: 'waiting __time__ · __count__ before it',
    defended: 'waiting __time__ · without Redis',
    paused: 'paused · __count__ waiting',
};

/** Short enough for a status, the same in every language that we speak. */
export function timeOf(ms: number): string {
    const seconds = Math.max(1, Math.ceil(ms / 1000));
    if (seconds < 100) return `${seconds} s`;
    const minutes = Math.round(seconds / 60);
    return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
