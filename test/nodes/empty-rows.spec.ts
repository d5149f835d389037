import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import createPost from '../../nodes/missive-create-post';
import createTask from '../../nodes/missive-create-task';
import list from '../../nodes/missive-list';
import merge from '../../nodes/missive-merge-conversations';
import save from '../../nodes/missive-save';
import updateConversation from '../../nodes/missive-update-conversation';
import type { OperationModule } from '../../src/runtime/operations/operation-node';
import { scriptedFlow } from '../support/scripted-flow';

const id = '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55';
const team = '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61';
const post = {
    markdown: 'Hi',
    markdownType: 'str',
    notification: '{"title":"a","body":"b"}',
    notificationType: 'json',
};
const draft = { body: 'Hi', bodyType: 'str' };
const task = { title: 'Call', titleType: 'str', organization: team, organizationType: 'str' };
const all = { resource: 'conversations', conversation_all: 'true', conversation_allType: 'bool' };
const label = { resource: 'shared_label', shared_label_name: 'VIP', shared_label_nameType: 'str' };
/** A row that reads msg.it. */
const row = (name: string, type = 'msg', value = 'it') => ({ [name]: value, [`${name}Type`]: type });

describe('a row that says where something goes and comes out empty', () => {
    const { missive, flow, account } = scriptedFlow(({ method }) => [
        method === 'GET' ? 200 : 201,
        { posts: { id }, drafts: { id }, tasks: { id }, conversations: [], contacts: [], shared_labels: [{ id }] },
    ]);
    let loaded = false;
    afterEach(() => {
        loaded = false;
    });
    const load = async (module: OperationModule, properties: Record<string, unknown>) => {
        if (loaded) await flow.unload();
        loaded = true;
        missive.seen.length = 0;
        await flow.load([module], { type: module.operation.type, fields: 'rows', ...properties }, account);
    };
    const refused = async (msg: Record<string, unknown>) => {
        const { error, msg: out } = await flow.send(msg);
        should(out).be.undefined();
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        missive.seen.should.be.empty();
        return String(error?.message);
    };
    const sent = async (msg: Record<string, unknown>) => {
        const { error } = await flow.send(msg);
        should(error).be.undefined();
        return missive.seen.at(-1);
    };

    const rows: readonly [string, OperationModule, Record<string, unknown>][] = [
        ['the conversation of a post', createPost, { ...post, ...row('conversation') }],
        ['the conversation of a post in JSONata', createPost, { ...post, ...row('conversation', 'jsonata', 'it.id') }],
        [
            'the conversation of a post, in the environment',
            createPost,
            { ...post, ...row('conversation', 'env', 'NOT_SET') },
        ],
        ['the references of a post', createPost, { ...post, ...row('references') }],
        ['the conversation of a draft', createDraft, { ...draft, ...row('conversation'), to_fields: 'a@x.example' }],
        ['the recipients of a draft', createDraft, { ...draft, ...row('to_fields'), subject: 'Order 7' }],
        ['the assignees of a subtask', createTask, { ...task, ...row('assignees'), subtask: true, conversation: id }],
        ['the one that is merged', merge, { ...row('conversation_id'), target: id }],
        ['the one that is merged into', merge, { conversation_id: id, ...row('target') }],
        ['the conversations that are changed', updateConversation, { ...row('conversation_id'), close: true }],
        ['a filter of a list', list, { ...all, ...row('email') }],
        ['the words that are searched for', list, { resource: 'contacts', contact_book: id, ...row('search') }],
        ['the label that is changed', save, { ...label, ...row('shared_label_id') }],
    ];
    for (const [what, module, properties] of rows)
        it(`is refused: ${what}`, async () => {
            await load(module, properties);
            for (const it of [undefined, '', '   '])
                should(await refused({ payload: {}, it })).match(/is (empty|missing)\./);
        });

    it('is refused where it is a variable that is blank or not set', async () => {
        process.env.ROW_THAT_IS_BLANK = '';
        process.env.ROW_THAT_IS_SET = id;
        const variable = (name: string) => `$${`{${name}}`}`;
        try {
            for (const name of ['ROW_THAT_IS_BLANK', 'ROW_THAT_IS_NOT_SET'])
                for (const [module, properties, key] of [
                    [createPost, post, 'conversation'],
                    [createDraft, draft, 'to_fields'],
                    [list, { resource: 'tasks' }, 'team'],
                    [list, all, 'email'],
                ] as const) {
                    await load(module, { ...properties, ...row(key, 'str', variable(name)) });
                    should(await refused({ payload: {} })).match(/is empty\./, `${key} ${name}`);
                }
            await load(createPost, { ...post, ...row('conversation', 'str', variable('ROW_THAT_IS_SET')) });
            should((await sent({}))?.body).match({ posts: { conversation: id } });
            // What says nothing of where it goes may be blank.
            await load(createPost, { ...post, ...row('username', 'str', variable('ROW_THAT_IS_BLANK')) });
            should((await sent({}))?.body).not.have.propertyByPath('posts', 'username');
            // As 0.1.0 had it.
            await load(createPost, {
                ...{ ...post, fields: undefined },
                ...row('conversation', 'str', variable('ROW_THAT_IS_BLANK')),
            });
            should((await sent({}))?.body).not.have.propertyByPath('posts', 'conversation');
        } finally {
            delete process.env.ROW_THAT_IS_BLANK;
            delete process.env.ROW_THAT_IS_SET;
        }
    });

    it('of an empty list of conversations, or of blanks alone, changes nothing', async () => {
        await load(updateConversation, { ...row('conversation_id'), close: true, closeType: 'bool' });
        for (const it of [[], [''], ' , ', [null], null]) await refused({ it });
    });

    it('is sent where it is null, which is a value; in a list null is a filter that nobody chose', async () => {
        await load(createPost, { ...post, ...row('conversation') });
        should((await sent({ it: null }))?.body).match({ posts: { conversation: null } });
        await load(list, { ...all, ...row('email') });
        (await sent({ it: null }))?.url.should.not.match(/email/);
    });

    it('says which row, and what to do', async () => {
        await load(createPost, { ...post, ...row('conversation', 'msg', 'event.conversation.id') });
        should(await refused({})).endWith(
            'Conversation (msg.event.conversation.id) is empty. Give it a value before this node, or take the row off: without it this would reach something else.',
        );
    });

    it('is no matter where another row says it, or where the row is not set', async () => {
        await load(createPost, { ...post, ...row('conversation'), references: 'shop/1', referencesType: 'str' });
        should((await sent({}))?.body).match({ posts: { references: ['shop/1'] } });
        // A conversation knows whom it is with.
        await load(createDraft, { ...draft, ...row('to_fields'), conversation: id, conversationType: 'str' });
        should((await sent({}))?.body).match({ drafts: { conversation: id } });
        await load(createTask, { ...task, ...row('assignees'), team, teamType: 'str' });
        should((await sent({}))?.body).match({ tasks: { team } });
        await load(createPost, { ...post, conversation: '', conversationType: 'none' });
        should((await sent({ payload: { conversation: id } }))?.body).not.have.propertyByPath('posts', 'conversation');
    });

    it('is left out as before in a node that reads its payload, and in one that 0.1.0 has saved', async () => {
        for (const fields of ['payload', undefined]) {
            await load(createPost, { ...post, ...row('conversation'), fields });
            should((await sent({ payload: {} }))?.body).not.have.propertyByPath('posts', 'conversation');
        }
    });
});
