import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import helper from 'node-red-node-test-helper';
import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import createPost from '../../nodes/missive-create-post';
import remove from '../../nodes/missive-delete';
import get from '../../nodes/missive-get';
import list from '../../nodes/missive-list';
import mergeConversations from '../../nodes/missive-merge-conversations';
import save from '../../nodes/missive-save';
import updateConversation from '../../nodes/missive-update-conversation';
import type { Limiter } from '../../src/missive/limits/limiter';
import type { OperationModule } from '../../src/runtime/operations/operation-node';
import type { SandboxOptions } from '../../src/sandbox/options';
import { Sandbox } from '../../src/sandbox/sandbox';
import { Flow } from '../support/flow';

const org = '7c1e0f52-886f-4e3d-af67-614f41edf1df';
const fork = '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55';
const order = '6b0e2f0c-eabc-4990-a4da-663226959724';
const parts = 'b1d21975-ac67-4dea-af96-685e5544656f';
const ines = '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6';
const notification = { title: 'Shop', body: 'Paid' };

describe('the nodes before the practice inbox', () => {
    let missive: Sandbox;
    const flow = new Flow();

    const open = (options: SandboxOptions = {}) => {
        missive = new Sandbox({ limits: false, ...options });
    };
    afterEach(async () => {
        await flow.unload();
        await missive.close();
    });
    const load = async (module: OperationModule, properties: Record<string, unknown> = {}) => {
        await flow.unload();
        const account = { url: await missive.address(), token: missive.token, organization: org };
        await flow.load([module], { type: module.operation.type, ...properties }, account);
    };
    const send = async (payload: unknown) => (await flow.send({ payload })).msg?.payload;
    const refused = async (payload: unknown) => (await flow.send({ payload })).error?.cause;
    const conversation = (id: string) => missive.snapshot().conversations.find((each) => each.id === id);

    it('close and reopen conversations, and a post brings one back unless reopen is false', async () => {
        open();
        await load(updateConversation);
        should(await send({ id: [fork, order], close: true })).match([{ id: fork }, { id: order }]);
        [fork, order].map((id) => conversation(id)?.closed).should.eql([true, true]);
        await send({ id: fork, reopen: true });
        should(conversation(fork)?.closed).be.false();
        await send({ id: fork, close: true });
        await load(createPost);
        await send({ conversation: fork, text: 'x', notification, reopen: false });
        should(conversation(fork)?.closed).be.true();
        await send({ conversation: fork, text: 'x', notification });
        should(conversation(fork)?.closed).be.false();
        await send({ conversation: fork, text: 'x', notification, close: true });
        should(conversation(fork)?.closed).be.true();
    });

    it('label and assign with the default organization of the account', async () => {
        open();
        await load(updateConversation);
        const changed = await send({ id: order, add_shared_labels: parts, add_assignees: [ines], color: 'warning' });
        should(changed).match({ id: order, assignee_names: 'Ines Duarte', color: 'warning' });
        should(String((changed as { shared_label_names: string }).shared_label_names)).match(/Parts/);
    });

    it('merge, and give the id that stayed', async () => {
        open();
        await load(mergeConversations);
        should(await send({ id: fork, target: order })).match({ id: order });
        await load(get);
        should(await send({ id: fork })).match({ id: order });
        const own = missive.snapshot().conversations.find((each) => each.organization === null);
        await load(mergeConversations);
        should(await send({ id: order, target: own?.id })).match({ id: order });
    });

    it('change a label, a team and a response that are there', async () => {
        open();
        await load(save, { resource: 'shared_label' });
        should(await send({ id: parts, name: 'Spares' })).match({ id: parts, name: 'Spares', organization: org });
        const made = (await send({ name: 'New', parent: parts })) as { id: string };
        should(await send({ id: [parts, made.id], color: '#111111' })).match([{ id: parts }, { id: made.id }]);
        await load(save, { resource: 'response' });
        const own = (await send({ title: 'Mine', user: ines, external_id: '1', external_source: 'x' })) as {
            id: string;
        };
        should(await send({ id: own.id, body: '<div>x</div>' })).match({
            user: ines,
            organization: null,
            title: 'Mine',
        });
        await load(remove, { resource: 'response' });
        should(await send({ id: own.id })).eql({});
        should(await refused({ id: own.id })).match({ code: 'ERR_MISSIVE_NOT_FOUND' });
    });

    it('give {} for a creation without a body and a deletion with 204', async () => {
        open({ emptyCreated: true, deleteStatus: 204 });
        await load(createPost);
        should(await send({ conversation: fork, text: 'x', notification })).eql({});
        await load(remove, { resource: 'post' });
        should(await send({ id: 'd91e6bea-c857-41f5-a2e5-133f466eb2bb' })).eql({});
        await load(remove, { resource: 'hook' });
        should(await send({ id: org })).eql({});
    });

    it('pass on that only an administrator may', async () => {
        open({ admin: false });
        await load(save, { resource: 'team' });
        should(await refused({ name: 'x' })).match({ code: 'ERR_MISSIVE_AUTH', status: 403 });
    });

    it('get several messages in one call, with their bodies', async () => {
        open();
        await load(get, { resource: 'message' });
        const ids = ['51d079a4-57c9-4576-a97c-cae0cd324467', '8e552ac4-62b0-4e2d-a1b4-77c2d0789908'];
        should(await send({ id: ids })).match([
            { id: ids[0], body: /F-220/ },
            { id: ids[1], body: /bike/ },
        ]);
    });

    describe('attachments', () => {
        const userDir = mkdtempSync(path.join(tmpdir(), 'missive-get-'));
        const files = path.join(userDir, 'files');
        before(() => helper.settings({ userDir }));
        after(() => {
            helper.settings({});
            rmSync(userDir, { recursive: true });
        });
        const message = '51d079a4-57c9-4576-a97c-cae0cd324467';
        const text = 'A photograph would be here.';
        /** The attachment of a message as Missive lists it. */
        const listed = async () => {
            await load(get, { resource: 'message' });
            const { attachments } = (await send({ id: message })) as { attachments: [{ id: string; url: string }] };
            return attachments[0];
        };

        it('come as a Buffer, by their link as a message has it, or by the message', async () => {
            open();
            const attachment = await listed();
            await load(get, { resource: 'attachment' });
            for (const payload of [attachment, { message }, { message, id: attachment.id }]) {
                const { msg } = await flow.send({ payload, topic: 'kept' });
                should(Buffer.isBuffer(msg?.payload)).be.true();
                String(msg?.payload).should.equal(text);
                should(msg).match({ topic: 'kept', missive: { method: 'GET', status: 200, filename: 'crack.txt' } });
            }
        });

        it('go into the folder for files, where a draft finds them, and write nothing over', async () => {
            open();
            await load(get, { resource: 'attachment', path: 'photos/', pathType: 'str' });
            should(await send({ message })).eql({ path: 'photos/crack.txt', filename: 'crack.txt', size: text.length });
            should(await send({ message })).match({ path: 'photos/crack (2).txt' });
            readFileSync(path.join(files, 'photos/crack (2).txt'), 'utf8').should.equal(text);
            await load(get, { resource: 'attachment', path: 'own.txt', pathType: 'str' });
            const attachments = await send({ message, filename: 'Other.txt' });
            should(attachments).match({ path: 'own.txt', filename: 'Other.txt' });
            await load(createDraft);
            const from_field = 'shop@harborbikes.example';
            const draft = (await send({ conversation: fork, from_field, body: 'x', attachments })) as { id: string };
            await load(get, { resource: 'message' });
            should(await send({ id: draft.id })).match({ attachments: [{ filename: 'Other.txt' }] });
        });

        const outside = [
            '../',
            '../x.txt',
            '/etc/x.txt',
            'out/x.txt',
            'out/deep/',
            '.hidden/',
            '.x',
            'photos/../../x.txt',
        ];
        for (const at of outside)
            it(`are written nowhere else: ${at}`, async () => {
                open();
                mkdirSync(files, { recursive: true });
                mkdirSync(path.join(userDir, 'other'), { recursive: true });
                if (!existsSync(path.join(files, 'out')))
                    symlinkSync(path.join(userDir, 'other'), path.join(files, 'out'));
                await load(get, { resource: 'attachment', path: at, pathType: 'str' });
                should(await refused({ message })).match({ code: 'ERR_MISSIVE_INPUT' });
                readdirSync(path.join(userDir, 'other')).should.eql([]);
                readdirSync(userDir).sort().should.eql(['files', 'missive', 'other']);
            });

        const wrong: [string, object, RegExp][] = [
            ['nothing that names one', {}, /Nothing names the file/],
            ['an id that the message has not', { message, id: 'x' }, /no attachment with the id x/],
            ['a message without any', { message: '8e552ac4-62b0-4e2d-a1b4-77c2d0789908' }, /has no attachments/],
            ['a private address', { url: 'https://10.0.0.1/a.pdf' }, /leads to a private address/],
        ];
        for (const [name, payload, reason] of wrong)
            it(`are refused with ${name}`, async () => {
                open();
                await load(get, { resource: 'attachment' });
                const { error } = await flow.send({ payload });
                should(error).match({ message: reason, cause: { code: 'ERR_MISSIVE_INPUT' } });
            });
    });

    it('say how much of the limits is used, and ask nothing for it', async () => {
        open();
        await load(get, { resource: 'quota' });
        const before = (await send({})) as { free: number; windows: object[] };
        should(before).match({ in_flight: 0, waiting: 0, held: 0 });
        should(before.windows).match([
            { seconds: 60, limit: 300 },
            { seconds: 900, limit: 900 },
        ]);
        const { msg } = await flow.send({ payload: 'whatever', topic: 'kept' });
        should(msg).match({ topic: 'kept', payload: before, missive: { attempts: 0, waited: 0 } });
        await flow.unload();
        const account = { url: await missive.address(), token: missive.token };
        const other = { id: 'n2', z: 'f1', type: 'missive-get', account: 'acc', resource: 'quota', wires: [['out']] };
        await flow.load([get], { type: 'missive-get', resource: 'task' }, account, [other]);
        await flow.send({ payload: { id: order } });
        const { msg: after } = await flow.send({ payload: {} }, 'n2');
        const free = Number((after?.payload as { free: unknown } | undefined)?.free);
        free.should.be.below(300);
        should(after?.payload).match({ windows: [{ free, limit: 300, used: 300 - free }] });
    });

    it('say how much of the limits is used where the account is dry, or paused, too', async () => {
        open();
        const account = { url: await missive.address(), token: missive.token, dry: true };
        await flow.load([get], { type: 'missive-get', resource: 'quota' }, account);
        const { msg } = await flow.send({ payload: {} });
        should(msg).match({ payload: { free: 300, waiting: 0 }, missive: { attempts: 0 } });
        should(msg?.missive).not.have.property('dry');
        const { limiter } = (helper.getNode('acc') as unknown as { client(): { limiter: Limiter } }).client();
        limiter.paused = true;
        const waiting = limiter.run(async () => ({ value: 1 }), { node: 'x', priority: 'low' });
        should(await send({})).match({ free: 300, waiting: 1 });
        limiter.paused = false;
        await waiting;
    });

    it('bring a task with a post', async () => {
        open();
        await load(createPost);
        await send({ conversation: fork, text: 'x', notification, task: { title: 'Call back', state: 'in_progress' } });
        await send({ conversation: fork, text: 'x', notification, task: 'Order it' });
        const { tasks } = missive.snapshot();
        should(tasks.map(({ title, state }) => [title, state])).containDeep([
            ['Call back', 'in_progress'],
            ['Order it', 'todo'],
        ]);
        should(await refused({ text: 'x', notification, task: { state: 'todo' } })).match({
            code: 'ERR_MISSIVE_INPUT',
        });
        should(await refused({ text: 'x', notification, task: { title: 'x', state: 'done' } })).match({
            code: 'ERR_MISSIVE_INPUT',
        });
    });

    it('list the timeline of a conversation: messages, posts and comments, the newest first', async () => {
        open();
        await load(createPost);
        for (let number = 0; number < 23; number++)
            await send({ conversation: fork, text: `p${number}`, notification });
        for (let number = 0; number < 13; number++)
            missive.colleagueComments({ conversation: fork, body: `c${number}` });
        const lists = ['messages', 'posts', 'comments'];
        const single: string[] = [];
        for (const each of lists) {
            await load(list, { resource: `conversation_${each}`, return_all: true });
            single.push(...((await send({ conversation: fork })) as { id: string }[]).map(({ id }) => id));
        }
        await load(list, { resource: 'conversation_timeline', return_all: true });
        const all = (await send({ conversation: fork })) as Record<string, string & number>[];
        should(all.map(({ id }) => id).sort()).eql(single.sort());
        should([...new Set(all.map(({ kind }) => kind))].sort()).eql(['comment', 'message', 'post']);
        const times = all.map(({ kind, delivered_at, created_at }) => (kind === 'message' ? delivered_at : created_at));
        should(times).eql(times.toSorted((a, b) => Number(b) - Number(a)));
        await load(list, { resource: 'conversation_timeline' });
        should(await send({ conversation: fork })).eql(all.slice(0, 10));
        should(await send({ conversation: fork, limit: 3 })).eql(all.slice(0, 3));
        await load(list, { resource: 'conversation_timeline', return_all: true, max_rows: 17, send: 'each' });
        flow.put({ payload: { conversation: fork } });
        await flow.until(17);
        should(flow.results.map(({ msg }) => msg?.payload)).eql(all.slice(0, 17));
        should(flow.results[16]?.msg?.parts).match({ index: 16, count: 17 });
    });
});
