// npm run pictures: takes the pictures of the README anew.
import path from 'node:path';
import { openBrowser } from './browser';
import { Editor } from './editor';
import { exampleFlow } from './example-files';
import { FarEnd } from './far-end';
import { startNodeRed } from './node-red';
import { PracticeInbox, PracticePage } from './practice-inbox';

/** The shop of the example, which knows one order. */
const order = {
    ...{ number: 2291, status: 'paid', total: '148.90 €', link: 'https://shop.example/orders/2291' },
    items: [
        { article: 'Gravel saddle', pieces: 1 },
        { article: 'Brake pads', pieces: 2 },
    ],
};

/** In the README's chapter on the sidebar: a shop's order beside the customer's mail. */
async function sidebar(file: string): Promise<void> {
    const far = new FarEnd();
    const address = await far.start();
    far.answers.set('/shop', () => [200, order]);
    const nodeRed = await startNodeRed({ env: { SHOP_URL: `${address}/shop` } });
    const browser = await openBrowser();
    try {
        await nodeRed.deploy([...exampleFlow('sidebar-shop-order')]);
        const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1180, height: 560 } });
        const inbox = new PracticePage(await context.newPage());
        await inbox.page.goto(`${nodeRed.adminUrl}/missive/sandbox`);
        await inbox.ready();
        await inbox.page.locator('.rows .row', { hasText: 'Order 2291' }).first().click();
        await inbox.page.frameLocator('.rail:not([hidden]) iframe').getByText('Gravel saddle').waitFor();
        await inbox.page.mouse.move(0, 0);
        // The mail and the sidebar beside it; the list of conversations is left out.
        await inbox.page.screenshot({ path: file, clip: { x: 300, y: 110, width: 880, height: 450 } });
    } finally {
        await browser.close();
        await nodeRed.stop();
        await far.stop();
    }
}

/** The flow at the top of README: the first example, after a customer has written. */
async function firstFlow(file: string): Promise<void> {
    const nodeRed = await startNodeRed({ flows: exampleFlow('customer-email-to-draft') });
    const browser = await openBrowser();
    try {
        const editor = await Editor.open(browser, nodeRed.adminUrl);
        const inbox = new PracticeInbox(nodeRed.adminUrl);
        await inbox.customerWrites({ name: 'Jules Perrin', address: 'jules@ateliervelo.example', body: 'Wheel size?' });
        await editor.page.locator('.red-ui-flow-node-status-label', { hasText: 'draft written' }).waitFor();
        await editor.picture(file);
    } finally {
        await browser.close();
        await nodeRed.stop();
    }
}

const docs = path.resolve(__dirname, '../../docs');
void firstFlow(path.join(docs, 'flow.png')).then(() => sidebar(path.join(docs, 'sidebar.png')));
