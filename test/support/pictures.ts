import path from 'node:path';
import { openBrowser } from './browser';
import { exampleFlow } from './example-files';
import { FarEnd } from './far-end';
import { startNodeRed } from './node-red';
import { PracticePage } from './practice-inbox';

/** The shop of the example, which knows one order. */
const order = {
    ...{ number: 2291, status: 'paid', total: '148.90 €', link: 'https://shop.example/orders/2291' },
    items: [
        { article: 'Gravel saddle', pieces: 1 },
        { article: 'Brake pads', pieces: 2 },
    ],
};

/** The picture of README: the example of a shop's order beside the customer's mail. `npm run pictures` takes it anew. */
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

void sidebar(path.resolve(__dirname, '../../docs/sidebar.png'));
