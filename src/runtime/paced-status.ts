import type { Node, NodeStatus } from 'node-red';

/** Status messages of a node within any second; more than that nobody reads, and each goes to every open editor. */
const most = 4;
const span = 1050;

/** Somebody has said that nothing of the node's account leaves for now. */
export const pausedStatus: NodeStatus = { fill: 'yellow', shape: 'ring', text: 'paused' };

/** A node's status: what it shows at once, as often as four times a second; of what comes faster the last. */
export class PacedStatus {
    readonly #node: Node;
    /** When the last four were shown. */
    readonly #shown: number[] = [];
    #next: NodeStatus | (() => NodeStatus) | undefined;
    #last = '';
    #timer: NodeJS.Timeout | undefined;

    constructor(node: Node) {
        this.#node = node;
    }

    /** What takes work to put into words is a function: called where it is shown. */
    show(status: NodeStatus | (() => NodeStatus)): void {
        this.#next = status;
        if (this.#timer) return;
        const [first = -Infinity] = this.#shown;
        const wait = this.#shown.length < most ? 0 : first + span - performance.now();
        if (wait <= 0) {
            this.#showNow();
            return;
        }
        this.#timer = setTimeout(() => {
            this.#timer = undefined;
            this.#showNow();
        }, Math.ceil(wait));
        this.#timer.unref();
    }

    /** Shows what still waits: the node is stopped. */
    close(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        if (this.#next) this.#showNow();
    }

    #showNow(): void {
        const next = this.#next ?? {};
        const status = typeof next === 'function' ? next() : next;
        this.#next = undefined;
        const text = JSON.stringify(status);
        // What stands there already is no news.
        if (text === this.#last) return;
        this.#last = text;
        if (this.#shown.push(performance.now()) > most) this.#shown.shift();
        this.#node.status(status);
    }
}
