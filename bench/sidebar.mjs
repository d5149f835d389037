// The sidebar under fire: node --import tsx bench/sidebar.mjs. About two minutes on two cores.
import run from '../test/support/sidebar-run.ts';

/** 100,000 hostile requests; then 500 webhooks a second beside 100 pages that listen, and ask every second. */
const result = await run.sidebarRun({ forged: 100_000, pages: 100, honest: 10_000, rate: 500 });
const { answers, ...figures } = result;
console.table([figures]);
console.table([answers]);
console.log(JSON.stringify({ bench: 'sidebar', ...result }));
if (result.accepted > 0 || result.answered < result.honest || answers[500]) process.exitCode = 1;
