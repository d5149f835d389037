import should from 'should';
import type { Snapshot } from '../../src/sandbox/practice/snapshot';
import { exampleFlow } from '../support/example-files';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox } from '../support/practice-inbox';

/** The draft with this subject, with the conversation that it is in. */
function draftIn({ conversations }: Snapshot, subject: string) {
    for (const conversation of conversations)
        for (const entry of conversation.entries)
            if (entry.kind === 'draft' && entry.subject === subject) return { conversation, draft: entry };
    return undefined;
}

describe('the example “customer e-mail to draft” in a real Node-RED, its flow file unchanged', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let inbox: PracticeInbox;

    before(async () => {
        nodeRed = await startNodeRed({ flows: [...exampleFlow('customer-email-to-draft')] });
        inbox = new PracticeInbox(nodeRed.adminUrl);
    });
    after(() => nodeRed?.stop());

    it('makes a contact, a task and a draft of a signed webhook', async () => {
        await inbox.customerWrites({
            name: 'Nora <Lindqvist',
            address: 'nora@new.example',
            subject: 'Wheel size',
            body: 'Which wheels fit?',
        });
        const state = await inbox.until((each) => draftIn(each, 'Re: Wheel size') !== undefined);
        const { conversation, draft } = draftIn(state, 'Re: Wheel size') ?? {};
        const contact = state.contacts.find(({ infos }) => infos?.some(({ value }) => value === 'nora@new.example'));
        should(contact).match({ first_name: 'Nora', last_name: '<Lindqvist' });
        const tasks = state.tasks.filter((task) => task.conversation === conversation?.id);
        should(tasks).match([{ title: 'Answer Nora <Lindqvist: Wheel size', state: 'todo' }]);
        should(draft?.to_fields).match([{ address: 'nora@new.example' }]);
        should(draft?.body).containEql('Hello Nora &lt;Lindqvist').and.not.containEql('<Lindqvist');
        should(state.deliveries[0]).match({ status: 200 });
    });

    it('makes no second contact when the same customer writes again', async () => {
        const mail = { name: 'Nora Lindqvist', address: 'Nora@NEW.example', subject: 'Again', body: 'Hello?' };
        await inbox.customerWrites(mail);
        const state = await inbox.until((each) => draftIn(each, 'Re: Again') !== undefined);
        const known = state.contacts.filter(({ infos }) => infos?.some(({ value }) => /nora@new/i.test(String(value))));
        known.should.have.length(1);
        should(nodeRed.log()).not.match(/\[error\]/);
    });

    it('can do without a name and a subject', async () => {
        await inbox.customerWrites({ address: 'quiet@new.example', body: 'Hello?' });
        const state = await inbox.until((each) => draftIn(each, 'Re: your message') !== undefined);
        const { conversation, draft } = draftIn(state, 'Re: your message') ?? {};
        should(draft?.body).containEql('<div>Hello,</div>').and.containEql('for your message. We');
        const tasks = state.tasks.filter((task) => task.conversation === conversation?.id);
        should(tasks).match([{ title: 'Answer quiet@new.example: no subject' }]);
        should(nodeRed.log()).not.match(/\[error\]/);
    });
});
