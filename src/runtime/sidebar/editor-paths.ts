import type { NodeAPI } from 'node-red';
import { fullPath, pathOf } from '../address';

/** First steps of the addresses that the editor answers itself, ahead of every HTTP node. */
const ofEditor =
    'auth comms context credentials debug diagnostics flow flows icons inject library locales nodes palette plugins projects red resources settings theme types vendor'.split(
        ' ',
    );
/** Our own, below `/missive`. */
const ofPackage = 'activity choices limiter sandbox sidebar sidebars test webhooks'.split(' ');

/** Whether a browser that asks for this path would get something of the editor's. */
export function belongsToEditor(RED: NodeAPI, path: string): boolean {
    const { httpAdminRoot } = RED.settings;
    if (httpAdminRoot === false) return false;
    const root = pathOf(httpAdminRoot ?? '').replace(/\/$/, '');
    const full = fullPath(RED, path);
    if (`${full}/` === `${root}/`) return true;
    if (!full.startsWith(`${root}/`)) return false;
    const [first = '', second = ''] = full
        .slice(root.length + 1)
        .toLowerCase()
        .split('/');
    return first === 'missive' ? ofPackage.includes(second) : ofEditor.includes(first);
}
