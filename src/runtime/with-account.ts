import type { Node, NodeAPI } from 'node-red';
import type { Account } from './account';
import { type Deploy, flowsOf } from './flows';

/** What a node does with its account, until it is ended. */
export interface Part {
    /** A deploy has replaced the account: this part takes the place of one that has ended now. */
    readonly follow?: (deploy: Deploy) => void;
    /** What others take over, such as a path, is given up at once; the rest when this resolves. */
    readonly end: (removed: boolean) => Promise<void> | void;
}

/**
 * Begins what a node does with its account, ends it with the node, and begins it anew where a deploy has replaced the
 * account and left the node alone: Node-RED does not see that they belong together where the account is chosen by a
 * variable, as in an instance of a subflow.
 */
export function withAccount(
    RED: NodeAPI,
    node: Node,
    id: string | undefined,
    begin: (account: Account | null) => Part,
): void {
    const now = () => (id ? ((RED.nodes.getNode(id) as Account | null | undefined) ?? null) : null);
    let account = now();
    let part = begin(account);
    let course: Promise<void> = Promise.resolve();
    let closed = false;

    const exchange = async (deploy: Deploy): Promise<void> => {
        const next = now();
        if (closed || next === account) return;
        account = next;
        const ended = part.end(false);
        part = begin(next);
        const { follow } = part;
        await ended;
        if (!closed) follow?.(deploy);
    };
    // Not at once: the part itself is told of the start of the flows, too.
    const off = flowsOf(RED).onStarted((deploy) => {
        course = course.then(() => exchange(deploy)).catch((error: Error) => node.warn(error.message));
    });

    node.on('close', (removed: boolean, done: () => void) => {
        closed = true;
        off();
        void course
            .then(() => part.end(removed))
            .catch((error: Error) => node.warn(error.message))
            .then(() => done());
    });
}
