import should from 'should';
import { closeAll, type Json, practice, receiver, seeded } from './asking';

describe('sandbox: what people do on the page', () => {
    afterEach(closeAll);

    const watched = async (...types: string[]) => {
        const { sandbox, ask } = await practice();
        const { received, url } = await receiver(200);
        sandbox.watch({ id: 'r1', description: 'rule', types, url: () => url, secret: '' });
        return { sandbox, ask, received };
    };
    const typesIn = (received: readonly { json: Json }[]) => received.map(({ json }) => json.rule.type);

    it('closes, reopens, assigns and moves a conversation, each with its event', async () => {
        const types = ['conversation_closed', 'conversation_reopened', 'conversation_assignee_change', 'team_change'];
        const { sandbox, received } = await watched(...types);
        const conversation = seeded.fork;
        await sandbox.colleagueChanges({ conversation, close: true });
        await sandbox.colleagueChanges({ conversation, reopen: true });
        await sandbox.colleagueChanges({ conversation, assign: [seeded.rui] });
        const sales = sandbox.snapshot().teams.find(({ name }) => name === 'Sales')?.id ?? '';
        await sandbox.colleagueChanges({ conversation, team: sales });
        should(typesIn(received)).eql(types);
    });

    it('sends a draft that waited', async () => {
        const { sandbox, ask, received } = await watched('outgoing_email');
        const from_field = { address: 'shop@harborbikes.example' };
        const to_fields = [{ address: 'tom@trailclub.example' }];
        const drafts = { conversation: seeded.fork, from_field, to_fields, subject: 'Yes', body: 'Yes' };
        const { id } = (await ask('POST /drafts', { drafts })).json.drafts;
        const sent = await sandbox.colleagueSends({ draft: id });
        should(typesIn(received)).eql(['outgoing_email']);
        should(sent.conversation).equal(seeded.fork);
        const entries = sandbox.snapshot().conversations.find((one) => one.id === seeded.fork)?.entries as Json[];
        should(entries.find((one) => one.id === id)).match({
            kind: 'message',
            would_have_gone_to: ['tom@trailclub.example'],
        });
        await should(sandbox.colleagueSends({ draft: id })).be.rejectedWith({ status: 404 });
    });

    it('a draft with another subject, and a letter without one, rename nothing; what has drafts alone is called by them', async () => {
        const { sandbox, ask } = await watched();
        const title = (id: unknown) => sandbox.snapshot().conversations.find((one) => one.id === id)?.title;
        const mail = { address: 'a@x.example', body: 'Hi' };
        const { conversation } = await sandbox.customerWrites({ ...mail, subject: 'Wheel size?' });
        const from_field = { address: 'shop@harborbikes.example' };
        const drafts = { from_field, to_fields: [{ address: 'a@x.example' }], subject: 'Other', body: 'Yes' };
        await ask('POST /drafts', { drafts: { ...drafts, conversation } });
        should(title(conversation)).equal('Wheel size?');
        await sandbox.customerWrites({ ...mail, conversation });
        should(title(conversation)).equal('Wheel size?');
        const alone = (await ask('POST /drafts', { drafts })).json.drafts;
        should(title(alone.conversation)).equal('Other');
    });

    it('has WhatsApp and files', async () => {
        const { sandbox, received } = await watched('incoming_whatsapp_message', 'incoming_email');
        const person = { channel: 'whatsapp', address: 'PT.77', name: 'Rosa', body: 'Hi' } as const;
        const { conversation } = await sandbox.customerWrites(person);
        await sandbox.customerWrites({ ...person, body: 'Again', conversation });
        const attachments = [{ filename: 'a.txt', base64_data: 'YQ==' }];
        await sandbox.customerWrites({ address: 'a@x.example', subject: 'File', body: 'See', attachments });
        should(received.map(({ json }) => json.conversation.id === conversation)).eql([true, true, false]);
        should(received[0]?.json.message.from_field).match({ id: 'PT.77', name: 'Rosa' });
        should(received[2]?.json.message.attachments).match([{ filename: 'a.txt' }]);
    });

    it('mutes a flow, over a deploy, and lets it hear again', async () => {
        const { sandbox, received } = await watched('new_comment');
        const comment = () => sandbox.colleagueComments({ conversation: seeded.fork, body: 'x' });
        sandbox.mute({ rule: 'r1', muted: true });
        await comment();
        should(received).be.empty();
        should(sandbox.snapshot().rules).match([{ id: 'r1', muted: true }]);
        sandbox.mute({ rule: 'r1', muted: false });
        await comment();
        should(received).have.length(1);
        should(() => sandbox.mute({ rule: 'gone', muted: true })).throw(/does not exist/);
    });

    it('draws Markdown and says which node made what', async () => {
        const { sandbox, ask } = await practice();
        const posts = { notification: { title: 'a', body: 'b' }, markdown: '**bold**', conversation: seeded.fork };
        await ask('POST /posts', { posts }, { 'x-node-red-node': 'n1' });
        await ask('POST /posts', { posts: { ...posts, markdown: '_old_' } });
        const { conversations } = await sandbox.shown();
        const entries = conversations.find((one) => one.id === seeded.fork)?.entries as Json[];
        const made = entries.filter(({ kind, html }) => kind === 'post' && html);
        should(made).match([
            { node: 'n1', html: '<p><strong>bold</strong></p>\n' },
            { node: null, html: '<p><em>old</em></p>\n' },
        ]);
    });
});
