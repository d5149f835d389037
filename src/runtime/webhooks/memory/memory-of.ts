import type { NodeAPI } from 'node-red';
import { memoryHere } from './here';
import type { Lasting } from './lasting';
import type { Memory } from './memory';

/** What a node is to remember, and where. */
interface Wanted {
    readonly node: string;
    /** Stands for the node, among those of all projects. */
    readonly key: string;
    readonly keeps: boolean;
    readonly changes: boolean;
    readonly rounds: number;
    /** Whether the files are this Node-RED's. */
    readonly mine: () => boolean;
    /** Address of the Redis that its account has; blank: none. */
    readonly redis: string;
}

/** What a node remembers: in Redis where its account has one, else here and in files. */
export function memoryOf(RED: NodeAPI, lasting: Lasting, wanted: Wanted): Memory {
    const { node, redis } = wanted;
    if (redis === '') return memoryHere(RED, lasting, node, wanted);
    // What it takes to share is loaded with the first node that does.
    const { memoryShared } = require('./shared/memory-shared') as typeof import('./shared/memory-shared');
    return memoryShared(RED, lasting, { ...wanted, address: redis });
}
