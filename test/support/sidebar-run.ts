import fc from 'fast-check';
import { makeToken } from '../../src/runtime/sidebar/page/page-token';
import { honest } from './hostile-run';
import { startNodeRed } from './node-red';
import { type PageLines, SidebarPage } from './sidebar-page';

export interface SidebarResult {
    readonly forged: number;
    /** Hostile requests that went into the flow, or got a card. */
    readonly accepted: number;
    /** Answers by their status. */
    readonly answers: Readonly<Record<string, number>>;
    /** Pages that listened and asked while webhooks came. */
    readonly pages: number;
    /** Cards that they drew meanwhile: asked for, and pushed. */
    readonly drawn: number;
    readonly pushed: number;
    readonly honest: number;
    /** Webhooks that were answered 200. */
    readonly answered: number;
    /** Milliseconds until the 200 of a webhook, beside the pages. */
    readonly p50: number;
    readonly p99: number;
    /** The same before a page is open, where it is to be compared. */
    readonly alone?: { readonly p50: number; readonly p99: number };
    /** Milliseconds from a page's question to its card. */
    readonly cardP99: number;
    readonly seconds: number;
}

const key = 'k'.repeat(43);
const place = { z: 'f', x: 100, y: 100 };
const code = (id: string, func: string, wires: string[][]) => ({
    ...{ ...place, id, type: 'function', func, outputs: 1, wires },
});
const flows = [
    { id: 'f', type: 'tab', label: 'sidebar' },
    { ...place, id: 'in', type: 'missive-sidebar-in', path: 'crm', wires: [['seen']] },
    code('seen', "flow.set('seen', (flow.get('seen') ?? 0) + 1); msg.payload = { title: 'card' }; return msg;", [
        ['card'],
    ]),
    { ...place, id: 'card', type: 'missive-sidebar-card', wires: [[]] },
    { ...place, id: 'hook', type: 'missive-webhook-in', path: 'missive', wires: [['push']] },
    // Every fiftieth event of Missive is news for the pages of a conversation.
    code(
        'push',
        "const n = (flow.get('n') ?? 0) + 1; flow.set('n', n); if (n % 50 === 0) return { missive: { conversation: 'c' + (n / 50) % 10 }, payload: { title: 'news' } };",
        [['card']],
    ),
    { ...place, id: 'get', type: 'http in', url: '/state', method: 'get', wires: [['tell']] },
    code('tell', "msg.payload = { seen: flow.get('seen') ?? 0 }; return msg;", [['a']]),
    { ...place, id: 'a', type: 'http response', wires: [] },
];

/** Sends hostile requests to a sidebar, then counts what webhooks take beside pages that listen and ask. */
export async function sidebarRun(given: {
    readonly forged: number;
    readonly pages: number;
    readonly honest: number;
    /** Webhooks a second. */
    readonly rate: number;
    /** As many webhooks first, at the same rate, while no page is open. */
    readonly compare?: boolean;
}): Promise<SidebarResult> {
    const began = performance.now();
    const red = await startNodeRed({ flows, credentials: { in: { key }, hook: { secret: 's3cret' } } });
    try {
        const seen = async () => ((await (await fetch(`${red.url}/state`)).json()) as { seen: number }).seen;
        const answers = await forge(red.url, given.forged, 1_000_007);
        const accepted = (await seen()) + (answers.card ?? 0);
        const alone: number[] = [];
        const beside: number[] = [];
        const waits: number[] = [];
        const sum = { drawn: 0, pushed: 0 };
        let sent = 0;
        // In turns, as a machine may be slower at one time than at another: alone, beside, beside, alone …
        for (const withPages of given.compare ? [false, true, true, false] : [true]) {
            const pages = withPages && (await openPages(`${red.url}/crm?key=${key}`, given.pages));
            const count = given.compare ? given.honest / 2 : given.honest;
            const times = await honest(`${red.url}/missive`, count, given.rate, sent);
            sent += count;
            (pages ? beside : alone).push(...times);
            const seenBy = pages && (await pages.close());
            if (!seenBy) continue;
            sum.drawn += seenBy.drawn;
            sum.pushed += seenBy.pushed;
            waits.push(...seenBy.waits);
        }
        const sorted = inOrder(beside);
        const before = inOrder(alone);
        return {
            ...(given.compare ? { alone: { p50: at(before, 0.5), p99: at(before, 0.99) } } : {}),
            ...{ forged: given.forged, accepted, answers, pages: given.pages, ...sum },
            ...{ honest: given.honest, answered: sorted.length, p50: at(sorted, 0.5), p99: at(sorted, 0.99) },
            cardP99: at(
                waits.sort((a, b) => a - b),
                0.99,
            ),
            seconds: Math.round((performance.now() - began) / 100) / 10,
        };
    } finally {
        await red.stop('SIGKILL');
    }
}

const inOrder = (times: readonly number[]): number[] => times.filter((ms) => ms >= 0).sort((a, b) => a - b);

const at = (sorted: readonly number[], part: number): number =>
    Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;

