import { existsSync } from 'node:fs';
import type { NodeAPI } from 'node-red';
import { FileInbox } from '../../inbox/file-inbox';
import type { Inbox } from '../../inbox/inbox';
import { fileOf } from '../../user-folder';
import { BrakeHere } from './brake-here';
import { FileStates } from './file-states';
import type { Memory } from './memory';
import { SeenHere } from './seen-here';

/** What outlives a node: a deploy makes a new one with the same id. */
export class Lasting {
    readonly seen = new Map<string, SeenHere>();
    /** The deliveries that nodes (by their ids) keep until they are done. */
    readonly inboxes = new Map<string, Inbox>();

    /** A node needs what it had no more. */
    forget(node: string, what: { readonly seen: boolean; readonly inbox: boolean }): void {
        if (what.seen) this.seen.delete(node);
        if (what.inbox) this.inboxes.delete(node);
    }
}

/** What a node remembers in this process and in files of its own. */
export function memoryHere(
    RED: NodeAPI,
    lasting: Lasting,
    node: string,
    wanted: { readonly keeps: boolean; readonly changes: boolean; readonly rounds: number },
): Memory {
    const seen = lasting.seen.get(node) ?? new SeenHere();
    lasting.seen.set(node, seen);
    const file = fileOf(RED, 'inbox', node);
    // What was kept before keeping was switched off is still owed to the flow.
    const owed = wanted.keeps || lasting.inboxes.has(node) || existsSync(file);
    const inbox = lasting.inboxes.get(node) ?? new FileInbox(file, (print, at) => seen.restore(print, at));
    if (owed) lasting.inboxes.set(node, inbox);
    return {
        seen,
        brake: new BrakeHere(wanted.rounds),
        states: wanted.changes ? new FileStates(fileOf(RED, 'states', node)) : undefined,
        inbox: owed ? inbox : undefined,
    };
}
