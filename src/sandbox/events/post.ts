import * as http from 'node:http';
import * as https from 'node:https';
import { networkInterfaces } from 'node:os';

const bare = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

const isLoopback = (host: string): boolean =>
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host);

/** Whether an address leads to this machine: nothing of the practice Missive may leave it. */
export function isHere(url: URL): boolean {
    const host = bare(url);
    return (
        isLoopback(host) ||
        Object.values(networkInterfaces())
            .flat()
            .some((one) => one?.address === host)
    );
}

/**
 * Sends a body and gives the status of the answer; throws where there is none in time. Redirects are not followed.
 * A certificate that nobody signed is accepted, as it is this machine's own: a Node-RED at home has no better one.
 */
export function post(
    address: string,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal },
): Promise<number> {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || !/^https?:$/.test(url.protocol)) return Promise.reject(new Error('This is no web address'));
    if (!isHere(url)) return Promise.reject(new Error('The practice Missive delivers on this machine only'));
    const options = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': String(body.length), ...headers },
        agent: false,
        signal,
        rejectUnauthorized: false,
    } as const;
    return new Promise((resolve, reject) => {
        const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
            resolve(response.statusCode ?? 0);
            // The status is all that counts; whatever else is being sent need not be read.
            response.on('error', () => undefined).resume();
        });
        const timer = setTimeout(() => request.destroy(new Error(`No answer within ${timeout / 1000} s`)), timeout);
        timer.unref();
        request.on('close', () => clearTimeout(timer)).on('error', reject);
        request.end(body);
    });
}
