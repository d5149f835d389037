import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import { parseBody } from '../../missive/events/event';
import { deployedAccount } from '../account';
import { activityOf } from '../activity/activity';
import { pinnedOf } from '../activity/pinned';
import { refreshPinned, unpinShared } from '../activity/pinned-shared';
import { warn } from '../language/speaking';
import type { Hook } from '../webhooks/hooks';
import { webhooks } from '../webhooks/webhooks';
import type { Act, Given } from './json-body';
import { Unusable } from './json-body';

/** So long passes between two events that are run again together, in milliseconds. */
const pace = 500;

/** The practice inbox is loaded when somebody asks for a sample. */
const sampleOf: typeof import('../../sandbox/practice/samples').sampleOf = (...given) =>
    (require('../../sandbox/practice/samples') as typeof import('../../sandbox/practice/samples')).sampleOf(...given);

/** An event in memory, with its body. */
export function eventAt(RED: NodeAPI, { node, number }: Request['params']) {
    const found = activityOf(RED).eventAt(String(node), Number(number));
    if (!found) throw new Unusable(404, 'This event is no longer in memory.');
    const { body, facts, event, at } = found;
    return { event, at, facts, payload: parseBody(body) ?? null, text: parseBody(body) ? undefined : body.toString() };
}

/** A pinned event. */
export function pinnedAt(RED: NodeAPI, id: unknown) {
    const found = pinnedOf(RED).get(String(id));
    if (!found) throw new Unusable(404, 'This event is no longer pinned.');
    return found;
}

const isObject = (value: unknown): value is Given =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

/** The event that is meant: `payload` as it stands, a pinned one, or one in memory. */
function meant(
    RED: NodeAPI,
    { node, number, pinned, payload }: Given,
): { readonly payload: Given; readonly facts: Given } {
    if (isObject(payload)) return { payload, facts: {} };
    if (pinned !== undefined) return { payload: pinnedAt(RED, pinned).payload, facts: {} };
    if (number === undefined) return usual(RED, String(node));
    const found = eventAt(RED, { node: String(node), number: String(number) });
    if (!found.payload) throw new Unusable(400, 'The body of this event is no JSON object: the flow never had it.');
    return { payload: found.payload, facts: found.facts };
}

/** The event that a webhook in is tried with: the one pinned last, else the one that came last, else a sample of its first kind. */
function usual(RED: NodeAPI, node: string): { readonly payload: Given; readonly facts: Given } {
    const pinned = pinnedOf(RED).of(node).at(-1);
    if (pinned) return { payload: pinned.payload, facts: {} };
    for (const { body, facts, fate } of activityOf(RED).events(node)) {
        const payload = fate === 'unsigned' ? undefined : parseBody(body);
        if (payload) return { payload, facts };
    }
    let events: unknown;
    RED.nodes.eachNode((each) => {
        if (each.id === node) events = (each as unknown as Given).events;
    });
    const [first] = Array.isArray(events) ? events : [];
    return { payload: sampleOf(typeof first === 'string' ? first : 'incoming_email'), facts: {} };
}

/** Asks Missive once more what was asked; only what reads is repeated. */
async function repeat(RED: NodeAPI, { number }: Given): Promise<unknown> {
    const found = activityOf(RED).callAt(Number(number));
    if (!found) throw new Unusable(404, 'This call is no longer in memory.');
    if (found.method !== 'GET') throw new Unusable(400, 'Only what reads is repeated.');
    const account = deployedAccount(RED, found.account);
    if (!account) throw new Unusable(404, 'The account of this call is gone.');
    const { path, query } = found;
    const turn = { node: found.node, priority: 'high' } as const;
    const { body } = await account.client().send({ method: 'GET', path, ...(query && { query }) }, turn);
    return { payload: body ?? {} };
}

function hookOf(RED: NodeAPI, { node }: Given): Hook {
    const hook = webhooks(RED)?.of(String(node));
    if (!hook) throw new Unusable(404, 'This webhook in does not run: deploy it first.');
    return hook;
}

/** What is kept and stopped goes on, so that it does not come a second time with the next deploy. */
function revived(RED: NodeAPI, hook: Hook, { node, number, kept }: Given): boolean {
    const activity = activityOf(RED);
    const delivery = typeof kept === 'string' ? kept : activity.eventAt(String(node), Number(number))?.delivery;
    if (delivery === undefined || !hook.revive(delivery)) {
        if (kept === undefined) return false;
        throw new Unusable(404, 'This event is no longer kept.');
    }
    activity.revived(delivery);
    return true;
}

/** A stopped event is not wanted any more. */
async function dropEvent(RED: NodeAPI, given: Given): Promise<unknown> {
    const kept = String(given.kept);
    if (!(await hookOf(RED, given).drop(kept))) throw new Unusable(404, 'This event is no longer kept.');
    activityOf(RED).settled(kept, 'dropped');
    return {};
}

/** Runs the flow behind a webhook in with an event. */
async function run(RED: NodeAPI, given: Given): Promise<unknown> {
    const hook = hookOf(RED, given);
    if (revived(RED, hook, given)) return {};
    const { payload, facts } = meant(RED, given);
    const { status, error } = await hook.replay(Buffer.from(JSON.stringify(payload)), facts);
    if (status !== 200) throw new Unusable(409, error ?? 'The event could not enter the flow.');
    return {};
}

async function pin(RED: NodeAPI, given: Given): Promise<unknown> {
    // With an id alone it is given another name.
    const isNamed = given.id !== undefined && given.payload === undefined && given.number === undefined;
    const { payload } = isNamed ? pinnedAt(RED, given.id) : meant(RED, given);
    const name = typeof given.name === 'string' && given.name.trim() !== '' ? given.name.trim().slice(0, 100) : 'event';
    const id = typeof given.id === 'string' ? given.id : undefined;
    const { payload: _, ...pinned } = pinnedOf(RED).pin({ node: String(given.node), name, payload, id });
    await refreshPinned(RED);
    activityOf(RED).touch();
    return pinned;
}

async function unpin(RED: NodeAPI, { id }: Given): Promise<unknown> {
    await unpinShared(RED, String(id));
    activityOf(RED).touch();
    return {};
}

/** Runs all events of a node again that failed or were stopped since a moment, the oldest first, at a pace. */
async function rerun(RED: NodeAPI, { node, since }: Given): Promise<unknown> {
    const failed = activityOf(RED)
        .events(String(node))
        .filter(({ fate, at }) => (fate === 'failed' || fate === 'stopped') && at >= Number(since ?? 0))
        .reverse();
    void (async () => {
        for (const { number } of failed) {
            await run(RED, { node, number }).catch((error: Error) => warn(RED, `Missive: ${error.message}`));
            await pause(pace, undefined, { ref: false });
        }
    })();
    return { count: failed.length };
}

/** What may be done with events and calls. */
export const eventActs: Readonly<Record<string, Act>> = {
    ...{ run, pin, unpin, rerun, repeat },
    'drop-event': dropEvent,
};
