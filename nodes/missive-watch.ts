import type { Node, NodeAPI, NodeDef } from 'node-red';
import { speaking } from '../src/runtime/language/speaking';
import { migrated } from '../src/runtime/migrations';

/** Tells what is new or changed in Missive and what no webhook tells: contacts, tasks, conversations of a mailbox. */
export default function (RED: NodeAPI): void {
    RED.nodes.registerType('missive-watch', function (this: Node, stored: NodeDef) {
        RED.nodes.createNode(this, stored);
        speaking(RED, this);
        const { startWatch } =
            require('../src/runtime/watch/watch-node') as typeof import('../src/runtime/watch/watch-node');
        startWatch(RED, this, migrated('missive-watch', stored as NodeDef & Record<string, unknown>));
    });
}
