import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';

/** Where the package keeps its files: `missive` in Node-RED's user directory. */
export const userFolder = (RED: NodeAPI): string =>
    path.join(RED.settings.userDir || path.join(homedir(), '.node-red'), 'missive');

/** Says to flows where the user directory is: where Node-RED was started, which a relative path counts from, may be anywhere. */
export function tellUserDirectory(RED: NodeAPI): void {
    process.env.MISSIVE_USER_DIR = path.dirname(userFolder(RED));
}

/** What went wrong with a file: where, and why. */
export function diskError(file: string, cause: unknown): Error {
    const why = cause instanceof Error ? cause.message : String(cause);
    return why.includes(file) ? new Error(why, { cause }) : new Error(`${file}: ${why}`, { cause });
}

/** A node's own file there. A node's id may be any text in a flow that was written by hand. */
export const fileOf = (RED: NodeAPI, kind: string, node: string): string =>
    path.join(projectFolder(RED), `${kind}-${safe(node)}.log`);

/**
 * A list that the nodes of all flows share, of the open project alone. What was kept before each project had its own is
 * the project's that is the first to ask.
 */
export function listOf(RED: NodeAPI, name: string): string {
    const own = projectFolder(RED);
    const file = path.join(own, name);
    const before = path.join(userFolder(RED), name);
    try {
        if (file !== before && !existsSync(file) && existsSync(before)) renameSync(before, file);
    } catch {
        // Where the disk fails, whoever writes says so.
    }
    return file;
}

/** What stands for a node in a Redis that several Node-REDs share: another project may have one with the same id. */
export function whoseOf(RED: NodeAPI, node: string): string {
    const project = projectOf(RED);
    return project === undefined ? node : `${project} ${node}`;
}

/** As part of the name of a file; two long texts that begin alike have two names. */
function safe(text: string): string {
    const encoded = encodeURIComponent(text).replaceAll('*', '%2A');
    if (encoded.length <= 150) return encoded;
    return `${encoded.slice(0, 127)}-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}

/**
 * Where Node-RED has projects each has a folder of its own: two that are clones of each other have the same node ids.
 * What was kept before there were such folders is the project's that is the first to ask, as it was the last to run.
 */
function projectFolder(RED: NodeAPI): string {
    const folder = userFolder(RED);
    const project = projectOf(RED);
    if (project === undefined) return folder;
    const own = path.join(folder, `project-${safe(project)}`);
    if (existsSync(own)) return own;
    try {
        const before = existsSync(folder) ? readdirSync(folder) : [];
        const files = before.some((each) => each.startsWith('project-')) ? [] : before.filter(isNodesOwn);
        mkdirSync(own, { recursive: true });
        for (const file of files) {
            try {
                renameSync(path.join(folder, file), path.join(own, file));
            } catch {
                // One that stays does not keep the others.
            }
        }
    } catch {
        // Where the disk fails, whoever writes says so.
    }
    return own;
}

const isNodesOwn = (file: string): boolean => /^[a-z]+-.+\.log$/.test(file);

/** The project that is open; `undefined` where Node-RED has none. */
export function projectOf(RED: NodeAPI): string | undefined {
    const settings = RED.settings as unknown as {
        readonly editorTheme?: { readonly projects?: { readonly enabled?: boolean } };
        get?(name: string): unknown;
    };
    if (settings.editorTheme?.projects?.enabled !== true) return undefined;
    try {
        const { activeProject } = (settings.get?.('projects') ?? {}) as { readonly activeProject?: unknown };
        return typeof activeProject === 'string' && activeProject !== '' ? activeProject : undefined;
    } catch {
        return undefined; // Node-RED does not know its settings yet
    }
}
