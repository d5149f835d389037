import should from 'should';
import { type NodeRed, type Start, startNodeRed } from '../support/node-red';
import { Stage } from '../support/sidebar/stage';

const key = 'k0'.repeat(21);
const place = { z: 'f', x: 100, y: 100 };
const note = { name: 'note', submit: 'Save', fields: [{ name: 'text', type: 'textarea', label: 'Note' }] };

/** A flow that draws what `work` makes of an event, gives a number of a deploy, and pushes on `POST /push`. */
const flow = (work: string, more: Record<string, unknown> = {}, cardMore: Record<string, unknown> = {}) => [
    { id: 'f', type: 'tab', label: 'sidebar' },
    {
        ...place,
        id: 'in',
        type: 'missive-sidebar-in',
        path: 'crm',
        wait: 2,
        domains: 'harborbikes.example',
        ...more,
        wires: [['work']],
    },
    { ...place, id: 'work', type: 'function', func: work, outputs: 1, wires: [['card']] },
    { ...place, id: 'card', type: 'missive-sidebar-card', ...cardMore, wires: [] },
    { ...place, id: 'catch', type: 'catch', scope: ['card'], wires: [['caught']] },
    {
        ...place,
        id: 'caught',
        type: 'function',
        func: 'node.warn("caught: " + msg.error.message)',
        outputs: 0,
        wires: [],
    },
    { ...place, id: 'post', type: 'http in', url: '/push', method: 'post', wires: [['pushed']] },
    {
        ...{ ...place, id: 'pushed', type: 'function', outputs: 2, wires: [['card'], ['answer']] },
        func: 'node.send([{ ...msg.payload }, { ...msg, payload: {} }]);',
    },
    { ...place, id: 'answer', type: 'http response', wires: [] },
];

const titled = (extra = '') => `
    const { conversation, contact, values, action, keep } = msg.payload;
    const about = msg.topic === 'sidebar_form' ? 'wrote ' + values.text + ' ' + keep.n : (contact?.name ?? contact?.phone_number ?? 'nobody');
    msg.payload = { card: { title: msg.topic + ': ' + about, subtitle: conversation?.id, keep: { n: 7 }, form: ${JSON.stringify(note)}, ${extra} } };
    return msg;`;

