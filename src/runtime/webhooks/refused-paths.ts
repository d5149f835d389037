import type { IncomingMessage } from 'node:http';
import { pathOf } from '../address';

/** Whole paths that nodes want and the editor has, each as often as it is wanted; in small letters, as the server pays no heed to them. */
const refused = new Map<string, number>();

/** Remembers that a node wants a path that the editor has, until the returned function is called. */
export function refusePath(path: string): () => void {
    const key = path.toLowerCase();
    refused.set(key, (refused.get(key) ?? 0) + 1);
    return () => {
        const left = (refused.get(key) ?? 0) - 1;
        if (left > 0) refused.set(key, left);
        else refused.delete(key);
    };
}

/** What only a browser sends along, or the editor. */
const ofBrowser = ['x-requested-with', 'node-red-api-version', 'origin', 'sec-fetch-site'];

/** Whether a request to the editor's side was meant for a webhook: it must not look as if that had been taken. */
export function isForWebhook({ method, headers, url }: Pick<IncomingMessage, 'method' | 'headers' | 'url'>): boolean {
    if (method !== 'POST') return false;
    if ('x-hook-signature' in headers) return true;
    const path = pathOf(url ?? '').toLowerCase();
    return !ofBrowser.some((name) => name in headers) && [...refused.keys()].some((each) => path.endsWith(each));
}
