import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import type { Account } from '../account';
import { fullPath, localAddress } from '../address';
import { ownershipOf } from '../owner';
import { userFolder } from '../user-folder';
import { Registrar, type Wanted } from './registrar';
import { Registrations } from './registrations';

const registrars = new WeakMap<object, { real: Registrar; practice: Registrar }>();

/** The registrar of this Node-RED; rules in the practice inbox are gone when Node-RED stops, so no file is kept of them. */
export function registrarOf(RED: NodeAPI, account: Account): Registrar {
    const both = bothOf(RED);
    return account.sandbox ? both.practice : both.real;
}

function bothOf(RED: NodeAPI): { real: Registrar; practice: Registrar } {
    // As long as the app that Missive's webhooks come to: a Node-RED that is started anew in this process has its own.
    const app = RED.httpNode ?? RED;
    const known = registrars.get(app) ?? {
        real: new Registrar(new Registrations(path.join(userFolder(RED), 'hooks.json'))),
        practice: new Registrar(new Registrations(undefined)),
    };
    registrars.set(app, known);
    return known;
}

/** Where Missive reaches a node: from its public base address, else the environment's; `undefined` without one. */
export function publicAddress(RED: NodeAPI, account: Account, own: unknown, nodePath: string): string | undefined {
    const bases = [own, process.env.MISSIVE_WEBHOOK_BASE_URL].map((each) => String(each ?? '').trim());
    const base = bases.find((each) => each !== '');
    if (base === undefined) return account.sandbox ? localAddress(RED, nodePath) : undefined;
    if (!/^https?:\/\//i.test(base) || !URL.canParse(base)) return undefined;
    return `${base.replace(/\/+$/, '')}${encodeURI(fullPath(RED, nodePath))}`;
}

/** How long to wait after a failure, in milliseconds; the last one again and again. */
const delays = [2_000, 10_000, 60_000, 5 * 60_000];

/** Registers a node, again after a failure, until that succeeds or the signal says stop. `failed` is told each time. */
export async function register(
    registrar: Registrar,
    { node, account, signal }: { node: string; account: Account; signal: AbortSignal },
    wanted: () => Promise<Wanted>,
    failed: (error: unknown) => void,
): Promise<void> {
    for (let round = 0; !signal.aborted; round += 1) {
        try {
            await registrar.ensure(node, account, await wanted());
            return;
        } catch (error) {
            if (signal.aborted) return;
            failed(error);
        }
        const delay = delays[Math.min(round, delays.length - 1)];
        await pause(delay, undefined, { signal, ref: false }).catch(() => undefined);
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

let sweeping: (() => void) | undefined;

/**
 * After each deploy deletes the rules that no node wants any more: of nodes that were removed, disabled or changed
 * while Node-RED was not running, and of those whose deletion failed.
 */
export function sweepAfterDeploys(RED: NodeAPI, wants: (node: string) => boolean): void {
    const sweep = async () => {
        const { real, practice } = bothOf(RED);
        if (real.registrations.isEmpty && practice.registrations.isEmpty) return;
        const owner = ownershipOf(RED);
        await owner.decided();
        if (!owner.mine) return;
        real.registrations.reload();
        for (const registrar of [real, practice])
            sweepNow(RED, registrar, wants).catch((error: Error) => RED.log.warn(`Missive hooks: ${error.message}`));
    };
    sweeping?.(); // a Node-RED that was started anew in this process has other rules
    RED.events.on('flows:started', sweep);
    sweeping = () => RED.events.removeListener('flows:started', sweep);
}

async function sweepNow(RED: NodeAPI, registrar: Registrar, wants: (node: string) => boolean): Promise<void> {
    const { registrations } = registrar;
    for (const node of registrations.nodes) if (!wants(node)) registrations.doom(node);
    for (const id of new Set(registrations.doomed.map(({ account }) => account))) {
        const account = RED.nodes.getNode(id) as Account | null;
        if (typeof account?.client !== 'function')
            RED.log.warn(`A rule in Missive is no longer wanted, and its account is gone: delete it under Rules.`);
        else await registrar.deleteDoomed(id, account.client(), id);
    }
}
