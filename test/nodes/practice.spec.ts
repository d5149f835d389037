import should from 'should';
import createPost from '../../nodes/missive-create-post';
import remove from '../../nodes/missive-delete';
import get from '../../nodes/missive-get';
import mergeConversations from '../../nodes/missive-merge-conversations';
import save from '../../nodes/missive-save';
import updateConversation from '../../nodes/missive-update-conversation';
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
});
