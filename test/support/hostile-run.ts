import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { sign } from '../../src/missive/signature';
import { startNodeRed } from './node-red';

export interface HostileResult {
    readonly forged: number;
    /** Forged or malformed ones that went into the flow. */
    readonly accepted: number;
    readonly open: number;
    readonly honest: number;
    /** Honest ones that were answered 200. */
    readonly answered: number;
    /** Milliseconds until the 200, honest deliveries, while the open connections drip. */
    readonly p50: number;
    readonly p99: number;
    /** Megabytes of memory in use after all that, more than before. */
    readonly grown: number;
    readonly seconds: number;
}

const secret = 's3cret';
const place = { z: 'f', x: 100, y: 100 };
const code = (id: string, func: string, wires: string[][]) => ({
    ...{ ...place, id, type: 'function', func, outputs: 1, wires },
});
const asked = (path: string) => ({
    ...{ ...place, id: `get${path}`, type: 'http in', url: path, method: 'get', wires: [[`tell${path}`]] },
});
const flows = (keep: boolean) => [
    { id: 'f', type: 'tab', label: 'hostile' },
    { ...place, id: 'hook', type: 'missive-webhook-in', path: 'missive', keep, wires: [['count', 'done']] },
    code('count', "flow.set('seen', (flow.get('seen') ?? 0) + 1);", []),
    { ...place, id: 'done', type: 'missive-webhook-done', wires: [[]] },
    asked('/state'),
    code('tell/state', "msg.payload = { seen: flow.get('seen') ?? 0, heap: global.get('heap')() }; return msg;", [
        ['a'],
    ]),
    { ...place, id: 'a', type: 'http response', wires: [] },
];

/** Sends malformed and forged requests, then honest ones while connections stay open and drip byte by byte. */
export async function hostileRun(given: {
    readonly forged: number;
    readonly open: number;
    readonly honest: number;
    /** Honest deliveries per second. */
    readonly rate: number;
    readonly keep: boolean;
}): Promise<HostileResult> {
    const began = performance.now();
    const red = await startNodeRed({
        flows: flows(given.keep),
        credentials: { hook: { secret } },
        settings: {
            functionGlobalContext: {
                heap: () => {
                    const v8 = process.getBuiltinModule('node:v8');
                    v8.setFlagsFromString('--expose-gc');
                    process.getBuiltinModule('node:vm').runInNewContext('gc')();
                    const { heapUsed, external } = process.memoryUsage();
                    return heapUsed + external;
                },
            },
        },
    });
    try {
        const state = async () => (await (await fetch(`${red.url}/state`)).json()) as { seen: number; heap: number };
        const random = generator(7);
        await forge(red.port, Math.min(given.forged, 500), random); // what is loaded once is no growth
        const before = await state();
        await forge(red.port, given.forged, random);
        const { seen: accepted } = await state();
        const drips = await drip(red.port, given.open);
        const times = await honest(`${red.url}/missive`, given.honest, given.rate);
        drips.end();
        await sleep(500);
        const after = await state();
        const sorted = times.filter((ms) => ms >= 0).sort((a, b) => a - b);
        const at = (part: number) => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;
        return {
            ...{ forged: given.forged, accepted, open: given.open, honest: given.honest, answered: sorted.length },
            ...{ p50: at(0.5), p99: at(0.99), grown: Math.round((after.heap - before.heap) / 1e5) / 10 },
            seconds: Math.round((performance.now() - began) / 100) / 10,
        };
    } finally {
        await red.stop('SIGKILL');
    }
}

