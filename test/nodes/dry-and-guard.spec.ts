import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import helper from 'node-red-node-test-helper';
import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import createTask from '../../nodes/missive-create-task';
import remove from '../../nodes/missive-delete';
import get from '../../nodes/missive-get';
import merge from '../../nodes/missive-merge-conversations';
import report from '../../nodes/missive-report';
import request from '../../nodes/missive-request';
import updateConversation from '../../nodes/missive-update-conversation';
import upsert from '../../nodes/missive-upsert-contact';
import { idOf } from '../../src/sandbox/data/known';
import { scriptedFlow } from '../support/scripted-flow';

const dry = { dry: true } as object;

describe('a dry account', () => {
    const { missive, flow, account } = scriptedFlow();
    const through = async (module: never, node: object, payload: object, more = dry) => {
        await flow.unload();
        await flow.load([module], node as Record<string, unknown>, { ...account, ...more });
        return flow.send({ payload });
    };
    const written = () => missive.seen.filter(({ method }) => method !== 'GET');
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4/;

    it('makes up what Missive would have answered, and sends nothing', async () => {
        const payload = { title: 'Call', organization: idOf('o1'), team: idOf('t1') };
        const { msg } = await through(createTask as never, { type: 'missive-create-task' }, payload);
        should(msg?.payload).match({ ...payload, id: uuid });
        should(msg?.missive).match({ method: 'POST', path: '/tasks', dry: true });
        should(msg?.missive.status).be.undefined();
        missive.seen.should.be.empty();
        flow.statuses.some(({ text }) => text === 'dry: not sent').should.be.true();
    });

    it('gives lists where Missive gives lists, one thing for one, nothing for a delete, a report and a request', async () => {
        const several = await through(
            ...([
                updateConversation as never,
                { type: 'missive-update-conversation' },
                { id: ['c1', 'c2'], close: true },
            ] as const),
        );
        should(several.msg?.payload).match([
            { id: 'c1', close: true },
            { id: 'c2', close: true },
        ]);
        const merged = await through(
            ...([merge as never, { type: 'missive-merge-conversations' }, { id: 'c1', target: 'c2' }] as const),
        );
        should(merged.msg?.payload).match({ id: 'c2' });
        const gone = await through(remove as never, { type: 'missive-delete', resource: 'draft' }, { id: 'd1' });
        should(gone.msg?.payload).eql({});
        const sent = await through(
            request as never,
            { type: 'missive-request' },
            { method: 'POST', path: '/tasks', body: {} },
        );
        should(sent.msg?.payload).eql({});
        const times = { start: 1_793_491_200, end: 1_794_096_000, organization: idOf('o1') };
        const numbers = await through(report as never, { type: 'missive-report' }, times);
        should(numbers.msg?.payload).eql({});
        should(numbers.msg?.missive.dry).be.true();
        missive.seen.should.be.empty();
    });

    it('reads, looks a contact up and says what it would have done with it', async () => {
        missive.otherwise = () => [200, { contacts: [{ id: 'k', contact_book: idOf('b1'), infos: [] }] }];
        const found = await through(get as never, { type: 'missive-get', resource: 'contact' }, { id: 'k' });
        should(found.msg?.missive.status).equal(200);
        const payload = { contact_book: idOf('b1'), infos: [{ kind: 'email', label: 'work', value: 'a@x.example' }] };
        const { msg } = await through(upsert as never, { type: 'missive-upsert-contact' }, payload);
        should(msg?.missive).match({ action: 'created', dry: true });
        should(msg?.payload).match({ id: uuid, infos: payload.infos });
        // As Missive does: what is empty is left out of a contact.
        should(msg?.payload).not.have.property('last_name');
        written().should.be.empty();
    });

    it('checks as ever: what is refused fails', async () => {
        const { error } = await through(createTask as never, { type: 'missive-create-task' }, {});
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
    });

    it('is every account of a real Missive where the environment says so, and one whose switch a variable is', async () => {
        const payload = { title: 'Call', organization: idOf('o1'), team: idOf('t1') };
        const isDry = async (more: object = {}) =>
            (await through(createTask as never, { type: 'missive-create-task' }, payload, more)).msg?.missive.dry;
        const variable = (name: string) => `$${`{${name}}`}`;
        try {
            for (const on of ['1', 'true', 'yes']) {
                process.env.MISSIVE_DRY_RUN = on;
                should(await isDry()).be.true(on);
                delete process.env.MISSIVE_DRY_RUN;
                process.env.TRY_OUT_ONLY = on;
                should(await isDry({ dry: variable('TRY_OUT_ONLY') })).be.true(on);
            }
            should(await isDry({ dry: variable('NOT_SET') })).be.true();
            for (const off of ['', '0', 'false', 'off']) {
                process.env.MISSIVE_DRY_RUN = off;
                process.env.TRY_OUT_ONLY = off;
                should(await isDry({ dry: variable('TRY_OUT_ONLY') })).be.undefined();
            }
        } finally {
            delete process.env.MISSIVE_DRY_RUN;
            delete process.env.TRY_OUT_ONLY;
        }
    });
});

