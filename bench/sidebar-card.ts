import { openBrowser } from '../test/support/browser';
import { startNodeRed } from '../test/support/node-red';
import { MissiveApp } from '../test/support/sidebar/missive-app';
import { Panel } from '../test/support/sidebar/panel';

const key = 'k0'.repeat(21);
const rounds = 40;
/** How long the flow itself takes, as a delay node makes it; it tells in the card how long it really was. */
const flowTime = 100;
/** The page's debounce. */
const debounce = 150;

/** From a click to the drawn card, in milliseconds, and where they went. */
export interface Click {
    readonly whole: number;
    /** What the flow itself took, from sidebar in to sidebar card. */
    readonly flow: number;
    /** From the click to the page's request, without the debounce: Missive's event and the facts that it tells. */
    readonly before: number;
    /** The request without the flow: endpoint, proxy, browser. */
    readonly request: number;
    /** From the answer to the frame in which the card is drawn. */
    readonly drawing: number;
    /** All but debounce and flow. */
    readonly overhead: number;
}

const place = { z: 'f', x: 100, y: 100 };
const delay = { pauseType: 'delay', timeout: `${flowTime}`, timeoutUnits: 'milliseconds' };
const work = { ...place, type: 'function', outputs: 1 };
const flow = [
    { id: 'f', type: 'tab', label: 'sidebar' },
    { ...place, id: 'in', type: 'missive-sidebar-in', path: 'crm', wires: [['begin']] },
    { ...work, id: 'begin', func: 'msg.began = Date.now(); return msg;', wires: [['wait']] },
    { ...place, ...delay, id: 'wait', type: 'delay', wires: [['work']] },
    {
        ...{ ...work, id: 'work', wires: [['card']] },
        func: `const { conversation, contact } = msg.payload;
            const rows = Array.from({ length: 8 }, (_, n) => ({ label: 'Row ' + n, value: 'Value ' + n }));
            const subtitle = [conversation.id, Date.now(), Date.now() - msg.began].join(' ');
            msg.payload = { card: { title: contact.name, subtitle, rows } }; return msg;`,
    },
    { ...place, id: 'card', type: 'missive-sidebar-card', wires: [] },
];

/** In the page: the moment at which each new card is drawn, with the request that brought it. */
const watching = `new MutationObserver(() => {
    const drawn = document.querySelector('.place:not([aria-busy]) .subtitle')?.textContent;
    if (!drawn || drawn === window.before) return;
    window.before = drawn;
    requestAnimationFrame(() => {
        const asked = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/event')).at(-1);
        const [start, end] = [asked.startTime, asked.responseEnd].map((each) => performance.timeOrigin + each);
        window.drawn = { start, end, at: performance.timeOrigin + performance.now(), flow: Number(drawn.split(' ')[2]) };
        performance.clearResourceTimings();
    });
}).observe(document.getElementById('sidebar'), { subtree: true, childList: true, attributes: true })`;

interface Drawn {
    readonly start: number;
    readonly end: number;
    readonly at: number;
    readonly flow: number;
}

/** Clicks through conversations as a person does, in a browser: two frames of two sites, two processes. */
export async function clickToCard(): Promise<readonly Click[]> {
    const app = await MissiveApp.start();
    const nodeRed = await startNodeRed({ flows: flow, credentials: { in: { key } } });
    app.sidebar = nodeRed.port;
    const browser = await openBrowser({ args: app.browserArgs });
    try {
        const panel = await (await Panel.open(browser, `https://nodered.test/crm?key=${key}`)).ready();
        await panel.inside(watching);
        const clicks: Click[] = [];
        const ids = ['c-mail', 'c-ben', 'c-several', 'c-ours'];
        // The first ones load what is loaded once.
        for (let round = -ids.length; round < rounds; round += 1) {
            await panel.inside('void (window.drawn = undefined)');
            const id = ids.at(round % ids.length) ?? '';
            const clicked = Number(
                await panel.page.evaluate(`(app.select('${id}'), performance.timeOrigin + performance.now())`),
            );
            let drawn: Drawn | undefined;
            while (!drawn) {
                await panel.page.waitForTimeout(20);
                drawn = (await panel.inside('window.drawn')) as Drawn | undefined;
            }
            if (round >= 0) clicks.push(partsOf(clicked, drawn));
        }
        return clicks;
    } finally {
        await browser.close();
        await nodeRed.stop();
        await app.stop();
    }
}

const partsOf = (clicked: number, { start, end, at, flow: inFlow }: Drawn): Click => ({
    whole: at - clicked,
    flow: inFlow,
    before: start - clicked - debounce,
    request: end - start - inFlow,
    drawing: at - end,
    overhead: at - clicked - debounce - inFlow,
});

/** One row for each part: half of the clicks, nine of ten, and the slowest. */
export function rowsOf(clicks: readonly Click[]): readonly object[] {
    const parts = ['whole', 'flow', 'before', 'request', 'drawing', 'overhead'] as const;
    return parts.map((part) => {
        const sorted = clicks.map((each) => each[part]).sort((a, b) => a - b);
        const rank = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
        return { 'click to card, ms': part, median: rank(0.5), p90: rank(0.9), largest: rank(1) };
    });
}

/** Clicks that keep to the promise: 250 ms of debounce (the page takes less), the flow's own time, and 50 ms. */
export const within = (clicks: readonly Click[]): string =>
    `${clicks.filter(({ whole, flow: inFlow }) => whole <= 250 + inFlow + 50).length} of ${clicks.length}`;
