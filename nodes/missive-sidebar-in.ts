import type { Node, NodeAPI, NodeDef } from 'node-red';
import { ending } from '../src/missive/ending';
import { deployedAccount } from '../src/runtime/account';
import { pathOf } from '../src/runtime/address';
import { serveSidebarEditor } from '../src/runtime/admin/sidebar-editor';
import { flowsOf } from '../src/runtime/flows';
import { speaking } from '../src/runtime/language/speaking';
import { migrated } from '../src/runtime/migrations';
import { recordedOf } from '../src/runtime/recorded/recorded';
import { belongsToEditor } from '../src/runtime/sidebar/editor-paths';
import { messageOf, type SidebarMessage } from '../src/runtime/sidebar/message';
import { keyOf } from '../src/runtime/sidebar/page/key';
import { serveSidebars } from '../src/runtime/sidebar/routes';
import { settingsIn } from '../src/runtime/sidebar/settings';
import { SidebarStatus } from '../src/runtime/sidebar/sidebar-status';
import type { Sidebar, Sidebars } from '../src/runtime/sidebar/sidebars';
import { verified } from '../src/runtime/sidebar/verify';

interface Config extends NodeDef, Readonly<Record<string, unknown>> {
    readonly account?: string;
    readonly path?: string;
}

type SidebarIn = Node<{ key: string }>;

/** Serves the page that Missive shows in its right column, and starts the flow with what happens there. */
export default function (RED: NodeAPI): void {
    const sidebars = serveSidebars(RED);
    serveSidebarEditor(RED);

    RED.nodes.registerType(
        'missive-sidebar-in',
        function (this: SidebarIn, stored: Config) {
            RED.nodes.createNode(this, stored);
            speaking(RED, this);
            const config = migrated('missive-sidebar-in', stored);
            const path = pathOf(typeof config.path === 'string' ? config.path.trim() : '');
            const status = new SidebarStatus(RED, this);
            if (!sidebars) status.wrong('httpNodeRoot is off');
            else if (path === '/') status.wrong('no path');
            else if (belongsToEditor(RED, path) || belongsToEditor(RED, `${path}/event`))
                status.wrong('path belongs to the editor');
            else start(RED, sidebars, this, config, { path, status });
        },
        // Readable by whoever may read credentials: the address is copied from the dialog, key and all.
        { credentials: { key: { type: 'text' } } },
    );
}

function start(
    RED: NodeAPI,
    sidebars: Sidebars,
    node: SidebarIn,
    config: Config,
    { path, status }: { readonly path: string; readonly status: SidebarStatus },
): void {
    // Looked up whenever it is needed: a deploy may replace it and leave this node alone.
    const account = () => deployedAccount(RED, config.account);
    const settings = settingsIn(config);
    const { domains, events, detail, several, actions, wait } = settings;
    const own = keyOf(node.credentials?.key);
    // Before a practice inbox nobody has to copy an address: whoever opens it there is given a key of the moment.
    const keyNow = () => (own === '' && account()?.sandbox ? sidebars.practiceKey(node.id) : own);
    const stop = ending();
    const tell = (msg: SidebarMessage) => {
        recordedOf(RED).note(node.id, 'out', msg);
        node.send(msg);
    };
    const count = () => status.pages(sidebars.pages.open(node.id));

    let first = false;
    const show = () => {
        const missing = keyNow() === '' ? 'no key' : settings.verify && !account() ? 'no account' : undefined;
        status.wrong(first ? missing : 'path is taken');
        count();
    };

    const sidebar: Sidebar = {
        ...{ node: node.id, wait },
        get key() {
            return keyNow();
        },
        settings: { domains, events, detail, several, actions, wait, name: node.name || '' },
        about: { name: node.name || path.slice(1), path, account: config.account },
        turn(mine) {
            first = mine;
            show();
        },
        wants: (kind) => events.length === 0 || events.includes(kind),
        async emit(asked, request) {
            if (!settings.verify) {
                tell(messageOf(asked, request, domains));
                return undefined;
            }
            const checked = await verified(account(), asked.conversations, { node: node.id, signal: stop.signal });
            if ('sentence' in checked) return checked.sentence;
            // Given up meanwhile: nobody waits for what the flow would make of it.
            if (sidebars.requests.at(request)?.state === 'open')
                tell(messageOf(asked, request, domains, checked.found));
            return undefined;
        },
        pagesChanged: count,
    };

    const release = sidebars.paths.claim(path, sidebar);
    let unfollow: (() => void) | undefined;
    const off = flowsOf(RED).onStarted(() => {
        show();
        unfollow?.();
        unfollow = account()?.pause.follow((on) => {
            if (on === status.paused) return;
            status.paused = on;
            count();
        });
    });
    node.on('close', () => {
        stop.abort();
        off();
        unfollow?.();
        release();
        status.close();
        sidebars.requests.leave(node.id);
        sidebars.pages.leave(node.id);
    });
}
