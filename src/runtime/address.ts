import { Server as TlsServer } from 'node:tls';
import type { NodeAPI } from 'node-red';

/** A path that is in that spelling already, as almost all are. */
const plain = /^(\/[\w-][\w.-]*)+$/;

/** A path in one spelling: decoded, no query, one slash in front and none at the end, and as who calls it takes out its dots. */
export function pathOf(text: string): string {
    if (plain.test(text)) return text;
    const [path = ''] = text.split(/[?#]/);
    const steps: string[] = [];
    for (const step of decoded(path).split('/'))
        if (step === '..') steps.pop();
        else if (step !== '' && step !== '.') steps.push(step);
    return `/${steps.join('/')}`;
}

/** The path on this server, `httpNodeRoot` included. */
export const fullPath = (RED: NodeAPI, path: string): string => pathOf(`${RED.settings.httpNodeRoot || ''}/${path}`);

/** The paths at which the editor's own API answers a POST, ahead of every HTTP node. */
const editorPaths =
    /^\/(auth\/(token|revoke)|flows?(\/state)?|nodes|settings\/user|inject\/[^/]+|debug\/.+|library\/[^/]+\/.+|projects(\/.+)?)$/i;

/** The paths at which this package's own admin routes answer a POST, or would take what is not theirs; see the test. */
export const ownAdminPaths =
    /^\/missive\/(test|choices|sandbox|limiter|activity|sidebar|sidebars|fields|preview)(\/.*)?$/i;

/** Where the editor is on this server: blank, or a path without a slash at its end. */
export function adminRootOf({ settings }: Pick<NodeAPI, 'settings'>): string {
    const { httpAdminRoot } = settings;
    return pathOf(httpAdminRoot === false ? '' : (httpAdminRoot ?? '')).replace(/\/$/, '');
}

/**
 * A public base address without slashes at its end; blank where the text is none. A host alone is https: Missive calls
 * nothing else. What stands behind a ? or # would end up in the middle of the address.
 */
export function baseIn(text: unknown): string {
    const given = String(text ?? '').trim();
    const base = hostAlone.test(given) ? `https://${given.replace(/^\/\//, '')}` : given;
    const isBase = /^https?:\/\/[^/?#\s]/i.test(base) && !/[?#\s]/.test(base) && URL.canParse(base);
    return isBase ? base.replace(/\/+$/, '') : '';
}

/** A name with a dot in it, or an address in brackets, perhaps with a port and a path. */
const hostAlone = /^(\/\/)?([\p{L}\d-]+(\.[\p{L}\d-]+)+|\[[\da-f:.]+\])(:\d{1,5})?(\/|$)/iu;

/** What of a path lies below the editor's root, to whose letters' case the server pays no heed; `undefined` where it is elsewhere. */
export function belowEditor(RED: NodeAPI, path: string): string | undefined {
    if (RED.settings.httpAdminRoot === false) return undefined;
    const [root, full] = [adminRootOf(RED), fullPath(RED, path)];
    return `${full}/`.toLowerCase().startsWith(`${root}/`.toLowerCase()) ? full.slice(root.length) : undefined;
}

/** Whether a path would never get a request, as the editor or this package's own part of it has it. */
export function isEditorPath(RED: NodeAPI, path: string): boolean {
    const below = belowEditor(RED, path);
    return below !== undefined && (editorPaths.test(below) || ownAdminPaths.test(below));
}

/** Where a program on this machine reaches a path; `undefined` while Node-RED is not listening. */
export function localAddress(RED: NodeAPI, path: string): string | undefined {
    const at = RED.server?.address?.();
    if (!at || typeof at === 'string') return undefined;
    const scheme = RED.settings.https || RED.server instanceof TlsServer ? 'https' : 'http';
    const host = /^(::|0\.0\.0\.0)$/.test(at.address) ? '127.0.0.1' : at.address;
    return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${at.port}${encodeURI(fullPath(RED, path))}`;
}

function decoded(path: string): string {
    try {
        return decodeURI(path);
    } catch {
        return path; // a lone %: taken as it stands
    }
}
