import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { SidebarPage } from '../support/sidebar-page';

const key = 'k0'.repeat(21);
const place = { z: 'f', x: 100, y: 100 };
const code = (id: string, func: string, wires: string[][], outputs = 1) => ({
    ...{ ...place, id, type: 'function', func, outputs, wires, timeout: 0 },
});
const card = { ...place, id: 'card', type: 'missive-sidebar-card', wires: [['shown']] };
const sidebar = { ...place, id: 'in', type: 'missive-sidebar-in', path: 'crm', wait: 5, wires: [['work']] };

/** The flow draws what `work` makes of an event; what Catch saw, and what the card node passed on, can be asked for. */
const flow = (work: string, more: Record<string, unknown> = {}, cardMore: Record<string, unknown> = {}) => [
    { id: 'f', type: 'tab', label: 'sidebar' },
    { ...sidebar, ...more },
    code('work', work, [['card']]),
    { ...card, ...cardMore },
    code('shown', "flow.set('passed', (flow.get('passed') || []).concat(msg.payload));", []),
    { ...place, id: 'catch', type: 'catch', scope: ['card'], wires: [['caught']] },
    code('caught', "flow.set('errors', (flow.get('errors') || []).concat(msg.error));", []),
    { ...place, id: 'get', type: 'http in', url: '/state', method: 'get', wires: [['tell']] },
    code(
        'tell',
        "msg.payload = { errors: flow.get('errors') || [], seen: flow.get('seen') || [], passed: flow.get('passed') || [] }; return msg;",
        [['answer']],
    ),
    { ...place, id: 'answer', type: 'http response', wires: [] },
    { ...place, id: 'post', type: 'http in', url: '/push', method: 'post', wires: [['pushed']] },
    code(
        'pushed',
        'const { _msgid } = msg; node.send([{ missive: msg.payload.missive, payload: msg.payload.payload }, { ...msg, payload: {} }]);',
        [['card'], ['answer']],
        2,
    ),
];

interface State {
    readonly errors: { message: string; cause?: { code?: string } }[];
    readonly seen: Record<string, unknown>[];
    readonly passed: unknown[];
}

