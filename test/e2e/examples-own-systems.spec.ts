import should from 'should';
import { exampleFlow, type Node } from '../support/example-files';
import { ExampleFlows } from '../support/example-flows';

/** An account of a real Missive beside that of the practice inbox: what is real must not end in the practice shop. */
const real = { id: 'ac0000000000000f', type: 'missive-config', connection: 'missive', url: 'http://127.0.0.1:9/v1' };

/** An example whose Catch node also writes into the log. */
const told = (name: string): Node[] => [
    ...exampleFlow(name).map((node) => (node.complete === 'error' ? { ...node, console: true } : node)),
    real,
];

const letter = { address: 'ann@new.example', subject: 'Invoice of order 2291', body: 'Please send the invoice.' };
const variables = {
    'ai-draft-reply': 'AI_URL',
    'assign-to-owner': 'CRM_URL',
    'mail-to-sheet': 'SHEET_URL',
    'order-look-up': 'SHOP_URL',
    'pdf-to-draft': 'PDF_URL',
};

describe('the examples beside an account of a real Missive', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(() => ({}));

    for (const [name, variable] of Object.entries(variables))
        it(`${name} says that ${variable} is missing, and asks nobody`, async () => {
            await flows.deployFlow(told(name));
            await flows.inbox.customerWrites(letter);
            await flows.nodeRed.logged(new RegExp(`${variable} is missing: set it in the environment of Node-RED`));
            should((await flows.inbox.state()).sheet).be.empty();
        });

    it('web-form-to-conversation tells the visitor that it is not their fault, and the owner what is missing', async () => {
        await flows.deployFlow(told('web-form-to-conversation'));
        const form = { name: 'Ana', email: 'ana@new.example', question: 'Do you rent tandems?' };
        const answer = await flows.post('/web/contact', new URLSearchParams(form));
        should(answer.status).equal(502);
        should(await answer.text())
            .containEql('not your fault')
            .and.not.containEql('FORM_CHANNEL');
        await flows.nodeRed.logged(/FORM_CHANNEL is missing/);
    });

    it('web-form-to-conversation tells the visitor what is missing in the form', async () => {
        for (const form of [
            { name: 'Ana', email: 'ana@new.example', question: ' ' },
            { name: 'Ana', email: 'ana', question: 'Do you rent tandems?' },
        ]) {
            const answer = await flows.post('/web/contact', new URLSearchParams(form));
            should(answer.status).equal(422);
            should(await answer.text()).containEql('Something in the form is missing');
        }
    });
});
