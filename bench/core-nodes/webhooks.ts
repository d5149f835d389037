import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type NodeRed, startNodeRed } from '../../test/support/node-red';
import { median, type Row } from './row';

/** Deliveries come over so many connections, each in a conversation of its own. */
const rounds = 7;
const seconds = 2;
const secret = 's3cret';

/** What one round came to. */
interface Round {
    readonly rate: number;
    readonly failed: number;
}

/**
 * Signed webhooks beside *http in*, a function that checks the signature and parses, and *http response*; then the same
 * kept until done; and how often a node shows a status meanwhile.
 */
export async function webhooks(): Promise<Row[]> {
    const red = await startNodeRed({
        flows: flows(),
        credentials: { in: { secret }, kept: { secret } },
    });
    try {
        const names = ['core', 'in', 'kept'] as const;
        const rates: Record<(typeof names)[number], number[]> = { core: [], in: [], kept: [] };
        for (const name of names) await round(red, name, 0);
        // In turns, each round in another order: what else the machine does strikes all alike.
        for (let at = 1; at <= rounds; at += 1)
            for (const name of at % 2 ? names : [...names].reverse()) {
                const { rate, failed } = await round(red, name, at);
                if (failed > 0) throw new Error(`${failed} webhooks at ${name} were not answered 200`);
                rates[name].push(rate);
            }
        const core = median(rates.core);
        const row = (what: string, ours: number, least: number): Row => ({
            ...{ what, unit: '/s', ours, core, goal: `at least ${least} × core’s`, holds: ours >= least * core },
        });
        const statuses = Number(await (await fetch(`${red.url}/statuses`)).text());
        return [
            row('signed webhook / http in + function + http response', median(rates.in), 1.3),
            row('the same, kept until done (two nodes)', median(rates.kept), 1),
            {
                ...{ what: 'statuses of webhook in in its busiest second', unit: '', core: 0, ours: statuses },
                ...{ goal: 'at most 4', holds: statuses <= 4 },
            },
        ];
    } finally {
        await red.stop();
    }
}

/** The sender runs in a process of its own: its work is no work of Node-RED's. */
async function round(red: NodeRed, name: string, at: number): Promise<Round> {
    const child = fork(path.join(__dirname, 'deliver.mjs'), [
        `${red.url}/${name}`,
        secret,
        String(seconds),
        String(at),
    ]);
    const [result] = (await once(child, 'message')) as [Round];
    child.disconnect();
    return result;
}

const place = { z: 'bench', x: 1, y: 1 };
const code = (id: string, func: string, wires: string[][]) => ({
    ...{ ...place, id, type: 'function', outputs: 1, func, wires },
});

/** What a user would draw; `http in` hands on the raw bytes where it is told not to parse. */
const check = `
const { createHmac, timingSafeEqual } = crypto;
const mac = createHmac('sha256', '${secret}').update(msg.payload).digest();
const given = Buffer.from(String(msg.req.headers['x-hook-signature']).replace('sha256=', ''), 'hex');
msg.statusCode = given.length === mac.length && timingSafeEqual(mac, given) ? 200 : 401;
if (msg.statusCode === 200) msg.payload = JSON.parse(msg.payload.toString());
return msg;`;

const count = `
const at = Date.now();
const seen = (context.get('seen') ?? []).filter((each) => each > at - 1000);
seen.push(at);
context.set('seen', seen);
flow.set('most', Math.max(flow.get('most') ?? 0, seen.length));`;

const flows = () => [
    { id: 'bench', type: 'tab', label: 'bench' },
    { ...place, id: 'core', type: 'http in', url: '/core', method: 'post', skipBodyParsing: true, wires: [['check']] },
    { ...code('check', check, [['answer']]), libs: [{ var: 'crypto', module: 'crypto' }] },
    { ...place, id: 'answer', type: 'http response', wires: [] },
    { ...place, id: 'in', type: 'missive-webhook-in', path: 'in', wires: [[]] },
    { ...place, id: 'kept', type: 'missive-webhook-in', path: 'kept', keep: true, wires: [['done']] },
    { ...place, id: 'done', type: 'missive-webhook-done', wires: [[]] },
    { ...place, id: 'status', type: 'status', scope: ['in'], wires: [['count']] },
    code('count', count, [[]]),
    { ...place, id: 'ask', type: 'http in', url: '/statuses', method: 'get', wires: [['tell']] },
    code('tell', "msg.payload = String(flow.get('most') ?? 0); return msg;", [['told']]),
    { ...place, id: 'told', type: 'http response', wires: [] },
];