/** A small generator of pseudo-random numbers (mulberry32): a failure can be had again. */
function generator(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

const honestBody = (n: number) =>
    JSON.stringify({
        rule: { id: 'r1', type: 'incoming_email' },
        conversation: { id: `c${n}` },
        message: { id: `m${n}`, preview: 'é☂ "\\" '.repeat(200) },
    });

/** Requests that are wrong in one way each: none may go into the flow, whatever the answer. */
async function forge(port: number, count: number, random: () => number): Promise<void> {
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const noise = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
    const flipped = (body: Buffer) => {
        const copy = Buffer.from(body);
        const at = Math.floor(random() * copy.length);
        copy[at] = (copy[at] ?? 0) ^ (1 + Math.floor(random() * 255));
        return copy;
    };
    const make = (): [Buffer, Record<string, string>] => {
        const body = Buffer.from(honestBody(1e9 + Math.floor(random() * 1e6)));
        const right = sign(secret, body);
        return pick<() => [Buffer, Record<string, string>]>([
            () => [body, {}],
            () => [body, { 'x-hook-signature': sign('another', body) }],
            () => [flipped(body), { 'x-hook-signature': right }],
            () => [body.subarray(0, Math.floor(random() * (body.length - 1)) + 1), { 'x-hook-signature': right }],
            () => [body, { 'x-hook-signature': right.slice(0, Math.floor(random() * 70)) }],
            () => [body, { 'x-hook-signature': flipped(Buffer.from(right)).toString('hex') }],
            () => [body, { 'x-hook-signature': `sha256=${noise(32).toString('hex')}` }],
            () => [noise(Math.floor(random() * 500)), { 'x-hook-signature': right }],
            () => [gzipSync(body), { 'x-hook-signature': right, 'content-encoding': 'gzip' }],
            () => {
                const broken = Buffer.from(
                    pick(['[', '[]', '1', 'null', '{"a":', '"x"', '{}{}', '\u0000', '{"a":1}x']),
                );
                return [broken, { 'x-hook-signature': sign(secret, broken) }];
            },
        ])();
    };
    const lane = async (share: number) => {
        for (let i = 0; i < share; i += 1) {
            const [body, headers] = make();
            const type = pick(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'x']);
            const options = {
                method: 'POST',
                body: new Uint8Array(body),
                headers: { 'content-type': type, ...headers },
            };
            await fetch(`http://127.0.0.1:${port}/missive`, options)
                .then((response) => response.arrayBuffer())
                .catch(() => undefined);
        }
    };
    await Promise.all(Array.from({ length: 16 }, () => lane(Math.ceil(count / 16))));
}

/** Connections of four kinds: half a head, half a body byte by byte, an endless body, and silence. */
async function drip(port: number, count: number): Promise<{ end(): void }> {
    const head = 'POST /missive HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const starts = [
        head,
        `${head}Content-Length: 5000000\r\n\r\n{"a":`,
        `${head}Transfer-Encoding: chunked\r\n\r\n1000\r\n`,
        '',
    ];
    const sockets: Socket[] = [];
    for (let n = 0; n < count; n += 1) {
        const socket = connect(port, '127.0.0.1').on('error', () => {});
        sockets.push(socket);
        await once(socket, 'connect');
        socket.write(starts[n % starts.length] ?? '');
    }
    const timer = setInterval(() => {
        for (const [n, socket] of sockets.entries()) if (n % 4 < 3 && socket.writable) socket.write('x');
    }, 500);
    return {
        end() {
            clearInterval(timer);
            for (const socket of sockets) socket.destroy();
        },
    };
}

/** Sends at a steady rate, whatever the answers take; gives the time of each, or -1 where it was no 200. */
async function honest(url: string, count: number, rate: number): Promise<number[]> {
    const start = performance.now();
    const send = async (n: number) => {
        const body = honestBody(n);
        await sleep(Math.max(0, start + (n * 1000) / rate - performance.now()));
        const began = performance.now();
        const headers = { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body) };
        const response = await fetch(url, { method: 'POST', body, headers }).catch(() => undefined);
        await response?.arrayBuffer();
        return response?.status === 200 ? performance.now() - began : -1;
    };
    return Promise.all(Array.from({ length: count }, (_, n) => send(n)));
}
