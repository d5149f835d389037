import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { deliver, mail, secret, workbenchFlow } from '../support/workbench-flow';

/** Made with bcrypt of the passwords beside them. */
const users = {
    ines: {
        password: 'all the rights',
        hash: '$2b$08$yF.wsBDBKw/X7DjbLgs3TuochLIr..HJJU8vPJSASLjEkwfRQ4M6.',
        permissions: '*',
    },
    tom: {
        password: 'only looking',
        hash: '$2b$08$XN0LF2IyfeewRL1jcf9C5.p23UQ3qZIxnUc6DX6RZ8RR7HUTuJRRW',
        permissions: 'read',
    },
};
/** An account that may send one message a day, and a flow that sends it. */
const bounded = [
    { id: 'few', type: 'missive-config', name: 'Few', connection: 'sandbox', send_per_hour: '', send_per_day: '1' },
    { id: 'go', type: 'http in', z: 'tab', url: '/go', method: 'post', wires: [['send']] },
    {
        ...{ id: 'send', type: 'missive-create-draft', z: 'tab', account: 'few', fields: 'rows', wires: [['sent']] },
        ...{ to_fields: 'ann@mail.example', from_field: 'ines@harborbikes.example', subject: 'Hi', body: 'Hi' },
        ...{ send: 'true', sendType: 'bool' },
    },
    { id: 'sent', type: 'http response', z: 'tab', wires: [] },
];
const known = { organization: 'Harbor Bikes', connection: 'sandbox' };

