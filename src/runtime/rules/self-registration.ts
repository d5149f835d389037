import { setTimeout as pause } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import { isHere } from '../../sandbox/events/post';
import type { Account } from '../account';
import { baseIn, fullPath, localAddress } from '../address';
import type { Registrar, Wanted } from './registrar';

/**
 * Where Missive reaches a node: from its public base address, else the environment's; `undefined` without one. Throws
 * where what was entered is none.
 */
export function publicAddress(RED: NodeAPI, account: Account, own: unknown, nodePath: string): string | undefined {
    const bases = [own, process.env.MISSIVE_WEBHOOK_BASE_URL].map((each) => String(each ?? '').trim());
    const base = bases.find((each) => each !== '');
    if (base === undefined) return account.sandbox ? localAddress(RED, nodePath) : undefined;
    const usable = baseIn(base);
    // The practice inbox lies in this process, and leaves this machine for nobody.
    if (account.sandbox && !(usable && isHere(new URL(usable)))) return localAddress(RED, nodePath);
    if (usable === '')
        throw new Error(
            `The public address of this Node-RED is none: “${base}”. Write one such as https://flows.example.com, without ? and #.`,
        );
    return `${usable}${encodeURI(fullPath(RED, nodePath))}`;
}

/** How long to wait after a failure, in milliseconds; the last one again and again. */
const delays = [2_000, 10_000, 60_000, 5 * 60_000];

/** Waits after the failure of a round, counted from zero, or until the signal says stop. */
export const pauseAfter = (round: number, signal: AbortSignal): Promise<unknown> =>
    pause(delays[Math.min(round, delays.length - 1)], undefined, { signal, ref: false }).catch(() => undefined);

/** Registers a node, again after a failure, until that succeeds or the signal says stop. `failed` is told each time. */
export async function register(
    registrar: Registrar,
    { node, account, signal }: { node: string; account: Account; signal: AbortSignal },
    wanted: () => Promise<Wanted>,
    failed: (error: unknown) => void,
): Promise<void> {
    for (let round = 0; !signal.aborted; round += 1) {
        try {
            const rule = await wanted();
            // Looking names up may take long: by now the node may be gone, or another one by this id.
            if (!signal.aborted) await registrar.ensure(node, account, rule);
            return;
        } catch (error) {
            if (signal.aborted) return;
            failed(error);
        }
        await pauseAfter(round, signal);
    }
}

/** Resolves when the server listens, or after three seconds: where Node-RED is embedded it may be told in vain. */
export async function listening(RED: NodeAPI): Promise<void> {
    if (RED.server?.listening !== false) return;
    const stop = new AbortController();
    const ready = () => stop.abort();
    RED.server.once('listening', ready);
    await pause(3000, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    RED.server.removeListener('listening', ready);
}
