import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import helper from 'node-red-node-test-helper';
import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import { Sandbox } from '../../src/sandbox/sandbox';
import { Flow } from '../support/flow';
import { scriptedFlow } from '../support/scripted-flow';

const functionNode = require('@node-red/nodes/core/function/10-function.js');

const organization = '7c1e0f52-886f-4e3d-af67-614f41edf1df';
const seeded = 'de4b1d20-41a0-4c1e-8a55-0a9b2b7f3c61';
const mail = { from_field: 'shop@harborbikes.example', to_fields: 'tom@trailclub.example', subject: 'Fork' };

interface Message {
    readonly id: string;
    readonly subject: string;
    readonly body: string;
    readonly to_fields: { address: string }[];
    readonly cc_fields: { address: string }[];
    readonly attachments: { filename: string; url: string }[];
}

describe('missive-create-draft: what it writes', () => {
    let missive: Sandbox;
    const flow = new Flow();
    const userDir = mkdtempSync(path.join(tmpdir(), 'missive-user-'));

    before(() => {
        mkdirSync(path.join(userDir, 'files'));
        writeFileSync(path.join(userDir, 'files/offer.txt'), 'An offer');
        mkdirSync(path.join(userDir, 'offers'));
        writeFileSync(path.join(userDir, 'offers/may.txt'), 'May');
        for (const kept of ['settings.js.bak', 'flows_cred.json.bak', 'privkey.pem'])
            writeFileSync(path.join(userDir, kept), 'secret');
    });
    after(() => {
        helper.settings({});
        rmSync(userDir, { recursive: true });
    });
    beforeEach(() => {
        missive = new Sandbox({ limits: false });
        helper.settings({ userDir });
    });
    afterEach(async () => {
        await flow.unload();
        await missive.close();
    });

    const load = async (fields: Record<string, unknown> = {}, account: Record<string, unknown> = {}) =>
        flow.load(
            [createDraft],
            { type: 'missive-create-draft', response: 'payload.response', responseType: 'msg', ...fields },
            { url: await missive.address(), token: missive.token, from: 'shop@harborbikes.example', ...account },
        );
    const api = async (method: string, at: string, body?: unknown) => {
        const response = await fetch(`${await missive.address()}${at}`, {
            method,
            headers: { authorization: `Bearer ${missive.token}`, 'content-type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return (await response.json()) as { messages: Message; responses: { id: string }[] };
    };
    /** Sends a payload through the node and gives the draft that Missive then has. */
    const written = async (payload: unknown, more: Record<string, unknown> = {}): Promise<Message> => {
        const { msg, error } = await flow.send({ payload, ...more });
        should(error).be.undefined();
        const draft = msg?.payload as { id: string } | undefined;
        return (await api('GET', `/messages/${draft?.id}`)).messages;
    };
    const refused = async (payload: unknown) => {
        const { msg, error } = await flow.send({ payload });
        should(msg).be.undefined();
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        return error?.message ?? '';
    };
    const respond = async (...responses: Record<string, unknown>[]) =>
        (await api('POST', '/responses', { responses: responses.map((each) => ({ organization, ...each })) }))
            .responses;

    describe('its body', () => {
        const body = 'Hello **Tom**,\n\n<b>yes</b>.';
        const forms: [string | undefined, string][] = [
            [undefined, body],
            ['html', body],
            ['text', '<div>Hello **Tom**,</div><div><br></div><div>&lt;b&gt;yes&lt;/b&gt;.</div>'],
            ['markdown', '<div>Hello <strong>Tom</strong>,</div><div><br></div><div><b>yes</b>.</div>'],
            ['something else', body],
        ];
        for (const [body_format, html] of forms)
            it(`is ${body_format ?? 'html by default'}`, async () => {
                await load({ ...(body_format && { body_format }) });
                (await written({ ...mail, body })).body.should.equal(html);
            });

        it('counts as nothing where nothing of it is left', async () => {
            await load({ body_format: 'markdown' });
            (await refused({ body: '<script>alert(1)</script>' })).should.match(/nothing to write/);
        });
    });

    describe('from a canned response', () => {
        const response = {
            title: 'Offer',
            subject: 'Offer {{order.id}} for {{name}}',
            body: '<div>Hello {{name}},</div><div>{{note}}</div>',
            to_fields: [{ address: 'sales@harborbikes.example', name: 'Sales' }],
            cc_fields: [{ address: 'archive@harborbikes.example' }],
            attachments: [{ filename: 'terms.txt', base64_data: Buffer.from('Terms').toString('base64') }],
        };
        const values = { name: 'Tom & <Ann>', order: { id: 7 }, note: 'a\nb' };

        it('takes subject, body, recipients and files, by its title, with the values filled in', async () => {
            await respond(response);
            await load();
            const draft = await written({ response: 'Offer', values });
            should(draft).match({
                subject: 'Offer 7 for Tom & <Ann>',
                body: '<div>Hello Tom &amp; &lt;Ann&gt;,</div><div>a<br>b</div>',
                to_fields: [{ address: 'sales@harborbikes.example', name: 'Sales' }],
                cc_fields: [{ address: 'archive@harborbikes.example' }],
                attachments: [{ filename: 'terms.txt' }],
            });
            (await (await fetch(draft.attachments[0]?.url ?? '')).text()).should.equal('Terms');
        });

        it('takes only what the draft has not, and keeps to the way its own body is written', async () => {
            await respond(response);
            await load({ body_format: 'text' });
            const own = { ...mail, body: 'My <own>', cc_fields: [], attachments: [] };
            const draft = await written({ ...own, response: 'Offer', values });
            should(draft).match({ subject: 'Fork', body: '<div>My &lt;own&gt;</div>' });
            should(draft.to_fields).match([{ address: 'tom@trailclub.example' }]);
            should(draft.cc_fields).eql([]);
            should(draft.attachments).eql([]);
        });

        it('takes it by its id, from the form too', async () => {
            await load({ response: seeded, responseType: 'pick' });
            should(await written({ to_fields: 'tom@trailclub.example' })).match({ subject: 'Good news' });
        });

        it('finds a title on a later page, of the account’s organization', async () => {
            for (let page = 0; page < 3; page++)
                await respond(
                    ...Array.from({ length: 100 }, (_, index) => ({ title: `T ${page}-${index}`, body: 'x' })),
                );
            await respond({ title: 'The last', subject: 'Found', body: 'x' });
            await load({}, { organization });
            should(await written({ response: 'The last' })).match({ subject: 'Found' });
        });

        it('finds a title where the organization is given by its name', async () => {
            await respond({ title: 'By name', subject: 'Found', body: 'x' });
            await load({}, { organization: 'Harbor Bikes' });
            should(await written({ response: 'By name' })).match({ subject: 'Found' });
        });

        it('knows the recipient and whose token it is, and values go first', async () => {
            const body = `{% if recipient.first_name == null %}Hello{% else %}Dear {{ recipient.first_name }}{% endif %},
                {{ recipient.name | default: '-' }}|{{ recipient.last_name | default: '-' }}|{{ recipient.email | default: '-' }}|{{ recipient.phone_number | default: '-' }}|{{ user.first_name }} {{ user.last_name }} {{ user.email }}`;
            await respond({ title: 'Liquid', subject: 'x', body });
            await load();
            const own = { from_field: mail.from_field, response: 'Liquid' };
            const bodyOf = async (more: object) => (await written({ ...own, ...more })).body.replace(/\s+/g, ' ');
            const by = 'Ines Duarte ines@harborbikes.example';
            const to_fields = 'Tom van Reyes <tom@x.example>, ann@x.example';
            (await bodyOf({ to_fields })).should.equal(`Dear Tom, Tom van Reyes|van Reyes|tom@x.example|-|${by}`);
            (await bodyOf({ to_fields: 'ann@x.example' })).should.equal(`Hello, -|-|ann@x.example|-|${by}`);
            (await bodyOf({ to_fields: [{ address: 'a@x.example', name: 'Lee, Ann' }] })).should.equal(
                `Dear Ann, Lee, Ann|Lee|a@x.example|-|${by}`,
            );
            const values = { recipient: { first_name: 'T.' }, user: { first_name: 'The', last_name: 'Shop' } };
            (await bodyOf({ to_fields, values })).should.equal(
                'Dear T., Tom van Reyes|van Reyes|tom@x.example|-|The Shop ines@harborbikes.example',
            );
        });

        it('knows the number of the recipient of an SMS, and the recipient of the response itself', async () => {
            await respond(
                { title: 'SMS', body: '{{ recipient.phone_number }}' },
                { title: 'Mail', subject: 's', body: '{{ recipient.first_name }}', to_fields: response.to_fields },
            );
            await load();
            const sms = { from_field: '+351210000009', to_fields: '+351 910 000 001' };
            should(await written({ ...sms, response: 'SMS' })).match({ body: '+351910000001' });
            should(await written({ from_field: mail.from_field, response: 'Mail' })).match({ body: 'Sales' });
        });

        it('names every variable without a value, and writes nothing', async () => {
            await respond(response);
            await load();
            const message = await refused({ response: 'Offer', values: { name: 'Tom' } });
            message.should.match(/The subject of the response “Offer” .*without a value: \{\{order\.id\}\}/);
            (await refused({ response: 'Offer' })).should.match(/\{\{order\.id\}\}, \{\{name\}\}/);
        });

        it('names the titles there are where there is none of that name, those that resemble it first', async () => {
            await load();
            const message = await refused({ response: 'opening', to_fields: 'a@x.example' });
            message.should.match(/no canned response is called “opening”\. There are “Opening hours”, “Fork back/);
        });

        it('shows nothing of a text that stands in the title’s place', async () => {
            await load();
            (await refused({ response: `Dear Tom, ${'x'.repeat(100)}` })).should.match(/^(?!.*Dear Tom).*not set/);
        });

        it('refuses a title that several have, and names their ids', async () => {
            const made = await respond({ title: 'Twice', body: 'a' }, { title: 'Twice', body: 'b' });
            await load();
            const message = await refused({ response: 'Twice' });
            message.should.match(/2 canned responses are called “Twice”/);
            for (const { id } of made) message.should.containEql(id);
        });

        it('passes on that an id is unknown', async () => {
            await load();
            const { error } = await flow.send({ payload: { response: seeded.replace('d', 'a') } });
            should(error?.cause.code).equal('ERR_MISSIVE_NOT_FOUND');
        });

        it('refuses values that are no object', async () => {
            await load();
            (await refused({ response: 'Offer', values: ['Tom'] })).should.match(/Values .* should be an object/);
        });

        it('does not look at values where no response is named', async () => {
            await load();
            should(await written({ ...mail, values: [['A1', 'B1']] })).match({ subject: 'Fork' });
        });

        it('is held to the rules of a draft', async () => {
            await respond({ title: 'Bare', body: '<div>Hi</div>' });
            await load();
            (await refused({ response: 'Bare', send: true })).should.match(/To \(to_fields\) is missing/);
        });
    });

    describe('with files', () => {
        it('takes one from the folder “files” in the user directory', async () => {
            await load();
            const { attachments } = await written({ ...mail, attachments: { path: 'offer.txt' } });
            should(attachments).match([{ filename: 'offer.txt' }]);
            (await (await fetch(attachments[0]?.url ?? '')).text()).should.equal('An offer');
        });

        it('takes one from the folder that the account names', async () => {
            for (const files of ['offers', path.join(userDir, 'offers')]) {
                await load({}, { files });
                const { attachments } = await written({ ...mail, attachments: [{ path: 'may.txt' }] });
                should(attachments).match([{ filename: 'may.txt' }]);
                (await refused({ ...mail, attachments: { path: '../files/offer.txt' } })).should.match(/is outside/);
                await flow.unload();
            }
        });

        it('takes none from elsewhere', async () => {
            await load();
            const elsewhere = ['/etc/hostname', '../settings.js.bak', '../flows_cred.json.bak', '../privkey.pem'];
            for (const at of [...elsewhere, path.join(userDir, 'privkey.pem')])
                (await refused({ ...mail, attachments: [{ path: at }] })).should.match(/is outside/);
        });

        it('says where to put files where the folder is not there', async () => {
            await load({}, { files: 'nowhere' });
            (await refused({ ...mail, attachments: { path: 'a.pdf' } })).should.match(/not there: .*nowhere\. Make it/);
        });

        it('takes none where the folder is that of Node-RED itself', async () => {
            for (const files of ['.', '..', 'missive', 'missive/x']) {
                await load({}, { files });
                const { error } = await flow.send({ payload: { ...mail, attachments: { path: 'privkey.pem' } } });
                should(error?.cause.code).equal('ERR_MISSIVE_CONFIG');
                await flow.unload();
            }
        });

        it('takes what a function node makes in its own realm', async () => {
            const code = `msg.payload = { ...${JSON.stringify(mail)}, attachments: [
                { filename: 'a.txt', content: new Uint8Array([104, 105]) }, new Uint8Array([37, 80, 68, 70]),
                { filename: null, content: new Uint8Array([120]).buffer } ] }; return msg;`;
            const maker = { id: 'fn', z: 'f1', type: 'function', func: code, outputs: 1, libs: [], wires: [['n1']] };
            const account = { url: await missive.address(), token: missive.token };
            await flow.load([createDraft, functionNode], { type: 'missive-create-draft' }, account, [maker]);
            const { msg, error } = await flow.send({ payload: {} }, 'fn');
            should(error).be.undefined();
            const draft = msg?.payload as { id: string } | undefined;
            const { attachments } = (await api('GET', `/messages/${draft?.id}`)).messages;
            should(attachments).match([
                { filename: 'a.txt' },
                { filename: 'attachment-2.pdf' },
                { filename: 'attachment-3' },
            ]);
            (await (await fetch(attachments[0]?.url ?? '')).text()).should.equal('hi');
        });

        it('tells two of one name apart', async () => {
            await load();
            const content = Buffer.from('x');
            const files = [
                { filename: 'a.pdf', content },
                { filename: 'A.pdf', content },
                { path: 'offer.txt' },
                { path: 'offer.txt' },
            ];
            should((await written({ ...mail, attachments: files })).attachments).match(
                ['a.pdf', 'A (2).pdf', 'offer.txt', 'offer (2).txt'].map((filename) => ({ filename })),
            );
        });

        it('takes those of an earlier message, as Missive gives them', async () => {
            await load();
            const content = Buffer.from('kept');
            const earlier = await written({ ...mail, attachments: [{ filename: 'a b.pdf', content }] });
            const { attachments } = await written({ ...mail, attachments: earlier.attachments });
            should(attachments).match([{ filename: 'a b.pdf' }]);
            should(attachments[0]?.url).not.equal(earlier.attachments[0]?.url);
            (await (await fetch(attachments[0]?.url ?? '')).text()).should.equal('kept');
        });

        it('takes those of a mail node from msg.attachments', async () => {
            await load({ attachments: 'attachments', attachmentsType: 'msg' });
            const attachments = [{ contentType: 'text/plain', filename: 'm.txt', content: Buffer.from('m'), size: 1 }];
            should((await written(mail, { attachments })).attachments).match([{ filename: 'm.txt' }]);
        });

        it('says which one is the largest where they are too large', async () => {
            await load();
            const attachments = [
                { filename: 'small.bin', content: Buffer.alloc(3 * 1024 * 1024) },
                { filename: 'large.bin', content: Buffer.alloc(6 * 1024 * 1024) },
            ];
            (await refused({ ...mail, attachments })).should.match(
                /12\.\d\d MB.*largest is “large\.bin” with 6\.00 MB/,
            );
        });
    });
});

describe('missive-create-draft: what it sends', () => {
    const { missive, flow, account } = scriptedFlow();

    it('asks for a response only where one is named, and sends none of the keys that are its own', async () => {
        missive.otherwise = ({ method }) =>
            method === 'GET'
                ? [200, { responses: { id: 'r', title: 'A', body: 'Hi {{name}}' } }]
                : [201, { drafts: { id: 'd1' } }];
        await flow.load(
            [createDraft],
            { type: 'missive-create-draft', response: 'payload.response', responseType: 'msg' },
            account,
        );
        await flow.send({ payload: { body: 'x', values: { name: 'Tom' } } });
        await flow.send({ payload: { response: 'A', values: { name: 'Tom' } } });
        missive.seen
            .map((each) => `${each.method} ${each.url}`)
            .should.eql(['POST /v1/drafts', 'GET /v1/responses?limit=200&offset=0', 'POST /v1/drafts']);
        should(missive.seen[0]?.body).eql({ drafts: { body: 'x' } });
        should(missive.seen[2]?.body).eql({ drafts: { body: 'Hi Tom' } });
    });
});
