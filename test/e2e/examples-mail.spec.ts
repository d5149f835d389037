import { setTimeout as pause } from 'node:timers/promises';
import should from 'should';
import { conversationOf, ExampleFlows, lettersOf, postsOf } from '../support/example-flows';

const far = (address: string) => ({
    AI_URL: `${address}/ai`,
    AI_MODEL: 'some-model',
    AI_KEY: 'a-key',
    QUIET_SECONDS: '0.8',
    CRM_URL: `${address}/crm`,
    SHEET_URL: `${address}/sheet`,
    SHOP_URL: `${address}/shop`,
    PDF_URL: `${address}/pdf`,
});
const nora = { name: 'Nora <Lind', address: 'nora@new.example' };

describe('the examples that a customer sets off, their flow files unchanged', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(far);
    afterEach(() => flows.noErrors());

    it('ai-draft-reply drafts what the AI says, and sends nothing', async () => {
        await flows.deploy('ai-draft-reply');
        flows.far.answers.set('/ai', () => [
            200,
            { choices: [{ message: { content: 'Hello,\n\n**29 inch** fit.' } }] },
        ]);
        await flows.inbox.customerWrites({ ...nora, subject: 'Wheels', body: 'Which wheels fit my bike?' });
        const state = await flows.inbox.until((each) => lettersOf(conversationOf(each, 'Wheels'), 'draft').length > 0);
        const conversation = conversationOf(state, 'Wheels');
        const [draft] = lettersOf(conversation, 'draft');
        should(draft).match({ subject: 'Re: Wheels', to_fields: [{ address: nora.address }] });
        should(draft?.body).containEql('<strong>29 inch</strong>');
        should(lettersOf(conversation, 'message')).have.length(1);
        const [asked] = flows.far.asked;
        should(asked?.headers.authorization).equal('Bearer a-key');
        should(asked?.body).match({ model: 'some-model', messages: [{ role: 'system' }, { role: 'user' }] });
        should(JSON.stringify(asked?.body)).containEql('Which wheels fit my bike?');
        await flows.inbox.customerWrites({ address: 'quiet@new.example', body: 'No name, no subject.' });
        await flows.asked(2);
        const nameless = (await flows.inbox.state()).conversations.find(({ entries }) =>
            entries.some((each) => 'text' in each && each.text === 'No name, no subject.'),
        );
        should(lettersOf(nameless, 'draft')).match([{ subject: 'Re: your message' }]);
        flows.far.answers.set('/ai', () => [503, { error: 'busy' }]);
        await flows.inbox.customerWrites({ ...nora, subject: 'Tyres', body: 'Which tyres fit?' });
        await flows.asked(3);
        lettersOf(conversationOf(await flows.inbox.state(), 'Tyres'), 'draft').should.be.empty();
    });

    it('wait-then-draft writes one draft in each conversation, after the last e-mail', async () => {
        await flows.deploy('wait-then-draft');
        await flows.inbox.customerWrites({ ...nora, subject: 'First', body: 'One.' });
        const conversation = conversationOf(await flows.inbox.state(), 'First')?.id ?? '';
        await flows.inbox.customerWrites({ address: 'bob@new.example', subject: 'Re: Bob', body: 'Hello?' });
        await flows.inbox.customerWrites({ ...nora, subject: 'Second', body: 'Two.', conversation });
        await flows.inbox.customerWrites({ ...nora, subject: 'Third', body: 'Three.', conversation });
        should(lettersOf(conversationOf(await flows.inbox.state(), 'Third'), 'draft')).be.empty();
        const state = await flows.inbox.until(
            (each) =>
                lettersOf(conversationOf(each, 'Third'), 'draft').length > 0 && drafts(each, 'Re: Bob').length > 0,
        );
        should(drafts(state, 'Re: Bob')).match([{ subject: 'Re: Bob', body: /^<div>Hello,/ }]);
        should(drafts(state, 'Third').map(({ subject }) => subject)).eql(['Re: Third']);
        should(drafts(state, 'Third')[0]?.body).containEql('Hello Nora &lt;Lind');
        // Silence again, with the draft still there: no second one.
        await flows.inbox.customerWrites({ ...nora, subject: 'Third', body: 'Four.', conversation });
        await pause(1_500);
        drafts(await flows.inbox.state(), 'Third').should.have.length(1);
    });

    it('classify-and-label gives label, team and colour by name', async () => {
        await flows.deploy('classify-and-label');
        const kinds = [
            ['Spare part', 'Do you have this fork?', 'Parts', 'Workshop', 'good'],
            ['My brakes', 'They squeal.', 'Service', 'Workshop', 'warning'],
            ['Question', 'Where is my REFUND?', 'Urgent', 'Sales', 'danger'],
        ] as const;
        for (const [subject, body] of kinds) await flows.inbox.customerWrites({ ...nora, subject, body });
        await flows.inbox.customerWrites({ ...nora, subject: 'Greetings', body: 'From the sea.' });
        const state = await flows.inbox.until((each) => kinds.every(([name]) => conversationOf(each, name)?.color));
        for (const [subject, _, label, team, color] of kinds)
            should(conversationOf(state, subject)).match({ shared_label_names: label, team: { name: team }, color });
        should(conversationOf(state, 'Greetings')).match({ shared_label_names: '', color: null });
    });

    it('assign-to-owner assigns by name or e-mail address, and falls back to a team', async () => {
        await flows.deploy('assign-to-owner');
        const owners: Record<string, string> = {
            'a@x.example': 'Ines Duarte',
            'b@x.example': 'rui@harborbikes.example',
        };
        flows.far.answers.set('/crm', ({ query: { email = '' } }) =>
            owners[email] ? [200, { owner: owners[email] }] : [404, { error: 'unknown' }],
        );
        for (const each of ['a', 'b', 'c'])
            await flows.inbox.customerWrites({
                name: each,
                address: `${each}@x.example`,
                subject: `Of ${each}`,
                body: 'Hi',
            });
        const state = await flows.inbox.until(
            (each) =>
                ['a', 'b'].every((name) => conversationOf(each, `Of ${name}`)?.assignee_names) &&
                conversationOf(each, 'Of c')?.team?.name === 'Sales',
        );
        const assigned = ['a', 'b', 'c'].map((name) => conversationOf(state, `Of ${name}`)?.assignee_names);
        should(assigned).eql(['Ines Duarte', 'Rui Pinto', '']);
    });

    it('bot-hands-over answers by SMS until somebody asks for a person, and is silent then', async () => {
        await flows.deploy('bot-hands-over');
        const sms = { address: '+351910000099', body: 'When are you open?' };
        await flows.inbox.customerWrites(sms);
        const own = (each: Awaited<ReturnType<typeof flows.inbox.state>>) =>
            each.conversations.find(({ entries }) => entries.some((one) => 'text' in one && one.text === sms.body));
        const first = own(await flows.inbox.until((each) => lettersOf(own(each), 'message').length === 2));
        should(lettersOf(first, 'message')[1]?.would_have_gone_to).eql([sms.address]);
        const conversation = first?.id ?? '';
        await flows.inbox.customerWrites({ ...sms, body: 'I want to talk to a HUMAN', conversation });
        const handed = own(await flows.inbox.until((each) => postsOf(own(each)).length > 0));
        should(handed).match({ assignee_names: 'Ines Duarte', team: { name: 'Workshop' }, color: 'warning' });
        should(postsOf(handed)[0]).match({ username: 'Bot', markdown: /talk to a HUMAN/ });
        await flows.inbox.customerWrites({ ...sms, body: 'And when are you closed?', conversation });
        await pause(500);
        lettersOf(own(await flows.inbox.state()), 'message').should.have.length(4);
    });

    it('order-look-up posts what the shop knows, and nothing of an order that it does not know', async () => {
        await flows.deploy('order-look-up');
        flows.far.answers.set('/shop', ({ query }) =>
            query.order === '2291'
                ? [200, { number: 2291, status: 'paid', total: '€ 80', link: 'https://shop.example/2291' }]
                : [404, {}],
        );
        await flows.inbox.customerWrites({ ...nora, subject: 'Order 9999', body: 'Where is it?' });
        await flows.inbox.customerWrites({ ...nora, subject: 'My order', body: 'Where is order 2291?' });
        const state = await flows.inbox.until((each) => postsOf(conversationOf(each, 'My order')).length > 0);
        should(postsOf(conversationOf(state, 'My order'))).match([
            {
                username: 'Shop',
                attachments: [{ title: 'Order 2291', color: 'good', fields: [{ value: 'paid' }, { value: '€ 80' }] }],
            },
        ]);
        postsOf(conversationOf(state, 'Order 9999')).should.be.empty();
        lettersOf(conversationOf(state, 'My order'), 'message').should.have.length(1);
    });

    it('pdf-to-draft attaches the file to a draft', async () => {
        await flows.deploy('pdf-to-draft');
        const pdf = Buffer.from('%PDF-1.4\n\xff\x00 bytes', 'latin1');
        flows.far.answers.set('/pdf', () => [200, pdf]);
        await flows.inbox.customerWrites({ ...nora, subject: 'Paper', body: 'Please send the invoice of order 2291.' });
        const state = await flows.inbox.until((each) => lettersOf(conversationOf(each, 'Paper'), 'draft').length > 0);
        const [draft] = lettersOf(conversationOf(state, 'Paper'), 'draft');
        should(flows.far.asked[0]?.query).eql({ order: '2291' });
        should(draft).match({
            to_fields: [{ address: nora.address }],
            attachments: [{ filename: 'invoice-2291.pdf' }],
        });
        const file = await fetch(draft?.attachments[0]?.url ?? '');
        should(Buffer.from(await file.arrayBuffer()).equals(pdf)).be.true();
        lettersOf(conversationOf(state, 'Paper'), 'message').should.have.length(1);
        flows.far.answers.set('/pdf', () => [404, { error: 'unknown' }]);
        await flows.inbox.customerWrites({ ...nora, subject: 'Other', body: 'Please send the invoice of order 9999.' });
        await flows.asked(2);
        lettersOf(conversationOf(await flows.inbox.state(), 'Other'), 'draft').should.be.empty();
    });

    it('comment-or-label-to-task makes tasks and closes them again', async () => {
        await flows.deploy('comment-or-label-to-task');
        const start = await flows.inbox.state();
        const conversation = conversationOf(start, 'Wheel sets for autumn')?.id ?? '';
        const label = start.labels.find(({ name }) => name === 'Shop/Service')?.id ?? '';
        const tasks = (each: typeof start) =>
            each.tasks
                .filter((task) => task.conversation === conversation)
                .map(({ title, state }) => `${title}: ${state}`)
                .sort();
        const become = (...wanted: string[]) =>
            flows.inbox.until((each) => JSON.stringify(tasks(each)) === JSON.stringify(wanted));
        await flows.inbox.colleagueComments({ conversation, body: 'No task here.' });
        await flows.inbox.colleagueComments({ conversation, body: '#task Order 12 wheel sets' });
        await become('Order 12 wheel sets: todo');
        await flows.inbox.changeLabels({ conversation, add: [label] });
        await become('Order 12 wheel sets: todo', 'Service the bike: todo');
        // Another label changes: the task is there already.
        const urgent = start.labels.find(({ name }) => name === 'Urgent')?.id ?? '';
        await flows.inbox.changeLabels({ conversation, add: [urgent] });
        await flows.inbox.changeLabels({ conversation, remove: [label] });
        await become('Order 12 wheel sets: todo', 'Service the bike: closed');
        await flows.inbox.colleagueComments({ conversation, body: '#done' });
        await become('Order 12 wheel sets: closed', 'Service the bike: closed');
    });

    it('mail-to-sheet adds a row for each e-mail, again where the other side refused it', async () => {
        await flows.deploy('mail-to-sheet');
        let refusals = 1;
        flows.far.answers.set('/sheet', () => (refusals-- > 0 ? [500, {}] : [200, {}]));
        await flows.inbox.customerWrites({ ...nora, subject: 'Row', body: 'Put me into the sheet.' });
        await flows.asked(2);
        should(flows.far.asked.map(({ method }) => method)).eql(['POST', 'POST']);
        should(flows.far.asked[1]?.body).match({
            ...{ from: nora.address, name: nora.name, subject: 'Row', text: 'Put me into the sheet.' },
            ...{ received: /^\d{4}-\d\d-\d\dT/, link: /^https:/ },
        });
    });
});

function drafts(state: Parameters<typeof conversationOf>[0], subject: string) {
    return lettersOf(conversationOf(state, subject), 'draft');
}
