import { existsSync } from 'node:fs';
import type { NodeAPI } from 'node-red';
import { FileInbox } from '../../inbox/file-inbox';
import { fileOf } from '../../user-folder';
import { BrakeHere } from './brake-here';
import { FileStates } from './file-states';
import type { Lasting } from './lasting';
import type { Memory } from './memory';

/** What a node remembers in this process and in files of its own. */
export function memoryHere(
    RED: NodeAPI,
    lasting: Lasting,
    node: string,
    wanted: {
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
    if (former || (!lasting.inbox && (wanted.keeps || existsSync(file))))
        lasting.inbox = new FileInbox(
            file,
            (print, at) => seen.restore(print, at),
            {},
            () => former?.moveTo?.(file).catch((error: Error) => RED.log.warn(stays(error))) ?? Promise.resolve(),
        );
    return {
        seen,
        brake: new BrakeHere(wanted.rounds),
        states: wanted.changes ? new FileStates(fileOf(RED, 'states', node), wanted.mine) : undefined,
        inbox: lasting.inbox,
    };
}

const stays = (error: Error): string =>
    `What webhook in keeps in Redis stays there until its account has a Redis again: ${error.message}`;