describe('the sidebar in a real Node-RED', function () {
    this.timeout(180_000);
    let red: NodeRed;
    const address = (path = 'crm', withKey = key) => `${red.url}/${path}?key=${withKey}`;
    const state = async () => (await (await fetch(`${red.url}/state`)).json()) as State;
    const push = (missive: unknown, payload: unknown) =>
        fetch(`${red.url}/push`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ missive, payload }),
        });
    let tab = 0;
    /** Each flow has a tab of its own, and so a context of its own; `nodes` deploys the one before anew. */
    const deploy = (flows: Record<string, unknown>[], type: 'full' | 'nodes' = 'full') => {
        if (type === 'full') tab += 1;
        const named = flows.map((each) => ({
            ...each,
            ...(each.type === 'tab' ? { id: `f${tab}` } : {}),
            ...(each.z ? { z: `f${tab}` } : {}),
        }));
        return red.deploy(
            named.map((each: Record<string, unknown>) =>
                each.type === 'missive-sidebar-in' ? { credentials: { key }, ...each } : each,
            ),
            type,
        );
    };

    before(async () => {
        red = await startNodeRed();
    });
    after(() => red.stop());

    describe('its page', () => {
        before(() =>
            deploy(
                flow('return msg;', {
                    domains: 'shop.example, Me@gmail.example',
                    actions: [{ label: 'Order', context: 'message', action: 'order' }],
                }),
            ),
        );

        it('has its settings, no key, and no script of its own inside', async () => {
            const page = await SidebarPage.load(address());
            page.settings.should.match({
                ...{
                    v: 1,
                    domains: ['shop.example', 'me@gmail.example'],
                    events: [],
                    detail: 'summary',
                    several: 'hint',
                },
                ...{ wait: 5, lang: 'en', practice: false, event: 'crm/event' },
                actions: [{ label: 'Order', contexts: ['message'], action: 'order' }],
            });
            page.html.should.not.containEql(key);
            page.html.should.not.match(/<script(?![^>]* src=)/);
            page.html.should.containEql('src="https://integrations.missiveapp.com/missive.js"');
        });

        it('may be framed by anybody, is kept by nobody, and loads nothing from elsewhere', async () => {
            const { headers } = (await SidebarPage.load(address())).response;
            should(headers.get('cache-control')).equal('no-store');
            should(headers.get('referrer-policy')).equal('same-origin');
            should(headers.get('x-content-type-options')).equal('nosniff');
            should(headers.get('x-frame-options')).be.null();
            const policy = String(headers.get('content-security-policy'));
            policy.should.match(/default-src 'none'/);
            policy.should.match(/script-src 'self' https:\/\/integrations\.missiveapp\.com;/);
            policy.should.not.match(/frame-ancestors|script-src[^;]*unsafe/);
        });

        for (const [name, wrong] of [
            ['a wrong key', (right: string) => right.replace('k0', 'k1')],
            ['half a key', (right: string) => right.slice(0, -2)],
            ['no key', () => ''],
        ] as const)
            it(`is not shown with ${name}`, async () => {
                const response = await fetch(address('crm', wrong(key)));
                should(response.status).equal(403);
                (await response.text()).should.not.match(/missive-sidebar|token/);
            });

        it('speaks French to whoever reads French', async () => {
            const page = await SidebarPage.load(address(), { 'accept-language': 'fr-CH, en;q=0.5' });
            should(page.settings.lang).equal('fr');
            const refused = await fetch(address('crm', 'x'), { headers: { 'accept-language': 'fr' } });
            (await refused.text()).should.match(/incomplète/);
        });

        it('counts its addresses from itself, whatever stands before it', async () => {
            const page = await SidebarPage.load(`${red.url}/crm/?key=${key}`);
            should(page.settings.event).equal('./event');
            should(page.endpoint).equal(`${red.url}/crm/event`);
        });
    });

    describe('a request', () => {
        it('becomes a message with what Missive says, and the card is the answer', async () => {
            await deploy(
                flow(
                    "flow.set('seen', [{ topic: msg.topic, payload: msg.payload, missive: msg.missive }]); msg.payload = { title: 'Order of ' + msg.payload.contact.name, rows: [{ label: 'Total', value: 12 }] }; return msg;",
                    { domains: 'shop.example' },
                ),
            );
            const page = await SidebarPage.load(address());
            const { status, headers, body } = await page.open('c1', {
                message: { id: 'm1', subject: 'Fork' },
                contacts: [{ address: 'me@shop.example' }, { address: 'ann@x.example', name: 'Ann' }],
                user: { id: 'u1', email: 'me@shop.example' },
            });
            should(status).equal(200);
            should(headers.get('cache-control')).equal('no-store');
            should(body).match({ card: { title: 'Order of Ann', rows: [{ label: 'Total', value: '12' }] }, n: 1 });
            const { seen, passed } = await state();
            should(seen[0]).match({
                topic: 'sidebar_open',
                payload: {
                    conversation: { id: 'c1', subject: 'Fork' },
                    conversations: ['c1'],
                    message: { id: 'm1' },
                    contact: { address: 'ann@x.example', name: 'Ann' },
                    contacts: [{ address: 'ann@x.example', name: 'Ann' }],
                    user: { id: 'u1' },
                },
                missive: { event: 'sidebar_open', conversation: 'c1', message: 'm1', sidebar: /^sidebar-[\w-]{22}$/ },
            });
            should(passed).containEql({ title: 'Order of Ann', rows: [{ label: 'Total', value: 12 }] });
        });

        it('brings back action, values and keep', async () => {
            await deploy(
                flow(
                    'msg.payload = { title: JSON.stringify([msg.topic, msg.payload.action, msg.payload.values, msg.payload.keep]) }; return msg;',
                ),
            );
            const page = await SidebarPage.load(address());
            const told = { conversations: ['c1'], action: 'save', values: { note: 'x' }, keep: { order: 7 } };
            const { body } = await page.tell({ do: 'form', ...told });
            should(JSON.parse(String(body.card?.title))).eql(['sidebar_form', 'save', { note: 'x' }, { order: 7 }]);
        });

        it('of a kind that is filtered out goes nowhere', async () => {
            await deploy(
                flow("flow.set('seen', [1]); msg.payload = { title: 'x' }; return msg;", { events: ['action'] }),
            );
            const page = await SidebarPage.load(address());
            should((await page.open('c1')).body).eql({ none: true });
            should((await state()).seen).eql([]);
            should((await page.tell({ do: 'action', action: 'x' })).body.card).eql({ title: 'x' });
        });

        it('survives link, delay, split, join and JSON text in between', async () => {
            const [tab, start, , ...rest] = flow('');
            await deploy([
                tab,
                { ...start, wires: [['split']] },
                code('split', 'msg.payload = [1, 2, 3]; return msg;', [['s']]),
                { ...place, id: 's', type: 'split', splt: '\\n', arraySplt: 1, wires: [['delay']] },
                {
                    ...place,
                    id: 'delay',
                    type: 'delay',
                    pauseType: 'delay',
                    timeout: '50',
                    timeoutUnits: 'milliseconds',
                    wires: [['join']],
                },
                { ...place, id: 'join', type: 'join', mode: 'auto', wires: [['out']] },
                { ...place, id: 'out', type: 'link out', links: ['lin'], mode: 'link', wires: [] },
                { ...place, id: 'lin', type: 'link in', links: ['out'], wires: [['mqtt']] },
                code(
                    'mqtt',
                    'const name = JSON.parse(JSON.stringify(msg.missive.sidebar)); return { missive: { sidebar: name }, payload: { title: String(msg.payload) } };',
                    [['card']],
                ),
                ...rest,
            ] as Record<string, unknown>[]);
            const page = await SidebarPage.load(address());
            should((await page.open('c1')).body.card).eql({ title: '1,2,3' });
        });

        it('without a card in time ends in a sentence; the card that comes after it is told so', async () => {
            await deploy(
                flow("setTimeout(() => { msg.payload = { title: 'late' }; node.send(msg); }, 700);", { wait: 0.3 }),
            );
            const page = await SidebarPage.load(address(), { 'accept-language': 'en' });
            should((await page.open('c1')).body).eql({ late: 'No answer from the flow.' });
            should((await page.tell({ do: 'open', conversations: ['c1'] }, { 'accept-language': 'fr' })).body).eql({
                late: 'Le flux n’a pas répondu.',
            });
            for (let n = 0; n < 50 && (await state()).errors.length === 0; n += 1)
                await new Promise((r) => setTimeout(r, 50));
            const [error] = (await state()).errors;
            should(error?.message).match(/The card is late/);
            should(error?.cause?.code).equal('ERR_MISSIVE_INPUT');
        });

        it('is ended with a sentence by a restart of the node in between, and the page can try again', async () => {
            const work =
                "if (!flow.get('go')) { flow.set('go', 1); flow.set('kept', msg); } else { msg.payload = { title: 'again' }; return msg; }";
            await deploy(flow(work));
            const page = await SidebarPage.load(address());
            const waiting = page.open('c1');
            for (let n = 0; n < 100 && !(await hasKept()); n += 1) await new Promise((r) => setTimeout(r, 20));
            await deploy(flow(work, { wait: 6 }), 'nodes');
            should((await waiting).body).eql({ late: 'The flow was changed meanwhile.' });
            // The same page goes on: its token is the key's, and the key is the same.
            should((await page.open('c1')).body.card).eql({ title: 'again' });
            await push(await kept(), { title: 'old' });
            should((await state()).errors.map(({ message }) => message).join()).match(/deployed anew/);
        });

        /** The message that the flow holds back, from the flow's context. */
        const kept = async () => {
            const found = (await (await fetch(`${red.adminUrl}/context/flow/f${tab}/kept`)).json()) as { msg?: string };
            return found.msg?.startsWith('{') ? JSON.parse(found.msg).missive : undefined;
        };
        const hasKept = async () => (await kept()) !== undefined;

        it('may get several cards: the next replaces the one before, wherever the page listens', async () => {
            await deploy(
                flow(
                    "node.send({ ...msg, payload: { title: 'first' } }); setTimeout(() => node.send({ ...msg, payload: { title: 'second' } }), 200);",
                ),
            );
            const page = await SidebarPage.load(address());
            const lines = await page.listen('c1');
            const { body } = await page.open('c1');
            should(body).match({ card: { title: 'first' }, n: 1 });
            should(await lines.line(0)).match({
                card: { title: 'second' },
                conversation: 'c1',
                request: body.request,
                n: 2,
            });
            lines.stop();
            should((await state()).errors).eql([]);
        });

        it('has moved on when the page has: the second card is told so', async () => {
            await deploy(
                flow(
                    "node.send({ ...msg, payload: { title: 'first' } }); if (msg.payload.conversation.id === 'c1') flow.set('kept', msg);",
                ),
            );
            const page = await SidebarPage.load(address());
            await page.open('c1');
            await page.open('c2');
            await push(await kept(), { title: 'second' });
            should((await state()).errors[0]?.message).match(/repeated/);
        });

        it('that nobody knows is refused by the card node', async () => {
            await deploy(flow(''));
            await push({ sidebar: 'sidebar-made-up' }, { title: 'x' });
            await push({}, { title: 'x' });
            const { errors } = await state();
            should(errors[0]?.message).match(/is unknown/);
            should(errors[1]?.message).match(/belongs to no sidebar/);
        });
    });

    describe('a push', () => {
        it('reaches every open page of the conversation, and no other', async () => {
            await deploy(flow(''));
            const pages = await Promise.all([1, 2, 3].map(() => SidebarPage.load(address())));
            const listening = await Promise.all(pages.map((page, n) => page.listen(n < 2 ? 'c1' : 'c2')));
            await push({ conversation: 'c1' }, { title: 'news' });
            await push({ conversation: 'c2' }, { title: 'other' });
            for (const [n, lines] of listening.entries())
                should(await lines.line(0)).eql(
                    n < 2
                        ? { card: { title: 'news' }, conversation: 'c1' }
                        : { card: { title: 'other' }, conversation: 'c2' },
                );
            for (const lines of listening) lines.stop();
            should((await state()).errors).eql([]);
        });

        it('goes to the pages of the node that is named alone', async () => {
            await deploy([...flow('', {}, { sidebar_in: 'in2' }), { ...sidebar, id: 'in2', path: 'two' }]);
            const one = await (await SidebarPage.load(address())).listen('c1');
            const two = await (await SidebarPage.load(address('two'))).listen('c1');
            await push({ conversation: 'c1' }, { title: 'news' });
            should(await two.line(0)).match({ card: { title: 'news' } });
            should(one.lines).eql([]);
            one.stop();
            two.stop();
        });

        it('does nothing in Missive, as each page would do it again', async () => {
            await deploy(flow(''));
            await push({ conversation: 'c1' }, { title: 'x', effects: [{ do: 'comment', body: 'x' }] });
            should((await state()).errors[0]?.message).match(/The effect comment cannot be pushed/);
        });

        it('ends with the node, and pages are asked to come again', async () => {
            await deploy(flow(''));
            const page = await SidebarPage.load(address());
            const lines = await page.listen('c1');
            await deploy(flow('', { wait: 7 }));
            should(await lines.line(0)).eql({ again: 1 });
            await lines.end();
            (await page.listen('c1')).stop();
        });

        it('comes to the newest connection of a page', async () => {
            await deploy(flow(''));
            const page = await SidebarPage.load(address());
            const old = await page.listen('c1');
            const lines = await page.listen('c1');
            await old.end();
            await push({ conversation: 'c1' }, { title: 'news' });
            should(await lines.line(0)).match({ card: { title: 'news' } });
            lines.stop();
        });
    });

    describe('what is not let in', () => {
        before(() =>
            deploy(
                flow("flow.set('seen', (flow.get('seen') || []).concat(1)); msg.payload = { title: 'x' }; return msg;"),
            ),
        );
        const open = JSON.stringify({ do: 'open', seq: 1, conversations: ['c1'] });

        for (const [name, body, headers, status] of [
            ['no token', open, { authorization: '' }, 401],
            ['the key in place of the token', open, { authorization: `Bearer ${key}` }, 401],
            ['a forged token', open, { authorization: `Bearer ${'a'.repeat(16)}.zzzzzzzz.${'b'.repeat(43)}` }, 401],
            ['another site', open, { 'sec-fetch-site': 'cross-site' }, 403],
            ['a request from a sister host', open, { 'sec-fetch-site': 'same-site' }, 403],
            ['a form', 'do=open', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
            ['plain text', open, { 'content-type': 'text/plain' }, 415],
            ['a list', '[]', {}, 400],
            ['no conversations', '{"do":"open","seq":1}', {}, 400],
            ['an unknown event', '{"do":"delete","seq":1,"conversations":[]}', {}, 400],
            ['a conversation that is no id', '{"do":"open","seq":1,"conversations":["../x y"]}', {}, 400],
            ['no JSON', '{"do":', {}, 400],
            [
                'nested sixty thousand times',
                `{"do":"action","seq":1,"conversations":["c"],"keep":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
                {},
                400,
            ],
            [
                'values nested thirty thousand times',
                `{"do":"form","seq":1,"conversations":["c"],"values":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`,
                {},
                400,
            ],
            [
                'more than 256 kB',
                JSON.stringify({ do: 'open', seq: 1, conversations: ['c'], values: { a: 'x'.repeat(262_144) } }),
                {},
                413,
            ],
        ] as const)
            it(`${name}: ${status}`, async () => {
                const page = await SidebarPage.load(address());
                const response = await page.raw(body, headers);
                should(response.status).equal(status);
                (await response.text()).should.not.containEql(key);
                should((await state()).seen).eql([]);
            });

        it('a page whose key was changed is shut out with the deploy', async () => {
            const page = await SidebarPage.load(address());
            should((await page.open('c1')).status).equal(200);
            await deploy(flow('msg.payload = { title: "x" }; return msg;', { credentials: { key: 'another-key' } }));
            should((await page.open('c1')).status).equal(401);
            should((await fetch(address())).status).equal(403);
            should((await fetch(address('crm', 'another-key'))).status).equal(200);
        });

        it('a path that another node has now is 404 at the old one', async () => {
            await deploy(flow('', { path: 'elsewhere/deep' }));
            should((await fetch(address())).status).equal(404);
            const page = await SidebarPage.load(address('elsewhere/deep'));
            should(page.endpoint).equal(`${red.url}/elsewhere/deep/event`);
        });
    });

    it('keeps to twenty requests of one page and two hundred in all', async () => {
        await deploy(
            flow(
                "if (msg.payload.action === 'end') { for (const each of flow.get('held') || []) node.send(each); } else flow.set('held', (flow.get('held') || []).concat({ ...msg, payload: { title: 'x' } }));",
                { wait: 30 },
            ),
        );
        const pages = await Promise.all(Array.from({ length: 11 }, () => SidebarPage.load(address())));
        const answers = pages.map((page, n) => Array.from({ length: n === 10 ? 1 : 21 }, () => page.open(`c${n}`)));
        const statuses: number[] = [];
        for (const each of answers.flat())
            void each.then(({ status, headers }) => {
                statuses.push(status);
                if (status === 429) should(Number(headers.get('retry-after'))).be.above(0);
            });
        // Ten pages with one too many each, and the eleventh page's one finds no room.
        for (let n = 0; n < 200 && statuses.length < 11; n += 1) await new Promise((r) => setTimeout(r, 20));
        should(statuses).eql(Array.from({ length: 11 }, () => 429));
        await deploy(flow('msg.payload = { title: "x" }; return msg;'));
        should((await Promise.all(answers.flat())).filter(({ body }) => body.late).length).equal(200);
        should((await (pages[0] as SidebarPage).open('c1')).status).equal(200);
    });

    it('asks Missive for the conversation first, where it has to', async () => {
        const account = { id: 'acc', type: 'missive-config', name: 'practice', connection: 'sandbox' };
        await deploy([
            ...flow(
                'msg.payload = { title: String(msg.payload.conversation.shared_label_names !== undefined) }; return msg;',
                { account: 'acc', verify: true },
            ),
            account,
        ]);
        const page = await SidebarPage.load(address(), { 'accept-language': 'en' });
        should((await page.open('11111111-1111-4111-8111-111111111111')).body.late).match(
            /cannot see the conversation/,
        );
        const snapshot = (await (await fetch(`${red.adminUrl}/missive/sandbox/state`)).json()) as {
            conversations: { id: string }[];
        };
        const [first] = snapshot.conversations;
        should((await page.open(String(first?.id))).body.card).eql({ title: 'true' });
    });

    it('sends nothing by itself: deliver needs the node’s leave', async () => {
        const work = "msg.payload = { effects: [{ do: 'reply', deliver: true, body: 'Hi' }] }; return msg;";
        await deploy(flow(work, { wait: 0.3 }));
        const page = await SidebarPage.load(address());
        should((await page.open('c1')).body).have.property('late');
        should((await state()).errors[0]?.message).match(/effects\[0\]\.deliver/);
        await deploy(flow(work, {}, { may_send: true }));
        should((await page.open('c1')).body.card).match({ effects: [{ do: 'reply', deliver: true }] });
    });

    it('keeps to the guard of the account: a dry one only says what it would do, deliver goes to nobody that is not named', async () => {
        const account = (more: object) => ({ id: 'acc', type: 'missive-config', connection: 'sandbox', ...more });
        const effect = (more: string) =>
            `msg.payload = { effects: [{ do: 'comment', body: 'x' }, { do: 'reply', deliver: true, body: 'Hi', ${more} }] }; return msg;`;
        const mine = { account: 'acc', may_send: true };
        await deploy([...flow(effect("to_fields: 'ann@x.example'"), {}, mine), account({ dry: true })]);
        let page = await SidebarPage.load(address());
        const dry = (await page.open('c1')).body.card?.effects as { do: string; message: string }[];
        should(dry.map((each) => each.do)).eql(['alert', 'alert']);
        should(dry[1]?.message).match(/^Not done: reply\./);

        await deploy([
            ...flow(effect("to_fields: 'ann@x.example'"), { wait: 0.3 }, mine),
            account({ send_to: 'y.example' }),
        ]);
        page = await SidebarPage.load(address());
        should((await page.open('c1')).body).have.property('late');
        await deploy([...flow(effect("to_fields: 'ann@y.example'"), {}, mine), account({ send_to: 'y.example' })]);
        page = await SidebarPage.load(address());
        should((await page.open('c1')).body.card).match({ effects: [{}, { do: 'reply', deliver: true }] });
        const button =
            "msg.payload = { buttons: [{ label: 'Send', effect: { do: 'reply', deliver: true, body: 'Hi', to_fields: 'a@y.example' } }] }; return msg;";
        await deploy([...flow(button, { wait: 0.3 }, mine), account({ send_per_day: 5 })]);
        page = await SidebarPage.load(address());
        should((await page.open('c1')).body).have.property('late');
        should((await state()).errors[0]).match({
            message: /A button of the card sends/,
            cause: { code: 'ERR_MISSIVE_GUARD' },
        });
    });

    it('keeps the address of a node without a key good over a deploy, before the practice inbox alone', async () => {
        const account = { id: 'account', type: 'missive-config', connection: 'sandbox' };
        const keyless = (name: string) => [
            account,
            ...flow('', { account: 'account', name, credentials: { key: '' } }),
        ];
        const offered = async () => {
            const answer = await (await fetch(`${red.adminUrl}/missive/sidebars`)).json();
            return String((answer as { sidebars: { address: string }[] }).sidebars[0]?.address);
        };
        await deploy(keyless('one'));
        const before = await offered();
        should((await fetch(new URL(before, red.url))).status).equal(200);
        await deploy(keyless('two'), 'nodes');
        should(await offered()).equal(before);
        should((await fetch(new URL(before, red.url))).status).equal(200);
        await deploy(flow('', { credentials: { key: '' } }));
        should((await fetch(new URL(before, red.url))).status).equal(403);
    });

    it('offers the practice inbox its address, and the editor a preview', async () => {
        await deploy(flow('', { name: 'CRM' }));
        const { sidebars } = (await (await fetch(`${red.adminUrl}/missive/sidebars`)).json()) as {
            sidebars: { address: string }[];
        };
        should(sidebars).match([{ id: 'in', name: 'CRM', address: `/crm?key=${key}&practice=1` }]);
        const page = await SidebarPage.load(new URL(String(sidebars[0]?.address), red.url).href);
        page.settings.should.match({ practice: true });
        page.html.should.not.containEql('integrations.missiveapp.com');
        const preview = async (card: unknown) =>
            (
                await fetch(`${red.adminUrl}/missive/sidebar/preview`, {
                    method: 'POST',
                    headers: { 'content-type': 'application/json' },
                    body: JSON.stringify({ card }),
                })
            ).json();
        should(await preview({ title: 'A', text: '**b**' })).eql({
            card: { title: 'A', text: [{ p: [{ b: ['b'] }] }] },
        });
        should(await preview({ rows: [{ value: 1 }] })).eql({
            error: { message: 'card.rows[0].label is missing.', path: 'card.rows[0].label' },
        });
    });
});
