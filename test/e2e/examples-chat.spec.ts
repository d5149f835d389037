import should from 'should';
import { ExampleFlows, lettersOf, postsOf } from '../support/example-flows';

describe('chat-bridge, its flow file unchanged', function () {
    this.timeout(60_000);
    const flows = new ExampleFlows(() => ({}));

    type State = Awaited<ReturnType<typeof flows.inbox.state>>;
    const roomOf = ({ conversations }: State, room: string) =>
        conversations.filter(({ subject }) => subject === `Chat: ${room}`);
    const said = (state: State) => state.beside.chat as readonly Readonly<Record<string, unknown>>[];
    const tells = async (message: object) => (await flows.post('/chat/message', message)).status;
    const ticket = { name: 'ticket.txt', content: Buffer.from('Ticket 881').toString('base64') };
    const hello = { id: '1', room: 'bikes', from: { name: 'Lena' }, text: 'Is my bike ready?', files: [ticket] };
    const answers = (conversation: string, mailto: object) =>
        flows.inbox.agentActs({ do: 'reply', conversation, deliver: true, mailto });

    before(() => flows.deploy('chat-bridge'));
    afterEach(() => flows.noErrors());

    it('brings each message in once, one conversation a room, with its files', async () => {
        for (const message of [
            hello,
            hello,
            { ...hello, id: '2', text: 'And today?', files: [] },
            { id: '3', room: 'bikes', files: [ticket] },
            { id: '4', room: 'wheels', text: 'Hi' },
        ])
            should(await tells(message)).equal(204);
        const state = await flows.inbox.state();
        const letters = lettersOf(roomOf(state, 'bikes')[0], 'message');
        should(letters.map(({ body }) => body)).eql(['Is my bike ready?', 'And today?', 'ticket.txt']);
        should(letters.map(({ attachments }) => attachments.map(({ size }) => size))).eql([[10], [], [10]]);
        should(letters.map(({ from_field }) => from_field.name)).eql(['Lena', 'Lena', 'Somebody in the chat']);
        should(roomOf(state, 'bikes')).match([{ team: { name: 'Workshop' } }]);
        should(roomOf(state, 'wheels')).have.length(1);
    });

    it('leaves out what is empty, names no room, or is the bot’s own', async () => {
        const before = await flows.inbox.state();
        for (const message of [
            { id: '5', room: 'bikes', text: '  ' },
            { id: '6', text: 'Where am I?' },
            {},
            { ...hello, id: '7', from: { name: 'Missive', bot: true } },
        ])
            should(await tells(message)).equal(204);
        should((await flows.inbox.state()).conversations).have.length(before.conversations.length);
    });

    it('takes an answer and its files into the room, once, and its echo not back', async () => {
        const start = await flows.inbox.state();
        const [room] = roomOf(start, 'bikes');
        const attachments = [{ filename: 'bill.txt', base64_data: Buffer.from('49.00').toString('base64') }];
        await answers(room?.id ?? '', { body: '<div>Yes &amp; <b>clean</b>.<br>Ines</div>', attachments });
        const state = await flows.inbox.until((now) => said(now).length === 2);
        const [text, file] = said(state);
        should(text).match({ room: 'bikes', text: 'Yes & clean.\nInes', from: 'Ines Duarte' });
        should(file).match({ room: 'bikes', file: 'bill.txt', size: 5 });
        should(await tells({ ...text, from: { name: 'Missive' } })).equal(204);
        const now = await flows.inbox.state();
        should(said(now)).have.length(2);
        should(roomOf(now, 'bikes')[0]?.messages_count).equal((room?.messages_count ?? 0) + 1);
    });

    it('tells the team once where the chat is down, and keeps the answer', async () => {
        await flows.deployWith('chat-bridge', { CHAT_URL: 'http://127.0.0.1:9/' });
        should(await tells({ ...hello, id: '8' })).equal(204);
        const [room] = roomOf(await flows.inbox.state(), 'bikes');
        await answers(room?.id ?? '', { body: 'Not yet.' });
        const state = await flows.inbox.until((now) => postsOf(roomOf(now, 'bikes')[0]).length > 0);
        should(postsOf(roomOf(state, 'bikes')[0])).match([{ username: 'Chat', markdown: /Not yet\..*ECONNREFUSED/ }]);
        should(said(state)).be.empty();
    });
});
