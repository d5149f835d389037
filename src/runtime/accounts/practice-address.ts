import { known } from '../../sandbox/data/known';
import type { Sandbox } from '../../sandbox/sandbox';

/** The environment variables by which the examples find the systems beside the practice inbox. */
const url = 'MISSIVE_PRACTICE_URL';
const channel = 'MISSIVE_PRACTICE_CHANNEL';

const practising = new Map<object, Sandbox>();
const real = new Set<object>();

/** Whether both variables may stand: only where no account leads to a real Missive, whose events must not end here. */
const only = (): boolean => practising.size > 0 && real.size === 0;

async function tell(sandbox: Sandbox): Promise<void> {
    const address = await sandbox.beside();
    if (!only()) return;
    process.env[url] = address;
    process.env[channel] = known.channel;
}

/**
 * Says where the practice shop, AI, CRM and sheet are, as long as all accounts are of the practice inbox. Gives what takes
 * the account out again.
 */
export function announced(account: object, practice: Sandbox | undefined): () => void {
    if (practice) practising.set(account, practice);
    else real.add(account);
    look();
    return () => {
        practising.delete(account);
        real.delete(account);
        look();
    };
}

function look(): void {
    const [practice] = practising.values();
    if (practice && only()) {
        void tell(practice).catch(() => undefined);
        return;
    }
    delete process.env[url];
    delete process.env[channel];
}
