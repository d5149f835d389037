import type { NodeAPI, NodeMessage } from 'node-red';
import { deliveryOf } from '../delivery-mark';
import type { Activity } from './activity';

/** A message that a node has dealt with, as Node-RED's hooks tell of it. */
interface Completed {
    readonly msg: NodeMessage;
    readonly error?: unknown;
    readonly node: { readonly id: string };
}
interface Hooks {
    add(id: string, callback: (event: Completed) => void): void;
}

const followed = new WeakSet<object>();

/** Notes which node failed with a message of an event, and why: all that say so by their `done`. */
export function followFailures(RED: NodeAPI, activity: Activity): void {
    const { hooks } = RED as unknown as { readonly hooks?: Hooks };
    if (!hooks || followed.has(RED.events)) return;
    followed.add(RED.events);
    hooks.add('onComplete.missive-activity', ({ msg, error, node }) => {
        // What nobody waits for bears its id as the message's own.
        const delivery = error ? (deliveryOf(msg) ?? msg?._msgid) : undefined;
        if (delivery === undefined) return;
        activity.trouble(delivery, { node: node.id, error: error instanceof Error ? error.message : String(error) });
    });
}
