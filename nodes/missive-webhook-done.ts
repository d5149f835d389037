import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { inputError } from '../src/missive/errors';
import { type Event, keyOf } from '../src/missive/events/event';
import { object } from '../src/missive/events/event-filter';
import type { Outcome } from '../src/runtime/inbox/inbox';
import { migrated } from '../src/runtime/migrations';
import { evaluate } from '../src/runtime/operations/input';
import { deliveryOf } from '../src/runtime/webhooks/delivery-mark';
import type { Webhooks } from '../src/runtime/webhooks/hooks';
import { webhooks } from '../src/runtime/webhooks/webhooks';

interface Config extends NodeDef, Readonly<Record<string, unknown>> {
    /** `done` or `failed`, or where to read that from. Absent: done. */
    readonly outcome?: unknown;
    readonly outcomeType?: string;
}

/** Tells the webhook in node that a delivery has been dealt with, or that the flow failed, and passes the message on. */
export default function (RED: NodeAPI): void {
    const hooks = webhooks(RED);

    RED.nodes.registerType('missive-webhook-done', function (this: Node, stored: Config) {
        RED.nodes.createNode(this, stored);
        const config = migrated('missive-webhook-done', stored);

        this.on('input', async (msg: NodeMessageInFlow, send, done) => {
            try {
                const outcome = await outcomeOf(RED, this, config, msg);
                const delivery = deliveryOf(msg);
                if (delivery !== undefined) await hooks?.settle(delivery, outcome);
                else if (outcome === 'failed') forget(hooks, msg);
                if (delivery === undefined) this.status({ fill: 'grey', shape: 'ring', text: 'no delivery' });
                else if (outcome === 'done') this.status({});
                else this.status({ fill: 'yellow', shape: 'dot', text: 'failed' });
                send(msg);
                done();
            } catch (cause) {
                this.status({ fill: 'red', shape: 'ring', text: 'failed' });
                done(cause instanceof Error ? cause : new Error(String(cause)));
            }
        });
    });
}

/** Missive has its 200 and we have nothing on the disk: at least a repetition is taken for a new event. */
function forget(hooks: Webhooks | undefined, msg: NodeMessageInFlow & { missive?: unknown }): void {
    const { rule, message, comment } = object(msg.missive) as Partial<Event>;
    const key = keyOf({ rule, message, comment });
    for (const deliveries of hooks?.deliveries.values() ?? []) if (key !== undefined) deliveries.forget(key);
}

async function outcomeOf(RED: NodeAPI, node: Node, config: Config, msg: NodeMessageInFlow): Promise<Outcome> {
    const { outcome: value, outcomeType = 'str' } = config;
    const given = isOutcome(outcomeType) ? outcomeType : await evaluate(RED, node, { type: outcomeType, value }, msg);
    if (given === undefined || given === null || given === '') return 'done';
    if (isOutcome(given)) return given;
    throw inputError('Outcome must be done or failed.');
}

const isOutcome = (value: unknown): value is Outcome => value === 'done' || value === 'failed';