describe('what a form asks the runtime', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;

    const log = async (user: keyof typeof users): Promise<string> => {
        const form = { client_id: 'node-red-editor', grant_type: 'password', scope: users[user].permissions };
        const answer = await fetch(`${nodeRed.adminUrl}/auth/token`, {
            method: 'POST',
            body: new URLSearchParams({ ...form, username: user, password: users[user].password }),
        });
        return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
    };
    const ask = async (path: string, body: object, user: keyof typeof users = 'ines') => {
        const headers = { 'content-type': 'application/json', authorization: await log(user) };
        const answer = await fetch(`${nodeRed.adminUrl}/missive/${path}`, {
            ...{ method: 'POST', headers, body: JSON.stringify(body) },
        });
        return { status: answer.status, text: await answer.text() };
    };
    /** What a node that is not deployed would send. */
    const preview = async (type: string, config: object, more: object = {}) => {
        const asked = {
            type,
            id: 'new',
            z: 'new',
            config: { fields: 'rows', ...config },
            account: known,
            msg: {},
            ...more,
        };
        return JSON.parse((await ask('preview', asked)).text);
    };

    before(async () => {
        nodeRed = await startNodeRed({
            ...{
                flows: [...workbenchFlow, ...bounded],
                credentials: { in: { secret } },
                env: { SHOP: 'from the shop' },
            },
            settings: {
                adminAuth: {
                    type: 'credentials',
                    users: Object.entries(users).map(([username, { hash, permissions }]) => ({
                        ...{ username, permissions, password: hash },
                    })),
                },
            },
        });
        await deliver(nodeRed, mail(1));
    });
    after(() => nodeRed?.stop());

    const sources = [{ id: 'in', type: 'missive-webhook-in', config: { events: ['incoming_email'] } }];

    it('gives what customers wrote to people who may change flows, and an example to the others', async () => {
        should((await ask('fields/whole', { node: 'x', sources })).text).containEql('Order 1');
        const { status, text } = await ask('fields', { node: 'x', sources }, 'tom');
        should(status).equal(200);
        should(text).containEql('"example"').and.not.containEql('Order 1');
        for (const path of ['fields/whole', 'preview'])
            should((await ask(path, { node: 'x', sources }, 'tom')).status).equal(401);
        const script = await fetch(`${nodeRed.adminUrl}/missive/fields/picking.js`);
        should(script.headers.get('content-type')).match(/javascript/);
    });

    it('previews paths, expressions, variables and files, before the first deploy', async () => {
        const msg = { payload: { order: { id: 7 }, who: 'Ann <ann@mail.example>' } };
        const config = {
            ...{ to_fields: 'payload.who', to_fieldsType: 'msg', from_field: 'ines@harborbikes.example' },
            ...{ subject: '"Order " & payload.order.id', subjectType: 'jsonata', body: 'SHOP', bodyType: 'env' },
            attachments: JSON.stringify([{ filename: 'a.txt', base64_data: 'YWJj' }]),
            attachmentsType: 'json',
        };
        const { calls, error } = await preview('missive-create-draft', config, { msg });
        should(error).be.undefined();
        should(calls).have.length(1);
        should(calls[0]).have.properties({ method: 'POST', path: '/drafts' });
        should(calls[0].body.drafts).have.properties({ subject: 'Order 7', body: 'from the shop' });
        should(calls[0].body.drafts.to_fields).eql([{ address: 'ann@mail.example', name: 'Ann' }]);
        should(calls[0].body.drafts.attachments).eql([{ filename: 'a.txt', size: 3 }]);
    });

    it('says what is refused in the words of the error: input, guard, unknown names, no account', async () => {
        const task = (await preview('missive-create-task', { title: 'Hi' })).error;
        should(task).have.property('code', 'ERR_MISSIVE_INPUT');
        const draft = {
            to_fields: 'ann@mail.example',
            from_field: 'ines@harborbikes.example',
            subject: 'Hi',
            body: 'Hi',
        };
        const guard = { account: { ...known, send_to: 'trailclub.example' } };
        const held = await preview('missive-create-draft', { ...draft, send: 'true', sendType: 'bool' }, guard);
        should(held.error).have.property('code', 'ERR_MISSIVE_GUARD');
        const named = await preview('missive-create-task', { title: 'Hi', team: 'Nobody' });
        should(named.error.message).match(/no team called “Nobody”/);
        const unknown = await preview('missive-create-task', { title: 'a', titleType: 'flow', team: 'Workshop' });
        should(unknown.error.message).match(/as soon as the flow is deployed/);
        const lost = await preview('missive-create-task', { title: 'Hi' }, { account: { connection: 'missive' } });
        should(lost.error).have.property('code', 'ERR_MISSIVE_CONFIG');
    });

    it('counts what has left the account, says what the guard would hold, and counts nothing itself', async () => {
        const draft = {
            ...{ to_fields: 'ann@mail.example', from_field: 'ines@harborbikes.example', subject: 'Hi', body: 'Hi' },
            ...{ send: 'true', sendType: 'bool' },
        };
        const account = { ...known, account: 'few', send_per_hour: '3', send_per_day: '1' };
        const counts = (left: number) => ({ hour: { left, most: 3 }, day: { left, most: 1 } });
        for (let times = 0; times < 2; times++) {
            const free = await preview('missive-create-draft', draft, { account });
            should(free.error).be.undefined();
            should(free.guard).eql(counts(0));
        }
        should((await fetch(`${nodeRed.url}/go`, { method: 'POST' })).status).equal(200);
        const held = await preview('missive-create-draft', draft, { account });
        should(held.guard).eql(counts(1));
        should(held.calls).have.length(1);
        should(held.error).match({
            code: 'ERR_MISSIVE_GUARD',
            message: /may send 1 within a day \(send_per_day\), and has/,
        });
        const raised = { ...account, send_per_day: 2 };
        should((await preview('missive-create-draft', draft, { account: raised })).error).be.undefined();
        const kept = await preview('missive-create-draft', { ...draft, send: 'false' }, { account });
        should(kept).not.have.properties('guard', 'error');
    });

    it('reads the variables of a subflow where its instances agree, and says of the others that they are not known', async () => {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as Node-RED writes it
        const config = { title: '${WHAT}', titleType: 'str', team: 'TEAM', teamType: 'env' };
        const variables = [{ name: 'WHAT', type: 'str', value: 'Order forks' }];
        const team = { name: 'TEAM', type: 'str', value: 'Workshop' };
        const inside = { subflow: true, variables: [...variables, team] };
        const { calls, error } = await preview('missive-create-task', config, inside);
        should(error).be.undefined();
        should(calls[0].body.tasks).have.property('title', 'Order forks');
        const differing = { subflow: true, variables: [{ name: 'WHAT', type: 'differs' }, team] };
        const unknown = await preview('missive-create-task', config, differing);
        should(unknown.calls).be.empty();
        should(unknown.error.message).match(/variable WHAT is not the same in all instances of the subflow/);
    });

    it('sends nothing but GET, and does not read what the node would read', async () => {
        const { calls } = await preview('missive-get', { resource: 'conversation', conversation_id: 'a'.repeat(36) });
        should(calls).eql([{ method: 'GET', path: `/conversations/${'a'.repeat(36)}` }]);
        const infos = JSON.stringify([{ kind: 'email', value: 'new@mail.example' }]);
        const config = { contact_book: 'Customers', infos, infosType: 'json', first_name: 'New' };
        const upsert = await preview('missive-upsert-contact', config);
        should(upsert.calls.map(({ method, path }: Record<string, string>) => `${method} ${path}`)).eql([
            'POST /contacts',
        ]);
        const headers = { authorization: await log('ines') };
        const state = await (await fetch(`${nodeRed.adminUrl}/missive/sandbox/state`, { headers })).text();
        should(state).containEql('conversations').and.not.containEql('new@mail.example');
    });
});
