import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sign } from '../../src/missive/events/signature';
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
        await forge(red.port, Math.min(given.forged, 500), 7); // what is loaded once is no growth
        const before = await state();
        await forge(red.port, given.forged, 1_000_007);
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

const honestBody = (n: number) =>
    JSON.stringify({
        rule: { id: 'r1', type: 'incoming_email' },
        conversation: { id: `c${n}` },
        message: { id: `m${n}`, preview: 'é☂ "\\" '.repeat(200) },
    });

type Forged = readonly [body: Buffer, headers: Record<string, string>];

const bytes = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength }).map((each) => Buffer.from(each));
const signature = (value: string) => ({ 'x-hook-signature': value });

/** One byte of a body is another one. */
const flipped = (body: Buffer) =>
    fc.tuple(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
        const copy = Buffer.from(body);
        copy[at] = (copy[at] ?? 0) ^ change;
        return copy;
    });

/** Requests that are wrong in one way each: none may go into the flow, whatever the answer. */
const forged: fc.Arbitrary<Forged> = fc.integer({ min: 1e9, max: 1e9 + 1e6 }).chain((number) => {
    const body = Buffer.from(honestBody(number));
    const right = sign(secret, body);
    return fc.oneof(
        fc.constant<Forged>([body, {}]),
        fc.constant<Forged>([body, signature(sign('another', body))]),
        flipped(body).map((each): Forged => [each, signature(right)]),
        fc.integer({ min: 1, max: body.length - 1 }).map((end): Forged => [body.subarray(0, end), signature(right)]),
        fc.nat({ max: 70 }).map((end): Forged => [body, signature(right.slice(0, end))]),
        flipped(Buffer.from(right)).map((each): Forged => [body, signature(each.toString('hex'))]),
        bytes(32).map((each): Forged => [body, signature(`sha256=${each.toString('hex')}`)]),
        bytes(500).map((each): Forged => [each, signature(right)]),
        fc.constant<Forged>([gzipSync(body), { ...signature(right), 'content-encoding': 'gzip' }]),
        fc
            .oneof(fc.constantFrom('[', '{"a":', '{}{}', '\u0000', '{"a":1}x'), fc.json().filter(isNoObject))
            .map((text): Forged => [Buffer.from(text), signature(sign(secret, text))]),
    );
});

const isNoObject = (json: string) => !json.trimStart().startsWith('{');

const types = fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'x');

/** Sends so many forged requests, sixteen at a time; with the same seed they are the same. */
async function forge(port: number, count: number, seed: number): Promise<void> {
    let made = 0;
    let block: (readonly [Forged, string])[] = [];
    const next = () => {
        if (made++ >= count) return undefined;
        // Block by block: a hundred thousand at once would not fit into memory.
        if (block.length === 0) block = fc.sample(fc.tuple(forged, types), { numRuns: 500, seed: seed + made });
        return block.pop();
    };
    const lane = async () => {
        for (let each = next(); each; each = next()) {
            const [[body, headers], type] = each;
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
    await Promise.all(Array.from({ length: 16 }, lane));
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

/** Sends at a steady rate, from that event on, whatever the answers take; gives the time of each, or -1 where it was no 200. */
export async function honest(url: string, count: number, rate: number, first = 0): Promise<number[]> {
    const start = performance.now();
    const send = async (n: number) => {
        const body = honestBody(first + n);
        await sleep(Math.max(0, start + (n * 1000) / rate - performance.now()));
        const began = performance.now();
        const headers = { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body) };
        const response = await fetch(url, { method: 'POST', body, headers }).catch(() => undefined);
        await response?.arrayBuffer();
        return response?.status === 200 ? performance.now() - began : -1;
    };
    return Promise.all(Array.from({ length: count }, (_, n) => send(n)));
}
