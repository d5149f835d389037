import type { NodeAPI } from 'node-red';
import { ownershipOf } from '../owner';
import type { Registrar } from './registrar';
import { registrarsOf } from './registrars';
import { pauseAfter } from './self-registration';

let sweeping: (() => void) | undefined;

/**
 * After each deploy deletes the rules that no node wants any more, again after a failure: of nodes that were removed,
 * disabled or changed while Node-RED was not running, or whose account is another Missive's now.
 */
export function sweepAfterDeploys(RED: NodeAPI, wants: (node: string) => boolean): void {
    let current = new AbortController();
    const sweep = () => {
        current.abort();
        current = new AbortController();
        void sweepNow(RED, wants, current.signal);
    };
    sweeping?.(); // a Node-RED that was started anew in this process has other rules
    RED.events.on('flows:started', sweep);
    sweeping = () => {
        current.abort();
        RED.events.removeListener('flows:started', sweep);
    };
}

async function sweepNow(RED: NodeAPI, wants: (node: string) => boolean, signal: AbortSignal): Promise<void> {
    const { real, practice, sideOf } = registrarsOf(RED);
    // Flows that are being tested never touch the real Missive.
    const sides = process.env.MISSIVE_PRACTICE === '1' ? [practice] : [practice, real];
    let told = '';
    for (let round = 0; !signal.aborted; round += 1) {
        try {
            if (sides.every(({ registrations }) => registrations.isEmpty)) return;
            const owner = ownershipOf(RED);
            await owner.decided();
            if (!owner.mine || signal.aborted) return;
            real.registrations.reload();
            await Promise.all(sides.map((side) => deleteUnwanted(side, wants, sideOf)));
            return;
        } catch (error) {
            const text = error instanceof Error ? error.message : String(error);
            if (text !== told) RED.log.warn(`Missive hooks: ${text}`);
            told = text;
        }
        await pauseAfter(round, signal);
    }
}

async function deleteUnwanted(
    side: Registrar,
    wants: (node: string) => boolean,
    sideOf: (node: string) => Registrar | undefined,
): Promise<void> {
    for (const node of side.registrations.nodes)
        if (!wants(node) || (sideOf(node) ?? side) !== side) side.registrations.doom(node);
    await side.deleteDoomed();
}
