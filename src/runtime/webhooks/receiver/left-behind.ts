import { rm } from 'node:fs/promises';
import { activityOf } from '../../activity/activity';
import { fileOf } from '../../user-folder';
import type { Circumstances, Parts } from './parts';

/** Takes away what a stopped node needs no more: of one that is `removed` nothing remains but what is not done. */
export async function tidyUp(given: Circumstances, parts: Parts, keeps: boolean, removed: boolean): Promise<void> {
    const { to, presence } = parts;
    const { states } = to.memory;
    if (removed) activityOf(given.RED).forget(to.node.id);
    if (removed) presence?.discard();
    await (removed ? states?.discard() : states?.close())?.catch(() => undefined);
    if (removed || !keeps) await discard(given, parts, removed);
    const waiting = parts.lasting.parked.filter(({ withdrawn }) => !withdrawn()).length;
    if (!removed && !keeps && parts.flows.ending && waiting > 0)
        to.node.warn(
            `${waiting} events that had come in wait for the flows to run again. If Node-RED ends now they are lost.`,
        );
}

async function discard({ RED, hooks }: Circumstances, { to, lasting, key }: Parts, removed: boolean): Promise<void> {
    const { node, memory } = to;
    const { inbox } = memory;
    const empty = (await inbox?.discard()) ?? true;
    if (empty || removed) lasting.inbox = undefined;
    if (!removed) return;
    hooks.lasting.forget(key);
    if (empty) await rm(fileOf(RED, 'redis', node.id), { force: true }).catch(() => undefined);
    if (!empty)
        node.warn(
            `${inbox?.size} deliveries of this node are not done. They stay in ${inbox?.shared ? 'Redis' : fileOf(RED, 'inbox', node.id)}.`,
        );
    const parked = lasting.parked.filter(({ withdrawn }) => !withdrawn()).length;
    if (parked > 0) node.warn(`${parked} events that had come in did not get into the flow: the node was removed.`);
}
