import { homedir } from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';

/** Where the package keeps its files: `missive` in Node-RED's user directory. */
export const userFolder = (RED: NodeAPI): string =>
    path.join(RED.settings.userDir || path.join(homedir(), '.node-red'), 'missive');

/** A node's own file there. A node's id may be any text in a flow that was written by hand. */
export const fileOf = (RED: NodeAPI, kind: string, node: string): string =>
    path.join(userFolder(RED), `${kind}-${encodeURIComponent(node).replaceAll('*', '%2A').slice(0, 150)}.log`);
