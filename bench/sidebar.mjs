// The sidebar under fire, and how fast it is: node --import tsx bench/sidebar.mjs. Two and a half minutes on two cores.
import run from '../test/support/sidebar-run.ts';
import card from './sidebar-card.ts';

/** 100,000 hostile requests; then 500 webhooks a second, alone and beside 100 pages that listen, and ask every second. */
const result = await run.sidebarRun({ forged: 100_000, pages: 100, honest: 10_000, rate: 500, compare: true });
const { answers, alone, ...figures } = result;
console.table([figures]);
console.table([answers]);
const ratio = (beside, before) => Math.round((beside / before) * 100) / 100;
const webhooks = {
    ...{ what: '500 webhooks a second, ms until the 200', aloneP50: alone.p50, besidePagesP50: result.p50 },
    ...{ ratioP50: ratio(result.p50, alone.p50), aloneP99: alone.p99, besidePagesP99: result.p99 },
    ratioP99: ratio(result.p99, alone.p99),
};
console.table([webhooks]);
const click = await card.clickToCard();
console.table(card.rowsOf(click));
console.log(`${card.within(click)} clicks within 250 ms, the flow’s own time and 50 ms`);
console.log(
    JSON.stringify({ bench: 'sidebar', ...result, webhooks, click: card.rowsOf(click), within: card.within(click) }),
);
if (result.accepted > 0 || result.answered < result.honest || answers[500]) process.exitCode = 1;
