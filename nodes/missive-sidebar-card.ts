import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { readCard } from '../src/missive/cards/read-card';
import { deployedAccount } from '../src/runtime/account';
import { speaking } from '../src/runtime/language/speaking';
import { migrated } from '../src/runtime/migrations';
import { doneText } from '../src/runtime/operations/done-text';
import { failed } from '../src/runtime/operations/failing';
import { statusOf } from '../src/runtime/operations/in-short';
import { recordedOf } from '../src/runtime/recorded/recorded';
import { cardInput, cardSources } from '../src/runtime/sidebar/card-input';
import { addressIn, giveCard } from '../src/runtime/sidebar/give-card';
import { guarded } from '../src/runtime/sidebar/guarded';
import type { SidebarMessage } from '../src/runtime/sidebar/message';
import { sidebarsOf } from '../src/runtime/sidebar/sidebars';

interface Config extends NodeDef, Readonly<Record<string, unknown>> {
    /** `deliver: true` in an effect may send a message that nobody has looked at. */
    readonly may_send?: boolean;
    /** The sidebar in node whose pages get what is pushed; blank: all. */
    readonly sidebar_in?: string;
}

/** What the status says; in other languages the catalogue does. */
const did = { shown: 'card shown' };

/** Draws a card in Missive's sidebar: it answers the request of the message, or goes to every open page of a conversation. */
export default function (RED: NodeAPI): void {
    const sidebars = sidebarsOf(RED);

    RED.nodes.registerType('missive-sidebar-card', function (this: Node, stored: Config) {
        RED.nodes.createNode(this, stored);
        speaking(RED, this);
        const config = migrated('missive-sidebar-card', stored);
        const sources = cardSources(config);
        const permission = { maySend: config.may_send === true };
        const node = typeof config.sidebar_in === 'string' && config.sidebar_in !== '' ? config.sidebar_in : undefined;

        this.on('input', async (msg: NodeMessageInFlow & SidebarMessage, send, done) => {
            recordedOf(RED).note(this.id, 'in', msg);
            try {
                const address = addressIn(msg);
                const read = await readCard(await cardInput(RED, this, sources, msg), permission);
                const account = deployedAccount(RED, config.account);
                const card = await guarded(read, account);
                const pages = giveCard(sidebars, node === undefined ? address : { ...address, node }, card);
                const said = pages === 0 ? 'no page open' : account?.dry ? 'dry run' : undefined;
                this.status(
                    said
                        ? { fill: 'grey', shape: 'ring', text: said }
                        : { fill: 'green', shape: 'dot', text: doneText(RED, { did }, { key: 'shown' }) },
                );
                send(msg);
                done();
            } catch (cause) {
                const error = cause instanceof Error ? cause : new Error(String(cause));
                this.status({ fill: 'red', shape: 'ring', text: statusOf(RED, error) });
                failed(this, msg, done, error);
            }
        });
        // What stands there would look as if the new node had said it.
        this.on('close', () => this.status({}));
    });
}