describe('the sidebar of a real Node-RED in a cross-site frame of Missive’s', function () {
    this.timeout(60_000);
    const stage = Stage.here();
    let red: NodeRed | undefined;

    const start = async (flows: unknown[], more: Partial<Start> = {}) => {
        red = await startNodeRed({ flows, credentials: { in: { key } }, ...more });
        stage.app.sidebar = red.port;
        return red;
    };
    const address = (path = 'crm', given = key) => `https://nodered.test/${path}?key=${given}`;
    const open = (selected = 'c-mail', at = address()) => stage.open({ selected, address: at });
    afterEach(() => red?.stop());

    it('draws the card for a mail, an SMS, a chat without a message, a long conversation, a hostile name', async () => {
        await start(flow(titled()));
        const panel = await open();
        await panel.title('sidebar_open: Anna Weber').waitFor();
        for (const [id, who] of [
            ['c-sms', '+351 910 000 001'],
            ['c-chat', 'nobody'],
            ['c-long', 'Anna Weber'],
            ['c-hostile', '<img src=x onerror='],
            ['c-rtl', 'ليلى'],
        ] as const) {
            await panel.select(id);
            await panel.frame.locator('.subtitle', { hasText: id }).waitFor();
            await panel.title(`sidebar_open: ${who}`).waitFor();
        }
        should(await panel.page.evaluate('window.hacked')).equal(undefined);
        should(await panel.inside('document.cookie')).equal('');
    });

    it('sends 200 messages with their bodies, shortened', async () => {
        const work = `const { messages } = msg.payload;
            msg.payload = { card: { title: 'got ' + messages.at(-1).id, subtitle: String(messages.length < 200) } }; return msg;`;
        await start(flow(work, { detail: 'all' }));
        const panel = await open('c-long');
        await panel.title('got m-long-199').waitFor();
        await panel.frame.getByText('true').waitFor();
    });

    it('brings a form’s values and the card’s keep into the flow', async () => {
        await start(flow(titled()));
        const panel = await open();
        await panel.frame.getByLabel('Note').fill('hello');
        await panel.frame.getByRole('button', { name: 'Save' }).click();
        await panel.title('sidebar_form: wrote hello 7').waitFor();
    });

    it('says so when no card comes in time, and tries again', async () => {
        await start(
            flow(
                "if (!context.get('again')) { context.set('again', true); return null; } msg.payload = { card: { title: 'Second time' } }; return msg;",
            ),
        );
        const panel = await open();
        await panel.frame.getByText('No answer from the flow.').waitFor();
        await panel.frame.getByRole('button', { name: 'Try again' }).click();
        await panel.title('Second time').waitFor();
    });

    it('shows no data with a wrong key, or with one that was changed', async () => {
        const nodeRed = await start(flow(titled()));
        const wrong = await open('c-mail', address('crm', 'wrong'));
        await wrong.frame.getByText('its key was changed').waitFor();
        const panel = await open();
        await panel.title('sidebar_open: Anna Weber').waitFor();
        const fresh = flow(titled()).map((node) =>
            node.id === 'in' ? { ...node, credentials: { key: 'n1'.repeat(21) } } : node,
        );
        await nodeRed.deploy(fresh);
        await panel.select('c-ben');
        await panel.frame.getByText('its key was changed').waitFor({ timeout: 15_000 });
    });

    it('says so when a deploy has moved the path, and works at the new one', async () => {
        const nodeRed = await start(flow(titled()));
        const panel = await open();
        await panel.title('sidebar_open: Anna Weber').waitFor();
        await nodeRed.deploy(flow(titled(), { path: 'elsewhere' }));
        await panel.select('c-ben');
        await panel.frame
            .getByText('This address is no longer good')
            .or(panel.frame.getByRole('button', { name: 'Try again' }))
            .first()
            .waitFor();
        const other = await open('c-ben', address('elsewhere'));
        await other.title('sidebar_open: Ben Ito').waitFor();
    });

    it('goes on after a deploy', async () => {
        const nodeRed = await start(flow(titled()));
        const panel = await open();
        await panel.title('sidebar_open: Anna Weber').waitFor();
        await nodeRed.deploy(flow(titled("links: [{ label: 'New', url: 'https://x.example' }],")));
        await panel.select('c-ben');
        await panel.title('sidebar_open: Ben Ito').waitFor();
        await panel.frame.getByRole('link', { name: 'New' }).waitFor();
    });

    it('shows what is pushed to the conversation', async () => {
        const nodeRed = await start(flow(titled()));
        const panel = await open();
        await panel.title('sidebar_open: Anna Weber').waitFor();
        const push = (conversation: string, title: string) =>
            fetch(`${nodeRed.url}/push`, {
                ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
                body: JSON.stringify({ missive: { conversation }, payload: { card: { title } } }),
            });
        await push('c-ben', 'For Ben');
        await push('c-mail', 'For Anna');
        await panel.title('For Anna').waitFor();
    });

    it('sends a message only where the card node may', async () => {
        const reply = "effects: [{ do: 'reply', deliver: true, mailto: { body: '<p>x</p>' } }],";
        const nodeRed = await start(flow(titled(reply)));
        const panel = await open();
        await nodeRed.logged(/caught: .*(send|deliver)/i);
        should(await panel.calls()).be.empty();
        await nodeRed.deploy(flow(titled(reply), {}, { may_send: true }));
        const other = await open();
        const [call] = await other.called(1);
        should(call).match({ method: 'reply', args: [{ deliver: true }] });
    });

    for (const [what, settings, at] of [
        ['below httpNodeRoot', { httpNodeRoot: '/hooks/' }, 'hooks/crm'],
        [
            'behind httpNodeMiddleware',
            {
                httpNodeMiddleware: (
                    _: unknown,
                    response: { setHeader(a: string, b: string): void },
                    next: () => void,
                ) => {
                    response.setHeader('x-passed', '1');
                    next();
                },
            },
            'crm',
        ],
        ['beside an editor elsewhere', { httpAdminRoot: '/admin' }, 'crm'],
    ] as const)
        it(`works ${what}`, async () => {
            await start(flow(titled()), { settings });
            const panel = await open('c-mail', address(at));
            await panel.title('sidebar_open: Anna Weber').waitFor();
        });

    it('is not reached behind httpNodeAuth', async () => {
        const pass = '$2b$08$wuAqPiKJlVN27eF5qJp.RuQYuy6ZYONW7a/UWYxDTtwKFCdB8F19y';
        const nodeRed = await start(flow(titled()), { settings: { httpNodeAuth: { user: 'u', pass } } });
        should((await fetch(`${nodeRed.url}/crm?key=${key}`)).status).equal(401);
    });
});
