import type { NodeAPI } from 'node-red';
import { deployedAccount } from '../account';
import { warn } from '../language/speaking';
import { ownershipOf } from '../owner';
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
    const { real, all, practice, shared, sideOf } = registrarsOf(RED);
    // Also of accounts whose last node with a rule is gone.
    RED.nodes.eachNode((each) => {
        const account = each.type === 'missive-config' ? deployedAccount(RED, each.id) : undefined;
        if (account?.redis && !account.sandbox) shared(account.redis, account.id);
    });
    // Flows that are being tested never touch the real Missive.
    const sides = process.env.MISSIVE_PRACTICE === '1' ? [practice] : all();
    let told = '';
    for (let round = 0; !signal.aborted; round += 1) {
        try {
            if (sides.every(({ registrations, shared }) => !shared && registrations.isEmpty)) return;
            const owner = ownershipOf(RED);
            await owner.decided();
            if (signal.aborted) return;
            real.registrations.reload();
            await Promise.all(
                sides
                    .filter(({ shared }) => shared || owner.mine)
                    .map((side) => side.sweep((node) => wants(node) && (sideOf(node) ?? side) === side)),
            );
            return;
        } catch (error) {
            const text = error instanceof Error ? error.message : String(error);
            if (text !== told) warn(RED, `Missive hooks: ${text}`);
            told = text;
        }
        await pauseAfter(round, signal);
    }
}
