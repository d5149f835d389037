import type { NodeAPI } from 'node-red';
import { belowEditor, ownAdminPaths } from '../address';

/** First steps of the addresses that the editor answers itself, ahead of every HTTP node. */
const ofEditor =
    'auth comms context credentials debug diagnostics flow flows icons inject library locales nodes palette plugins projects red resources settings theme types vendor'.split(
        ' ',
    );
/** One of ours that no list of routes has: a page of a sidebar is asked for by a browser. */
const ofPackage = /^\/missive\/webhooks(\/.*)?$/i;

/** Whether a browser that asks for this path would get something of the editor's. */
export function belongsToEditor(RED: NodeAPI, path: string): boolean {
    const below = belowEditor(RED, path);
    if (below === undefined) return false;
    const [, first = ''] = below.toLowerCase().split('/');
    return first === '' || ofEditor.includes(first) || ownAdminPaths.test(below) || ofPackage.test(below);
}
