import should from 'should';
import { closeAll, type Json, practice, seeded } from '../asking';

const shop = { address: 'shop@harborbikes.example', name: 'Harbor Bikes' };
const tom = { address: 'tom@trailclub.example', name: 'Tom Reyes' };

describe('sandbox: drafts, posts, messages and conversations', () => {
    afterEach(closeAll);

    it('keeps a draft, marks a sent one as practice, and can take a draft back', async () => {
        const { sandbox, ask } = await practice();
        const draft = { conversation: seeded.fork, from_field: shop, to_fields: [tom], body: 'Yes' };
        const made = await ask('POST /drafts', { drafts: draft });
        should([made.status, made.json.drafts.conversation]).eql([201, seeded.fork]);
        const row = (await ask(`GET /conversations/${seeded.fork}/drafts`)).json.drafts[0];
        should(row).have.properties({ id: made.json.drafts.id, draft: true, delivered_at: null });
        should((await ask(`DELETE /drafts/${row.id}`)).status).equal(200);
        should((await ask(`DELETE /drafts/${row.id}`)).status).equal(404);
        const sent = await ask('POST /drafts', { drafts: { ...draft, send: true } });
        const entries: Json[] = sandbox.snapshot().conversations.flatMap((one) => one.entries as Json[]);
        const shown = entries.find(({ id }) => id === sent.json.drafts.id);
        should(shown).have.properties({ kind: 'message', would_have_gone_to: ['tom@trailclub.example'] });
    });

    it('shows a scheduled draft, and sends it when it is due', async () => {
        const { ask } = await practice();
        const draft = { from_field: shop, to_fields: [tom], body: 'Later' };
        const at = Math.floor(Date.now() / 1000);
        const later = (await ask('POST /drafts', { drafts: { ...draft, send_at: at + 3600 } })).json.drafts
            .conversation;
        should((await ask(`GET /conversations/${later}`)).json.conversations[0].send_later_messages_count).equal(1);
        const due = (await ask('POST /drafts', { drafts: { ...draft, send_at: at - 1 } })).json.drafts.conversation;
        should((await ask(`GET /conversations/${due}`)).json.conversations[0].messages_count).equal(1);
    });

    it('refuses what Missive refuses in a draft', async () => {
        const { ask } = await practice();
        const draft = { from_field: shop, to_fields: [tom] };
        const refused = async (more: object) =>
            (await ask('POST /drafts', { drafts: { ...draft, ...more } })).json.error.message;
        should(await refused({ from_field: tom })).equal("'from_field' does not match an available sender");
        should(await refused({ send: true, send_at: 1 })).equal("'send' and 'send_at' exclude each other");
        should(await refused({ auto_followup: true })).equal("'send_at' is required when 'auto_followup' is defined");
        should(await refused({ account: seeded.book })).equal(`Account with id ${seeded.book} does not exist`);
        should(await refused({ add_shared_labels: [seeded.parts] })).equal(
            "'organization' is required when 'add_shared_labels' is defined",
        );
        const files = Array.from({ length: 26 }, () => ({ base64_data: 'YQ==', filename: 'a.txt' }));
        should(await refused({ attachments: files })).containEql('at most 25');
        should(await refused({ to_fields: [{ phone_number: '+351 910' }] })).containEql("'to_fields' must be");
    });

    it('wants a notification (422) and content (400) of a post, and reopens unless told not to', async () => {
        const { ask } = await practice();
        const closed = (await ask('GET /conversations?closed=true')).json.conversations[0].id;
        const post = { conversation: closed, text: 'x', notification: { title: 'a', body: 'b' } };
        should((await ask('POST /posts', { posts: { text: 'x' } })).status).equal(422);
        const empty = await ask('POST /posts', { posts: { ...post, text: undefined } });
        should(empty.json.error.message).equal('Validation failed: text, markdown or attachments needed');
        const isClosed = async () => (await ask(`GET /conversations/${closed}`)).json.conversations[0].users[0].closed;
        await ask('POST /posts', { posts: { ...post, reopen: false } });
        should(await isClosed()).be.true();
        await ask('POST /posts', { posts: post });
        should(await isClosed()).be.false();
    });

    it('takes incoming messages for custom channels alone, and finds the conversation by reference', async () => {
        const { ask } = await practice();
        const message = {
            account: seeded.channel,
            from_field: { id: 'u-1', name: 'Tim' },
            body: 'Hi',
            external_id: 'x-1',
        };
        const first = (await ask('POST /messages', { messages: message })).json.messages;
        const second = (await ask('POST /messages', { messages: { ...message, references: ['<x-1>'] } })).json.messages;
        should(second.conversation).equal(first.conversation);
        should(second.id).not.equal(first.id);
        should((await ask('POST /messages', { messages: { ...message, account: seeded.book } })).status).equal(400);
        const found = (await ask('GET /messages?email_message_id=%3Cc1%40trailclub.example%3E')).json.messages;
        should(found.map(({ id }: Json) => id)).eql([seeded.message]);
    });

    it('threads posts by their references, though no message has one', async () => {
        const { ask } = await practice();
        const post = { notification: { title: 'a', body: 'b' }, text: 'x', organization: seeded.organization };
        const placed = async (references: string[]) =>
            (await ask('POST /posts', { posts: { ...post, references } })).json.posts.conversation;
        const first = await placed(['<github/shop/7>']);
        should(await placed(['github/shop/7'])).equal(first);
        should(await placed(['github/shop/8'])).not.equal(first);
    });

    it('changes conversations in a batch, and refuses ids that differ', async () => {
        const { ask } = await practice();
        const ids = `${seeded.fork},${seeded.order}`;
        const rows = [
            { id: seeded.order, subject: 'B', color: 'good' },
            { id: seeded.fork, organization: seeded.organization, add_assignees: [seeded.ines] },
        ];
        const { json } = await ask(`PATCH /conversations/${ids}`, { conversations: rows });
        should(json.conversations.map(({ id }: Json) => id)).eql([seeded.order, seeded.fork]);
        should(json.conversations[1].assignee_names).equal('Ines Duarte');
        const twice = await ask(`PATCH /conversations/${ids}`, { conversations: [rows[0], rows[0]] });
        should(twice.json.error.message).equal('Invalid resource ID(s)');
    });

    it('merges, and the id that went keeps leading to the one that stayed', async () => {
        const { ask } = await practice();
        const merged = await ask(`POST /conversations/${seeded.fork}/merge`, { target: seeded.order, subject: 'Both' });
        should(merged.json.conversations[0]).have.properties({ id: seeded.order, subject: 'Both' });
        should((await ask(`GET /conversations/${seeded.fork}`)).json.conversations[0].id).equal(seeded.order);
        const messages: Json[] = (await ask(`GET /conversations/${seeded.fork}/messages`)).json.messages;
        should(messages.map(({ id }) => id)).containEql(seeded.message);
    });

    it('swaps a merge into a private conversation', async () => {
        const { ask } = await practice();
        const all: Json[] = (await ask('GET /conversations?all=true&limit=50')).json.conversations;
        const personal = all.find(({ organization, subject }) => organization === null && subject !== undefined).id;
        const merged = await ask(`POST /conversations/${seeded.fork}/merge`, { target: personal });
        should(merged.json.conversations[0].id).equal(seeded.fork);
    });
});
