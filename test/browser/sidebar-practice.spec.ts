import path from 'node:path';
import type { Browser, FrameLocator } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox, PracticePage } from '../support/practice-inbox';

const mailto = { subject: 'Your order', body: '<p>Hello</p>', to_fields: [{ address: 'marta@harborbikes.example' }] };
const presses = {
    comment: { do: 'comment', body: 'Seen in the sidebar' },
    task: { do: 'create_task', body: 'Call back' },
    label: { do: 'add_labels', labels: ['Urgent'] },
    unlabel: { do: 'remove_labels', labels: ['Urgent'] },
    assign: { do: 'assign', users: ['Rui Pinto'] },
    subject: { do: 'set_subject', subject: 'Renamed by the sidebar' },
    color: { do: 'set_color', color: '#c0392b' },
    reply: { do: 'reply', mailto },
    insert: { do: 'insert_text', text: 'and one more thing' },
    close: { do: 'close' },
    reopen: { do: 'reopen' },
};
const buttons = Object.entries(presses).map(([label, effect]) => ({ label, effect }));

const flow = (id: string, name: string) => [
    {
        ...{ id: `${id}-in`, type: 'missive-sidebar-in', z: 'tab', name, account: 'account', path: `sidebar/${id}` },
        ...{
            domains: 'harborbikes.example',
            actions: [{ label: 'Greet', contexts: ['conversation'], action: 'greet' }],
        },
        ...{ version: 1, wires: [[`${id}-make`]] },
    },
    {
        ...{ id: `${id}-make`, type: 'function', z: 'tab', outputs: 1, wires: [[`${id}-card`]] },
        func: `const { contact, conversation, action } = msg.payload;
            msg.payload = { card: action
                ? { effects: [{ do: 'comment', body: 'Greeted by ' + action }] }
                : { title: '${name}: ' + (contact?.name ?? contact?.phone_number ?? 'nobody'),
                    subtitle: conversation.subject, buttons: ${JSON.stringify(buttons)} } };
            return msg;`,
    },
    { ...{ id: `${id}-card`, type: 'missive-sidebar-card', z: 'tab', version: 1, wires: [] } },
];

describe('the sidebar in the practice inbox', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let page: PracticePage;
    let frame: FrameLocator;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({
            flows: [
                { id: 'tab', type: 'tab', label: 'Sidebar' },
                { id: 'account', type: 'missive-config', name: 'Practice', connection: 'sandbox', version: 1 },
                ...flow('order', 'Order'),
                ...flow('crm', 'CRM'),
            ],
        });
        const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1400, height: 900 } });
        page = await PracticePage.open(context, nodeRed.adminUrl);
        await page.ready();
        frame = page.page.frameLocator('.rail:not([hidden]) iframe');
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(() => {
        // A page of a sidebar whose flow was taken away by a deploy may ask once more before its tab goes.
        const gone = / 404 .*\/sidebar\/crm\//;
        should(page.errors.filter((text) => !gone.test(text))).be.empty();
    });

    const shot = async (name: string) => {
        if (process.env.SHOTS) await page.page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) });
    };
    const open = (who: string) => page.page.locator('.rows .row', { hasText: who }).first().click();
    const title = (text: string | RegExp) => frame.getByRole('heading', { name: text });

    it('stands beside each conversation, one tab for each that runs', async () => {
        const tabs = page.page.locator('.rails [role="tab"]');
        await tabs.nth(1).waitFor();
        should(await tabs.allInnerTexts()).eql(['Order', 'CRM']);
        await open('Marta Okafor');
        // Her address is one of the shop's own.
        await title('Order: nobody').waitFor();
        await open('Leonor Vaz');
        await title('Order: Leonor Vaz').waitFor();
        await open('+351');
        await title(/Order: \+351/).waitFor();
        await open('Leonor Vaz');
        await tabs.nth(1).click();
        await title('CRM: Leonor Vaz').waitFor();
        await page.page.locator('.side [role="tab"]', { hasText: 'Tasks' }).click();
        await page.page.locator('.side .card').first().waitFor();
        await tabs.nth(0).click();
        await title('Order: Leonor Vaz').waitFor();
        await shot('practice-light');
    });

    it('acts its effects out there, and they are seen in the conversation', async () => {
        const inbox = new PracticeInbox(nodeRed.adminUrl);
        const leonor = async (
            fits: (one: Awaited<ReturnType<typeof inbox.state>>['conversations'][number]) => boolean,
        ) => {
            const state = await inbox.until(({ conversations }) =>
                conversations.some((one) => one.who === 'Leonor Vaz' && fits(one)),
            );
            return state.conversations.find((one) => one.who === 'Leonor Vaz');
        };
        const press = (name: keyof typeof presses) => frame.getByRole('button', { name, exact: true }).click();
        await press('comment');
        await page.entries('comment').getByText('Seen in the sidebar').waitFor();
        await press('task');
        await page.entries('tasked').getByText('Call back').waitFor();
        await press('label');
        await leonor((one) => /Urgent/.test(one.shared_label_names));
        await press('unlabel');
        await leonor((one) => !/Urgent/.test(one.shared_label_names));
        await press('assign');
        await leonor((one) => one.assignee_names === 'Rui Pinto');
        await press('color');
        await leonor((one) => one.color === '#c0392b');
        await press('reply');
        await page.entries('draft').getByText('Hello').waitFor();
        await press('insert');
        await page.entries('draft').getByText('and one more thing').waitFor();
        should(await page.entries('draft').count()).equal(1);
        await press('subject');
        await page.page.getByRole('heading', { name: 'Renamed by the sidebar' }).waitFor();
        await press('close');
        await leonor((one) => one.closed);
        await press('reopen');
        await leonor((one) => !one.closed);
        await shot('practice-effects');
    });

    it('puts its entries into Missive’s menus', async () => {
        await page.page.locator('.rail:not([hidden]) .menus summary').click();
        await page.page.locator('.rail:not([hidden]) .menus button', { hasText: 'Greet' }).click();
        await page.entries('comment').getByText('Greeted by greet').waitFor();
    });

    it('follows the theme, and a deploy', async () => {
        await page.page.emulateMedia({ colorScheme: 'dark' });
        await frame.locator('html[data-theme="dark"]').waitFor();
        await shot('practice-dark');
        await page.page.emulateMedia({ colorScheme: 'light' });
        const flows = (await nodeRed.flows()) as { id: string; name?: string }[];
        await nodeRed.deploy(
            flows
                .filter(({ id }) => !id.startsWith('crm'))
                .map((node) => (node.id === 'order-in' ? { ...node, name: 'Shop' } : node)),
        );
        await page.page.locator('.rails [role="tab"]', { hasText: 'Shop' }).waitFor();
        should(await page.page.locator('.rails [role="tab"]').count()).equal(1);
        await page.page.locator('.rails [role="tab"]').click();
        await title('Order: Leonor Vaz').waitFor();
    });
});
