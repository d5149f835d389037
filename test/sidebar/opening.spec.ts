import should from 'should';
import { Stage } from '../support/sidebar/stage';

describe('sidebar page: a conversation is opened', function () {
    this.timeout(30_000);
    const stage = Stage.here();

    it('draws the card of the conversation, also of one that was open before the page came', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Card of c-mail').waitFor();
        await panel.select('c-ben');
        await panel.title('Card of c-ben').waitFor();
        should(stage.endpoint.of('open').map(({ conversations }) => conversations)).eql([['c-mail'], ['c-ben']]);
        should(stage.endpoint.of('listen')).have.length(1);
    });

    it('tells who wrote, without doubles, colleagues and own addresses, and what the newest message is', async () => {
        const panel = await stage.open({ selected: 'c-several' });
        await panel.card.waitFor();
        const [event] = stage.endpoint.of('open');
        should(event).match({
            contacts: [
                { address: 'anna@post.example', name: 'Anna Weber' },
                { address: 'ben@post.example', name: 'Ben Ito' },
            ],
            contact: { address: 'anna@post.example' },
            user: { id: 'u-ines', me: true },
            message: { id: 'm-several', preview: 'Where is it?' },
            conversation: { id: 'c-several', subject: 'Order 4711' },
        });
        should(event?.message).not.have.properties('body', 'attachments');
        should(event?.conversation).not.have.property('messages');
        should(event).not.have.property('messages');
    });

    it('shows that something is on its way at once, and nothing of the conversation before', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Card of c-mail').waitFor();
        stage.endpoint.answer = () => 'hang';
        await panel.select('c-ben');
        await panel.frame.locator('.loading').waitFor();
        should(await panel.card.count()).equal(0);
    });

    it('keeps A after quick clicks A, B, A, asks about A once, and drops what comes late', async () => {
        const panel = await (await stage.open()).ready();
        const late: (() => void)[] = [];
        stage.endpoint.answer = ({ conversations: [id], seq }) => {
            const card = { card: { title: `Card of ${id}`, subtitle: `asked as ${seq}` } };
            return id === 'c-ben' ? new Promise((resolve) => late.push(() => resolve(card))) : card;
        };
        await panel.page.evaluate("app.select('c-mail'); app.select('c-ben'); app.select('c-mail')");
        await panel.title('Card of c-mail').waitFor();
        should(stage.endpoint.of('open')).have.length(1);
        // Slow enough for B to be asked about; its answer comes when A is open again.
        await panel.select('c-ben');
        while (late.length === 0) await panel.page.waitForTimeout(20);
        await panel.select('c-mail');
        while (stage.endpoint.of('open').length < 3) await panel.page.waitForTimeout(20);
        for (const answer of late) answer();
        await panel.page.waitForTimeout(200);
        should(await panel.card.innerText()).match(/^Card of c-mail/);
    });

    it('shows the card that was there last at once while the new one is asked for', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Card of c-mail').waitFor();
        await panel.select('c-ben');
        await panel.title('Card of c-ben').waitFor();
        let answer = () => {};
        stage.endpoint.answer = () =>
            new Promise((resolve) => {
                answer = () => resolve({ card: { title: 'News of c-mail' } });
            });
        await panel.select('c-mail');
        await panel.title('Card of c-mail').waitFor();
        while (stage.endpoint.of('open').length < 3) await panel.page.waitForTimeout(20);
        answer();
        await panel.title('News of c-mail').waitFor();
    });

    it('says so where nothing or several conversations are selected, and asks nobody', async () => {
        const panel = await (await stage.open()).ready();
        await panel.frame.getByText('Open a conversation').waitFor();
        await panel.select('c-mail', 'c-ben');
        await panel.frame.getByText('2 conversations are selected').waitFor();
        await panel.select();
        await panel.frame.getByText('Open a conversation').waitFor();
        should(stage.endpoint.of('open')).be.empty();
    });

    it('sends several where the node wants them', async () => {
        stage.endpoint.settings = { several: 'send' };
        const panel = await (await stage.open()).ready();
        await panel.select('c-mail', 'c-ben');
        await panel.title('Card of c-mail+c-ben').waitFor();
        should(stage.endpoint.of('open')[0]).match({
            contacts: [{ address: 'anna@post.example' }, { address: 'ben@post.example' }],
        });
    });

    it('lets the agent pick among several people', async () => {
        stage.endpoint.answer = ({ contact }) => ({ card: { title: `About ${(contact as { name: string }).name}` } });
        const panel = await stage.open({ selected: 'c-several' });
        await panel.title('About Anna Weber').waitFor();
        const tabs = panel.frame.getByRole('tablist', { name: 'People in this conversation' }).getByRole('tab');
        should(await tabs.allInnerTexts()).eql(['Anna Weber', 'Ben Ito']);
        await tabs.first().press('ArrowRight');
        await panel.title('About Ben Ito').waitFor();
        should(await tabs.nth(1).getAttribute('aria-selected')).equal('true');
        await panel.select('c-crowd');
        await panel.title('About Anna Weber').waitFor();
        await panel.frame.getByRole('combobox', { name: 'People' }).selectOption('Person 7');
        await panel.title('About Person 7').waitFor();
        await panel.select('c-several');
        await panel.title('About Ben Ito').waitFor();
    });

    it('knows an SMS by its number, a chat without a message, and a mail that only we have written', async () => {
        const panel = await stage.open({ selected: 'c-sms' });
        await panel.title('Card of c-sms').waitFor();
        await panel.select('c-chat');
        await panel.title('Card of c-chat').waitFor();
        await panel.select('c-ours');
        await panel.title('Card of c-ours').waitFor();
        await panel.select('c-inside');
        await panel.title('Card of c-inside').waitFor();
        const [sms, chat, ours, inside] = stage.endpoint.of('open');
        should(sms?.contact).eql({ phone_number: '+351 910 000 001' });
        should(chat).match({ contacts: [], conversation: { id: 'c-chat', latest_message: null } });
        should(chat).not.have.property('message');
        should(ours?.contact).match({ address: 'ben@post.example' });
        should(inside).not.have.property('contact');
    });

    it('sends as much of the messages as the node wants, shortened from the oldest on', async () => {
        stage.endpoint.settings = { detail: 'body' };
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.card.waitFor();
        should(stage.endpoint.of('open')[0]?.message).match({ id: 'm-3', body: '<div>Body of m-3</div>' });
        stage.endpoint.settings = { detail: 'all' };
        const other = await stage.open({ selected: 'c-mail' });
        await other.card.waitFor();
        const ids = (event: unknown) => (event as { messages: { id: string }[] }).messages.map(({ id }) => id);
        should(ids(stage.endpoint.of('open')[1])).eql(['m-1', 'm-2', 'm-3']);
        await other.select('c-long');
        await other.title('Card of c-long').waitFor();
        const long = stage.endpoint.of('open')[2];
        should(Buffer.byteLength(JSON.stringify(long))).be.below(256 * 1024);
        should(ids(long).length).be.within(50, 199);
        should(ids(long).at(-1)).equal('m-long-199');
    });

    it('asks again, quietly, when Missive tells the same conversation again', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Card of c-mail').waitFor();
        stage.endpoint.answer = () => ({ card: { title: 'Newer' } });
        await panel.select('c-mail');
        await panel.title('Newer').waitFor();
    });
});
