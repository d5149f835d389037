import type { Node, NodeAPI } from 'node-red';
import { pausedStatus } from '../paced-status';
import { translate } from '../translate';

/** What a sidebar in node shows under itself: what is wrong, or how many pages are open. */
export class SidebarStatus {
    readonly #RED: NodeAPI;
    readonly #node: Node;
    #wrong: string | undefined;
    #closed = false;
    /** Nothing of the account leaves for now. */
    paused = false;

    constructor(RED: NodeAPI, node: Node) {
        this.#RED = RED;
        this.#node = node;
    }

    /** Stands there until it is no longer wrong: then `undefined`. */
    wrong(text: string | undefined): void {
        this.#wrong = text;
        if (text !== undefined) this.#node.status({ fill: 'red', shape: 'ring', text });
    }

    /** So many pages are open. */
    pages(count: number): void {
        if (this.#closed || this.#wrong !== undefined) return;
        const { httpNodeAuth } = this.#RED.settings as { readonly httpNodeAuth?: unknown };
        if (this.paused) this.#node.status(pausedStatus);
        else if (count > 0) this.#node.status({ fill: 'green', shape: 'dot', text: this.#counted(count) });
        else if (httpNodeAuth)
            // Missive cannot log in there.
            this.#node.status({ fill: 'yellow', shape: 'ring', text: 'httpNodeAuth asks for a password' });
        else this.#node.status({});
    }

    close(): void {
        this.#closed = true;
    }

    #counted(count: number): string {
        return count === 1 ? 'one page open' : translate(this.#RED, 'pages', '__count__ pages open', { count });
    }
}
