import { existsSync } from 'node:fs';
import type { NodeAPI } from 'node-red';
import { FileInbox } from '../../inbox/file-inbox';
import type { Inbox } from '../../inbox/inbox';
import { placeOf } from '../../redis/place';
import { fileOf } from '../../user-folder';
import { BrakeHere } from './brake-here';
import { FileStates } from './file-states';
import { FormerRedis } from './former-redis';
import type { Lasting } from './lasting';
import type { Memory } from './memory';

/** What a node remembers in this process and in files of its own. */
export function memoryHere(
    RED: NodeAPI,
    lasting: Lasting,
    node: string,
    wanted: {
        readonly key: string;
        readonly keeps: boolean;
        readonly changes: boolean;
        readonly rounds: number;
        readonly mine: () => boolean;
    },
): Memory {
    const { seen } = lasting;
    const file = fileOf(RED, 'inbox', node);
    // What was kept before keeping was switched off is still owed to the flow.
    const former = lasting.inbox?.shared ? lasting.inbox : undefined;
    const elsewhere = new FormerRedis(RED, node);
    const isOwed = wanted.keeps || existsSync(file) || elsewhere.besides().length > 0;
    if (former || (!lasting.inbox && isOwed))
        lasting.inbox = new FileInbox(
            file,
            (print, at) => seen.restore(print, at),
            {},
            () => elsewhere.fetch(file, '', former, (address) => inboxIn(address, wanted.key)),
            wanted.mine,
        );
    return {
        seen,
        brake: new BrakeHere(wanted.rounds),
        states: wanted.changes ? new FileStates(fileOf(RED, 'states', node), wanted.mine) : undefined,
        inbox: lasting.inbox,
    };
}

/** What it takes to share is loaded only where something was shared. */
function inboxIn(address: string, key: string): Inbox {
    const { SharedInbox } =
        require('../../inbox/shared/shared-inbox') as typeof import('../../inbox/shared/shared-inbox');
    return new SharedInbox({ address, place: placeOf('node', key) });
}
