import should from 'should';
import { ExampleFlows } from '../support/example-flows';
import { type PageAnswer, SidebarPage } from '../support/sidebar-page';

const far = (address: string) => ({
    AI_URL: `${address}/ai`,
    AI_MODEL: 'some-model',
    AI_KEY: 'a-key',
    SHOP_URL: `${address}/shop`,
    DIRECTORY_URL: `${address}/directory`,
});

const order = {
    ...{ number: 1042, status: 'paid', total: '12.50 €', link: 'https://shop.example/orders/1042' },
    items: [
        { article: 'Saddle <S>', pieces: 1 },
        { article: 'Bell', pieces: 2 },
    ],
};

describe('the examples of a sidebar, their flow files unchanged, in the practice inbox', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(far);
    afterEach(() => flows.noErrors());

    /** Deploys an example and opens its page as the practice inbox does. */
    async function pageOf(name: string): Promise<SidebarPage> {
        await flows.deploy(name);
        const { adminUrl, url } = flows.nodeRed;
        const answer = await (await fetch(`${adminUrl}/missive/sidebars`)).json();
        const [{ address = '' } = {}] = (answer as { sidebars: { address: string }[] }).sidebars;
        return SidebarPage.load(new URL(address, url).href);
    }

    const marta = { address: 'marta@harborbikes-customer.example', name: 'Marta' };
    const opened = (contact?: object, more: object = {}) => ({
        ...{ do: 'open', conversations: ['c1'], conversation: { id: 'c1', subject: 'Order' } },
        ...(contact ? { contacts: [contact], contact } : {}),
        ...more,
    });
    const cardIn = ({ status, body }: PageAnswer): Record<string, unknown> => {
        should(status).equal(200);
        if (!body.card) throw new Error(`no card: ${JSON.stringify(body)}\n${flows.nodeRed.log()}`);
        return body.card;
    };

    it('sidebar-quote-form turns a filled-in form into the draft of a reply', async () => {
        const page = await pageOf('sidebar-quote-form');
        should(cardIn(await page.tell(opened(marta)))).match({
            title: 'Quote',
            subtitle: 'Marta',
            form: { name: 'quote', fields: [{ name: 'item', type: 'select' }, { value: 1 }, {}, {}] },
        });
        const values = { item: 'Saddle S-5', pieces: 2, price: 30.5, note: 'Only <this> week.' };
        const { effects } = cardIn(await page.tell(opened(marta, { do: 'form', action: 'quote', values }))) as {
            effects: { do: string; deliver: boolean; mailto: { body: string } }[];
        };
        should(effects).match([{ do: 'reply', deliver: false }]);
        const body = String(effects[0]?.mailto.body);
        for (const part of [
            '<div>Hello Marta,</div>',
            '2 × Saddle S-5 at 30.50 € = 61.00 €',
            'Only &lt;this&gt; week.',
        ])
            body.should.containEql(part);
    });

    it('sidebar-phone-number says who a number is, and offers a task where nobody knows', async () => {
        flows.far.answers.set('/directory', ({ query }) =>
            query.number === '+351910000001'
                ? [200, { name: 'Marta Okafor', kind: 'customer', place: 'Porto', since: 2019 }]
                : [404],
        );
        const page = await pageOf('sidebar-phone-number');
        should(cardIn(await page.tell(opened({ phone_number: '+351910000001' })))).match({
            title: 'Marta Okafor',
            subtitle: '+351910000001',
            badge: { text: 'customer' },
            rows: [{ label: 'Place', value: 'Porto' }, { value: '2019' }, { url: 'tel:+351910000001' }],
        });
        should(cardIn(await page.tell(opened({ phone_number: '+351910000002' })))).match({
            buttons: [{ effects: [{ do: 'create_task', body: 'Who is +351910000002?' }] }],
        });
        should(cardIn(await page.tell(opened(marta)))).have.property('text');
        should(flows.far.asked).have.length(2);
    });

    it('sidebar-ai-summary asks only when the button is pressed, and shows what comes as text', async () => {
        flows.far.answers.set('/ai', () => [
            200,
            { choices: [{ message: { content: '* wants a **refund**\n* <img src=x onerror=alert(1)>' } }] },
        ]);
        const page = await pageOf('sidebar-ai-summary');
        page.settings.should.match({ detail: 'all' });
        should(cardIn(await page.tell(opened(marta)))).match({ buttons: [{ label: 'Sum up', action: 'summary' }] });
        should(flows.far.asked).be.empty();
        const messages = [
            {
                id: 'm1',
                from_field: { name: 'Marta', address: marta.address },
                body: '<p>My <b>fork</b> is broken</p>',
            },
        ];
        const card = cardIn(await page.tell(opened(marta, { do: 'action', action: 'summary', messages })));
        should(JSON.stringify(flows.far.asked[0]?.body)).match(/Marta:\\n.*My\s+fork\s+is broken/);
        should(card.text).eql([
            { ul: [[{ p: ['wants a ', { b: ['refund'] }] }], [{ p: ['<img src=x onerror=alert(1)>'] }]] },
        ]);
        should(card.buttons).match([{ effects: [{ do: 'comment', body: /wants a/ }] }, { action: 'summary' }]);
    });

    it('sidebar-my-flows starts a flow and says when it is done, in a second card', async () => {
        const page = await pageOf('sidebar-my-flows');
        const lines = await page.listen('c1');
        let first = cardIn(await page.tell(opened(marta)));
        // The three flows are written down a moment after the start.
        while ((first.table as { rows: [] }).rows.length === 0) first = cardIn(await page.tell(opened(marta)));
        should(first).match({
            table: { rows: [{ flow: { text: 'Stock count' }, state: { text: 'ok', tone: 'good' } }, {}, {}] },
            refresh: 60,
        });
        should(cardIn(await page.tell(opened(marta, { do: 'action', action: 'stock' })))).match({
            table: { rows: [{ state: { text: 'running', tone: 'warning' } }, {}, {}] },
        });
        should(await lines.line(0)).match({
            card: { badge: { text: 'counted', tone: 'good' }, table: { rows: [{ state: { text: 'ok' } }, {}, {}] } },
            n: 2,
        });
        lines.stop();
    });

    it('sidebar-shop-order shows the order, drafts its confirmation, and refunds after asking', async () => {
        flows.far.answers.set('/shop', ({ method, query }) => {
            if (method === 'POST') return [200, { ...order, status: 'refunded' }];
            return query.email === marta.address ? [200, order] : [404];
        });
        const page = await pageOf('sidebar-shop-order');
        const card = cardIn(await page.tell(opened(marta)));
        should(card).match({
            title: 'Order 1042',
            badge: { text: 'paid', tone: 'good' },
            rows: [
                { label: 'Total', value: '12.50 €' },
                { value: '1042', copy: '1042' },
            ],
            table: { rows: [{ article: { text: 'Saddle <S>' }, pieces: { text: '1' } }, {}] },
            links: [{ url: 'https://shop.example/orders/1042' }],
            buttons: [{ action: 'resend' }, { action: 'refund', confirm: 'Refund 12.50 €?' }],
            keep: { number: 1042 },
        });
        const { keep } = card;
        const resend = cardIn(await page.tell(opened(marta, { do: 'action', action: 'resend', keep })));
        should(resend).match({ effects: [{ do: 'reply', deliver: false, mailto: { subject: 'Your order 1042' } }] });
        should(JSON.stringify(resend)).match(/1 × Saddle &lt;S&gt;.*2 × Bell/);
        const refunded = cardIn(await page.tell(opened(marta, { do: 'action', action: 'refund', keep })));
        should(refunded).match({ badge: { text: 'refunded', tone: 'neutral' } });
        should(refunded.buttons).match([{ action: 'resend' }]);
        should(flows.far.asked.at(-1)).match({ method: 'POST', body: { refund: 1042 } });
        should(cardIn(await page.tell(opened({ address: 'x@y.example' })))).match({ title: 'No order' });
        flows.far.answers.set('/shop', () => [500, {}]);
        const failed = cardIn(await page.tell(opened(marta, { do: 'action', action: 'refund', keep })));
        should(failed).match({ effects: [{ do: 'alert', title: 'Not refunded' }] });
    });

    it('sidebar-contact-card shows the contact and its history, and adds a note', async () => {
        const page = await pageOf('sidebar-contact-card');
        const leonor = { address: 'leonor.vaz@post.example', name: 'Leonor' };
        const card = cardIn(await page.tell(opened(leonor)));
        should(card).match({ title: 'Leonor Vaz', badge: { text: 'known', tone: 'good' } });
        should(card.rows).match([{ label: 'Phone', value: '+351910000044', url: 'tel:+351910000044' }]);
        const note = (values: object) => page.tell(opened(leonor, { do: 'form', action: 'note', values }));
        const notesIn = (each: Record<string, unknown>) => (each.rows as { value: string }[])[0]?.value;
        const before = notesIn(cardIn(await note({ note: 'Rides a <Brompton>.' })));
        should(before).endWith('Rides a <Brompton>.');
        should(notesIn(cardIn(await note({ note: 'Two bikes.' })))).equal(`${before}\nTwo bikes.`);
        const stranger = { address: 'new@elsewhere.example', name: 'Somebody New' };
        should(cardIn(await page.tell(opened(stranger)))).match({ title: 'Somebody New', badge: { text: 'new' } });
        const made = await page.tell(opened(stranger, { do: 'form', action: 'note', values: { note: 'First.' } }));
        should(cardIn(made)).match({ title: 'Somebody New', rows: [{ label: 'Notes', value: 'First.' }] });
        should(cardIn(await page.tell(opened()))).have.property('text');
    });
});
