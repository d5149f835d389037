import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { inputError } from '../src/missive/errors';
import type { Event } from '../src/missive/events/event';
import { object } from '../src/missive/events/event-filter';
import { deliveryOf } from '../src/runtime/delivery-mark';
import type { Outcome } from '../src/runtime/inbox/inbox';
import { speaking } from '../src/runtime/language/speaking';
import { migrated } from '../src/runtime/migrations';
import { doneText } from '../src/runtime/operations/done-text';
import { failed } from '../src/runtime/operations/failing';
import { evaluate } from '../src/runtime/operations/input';
import { PacedStatus } from '../src/runtime/paced-status';
import { recordedOf } from '../src/runtime/recorded/recorded';
import type { Why } from '../src/runtime/webhooks/hooks';
import { webhooks } from '../src/runtime/webhooks/webhooks';

interface Config extends NodeDef, Readonly<Record<string, unknown>> {
    /** `done` or `failed`, or where to read that from. Absent: done. */
    readonly outcome?: unknown;
    readonly outcomeType?: string;
}

/** What the status says; in other languages the catalogue does. */
const did = { done: 'done' };

/** Tells the webhook in node that a delivery has been dealt with, or that the flow failed, and passes the message on. */
export default function (RED: NodeAPI): void {
    const hooks = webhooks(RED);

    RED.nodes.registerType('missive-webhook-done', function (this: Node, stored: Config) {
        RED.nodes.createNode(this, stored);
        speaking(RED, this);
        const config = migrated('missive-webhook-done', stored);

        const isUsual = !config.outcome && (config.outcomeType ?? 'str') === 'str';
        const status = new PacedStatus(this);
        const showDone = (at: Date) =>
            status.show(() => ({ fill: 'green', shape: 'dot', text: doneText(RED, { did }, { key: 'done', at }) }));
        const settling = new Set<Promise<void>>();
        const settled = async (delivery: string, outcome: Outcome, msg: object) => {
            const stored =
                hooks?.settle(delivery, outcome, outcome === 'failed' ? whyOf(msg) : undefined) ?? Promise.resolve();
            settling.add(stored);
            try {
                await stored;
            } finally {
                settling.delete(stored);
            }
        };

        this.on('input', async (msg: NodeMessageInFlow, send, done) => {
            recordedOf(RED).note(this.id, 'in', msg);
            try {
                const outcome = isUsual ? 'done' : await outcomeOf(RED, this, config, msg);
                const delivery = deliveryOf(msg);
                if (delivery !== undefined) await settled(delivery, outcome, msg);
                // Nobody waits for it, but the Missive tab shows it: such a one bears its id as the message's own.
                else hooks?.told?.(msg._msgid, outcome, outcome === 'failed' ? whyOf(msg) : undefined);
                if (delivery === undefined && outcome === 'failed') hooks?.forget(idsOf(msg));
                if (delivery === undefined) status.show({ fill: 'grey', shape: 'ring', text: 'no delivery' });
                else if (outcome === 'done') showDone(new Date());
                else status.show({ fill: 'yellow', shape: 'dot', text: 'failed' });
                send(msg);
                done();
            } catch (cause) {
                status.show({ fill: 'red', shape: 'ring', text: 'failed' });
                failed(this, msg, done, cause instanceof Error ? cause : new Error(String(cause)));
            }
        });

        // What is on its way to this node when it is stopped arrives in the next turn, and still counts.
        this.on('close', (done: () => void) => {
            status.close();
            this.status({});
            const stored = () => void Promise.allSettled(settling).then(() => done());
            setImmediate(() => setImmediate(stored));
        });
    });
}

function idsOf(msg: NodeMessageInFlow & { missive?: unknown }): Pick<Event, 'event' | 'rule' | 'message' | 'comment'> {
    const { event, rule, message, comment } = object(msg.missive) as Partial<Event>;
    return { event, rule, message, comment };
}

/** What a Catch node says of the failure. */
function whyOf(msg: object): Why | undefined {
    const { message, source } = object(object(msg).error);
    const { id } = object(source);
    if (typeof message !== 'string') return undefined;
    return { error: message, ...(typeof id === 'string' && { node: id }) };
}

async function outcomeOf(RED: NodeAPI, node: Node, config: Config, msg: NodeMessageInFlow): Promise<Outcome> {
    const { outcome: value, outcomeType = 'str' } = config;
    const given = isOutcome(outcomeType) ? outcomeType : await evaluate(RED, node, { type: outcomeType, value }, msg);
    if (given === undefined || given === null || given === '') return 'done';
    if (isOutcome(given)) return given;
    throw inputError('Outcome must be done or failed.');
}

const isOutcome = (value: unknown): value is Outcome => value === 'done' || value === 'failed';
