import should from 'should';
import type { Snapshot } from '../../src/sandbox/practice/snapshot';
import { seeded } from '../sandbox/asking';
import { conversationOf, ExampleFlows, lettersOf, postsOf } from '../support/example-flows';

describe('the examples that another system calls, their flow files unchanged', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(() => ({ FORM_CHANNEL: seeded.channel }));

    it('shop-customer-to-contact makes a contact with its groups, then changes it, and keeps the groups it has', async () => {
        await flows.deploy('shop-customer-to-contact');
        const customer = {
            email: 'Joao@new.example',
            first_name: 'João',
            number: 4711,
            groups: ['Wholesale', 'Cargo'],
        };
        const made = await flows.post('/shop/customer', customer);
        should(made.status).equal(200);
        const { contact, action } = (await made.json()) as { contact: string; action: string };
        should(action).equal('created');
        const changed = await flows.post('/shop/customer', {
            email: 'joao@new.example',
            phone: '+351910000055',
            groups: ['Club'],
        });
        should(await changed.json()).eql({ contact, action: 'updated' });
        const rows = (await flows.inbox.state()).contacts.filter(({ id }) => id === contact);
        should(rows).match([{ first_name: 'João' }]);
        const [{ infos, memberships }] = rows as [Snapshot['contacts'][number]];
        should((infos ?? []).map(({ value }) => value).sort()).eql(['+351910000055', '4711', 'Joao@new.example']);
        should((memberships ?? []).map(({ group }) => Reflect.get(group as object, 'name')).sort()).eql([
            'Cargo',
            'Club',
            'Wholesale',
        ]);
        flows.noErrors();
    });

    it('shop-customer-to-contact says what is wrong with a customer without an address', async () => {
        const refused = await flows.post('/shop/customer', { first_name: 'Nobody' });
        should(refused.status).equal(422);
        should(await refused.json()).match({ error: /E-mail, phone and more.*email/ });
    });

    it('web-form-to-conversation puts what is written in a form before a team, and the next into the same conversation', async () => {
        await flows.deploy('web-form-to-conversation');
        const page = await fetch(`${flows.nodeRed.url}/web/contact`);
        should(page.headers.get('content-type')).match(/text\/html/);
        should(await page.text()).match(/<form method="post">/);
        const form = { name: 'Ana <b>', email: 'Ana@new.example', question: 'Do you rent tandems?' };
        const answer = await flows.post('/web/contact', new URLSearchParams(form));
        should(answer.status).equal(200);
        should(await answer.text()).containEql('Thank you, Ana &lt;b&gt;');
        const again = { ...form, email: 'ana@new.example ', question: 'For two days?' };
        should((await flows.post('/web/contact', new URLSearchParams(again))).status).equal(200);
        const conversation = conversationOf(await flows.inbox.state(), 'Web form: Ana <b>');
        should(conversation).match({ team: { name: 'Workshop' } });
        should(lettersOf(conversation, 'message').map(({ body }) => body)).eql([form.question, again.question]);
    });

    it('events-to-posts keeps what belongs together in one conversation', async () => {
        await flows.deploy('events-to-posts');
        const repository = { name: 'shop', full_name: 'harbor/shop' };
        const issue = { number: 7, title: 'Cart is empty', html_url: 'https://github.example/7' };
        const sender = { login: 'ines' };
        const github = { action: 'opened', issue, repository, sender };
        const comment = { ...github, action: 'created', comment: { body: 'Seen it, too.' } };
        const pull = {
            action: 'opened',
            pull_request: { ...issue, number: 8, title: 'Fill the cart' },
            repository,
            sender,
        };
        for (const each of [github, pull, comment])
            should((await flows.post('/events/github', each)).status).equal(204);
        const object = { id: 'ch_1', payment_intent: 'pi_1', amount: 8050, currency: 'eur' };
        for (const type of ['charge.succeeded', 'charge.refunded'])
            should((await flows.post('/events/stripe', { type, data: { object } })).status).equal(204);
        const item = { id: 99, title: 'TypeError: cart is undefined', environment: 'production' };
        for (const event_name of ['new_item', 'reactivated_item'])
            should((await flows.post('/events/rollbar', { event_name, data: { item } })).status).equal(204);
        const before = (await flows.inbox.state()).conversations.length;
        should((await flows.post('/events/github', { zen: 'Keep it simple.', repository, sender })).status).equal(204);
        const state = await flows.inbox.state();
        should(state.conversations).have.length(before);
        const posts = (subject: string) => postsOf(conversationOf(state, subject));
        should(posts('Cart is empty (shop)')).match([
            { username: 'GitHub', markdown: '**ines** opened [Cart is empty](https://github.example/7)' },
            { username: 'GitHub', markdown: /Seen it, too\./ },
        ]);
        should(posts('Fill the cart (shop)')).have.length(1);
        should(posts('Payment of 80.50 EUR')).match([
            { markdown: /charge\.succeeded/ },
            { markdown: /charge\.refunded/ },
        ]);
        should(posts('TypeError: cart is undefined')).match([
            { markdown: /new_item/ },
            { markdown: /reactivated_item/ },
        ]);
        should(conversationOf(state, 'Payment of 80.50 EUR')).match({ team: { name: 'Workshop' } });
    });
});
