import helper from 'node-red-node-test-helper';
import should from 'should';
import type { Sandbox } from '../../../src/sandbox/sandbox';
import { closeAll, practice, seeded } from '../../sandbox/asking';
import { Flow } from '../../support/flow';
import { ScriptedMissive } from '../../support/scripted-missive';

interface Reply {
    readonly status: number;
    readonly text: string;
    readonly body: {
        entries?: { id: string; name: string }[];
        error?: { code?: string; message: string; said?: string };
        user?: { name: string; email: string };
        organizations?: { name: string }[];
    };
}

describe('the menus of the editor', () => {
    const flow = new Flow();
    let sandbox: Sandbox;
    let url: string;

    before(() => new Promise<void>((resolve) => helper.startServer(() => resolve())));
    after(() => new Promise<void>((resolve) => helper.stopServer(() => resolve())));
    beforeEach(async () => {
        ({ sandbox } = await practice());
        url = await sandbox.address();
        await flow.load([], { type: 'helper' }, { url, token: sandbox.token });
    });
    afterEach(async () => {
        await flow.unload();
        await closeAll();
    });

    const get = async (path: string) => (await helper.request().get(path)) as unknown as Reply;
    const post = async (path: string, body: object) =>
        (await helper.request().post(path).send(body)) as unknown as Reply;
    const names = ({ body }: Reply) => body.entries?.map(({ name }) => name);

    it('list an account’s things by name, labels with their parents’ names', async () => {
        should(names(await get('/missive/choices/shared_label?account=acc'))).eql([
            'Papers',
            'Papers/Complaint',
            'Papers/Invoice',
            'Papers/Order',
            'Papers/To look at',
            'Shop',
            'Shop/Parts',
            'Shop/Service',
            'Urgent',
            'Waiting',
        ]);
        should(names(await get('/missive/choices/team?account=acc'))).eql(['Sales', 'Workshop']);
        should(names(await get('/missive/choices/user?account=acc'))).containEql('Ines Duarte');
        should(names(await get('/missive/choices/organization?account=acc'))).eql(['Harbor Bikes']);
        should(names(await get('/missive/choices/contact_book?account=acc'))).eql(['Customers', 'Ines']);
        should(names(await get('/missive/choices/contact_group?account=acc'))).containDeep(['Trail Club', 'Wholesale']);
        should(names(await get('/missive/choices/response?account=acc'))).containEql('Opening hours');
    });

    it('search what is older than the newest fifty: by words, by an address, by a contact’s name', async () => {
        const { token } = sandbox;
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const post = async (subject: string) => {
            const posts = {
                ...{ conversation_subject: subject, markdown: 'x', username: 'Bot' },
                notification: { title: 'a', body: 'b' },
            };
            const answer = await fetch(`${url}/posts`, { method: 'POST', headers, body: JSON.stringify({ posts }) });
            answer.status.should.equal(201);
        };
        const oldest = String(names(await get('/missive/choices/conversation?account=acc'))?.at(-1));
        for (let number = 0; number < 60; number += 1) await post(`Filler ${number}`);
        const newest = names(await get('/missive/choices/conversation?account=acc')) ?? [];
        newest.should.not.containEql(oldest);
        const found = await get(`/missive/choices/conversation?account=acc&search=${encodeURIComponent(oldest)}`);
        const [first] = found.body.entries ?? [];
        String(first?.name).should.equal(oldest);
        const link = encodeURIComponent(`https://mail.missiveapp.com/#inbox/conversations/${first?.id}`);
        should(names(await get(`/missive/choices/conversation?account=acc&search=${link}`))).eql([first?.name]);
        should(names(await get('/missive/choices/contact?account=acc&search=tom'))).containEql('Tom Reyes');
        should(names(await get('/missive/choices/contact?account=acc&search=zzzzzz'))).eql([]);
    }).timeout(30_000);

    it('load a list once and keep it, until it is refreshed', async () => {
        await get('/missive/choices/team?account=acc');
        const { token } = sandbox;
        const name = 'Night shift';
        await fetch(`${url}/teams`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ teams: [{ name, organization: seeded.organization }] }),
        });
        should(names(await get('/missive/choices/team?account=acc'))).not.containEql(name);
        await new Promise((resolve) => setTimeout(resolve, 2_050));
        should(names(await get('/missive/choices/team?account=acc&refresh=1'))).containEql(name);
    });

    it('work for an account that is not deployed, with the token just typed', async () => {
        const draft = { account: 'new', connection: 'missive', url, token: sandbox.token };
        const reply = await post('/missive/choices/team', draft);
        should(names(reply)).eql(['Sales', 'Workshop']);
        should(reply.text).not.containEql(sandbox.token);
        should(names(await post('/missive/choices/team', { connection: 'sandbox' }))).containEql('Workshop');
    });

    it('use the stored token where the dialog’s is blank, but send it to no other address', async () => {
        should(names(await post('/missive/choices/team', { account: 'acc', url, token: '' }))).containEql('Workshop');
        const other = new ScriptedMissive();
        const elsewhere = await other.start();
        // biome-ignore lint/suspicious/noTemplateCurlyInString: how Node-RED writes an environment variable.
        for (const token of ['', '${MISSIVE_TEST_TOKEN}']) {
            process.env.MISSIVE_TEST_TOKEN = 'from the environment';
            const { body, text } = await post('/missive/choices/team', { account: 'acc', url: elsewhere, token });
            delete process.env.MISSIVE_TEST_TOKEN;
            should(body.error).match({ code: 'ERR_MISSIVE_CONFIG', message: /not sent to another address/ });
            should(text).not.containEql(sandbox.token);
        }
        other.seen.should.be.empty();
        await other.stop();
    });

    it('say what is wrong, in few words', async () => {
        should((await get('/missive/choices/team?account=gone')).status).equal(404);
        should((await get('/missive/choices/token?account=acc')).status).equal(404);
        const file = await post('/missive/choices/team', { url: 'file:///etc/passwd', token: 'abcdefgh' });
        should(file.body.error?.message).match(/starts with https/);
        const other = new ScriptedMissive();
        const elsewhere = await other.start();
        other.otherwise = () => [403, { error: { message: `no abcdefgh ${'long '.repeat(200)}` } }];
        const { body } = await post('/missive/choices/team', { url: elsewhere, token: 'abcdefgh' });
        should(body.error?.code).equal('ERR_MISSIVE_AUTH');
        should(body.error?.message.length).belowOrEqual(200);
        should(JSON.stringify(body)).not.containEql('abcdefgh');
        other.otherwise = () => [403];
        const bare = await post('/missive/choices/user', { url: elsewhere, token: 'abcdefgh' });
        should(bare.body.error?.message).equal('The address answered 403, but not as Missive does.');
        await other.stop();
    });

    it('refuse what is not sent as JSON', async () => {
        const reply = await helper.request().post('/missive/test').type('form').send({ connection: 'sandbox' });
        should(reply.status).equal(415);
    });

    it('test whose token it is, before the first deploy', async () => {
        const { body } = await post('/missive/test', { url, token: sandbox.token });
        should(body).match({
            user: { name: 'Ines Duarte', email: 'ines@harborbikes.example' },
            organizations: [{ name: 'Harbor Bikes' }],
        });
    });

    it('pass on Missive’s own words where the token is refused', async () => {
        const { body, status } = await post('/missive/test', { url, token: 'missive_pat-wrong' });
        should(status).equal(200);
        should(body.error).match({
            code: 'ERR_MISSIVE_AUTH',
            said: 'Authentication token is invalid or has been revoked',
            message: /Check the account's API token/,
        });
        should(JSON.stringify(body)).not.containEql('missive_pat-wrong');
    });
});
