import should from 'should';
import { startNodeRed } from '../support/node-red';
import { statusesSaid } from '../support/node-statuses';
import { SidebarPage } from '../support/sidebar-page';

const key = 'k0'.repeat(21);
const place = { z: 'f', x: 100, y: 100 };
const flows = [
    { id: 'f', type: 'tab', label: 'sidebar' },
    { ...place, id: 'in', type: 'missive-sidebar-in', path: '/crm/orders/', wires: [['work']] },
    {
        ...place,
        id: 'work',
        type: 'function',
        func: "msg.payload = { title: 'card' }; return msg;",
        outputs: 1,
        wires: [['card']],
    },
    { ...place, id: 'card', type: 'missive-sidebar-card', wires: [[]] },
];
const big = { do: 'open', conversations: ['c1'], values: { text: 'x'.repeat(262_144) } };

describe('a sidebar in a Node-RED with settings of its own', function () {
    this.timeout(180_000);

    for (const [name, settings, root, admin] of [
        ['a root for HTTP nodes', { httpNodeRoot: '/api' }, '/api', '/'],
        ['the editor elsewhere, so that nobody parses JSON before us', { httpAdminRoot: '/admin' }, '', '/admin/'],
        ['both', { httpAdminRoot: '/admin', httpNodeRoot: '/nodes/red' }, '/nodes/red', '/admin/'],
    ] as const)
        it(`works with ${name}`, async () => {
            const red = await startNodeRed({ flows, credentials: { in: { key } }, settings });
            try {
                const page = await SidebarPage.load(`${red.url}${root}/crm/orders?key=${key}`);
                should(page.endpoint).equal(`${red.url}${root}/crm/orders/event`);
                should((await page.open('c1')).body.card).eql({ title: 'card' });
                should((await page.tell(big)).status).equal(413);
                should((await page.raw('{"do":')).status).equal(400);
                const lines = await page.listen('c1');
                lines.stop();
                const script = /src="([^"]*page\.js)"/.exec(page.html)?.[1] ?? '';
                const file = await fetch(new URL(script, page.address));
                should(file.status).equal(200);
                should(file.headers.get('cache-control')).match(/immutable/);
                const { sidebars } = (await (await fetch(`${red.url}${admin}missive/sidebars`)).json()) as {
                    sidebars: { address: string }[];
                };
                should(sidebars[0]?.address).startWith(`${root}/crm/orders?key=`);
            } finally {
                await red.stop();
            }
        });

    it('goes through httpNodeMiddleware, which may keep out', async () => {
        const httpNodeMiddleware = (
            req: { headers: Record<string, string> },
            res: { sendStatus(s: number): void },
            next: () => void,
        ) => (req.headers['x-house'] ? next() : res.sendStatus(418));
        const red = await startNodeRed({ flows, credentials: { in: { key } }, settings: { httpNodeMiddleware } });
        try {
            const address = `${red.url}/crm/orders?key=${key}`;
            should((await fetch(address)).status).equal(418);
            const page = await SidebarPage.load(address, { 'x-house': '1' });
            should((await page.raw('{}')).status).equal(418);
            should((await page.tell({ do: 'open', conversations: ['c1'] }, { 'x-house': '1' })).body.card).eql({
                title: 'card',
            });
        } finally {
            await red.stop();
        }
    });

    it('says in its status that Missive cannot log in where httpNodeAuth asks for a password', async () => {
        const red = await startNodeRed({
            flows,
            credentials: { in: { key } },
            // The password is “secret”.
            settings: {
                httpNodeAuth: { user: 'ann', pass: '$2b$08$yF.wsBDBKw/X7DjbLgs3TuochLIr..HJJU8vPJSASLjEkwfRQ4M6.' },
            },
        });
        try {
            await statusesSaid(red.adminUrl, ['httpNodeAuth asks for a password']);
            should((await fetch(`${red.url}/crm/orders?key=${key}`)).status).equal(401);
        } finally {
            await red.stop();
        }
    });

    it('serves nothing, and says so, where HTTP nodes are off; where its path is another node’s; where it has no key', async () => {
        const off = await startNodeRed({
            flows,
            credentials: { in: { key } },
            settings: { httpNodeRoot: false },
        });
        try {
            await statusesSaid(off.adminUrl, ['httpNodeRoot is off']);
        } finally {
            await off.stop();
        }
        const red = await startNodeRed({
            flows: [
                ...flows,
                { ...flows[1], id: 'second' },
                { ...flows[1], id: 'third', path: 'settings' },
                { ...flows[1], id: 'fourth', path: 'free' },
            ],
            credentials: { in: { key }, second: { key: 'other' }, third: { key } },
        });
        try {
            await statusesSaid(red.adminUrl, ['path is taken', 'path belongs to the editor', 'no key']);
            should((await fetch(`${red.url}/crm/orders?key=${key}`)).status).equal(200);
            should((await fetch(`${red.url}/crm/orders?key=other`)).status).equal(403);
            for (const none of ['', '?key=', '?key=undefined', `?key=${key}`])
                should((await fetch(`${red.url}/free${none}`)).status).equal(403);
        } finally {
            await red.stop();
        }
    });
});
