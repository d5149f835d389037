import { randomUUID } from 'node:crypto';
import { eventOf, parseBody } from '../../missive/events/event';
import type { Missed } from '../../missive/events/missed';
import { steady } from '../../missive/steady';
import type { Facts } from '../inbox/kept';
import type { Delivery, Receiving, Reply, Request, Step } from './delivery';
import { answer } from './steps/answer';
import { empty } from './steps/empty';
import { filter } from './steps/filter';
import { gate } from './steps/gate';
import { intoFlow } from './steps/into-flow';
import { keep } from './steps/keep';
import { knownRule } from './steps/known-rule';
import { meaning } from './steps/meaning';
import { parse } from './steps/parse';
import { ready } from './steps/ready';
import { seen } from './steps/seen';
import { wait } from './steps/wait';

/** What a request has to get past, once its raw bytes are read. */
const door: readonly Step[] = [
    empty, //      says nothing: 200
    gate, //       key or signature missing or wrong: 401
    parse, //      no JSON object: 400
    knownRule, //  of a rule that a crash left behind: 200
];

/** What an event goes through that comes from Missive for certain. */
const inside: readonly Step[] = [
    filter, //     not asked for: 200
    ready, //      Node-RED is being deployed, or the disk fails: 503
    seen, //       a repetition: the answer of the first
    meaning, //    the flow sets itself off again and again: 200
    wait, //       too many answers wait: 503
    keep, //       the inbox is full, or the disk fails: 503
    intoFlow,
    answer, //     200; the flow failed or took too long: 503
];

/** The whole way of a delivery, the first step that answers ends it. Without a 200 it leaves no trace. */
export const receive = (request: Request, to: Receiving, waits: boolean): Reply | Promise<Reply> =>
    pass(begun(request, waits), to, whole);

const whole = [...door, ...inside];

/** Lets an event in that no webhook has brought, as if one had. */
export async function admit({ body: payload }: Missed, to: Receiving): Promise<Reply> {
    const request = { body: Buffer.from(JSON.stringify(payload)), headers: {}, key: undefined, ...now() };
    const known = { payload, event: eventOf(payload), facts: { missed: true } };
    return pass(Object.assign(begun(request, false), known), to, inside);
}

/** What an event goes through that a person sends again: nobody asks whether it was wanted or seen before. */
const again: readonly Step[] = [ready, keep, intoFlow, answer];

/** Lets an event in that came before, or that somebody made up. */
export async function replay(body: Buffer, facts: Facts, to: Receiving): Promise<Reply> {
    const payload = parseBody(body) ?? {};
    const delivery = begun({ body, headers: {}, key: undefined, ...now() }, false);
    const ticket = { print: `replay:${delivery.id}`, again: false, answered: () => {}, forget: () => {} };
    const known = { payload, event: eventOf(payload), facts: { ...facts, replayed: true }, ticket };
    return pass(Object.assign(delivery, known), to, again);
}

/** Goes from step to step; in one turn as long as no step has to wait. */
function pass(delivery: Delivery, to: Receiving, steps: readonly Step[], from = 0): Reply | Promise<Reply> {
    for (let at = from; at < steps.length; at += 1) {
        const step = steps[at] as Step;
        const reply = step(delivery, to);
        if (reply instanceof Promise)
            return reply.then((late) => told(delivery, to, step, late) ?? pass(delivery, to, steps, at + 1));
        const end = told(delivery, to, step, reply);
        if (end) return end;
    }
    return { status: 200 };
}

function told(delivery: Delivery, to: Receiving, step: Step, reply: Reply | undefined): Reply | undefined {
    // Last but one: from here on the flow has it, however long the answer takes.
    if (step === intoFlow) to.note(delivery, step, undefined);
    if (!reply) return undefined;
    to.note(delivery, step, reply);
    if (reply.status !== 200) withdraw(delivery, to);
    return reply;
}

function withdraw(delivery: Delivery, { emission }: Receiving): void {
    delivery.withdrawn = true;
    for (const undo of delivery.undo.reverse()) undo();
    emission.withdraw();
}

const nothing = {};
const noEvent = eventOf(nothing);

const now = () => ({ began: Date.now(), since: steady() });

const begun = ({ body, headers, key, began, since }: Request, waits: boolean): Delivery => ({
    body,
    headers,
    key,
    began,
    since,
    waits,
    id: randomUUID(),
    payload: nothing,
    event: noEvent,
    ticket: undefined,
    facts: nothing,
    unwanted: undefined,
    waited: undefined,
    withdrawn: false,
    undo: [],
});
