import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { MissiveError } from '../missive/errors';

/**
 * The folder of the files that a message may attach by path: the account's, else `files` in Node-RED's user directory.
 * Throws `ERR_MISSIVE_CONFIG` where it holds what Node-RED or this package keeps for itself.
 */
export function filesFolder(RED: NodeAPI, configured: unknown): string {
    const user = path.resolve(RED.settings.userDir || path.join(homedir(), '.node-red'));
    const folder = path.resolve(user, (typeof configured === 'string' && configured.trim()) || 'files');
    const [real, realUser] = [folder, user].map(realOf) as [string, string];
    const own = path.join(realUser, 'missive');
    if (isIn(realUser, real) || isIn(real, own))
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            `The account’s Folder of files holds settings, flows and credentials of Node-RED: ${folder}. Name a folder of its own, such as “files”.`,
        );
    return folder;
}

/** Where links lead; a folder that is not there is told where a file is looked for in it. */
function realOf(folder: string): string {
    try {
        return realpathSync(folder);
    } catch {
        return folder;
    }
}

/** Whether a file or folder is another one, or lies in it. */
function isIn(inside: string, folder: string): boolean {
    const way = path.relative(folder, inside);
    return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}
