import should from 'should';
import { closeAll, type Json, practice, receiver, seeded } from './asking';

const { organization } = seeded;
const shop = { address: 'shop@harborbikes.example' };
const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AAQQgWAwBR7QX7hH8bGwAAAABJRU5ErkJggg==',
    'base64',
);
const gif = Buffer.from('R0lGODlhBQAEAIAAAAAAAP///yH5BAEAAAAALAAAAAAFAAQAAAIEhI+pVgA7', 'base64');

describe('sandbox: what was recorded of Missive', () => {
    afterEach(closeAll);

    const all = async (ask: (line: string) => Promise<Json>): Promise<Json[]> =>
        (await ask('GET /conversations?all=true&limit=50')).json.conversations;

    it('refuses an e-mail draft without a sender of its own in its words, and lists those that there are', async () => {
        const { ask } = await practice();
        for (const from_field of [
            undefined,
            null,
            { address: 'tom@trailclub.example' },
            { phone_number: '+15550100' },
        ]) {
            const drafts = { ...(from_field !== undefined && { from_field }), body: 'Hello' };
            const { status, json } = await ask('POST /drafts', { drafts });
            should([status, json.error.message]).eql([400, "'from_field' does not match an available sender"]);
            should(json.error.senders).containEql('shop@harborbikes.example');
        }
    });

    it('names every author: a number as people write it, and no number where there is none', async () => {
        const { ask, sandbox } = await practice();
        await sandbox.customerWrites({ address: '+11234567891', body: 'Hi' });
        await sandbox.customerWrites({ address: 'nameless@mail.example', body: 'Hi', subject: 'A' });
        const rows = await all(ask);
        const authors = rows.flatMap((one) => one.authors ?? []);
        for (const { name } of authors) should(name).be.a.String().and.not.empty();
        should(authors).containEql({ name: '+1 (123) 456-7891', phone_number: '+11234567891' });
        should(authors).containEql({ name: '+351 910 000 001', phone_number: '+351910000001' });
        should(authors).containEql({ name: 'nameless@mail.example', address: 'nameless@mail.example' });
        should(authors).containEql({ name: 'Tom' }).and.containEql({ name: 'Beatriz Lemos' });
        should(rows.map((one) => one.latest_message_subject)).containEql('SMS with +1 (123) 456-7891');
    });

    it('has drafts, pictures and comments as Missive lists them', async () => {
        const { ask } = await practice();
        const attachments = [
            { filename: 'a.png', base64_data: png.toString('base64') },
            { filename: 'b.gif', base64_data: gif.toString('base64') },
            { filename: 'c.txt', base64_data: 'YQ==' },
        ];
        const message = { conversation: seeded.fork, account: seeded.channel, from_field: { id: 'u-1' }, attachments };
        await ask('POST /messages', { messages: message });
        const rows: Json[] = (await ask(`GET /conversations/${seeded.fork}/messages`)).json.messages;
        should(rows.map(({ draft }) => draft)).matchEach(false);
        const files: Json[] = rows.find(({ type }) => type === 'custom_text').attachments;
        should(files.map(({ width, height }) => [width, height])).eql([
            [3, 2],
            [5, 4],
            [undefined, undefined],
        ]);
        const [comment] = (await ask(`GET /conversations/${seeded.fork}/comments`)).json.comments;
        should(comment).have.properties({ meta: [], task: null, attachment: null });
    });

    it('shows a task in a conversation as a comment that is one, in webhooks too', async () => {
        const { ask, sandbox } = await practice();
        const { received, url } = await receiver(200);
        const hooks = { type: 'new_comment', url, is_task: true };
        should((await ask('POST /hooks', { hooks })).status).equal(201);
        await sandbox.colleagueComments({ conversation: seeded.fork, body: 'Only a remark' });
        const given = { conversation: seeded.fork, body: 'Call Tom', task: true, assignee: seeded.ines };
        await sandbox.colleagueComments(given);
        should(received.slice(1).map(({ json }) => json.comment.body)).eql(['Call Tom']);
        should(received[1]?.json.comment.task).match({ completed_at: null, assignees: [{ id: seeded.ines }] });
        const [comment] = (await ask(`GET /conversations/${seeded.fork}/comments`)).json.comments;
        should(comment.task).match({ state: 'todo', description: 'Call Tom', assignees: [{ name: 'Ines Duarte' }] });
        const { tasks_count } = (await ask(`GET /conversations/${seeded.fork}`)).json.conversations[0];
        should(tasks_count).equal(1);
    });

    it('takes one response and one label in place of a list, and answers a changed task with ids', async () => {
        const { ask } = await practice();
        const response = await ask('POST /responses', { responses: { title: 'Alone', organization } });
        should(response.json.responses[0].title).equal('Alone');
        const label = await ask('POST /shared_labels', { shared_labels: { name: 'Alone', organization } });
        should(label.json.shared_labels[0].name).equal('Alone');
        should((await ask('POST /teams', { teams: { name: 'Alone', organization } })).status).equal(400);
        const { id } = (await ask('POST /tasks', { tasks: { title: 'x', organization, team: seeded.workshop } })).json
            .tasks;
        const { tasks } = (await ask(`PATCH /tasks/${id}`, { tasks: { assignees: [seeded.rui] } })).json;
        should(tasks).have.properties({ assignees: [seeded.rui], team: seeded.workshop });
    });

    it('takes a task in a post', async () => {
        const { ask } = await practice();
        const post = { text: 'Stock is low', notification: { title: 'a', body: 'b' }, conversation: seeded.fork };
        await ask('POST /posts', { posts: { ...post, task: { title: 'Order forks', state: 'todo' } } });
        const [shown] = (await ask(`GET /conversations/${seeded.fork}/posts`)).json.posts;
        should(shown.task).match({ title: 'Order forks', state: 'todo' });
        const tasks: Json[] = (await ask(`GET /tasks?conversation=${seeded.fork}&type=task`)).json.tasks;
        should(tasks.map(({ title }) => title)).eql(['Order forks']);
    });

    it('has somebody in WhatsApp whose id is no number, and lets a reply do without a recipient', async () => {
        const { ask, sandbox } = await practice();
        const whatsapp = (await all(ask)).find(({ authors }) => authors?.[0]?.name === 'Beatriz Lemos').id;
        const [message] = (await ask(`GET /conversations/${whatsapp}/messages`)).json.messages;
        should(message).match({ type: 'whatsapp', from_field: { id: 'PT.1587432091', name: 'Beatriz Lemos' } });
        const reply = { conversation: whatsapp, body: 'Yes', send: true };
        const named = await ask('POST /drafts', { drafts: { ...reply, to_fields: [{ id: 'PT.1587432091' }] } });
        should(named.status).equal(400);
        should((await ask('POST /drafts', { drafts: reply })).status).equal(201);
        const entries = sandbox.snapshot().conversations.find(({ id }) => id === whatsapp)?.entries as Json[];
        should(entries.at(-1)).match({ type: 'whatsapp', would_have_gone_to: ['Beatriz Lemos'] });
    });

    it('keeps what the shop began under whoever got it, and its own messages under its name', async () => {
        const { ask, sandbox } = await practice();
        const sms = { to_fields: [{ phone_number: '+351910000044' }], from_field: { phone_number: '+351210000009' } };
        const made = (await ask('POST /drafts', { drafts: { ...sms, body: 'Ready', send: true } })).json.drafts;
        const digest = { from_field: shop, to_fields: [{ address: 'rui@harborbikes.example' }], subject: 'Digest' };
        const second = (await ask('POST /drafts', { drafts: digest })).json.drafts;
        const { conversations } = sandbox.snapshot();
        const shown = (id: string) => conversations.find((one) => one.id === id);
        should(shown(made.conversation)?.who).equal('+351 910 000 044');
        should(shown(second.conversation)).match({ who: 'Rui Pinto', title: 'Digest' });
        const [conversation] = (await ask(`GET /conversations/${made.conversation}`)).json.conversations;
        should(conversation.latest_message_subject).equal('SMS with +351 910 000 044');
    });

    it('does not rename a conversation for a letter without a subject', async () => {
        const { sandbox } = await practice();
        const title = () => sandbox.snapshot().conversations.find(({ id }) => id === seeded.fork)?.title;
        const before = title();
        const web = `https://mail.missiveapp.com/#inbox/conversations/${seeded.fork}`;
        await sandbox.customerWrites({
            conversation: web,
            address: 'tom@trailclub.example',
            body: 'And one more thing',
        });
        should(before).equal('Spare part for a gravel fork');
        should(title()).equal(before);
    });
});
