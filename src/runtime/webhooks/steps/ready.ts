import { Unreachable } from '../../redis/unreachable';
import type { Receiving, Reply, Step } from '../delivery';

export const deploying: Reply = { status: 503, error: 'Node-RED is being deployed.' };
const noDisk: Reply = { status: 503, error: 'The delivery cannot be kept: the disk fails.' };

const noRedis: Reply = { status: 503, error: 'The delivery cannot be kept: Redis does not answer.' };

/** What a sender is told where a delivery cannot be kept for this reason. */
export const notKept = (error: unknown): Reply => (error instanceof Unreachable ? noRedis : noDisk);

/** What is kept lies where one Node-RED at a time may write. */
const elsewhere: Reply = { status: 503, error: 'Another Node-RED on the same user directory keeps the deliveries.' };

/** Waits until the flows run and what is remembered is known: 503 where the node is stopped before, or the disk fails. */
export const ready: Step = (_, to) => (to.free() ? (to.closed() ? deploying : undefined) : readySoon(to));

async function readySoon(to: Receiving): Promise<Reply | undefined> {
    // Until then the nodes that the message goes to may not exist.
    if (!(await to.started())) return deploying;
    const mine = await to.mine();
    if (to.keeps && !mine) return elsewhere;
    await to.memory.states?.open();
    try {
        if (!mine) return to.closed() ? deploying : undefined;
        // What is not kept goes on without Redis.
        if (to.keeps || to.memory.inbox?.shared !== true) await to.memory.inbox?.open();
    } catch (error) {
        notOpened(to, error);
        return notKept(error);
    }
    return to.closed() ? deploying : undefined;
}

/** Says that what is kept cannot be read. */
export function notOpened({ state }: Pick<Receiving, 'state'>, error: unknown): void {
    state.trouble('inbox', error instanceof Unreachable ? 'without Redis' : 'disk fails');
    state.warn(`The kept deliveries cannot be read: ${error instanceof Error ? error.message : error}`);
}