describe('an account with a guard', () => {
    const { missive, flow, account } = scriptedFlow(() => [201, { drafts: { id: 'd', conversation: 'c' } }]);
    let userDir: string;

    beforeEach(() => {
        userDir = mkdtempSync(path.join(tmpdir(), 'missive-guard-'));
        helper.settings({ userDir });
    });
    afterEach(() => rmSync(userDir, { recursive: true }));

    const mail = (address: string, send = true) => ({
        payload: {
            ...{ subject: 'x', body: 'y', from_field: { address: 'shop@x.example' } },
            to_fields: [{ address }],
            send,
        },
    });
    const load = (more: object) =>
        flow.load([createDraft, request], { type: 'missive-create-draft' }, { ...account, ...more }, [
            { id: 'any', z: 'f1', type: 'missive-request', account: 'acc', wires: [['out']] },
        ]);

    it('sends to nobody else, by no node, and says so once', async () => {
        await load({ send_to: 'x.example' });
        const { error } = await flow.send(mail('eve@y.example'));
        should(error?.cause).match({ code: 'ERR_MISSIVE_GUARD', delivered: 'no' });
        should(error?.message).match(/eve@y\.example.*Nothing was sent/);
        const body = { drafts: mail('eve@y.example').payload };
        const any = await flow.send({ payload: { method: 'POST', path: '/drafts', body } }, 'any');
        should(any.error?.cause.code).equal('ERR_MISSIVE_GUARD');
        missive.seen.should.be.empty();
        should((await flow.send(mail('ann@x.example'))).msg).be.ok();
        should((await flow.send(mail('eve@y.example', false))).msg).be.ok();
        missive.seen.should.have.length(2);
    });

    it('sends to nobody where its list or bound is a variable that is blank or not set', async () => {
        const variable = (name: string) => `$${`{${name}}`}`;
        process.env.GUARD_THAT_IS_BLANK = '';
        process.env.GUARD_THAT_IS_SET = 'x.example';
        try {
            for (const name of ['GUARD_THAT_IS_BLANK', 'GUARD_THAT_IS_NOT_SET'])
                for (const more of [
                    ...[{ send_to: variable(name) }, { send_to: [variable(name)] }],
                    ...[{ send_per_hour: variable(name) }, { send_per_day: variable(name) }],
                ]) {
                    await flow.unload();
                    await load(more);
                    const { error } = await flow.send(mail('ann@x.example'));
                    should(error?.cause.code).equal('ERR_MISSIVE_GUARD', JSON.stringify(more));
                }
            missive.seen.should.be.empty();
            await flow.unload();
            await load({ send_to: variable('GUARD_THAT_IS_SET'), send_per_hour: '' });
            should((await flow.send(mail('ann@x.example'))).msg).be.ok();
        } finally {
            delete process.env.GUARD_THAT_IS_BLANK;
            delete process.env.GUARD_THAT_IS_SET;
        }
    });

    it('keeps to its bound over a deploy, and counts no refusal', async () => {
        await load({ send_per_hour: '2' });
        missive.answers.push([400, { error: { message: 'no' } }]);
        should((await flow.send(mail('a@x.example'))).error?.cause.code).equal('ERR_MISSIVE_REFUSED');
        should((await flow.send(mail('a@x.example'))).msg).be.ok();
        await flow.unload();
        helper.settings({ userDir });
        await load({ send_per_hour: '2' });
        missive.answers.push([500, {}]);
        should((await flow.send(mail('a@x.example'))).error?.cause).match({ delivered: 'unknown' });
        should((await flow.send(mail('a@x.example'))).error?.cause.code).equal('ERR_MISSIVE_GUARD');
    });
});
