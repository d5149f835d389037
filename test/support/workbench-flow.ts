import { createHmac } from 'node:crypto';
import type { NodeRed } from './node-red';

export const secret = 'workbench-secret';
const place = { z: 'tab', x: 100, y: 100 };

/** A flow that deals with mails, fails with bad ones, and says so to webhook in. */
export const workbenchFlow = [
    { id: 'tab', type: 'tab', label: 'Mails' },
    { id: 'acc', type: 'missive-config', name: 'Practice', connection: 'sandbox' },
    {
        ...{ ...place, id: 'in', type: 'missive-webhook-in', name: 'Mails', path: 'mails', account: 'acc' },
        ...{ events: ['incoming_email'], keep: true, wires: [['what']] },
    },
    {
        ...{ ...place, y: 160, id: 'what', type: 'function', outputs: 1, wires: [['done']] },
        func: `if (msg.payload.bad) { node.error('broken', msg); return null; }
node.warn('had ' + msg.payload.number + ' ' + msg.missive.replayed); return msg;`,
    },
    { ...place, y: 220, id: 'done', type: 'missive-webhook-done', account: 'acc', wires: [[]] },
    { ...place, y: 280, id: 'catch', type: 'catch', scope: ['what'], wires: [['failed']] },
    {
        ...{ ...place, y: 340, id: 'failed', type: 'missive-webhook-done', account: 'acc' },
        ...{ outcome: 'failed', outcomeType: 'str', wires: [[]] },
    },
];

/** An event of that flow. */
export const mail = (number: number, more: object = {}) => ({
    rule: { id: 'r', type: 'incoming_email' },
    conversation: { id: `c${number}` },
    message: { id: `m${number}`, subject: `Order ${number}`, from_field: { name: 'Tom', address: 'tom@x.example' } },
    ...{ number, ...more },
});

/** Delivers an event as Missive would; gives the status of the answer. */
export async function deliver(nodeRed: NodeRed, payload: object, key = secret, path = 'mails'): Promise<number> {
    const body = JSON.stringify(payload);
    const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
    const headers = { 'x-hook-signature': signature };
    return (await fetch(`${nodeRed.url}/${path}`, { method: 'POST', body, headers })).status;
}
