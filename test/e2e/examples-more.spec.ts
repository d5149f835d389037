import should from 'should';
import { conversationOf, ExampleFlows, lettersOf, postsOf } from '../support/example-flows';

/** Automations whose course needs more than one event: what people do in between is done here. */
describe('an example in which colleagues take part', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(() => ({}));
    afterEach(() => flows.noErrors());

    const named = (by: string, posts: ReturnType<typeof postsOf>) =>
        posts.filter((one) => 'username' in one && one.username === by);

    it('sums a conversation up each time it is closed, for colleagues only', async () => {
        await flows.deploy('closed-to-summary');
        const { conversations } = await flows.inbox.state();
        const { id = '', subject = '' } = conversations[0] ?? {};
        const summaries = (state: Awaited<ReturnType<typeof flows.inbox.state>>) =>
            named('Summary', postsOf(state.conversations.find((one) => one.id === id)));
        await flows.inbox.colleagueChanges({ conversation: id, close: true });
        await flows.inbox.until((state) => summaries(state).length === 1);
        await flows.inbox.colleagueChanges({ conversation: id, reopen: true });
        await flows.inbox.colleagueChanges({ conversation: id, close: true });
        const state = await flows.inbox.until((now) => summaries(now).length === 2);
        should(lettersOf(conversationOf(state, subject ?? ''), 'draft')).be.empty();
    });

    it('merges two conversations about one subject when a colleague says so, and none without', async () => {
        await flows.deploy('merge-duplicates');
        const jules = { name: 'Jules Perrin', address: 'jules@ateliervelo.example' };
        const own = ({ conversations }: Awaited<ReturnType<typeof flows.inbox.state>>) =>
            conversations.filter(({ authors }) =>
                authors.some((one) => 'address' in one && one.address === jules.address),
            );
        const asked = (one: Parameters<typeof postsOf>[0]) => named('Duplicates', postsOf(one)).length > 0;
        await flows.inbox.customerWrites({ ...jules, subject: 'Gravel fork', body: 'Do you have one?' });
        await flows.inbox.until((state) => own(state).length === 1);
        await flows.inbox.customerWrites({ ...jules, subject: 'Another thing', body: 'When are you open?' });
        await flows.inbox.until((state) => own(state).length === 2);
        await flows.inbox.customerWrites({ ...jules, subject: 'RE: gravel fork', body: 'Hello?' });
        const before = await flows.inbox.until((state) => own(state).some(asked));
        should(own(before).filter(asked).length).equal(1);
        const asking = own(before).find(asked)?.id ?? '';
        await flows.inbox.colleagueComments({ conversation: asking, body: 'No, they are two #merge' });
        await flows.logged();
        should(own(await flows.inbox.state()).length).equal(3);
        await flows.inbox.colleagueComments({ conversation: asking, body: '#merge please' });
        const after = await flows.inbox.until((state) => own(state).length === 2);
        const merged = own(after).find((one) => /gravel fork/i.test(one.subject ?? one.latest_message_subject ?? ''));
        should(lettersOf(merged, 'message').length).equal(2);
    });

    it('posts the numbers of seven days, a row a day', async () => {
        await flows.deploy('team-numbers');
        await flows.press('team-numbers');
        const state = await flows.inbox.until(
            ({ conversations }) => named('Numbers', conversations.flatMap(postsOf)).length === 1,
        );
        const [post] = named('Numbers', state.conversations.flatMap(postsOf));
        const rows = JSON.stringify(post).match(/\d{4}-\d\d-\d\d/g) ?? [];
        should(new Set(rows).size).equal(7);
    });

    it('writes an SMS to who has not said STOP, and again to who says START', async () => {
        await flows.deploy('sms-with-opt-out');
        const offers = async (times: number) => {
            const state = await flows.inbox.until(
                ({ conversations }) => conversations.flatMap(sentOffers).length >= times,
            );
            return new Set(state.conversations.flatMap(sentOffers));
        };
        const { contacts, books } = await flows.inbox.state();
        const customers = books.find(({ name }) => name === 'Customers')?.id;
        const numbers = contacts
            .filter(({ contact_book }) => contact_book === customers)
            .map(({ infos }) => String(infos?.find(({ kind }) => kind === 'phone_number')?.value ?? ''))
            .filter((number) => number !== '');
        should(numbers.length).be.above(1);
        await flows.press('sms-with-opt-out');
        should((await offers(numbers.length)).size).equal(numbers.length);
        const [first = ''] = numbers;
        const stopped = (state: Awaited<ReturnType<typeof flows.inbox.state>>) =>
            state.contacts.filter(({ infos }) => infos?.some((one) => one.kind === 'custom' && one.value === 'no'));
        await flows.inbox.customerWrites({ address: first, body: 'Stop, please' });
        const noted = await flows.inbox.until((state) => stopped(state).length === 1);
        should(stopped(noted)[0]?.infos?.some(({ value }) => value === first)).be.true();
        should(noted.contacts.length).equal(contacts.length);
        await flows.press('sms-with-opt-out');
        const state = await flows.inbox.until(
            ({ conversations }) => conversations.flatMap(sentOffers).length === 2 * numbers.length - 1,
        );
        should(state.conversations.flatMap(sentOffers).filter((number) => number === first).length).equal(1);
        await flows.inbox.customerWrites({ address: first, body: 'START' });
        await flows.inbox.until((now) => stopped(now).length === 0);
    });

    /** The numbers that the offer went to, one for each message. */
    const sentOffers = (conversation: Parameters<typeof lettersOf>[0]): string[] =>
        lettersOf(conversation, 'message')
            .filter(({ text }) => /answer STOP/.test(text))
            .flatMap(({ would_have_gone_to }) => (would_have_gone_to ?? []).map((one) => JSON.stringify(one)))
            .map((text) => /\+\d+/.exec(text)?.[0] ?? text);
});
