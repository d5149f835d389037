import type { Node, NodeMessage } from 'node-red';

/**
 * Tells Node-RED that a message has failed. Catch nodes get a copy of the message; one that nobody can copy (nested
 * thousands of levels deep, or with a property that throws) is told of without what is in it: Node-RED would else end.
 */
export function failed(node: Node, { _msgid }: NodeMessage, done: (error?: Error) => void, error: Error): void {
    try {
        done(error);
    } catch {
        node.error(error, _msgid === undefined ? {} : { _msgid });
    }
}
