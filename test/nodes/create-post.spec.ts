import should from 'should';
import createPost from '../../nodes/missive-create-post';
import { everyAction } from '../support/every-action';
import { NodeTest } from '../support/node-test';

const notification = { title: 'Stock', body: 'Fork back in stock' };
const post = { conversation: 'c1', notification, text: 'Hello' };

describe('missive-create-post', () => {
    const test = new NodeTest(createPost, () => [201, { posts: { id: 'p1', conversation: 'c1' } }]);
    const sent = () => (test.missive.seen[0]?.body as { posts: Record<string, unknown> } | undefined)?.posts;

    it('sends every field that Missive knows, by its own name', async () => {
        await test.load();
        const payload = {
            ...post,
            markdown: '**Hello**',
            attachments: [
                {
                    color: 'good',
                    title: 'SKU F-220',
                    timestamp: 1_767_700_000,
                    fields: [{ title: 'Units', value: '14', short: true }],
                },
                { filename: 'a.txt', base64_data: 'YQ==' },
            ],
            username: 'Stock bot',
            username_icon: 'https://cdn.example/stock.png',
            conversation_icon: 'https://cdn.example/box.png',
            reopen: false,
            references: ['<m@x.example>'],
            conversation_subject: 'Fork',
            conversation_color: 'good',
            ...everyAction,
        };
        const { msg } = await test.send(payload);
        test.sent().should.eql([['POST /posts', { posts: payload }]]);
        should(msg?.payload).eql({ id: 'p1', conversation: 'c1' });
    });

    it('makes the notification of two rows, over what the payload has', async () => {
        await test.load({ notification_title: 'Order', notification_titleType: 'str' });
        await test.send(post);
        should(sent()?.notification).eql({ title: 'Order', body: 'Fork back in stock' });
        JSON.stringify(sent()).should.not.containEql('notification_title');
    });

    it('needs no notification in the payload where the rows have both', async () => {
        await test.load();
        await test.send({ text: 'Hello', notification_title: 'Order', notification_body: 'Paid' });
        should(sent()).eql({ text: 'Hello', notification: { title: 'Order', body: 'Paid' } });
    });

    it('leaves what a block says of its own, an address or a path too, and fetches nothing for it', async () => {
        await test.load();
        const attachments = [
            { title: 'Order', url: 'https://shop.example/orders/1' },
            { text: 'x', path: '/orders/1', filename: 'a.pdf' },
            { color: 'good', path: 'offer.pdf', url: 'http://127.0.0.1/' },
        ];
        await test.send({ ...post, attachments });
        should(sent()?.attachments).eql(attachments);
    });

    it('takes files as flows have them, beside blocks', async () => {
        await test.load();
        const attachments = [{ filename: 'a.txt', content: 'a' }, { text: '14 units' }, Buffer.from('%PDF')];
        await test.send({ ...post, attachments });
        should(sent()?.attachments).eql([
            { filename: 'a.txt', base64_data: 'YQ==' },
            { text: '14 units' },
            { filename: 'attachment-3.pdf', base64_data: 'JVBERg==' },
        ]);
    });

    it('takes a block that has what files have for a block, unless it holds bytes or has the name of a file', async () => {
        await test.load();
        const blocks = [
            { title: 'x', content: 'y' },
            { text: 'x', content: null, filename: 'a.pdf', path: '/a', url: 'https://x.example' },
        ];
        const files = [
            { title: 'x', filename: 'a.txt', content: 'a' },
            { title: 'x', content: Buffer.from('%PDF') },
        ];
        await test.send({ ...post, attachments: [...blocks, ...files] });
        should(sent()?.attachments).eql([
            ...blocks,
            { filename: 'a.txt', base64_data: 'YQ==' },
            { filename: 'attachment-4.pdf', base64_data: 'JVBERg==' },
        ]);
    });

    it('turns a block’s date into seconds, and takes one block without a list', async () => {
        await test.load();
        await test.send({ ...post, attachments: { title: 'x', timestamp: '2026-12-01T09:00:00Z' } });
        should(sent()?.attachments).eql([{ title: 'x', timestamp: 1_796_115_600 }]);
    });

    it('says nothing of reopen where nothing was said', async () => {
        await test.load();
        await test.send(post);
        should(sent()).not.have.property('reopen');
    });

    const rules: [string, unknown, RegExp][] = [
        ['with nothing in it', { notification }, /nothing to post/],
        ['with null everywhere', { text: null, markdown: null, attachments: null, notification }, /nothing to post/],
        ['with no attachments', { attachments: [], notification }, /nothing to post/],
        ['without a notification', { text: 'x' }, /Notification title is missing/],
        ['with half a notification', { text: 'x', notification: { title: 'x', body: ' ' } }, /Notification body/],
        ['with a notification of text', { text: 'x', notification: 'x' }, /Notification \(msg.* should be an object/],
        ['with a title that is no text', { text: 'x', notification: { title: 1, body: 'x' } }, /text as its title/],
        ['of 8,001 characters', { ...post, text: 'x'.repeat(8001) }, /Text .* 8001 .* 8000 at most/],
        ['with Markdown of 8,001 characters', { ...post, markdown: 'x'.repeat(8001) }, /Markdown .* 8000 at most/],
        ['with a block in no colour', { ...post, attachments: [{ color: 'blue', title: 'x' }] }, /block 1 whose color/],
        ['with fields that are no list', { ...post, attachments: [{ fields: {} }] }, /block 1 whose fields/],
        ['with an attachment that is none', { ...post, attachments: [{ foo: 1 }] }, /no content for file 1/],
        [
            'with 26 files',
            { ...post, attachments: Array.from({ length: 26 }, () => Buffer.from('x')) },
            /26 files.*25 at most/,
        ],
        ['with labels but no organization', { ...post, add_shared_labels: 'l' }, /needs an Organization/],
        ['for the inbox of no team', { ...post, add_to_team_inbox: true }, /needs a Team/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a post ${name}`, async () => {
            await test.load();
            (await test.refused(payload)).should.match(reason);
        });
});
