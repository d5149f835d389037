import should from 'should';
import { exampleFlow } from '../support/example-files';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox } from '../support/practice-inbox';

describe('the example “reply with Markdown and a file” in a real Node-RED, its flow file unchanged', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let inbox: PracticeInbox;

    before(async () => {
        nodeRed = await startNodeRed({ flows: [...exampleFlow('reply-with-markdown-and-file')] });
        inbox = new PracticeInbox(nodeRed.adminUrl);
    });
    after(() => nodeRed?.stop());

    it('leaves a formatted draft with a file for a person', async () => {
        const mail = { name: 'Nora <Lindqvist', address: 'nora@new.example', subject: 'Prices?', body: 'Hello?' };
        await inbox.customerWrites(mail);
        const draftIn = (state: Awaited<ReturnType<PracticeInbox['state']>>) =>
            state.conversations
                .flatMap(({ entries }) => entries)
                .find((entry) => entry.kind === 'draft' && entry.subject === 'Re: Prices?');
        const draft = draftIn(await inbox.until((state) => draftIn(state) !== undefined)) as
            | { body: string; attachments: { filename: string; url: string }[] }
            | undefined;
        const body = draft?.body ?? '';
        body.should.startWith('<div>Hello Nora &lt;Lindqvist,</div><div><br></div><div>thank you');
        body.should.containEql('<strong>Today&#39;s prices</strong>').and.containEql('<td align="right">249 €</td>');
        body.should
            .containEql('<a href="https://harborbikes.example/book">')
            .and.endWith('regards,<br>Harbor Bikes</div>');
        should(draft?.attachments).match([{ filename: 'prices.csv' }]);
        const csv = await (await fetch(draft?.attachments[0]?.url ?? '')).text();
        csv.should.match(/^part,price,stock\r?\nF-220 fork,249,14\r?\n/);
        should(nodeRed.log()).not.match(/\[error\]/);
    });
});
