import should from 'should';
import { invoiceOf } from '../../src/sandbox/stands/invoice';
import { orderOf } from '../../src/sandbox/stands/orders';
import { conversationOf, ExampleFlows, postsOf } from '../support/example-flows';

const file = (filename: string, content: string | Buffer) => ({
    filename,
    base64_data: Buffer.from(content).toString('base64'),
});
const order = orderOf('2291');
const invoice = file('scan.pdf', order ? invoiceOf(order) : '');

describe('attachment-to-labels, its flow file unchanged', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(() => ({}));

    type Letter = Parameters<typeof flows.inbox.customerWrites>[0];
    const writes = (subject: string, ...attachments: ReturnType<typeof file>[]) => {
        const letter: Letter = { address: 'ana@new.example', subject, body: '', attachments };
        return flows.inbox.customerWrites(letter);
    };
    const labelsOf = (state: Awaited<ReturnType<typeof flows.inbox.state>>, subject: string) =>
        (conversationOf(state, subject)?.shared_labels ?? []).map(({ name }) => name).sort();
    const labelled = (subject: string, labels: number) =>
        flows.inbox.until((state) => labelsOf(state, subject).length >= labels);

    it('labels by the first known word in each file, in PDF and text, and what it does not know “To look at”', async () => {
        await flows.deploy('attachment-to-labels');
        await writes('One', invoice);
        await writes('Two', file('order_2291.txt', 'Six tubes, and an invoice please.'));
        await writes('Three', file('a.txt', 'RÉCLAMATION : ma commande'), file('b.txt', 'Une facture.'));
        await writes('Four', file('c.bin', Buffer.from([0, 1, 2, 255])), file('reorder.txt', 'Borders and invoices'));
        await writes('None');
        await writes('Picture', file('logo.png', 'x'));
        for (const [subject, labels] of [
            ['One', ['Invoice']],
            ['Two', ['Order']],
            ['Three', ['Complaint', 'Invoice']],
            ['Four', ['To look at']],
        ] as const)
            should(labelsOf(await labelled(subject, labels.length), subject)).eql(labels);
        await flows.logged();
        const state = await flows.inbox.state();
        for (const subject of ['None', 'Picture']) should(labelsOf(state, subject)).be.empty();
        should(postsOf(conversationOf(state, 'Four'))).be.empty();
        flows.noErrors();
    });

    it('gives the same e-mail again no second label', async () => {
        const before = (await flows.inbox.state()).conversations.length;
        await writes('One', invoice);
        const state = await flows.inbox.until(({ conversations }) =>
            conversations.every(({ subject, latest_message_subject, shared_labels }) =>
                (subject ?? latest_message_subject) === 'One' ? shared_labels.length === 1 : true,
            ),
        );
        should(state.conversations).have.length(before + 1);
    });

    it('tells the team once where the service that reads is down, and a person has to look', async () => {
        await flows.deployWith('attachment-to-labels', { TEXT_URL: 'http://127.0.0.1:9/' });
        await writes('Down', invoice);
        const told = await flows.inbox.until((state) => postsOf(conversationOf(state, 'Down')).length > 0);
        should(postsOf(conversationOf(told, 'Down'))).match([
            { username: 'Files', markdown: /scan\.pdf.*ECONNREFUSED/ },
        ]);
        const conversation = conversationOf(await labelled('Down', 1), 'Down')?.id ?? '';
        await flows.inbox.customerWrites({
            ...{ address: 'ana@new.example', subject: 'Down', body: 'Again', attachments: [invoice], conversation },
        });
        await flows.logged();
        const state = await flows.inbox.state();
        should(labelsOf(state, 'Down')).eql(['To look at']);
        should(postsOf(conversationOf(state, 'Down'))).have.length(1);
    });
});