/** Pages that listen, each to one of ten conversations, and ask for a card every second. */
async function openPages(address: string, count: number) {
    const waits: number[] = [];
    const lines: PageLines[] = [];
    let drawn = 0;
    let open = true;
    const ask = async (page: SidebarPage, n: number) => {
        const start = performance.now();
        const { body } = await page.open(`c${n % 10}`);
        waits.push(performance.now() - start);
        if (body.card) drawn += 1;
    };
    const asking: Promise<void>[] = [];
    for (let n = 0; n < count; n += 1) {
        const page = await SidebarPage.load(address);
        lines.push(await page.listen(`c${n % 10}`));
        const again = async () => {
            while (open) {
                await ask(page, n);
                await new Promise((resolve) => setTimeout(resolve, 1000));
            }
        };
        asking.push(again());
    }
    return {
        async close() {
            open = false;
            await Promise.all(asking);
            for (const each of lines) each.stop();
            return { drawn, waits, pushed: lines.reduce((sum, each) => sum + each.lines.length, 0) };
        },
    };
}

interface Hostile {
    readonly path: string;
    readonly method: 'GET' | 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Buffer;
}

const bytes = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength }).map((each) => Buffer.from(each));
const right = Buffer.from(JSON.stringify({ do: 'open', seq: 1, conversations: ['c1'] }));
const token = () => makeToken(key, 'in');
const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
const json = { 'content-type': 'application/json' };

/** Letters that a header or an address may hold. */
const word = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...'abcdefXYZ0123456789-_.~%'), minLength: 1, maxLength });

const changed = (text: string) =>
    fc
        .tuple(fc.nat({ max: text.length - 1 }), word(2))
        .map(([place, put]) => text.slice(0, place) + put + text.slice(place + 1))
        .filter((other) => other !== text);

/** Requests that are wrong in one way each: none may reach the flow, or see the page, whatever the answer. */
const hostile: fc.Arbitrary<Hostile> = fc.oneof(
    // The page without its key.
    fc.oneof(changed(key), word(60), fc.constant('')).map(
        (other): Hostile => ({
            ...{ path: `/crm?key=${other}`, method: 'GET', headers: {} },
        }),
    ),
    // The endpoint without a token, with a forged one, one that is over, one of another node or key.
    fc
        .oneof(
            word(80),
            fc.constant(key),
            fc.constant('').map(token).chain(changed),
            fc.constant('').map(() => makeToken(key, 'in', Date.now() - 13 * 3_600_000)),
            fc.constantFrom(makeToken(key, 'other'), makeToken('another', 'in'), makeToken('', 'in')),
        )
        .map(
            (other): Hostile => ({
                ...{ path: '/crm/event', method: 'POST', body: right },
                headers: { ...json, ...bearer(other) },
            }),
        ),
    fc.constant<Hostile>({ ...{ path: '/crm/event', method: 'POST', body: right }, headers: json }),
    // The right token, and a request that is none.
    fc
        .oneof(
            bytes(400),
            broken(),
            fc
                .json()
                .filter((text) => !fits(text))
                .map(Buffer.from),
        )
        .map(
            (body): Hostile => ({
                ...{ path: '/crm/event', method: 'POST', body },
                headers: { ...json, ...bearer(token()) },
            }),
        ),
    // The right token, from another site, or as a form could send it.
    fc
        .constantFrom(
            { ...json, 'sec-fetch-site': 'cross-site' },
            { 'content-type': 'text/plain' },
            { ...json, 'content-encoding': 'gzip' },
        )
        .map(
            (headers): Hostile => ({
                ...{ path: '/crm/event', method: 'POST', body: right },
                headers: { ...headers, ...bearer(token()) } as Record<string, string>,
            }),
        ),
    // Files that are none.
    word(40).map((name): Hostile => ({ ...{ path: `/crm/page/${name}/../${name}.js`, method: 'GET', headers: {} } })),
);

/** A right request of which one part is of a wrong kind, or missing. */
function broken(): fc.Arbitrary<Buffer> {
    const kinds = fc.oneof(fc.constant('x y'), fc.double(), fc.constant(null), fc.constant([null]), fc.constant({}));
    return fc.tuple(fc.constantFrom('do', 'seq', 'conversations'), kinds).map(([part, value]) => {
        const given = { do: 'open', seq: 1, conversations: ['c1'], [part]: part === 'seq' ? String(value) : value };
        return Buffer.from(JSON.stringify(given));
    });
}

const fits = (text: string): boolean => /"do"/.test(text);

async function forge(url: string, count: number, seed: number): Promise<Record<string, number>> {
    const answers: Record<string, number> = {};
    const note = (name: string | number) => {
        answers[name] = (answers[name] ?? 0) + 1;
    };
    let made = 0;
    let block: Hostile[] = [];
    const next = () => {
        if (made++ >= count) return undefined;
        // Block by block: a hundred thousand at once would not fit into memory.
        if (block.length === 0) block = fc.sample(hostile, { numRuns: 500, seed: seed + made });
        return block.pop();
    };
    const lane = async () => {
        for (let each = next(); each; each = next()) {
            const { path, method, headers, body } = each;
            const options = { method, headers, ...(body ? { body: new Uint8Array(body) } : {}) };
            const response = await fetch(`${url}${path}`, options).catch(() => undefined);
            const text = (await response?.text().catch(() => '')) ?? '';
            note(response?.status ?? 'refused');
            if (/"card":|missive-sidebar" content/.test(text)) note('card');
        }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    return answers;
}
