import { existsSync } from 'node:fs';
import type { NodeAPI } from 'node-red';
import { moveToRedis } from '../../../inbox/shared/moving';
import { SharedInbox } from '../../../inbox/shared/shared-inbox';
import { warn } from '../../../language/speaking';
import { ownershipOf } from '../../../owner';
import { watchDoubts } from '../../../redis/doubt';
import { linkTo } from '../../../redis/links';
import { placeOf } from '../../../redis/place';
import { fileOf } from '../../../user-folder';
import { BrakeHere } from '../brake-here';
import { FileStates } from '../file-states';
import { FormerRedis } from '../former-redis';
import type { Lasting } from '../lasting';
import type { Memory } from '../memory';
import { BrakeShared } from './brake-shared';
import { SeenShared } from './seen-shared';
import { StatesShared } from './states-shared';

/** What is known of a node whose account has a Redis. */
export interface Sharing {
    readonly node: string;
    /** Stands for the node in every Node-RED with these flows. */
    readonly key: string;
    readonly address: string;
    readonly keeps: boolean;
    readonly changes: boolean;
    readonly rounds: number;
}

/** What a node remembers, in Redis, where all instances have it. */
export function memoryShared(RED: NodeAPI, lasting: Lasting, sharing: Sharing): Memory & { close(): void } {
    const { node, key, address, keeps, changes, rounds } = sharing;
    const { link, release } = linkTo(address);
    const place = placeOf('node', key);
    const file = fileOf(RED, 'inbox', node);
    const elsewhere = new FormerRedis(RED, node);
    if (keeps) elsewhere.remember(address);
    if (!(lasting.inbox instanceof SharedInbox) || lasting.inbox.address !== address) {
        const former = lasting.inbox;
        lasting.inbox = new SharedInbox({
            ...{ address, place },
            former: async (steps) => {
                const fetch = () =>
                    elsewhere.fetch(file, address, former, (at) => new SharedInbox({ address: at, place }));
                const move = async () => {
                    await fetch();
                    await moveToRedis(file, place, steps);
                };
                if (existsSync(file) || elsewhere.besides(address).length > 0) await asOwner(RED, move);
            },
        });
    }
    const { inbox } = lasting;
    let unwatch = () => {};
    const states = new FileStates(fileOf(RED, 'states', node), () => false);
    return {
        seen: new SeenShared(link, place, lasting.seen, keeps),
        brake: new BrakeShared(link, place, new BrakeHere(rounds), rounds),
        states: changes ? new StatesShared(link, place, states) : undefined,
        inbox,
        doubts: (tell) => {
            unwatch = watchDoubts(link, tell);
        },
        close: () => {
            unwatch();
            release();
            // Nothing has to be fetched.
            if (inbox.size === 0) elsewhere.forget(address);
        },
    };
}

/** Does something with files of this Node-RED's, now or as soon as they are its own. */
async function asOwner(RED: NodeAPI, move: () => Promise<void>): Promise<void> {
    const owner = ownershipOf(RED);
    const over = owner.want();
    await owner.decided();
    if (owner.mine) return move().finally(over);
    const off = owner.onChange({
        taken: () => {
            off();
            over();
            move().catch((error: unknown) => warn(RED, error));
        },
        lost: () => {},
    });
}
