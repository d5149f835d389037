import { setTimeout as pause } from 'node:timers/promises';
import should from 'should';
import { Tool } from '../../src/sandbox/stands/tool';
import { exampleFlow, type Node } from '../support/example-files';
import { ExampleFlows, postsOf } from '../support/example-flows';
import type { Told } from '../support/far-end';

describe('the example of tasks in another tool, its flow file unchanged', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows((far) => ({ TASKS_URL: `${far}/tasks` }));
    /** What it says when it is done, and what its Catch node hears, stand in the log, too. */
    const example = exampleFlow('tasks-both-ways').map((node) =>
        node.type === 'debug' ? { ...node, console: true } : node,
    );
    const account = example.find(({ type }) => type === 'missive-config')?.id;
    /** What a colleague does to a task. */
    const beside: Node[] = [
        { id: 'beside', type: 'tab' },
        { id: 'b1', z: 'beside', type: 'http in', url: '/task', method: 'post', wires: [['b2']] },
        { id: 'b2', z: 'beside', type: 'missive-request', account, wires: [['b3']] },
        { id: 'b3', z: 'beside', type: 'http response', wires: [] },
    ];
    let tool: Tool;
    /** Which methods the tool fails at. */
    let fails: string[] = [];
    /** Which methods it does and says that it failed. */
    let lies: string[] = [];
    const answered = (told: Told, method: string): Told => (lies.includes(method) ? [502, 'lost'] : told);
    const theirs = (title: string) => tool.tasks.filter((one) => one.title === title);
    const ours = async (title: string) => (await flows.inbox.state()).tasks.filter((one) => one.title === title);
    const told = async (words: RegExp) =>
        (await flows.inbox.state()).conversations
            .flatMap(postsOf)
            .filter(
                (one) =>
                    'username' in one &&
                    one.username === 'Tasks' &&
                    words.test('markdown' in one ? String(one.markdown) : ''),
            );
    const toldOf = (times: number) =>
        flows.inbox.until(
            ({ conversations }) =>
                conversations.flatMap(postsOf).filter((one) => 'username' in one && one.username === 'Tasks').length ===
                times,
        );
    const writes = () => flows.far.asked.filter(({ method }) => method !== 'GET').length;
    const press = (name: string) => flows.pressIn(example.filter((node) => node.name === name));
    const ended = () => flows.nodeRed.log().split('[debug:both are the same]').length;

    async function change(title: string, fields: object): Promise<void> {
        const [task] = await ours(title);
        const body = { tasks: { id: task?.id, ...fields } };
        const answer = await flows.post('/task', { method: 'PATCH', path: `/tasks/${task?.id}`, body });
        should(answer.status).equal(200, await answer.text());
    }
    /** One comparison, from the press to its end. */
    async function compares(): Promise<void> {
        const before = ended();
        await press('every 5 minutes');
        const end = Date.now() + 30_000;
        while (ended() === before) {
            if (Date.now() > end) throw new Error(`no end in 30 s:\n${flows.nodeRed.log().slice(-3000)}`);
            await pause(20);
        }
    }
    /** It compares again, twice, and nobody writes any more. */
    async function nothingMore(): Promise<void> {
        const before = [writes(), JSON.stringify((await flows.inbox.state()).tasks)];
        for (const _ of [1, 2]) await compares();
        should([writes(), JSON.stringify((await flows.inbox.state()).tasks)]).eql(before);
    }
    const makes = async (title: string) => {
        const tasks = (await flows.inbox.state()).tasks.length;
        tool.ask('POST', '', { title });
        await compares();
        should((await flows.inbox.state()).tasks.length).equal(tasks + 1);
    };

    beforeEach(async () => {
        tool = new Tool();
        fails = [];
        lies = [];
        flows.far.answers.set('/tasks', ({ method, query, body }) =>
            fails.includes(method)
                ? [503, { error: 'down' }]
                : answered(tool.ask(method, query.id ?? '', body), method),
        );
        await flows.deployFlow([...example, ...beside]);
        await compares();
    });

    it('takes a new task to the other side, each way, and nothing is doubled', async () => {
        const before = tool.tasks.length;
        for (const round of [1, 2]) {
            const made = (await flows.inbox.state()).tasks.length;
            await press('a task in Missive');
            await flows.inbox.until(({ tasks }) => tasks.length === made + 1);
            tool.ask('POST', '', { title: `Order two forks ${round}` });
            await compares();
            should(await ours(`Order two forks ${round}`)).match([
                {
                    state: 'todo',
                    team: { name: 'Workshop' },
                    description: `From the task tool: T-${before + 2 * round - 1}`,
                },
            ]);
            should(theirs('True the wheel of order 2291').length).equal(round);
        }
        await nothingMore();
        should(tool.tasks.length).equal(before + 4);
        should(tool.tasks.every(({ other, agreed }) => other !== '' && agreed.startsWith('open|'))).be.true();
        should(await told(/./)).be.empty();
        flows.noErrors();
    });

    it('closes, reopens and renames on the other side, each way; a closing and a new name meet', async () => {
        await makes('Fix the brake');
        const id = theirs('Fix the brake')[0]?.id ?? '';
        await change('Fix the brake', { state: 'in_progress', title: 'Fix both brakes' });
        await compares();
        should(tool.tasks).containDeep([{ id, title: 'Fix both brakes', done: false }]);
        should(await ours('Fix both brakes')).match([{ state: 'in_progress' }]);
        await change('Fix both brakes', { state: 'closed' });
        tool.ask('PATCH', id, { title: 'Fix all brakes' });
        await compares();
        should(await ours('Fix all brakes')).match([{ state: 'closed' }]);
        should(theirs('Fix all brakes')).match([{ id, done: true, agreed: 'done|Fix all brakes' }]);
        tool.ask('PATCH', id, { done: false });
        await compares();
        should(await ours('Fix all brakes')).match([{ state: 'todo' }]);
        tool.ask('PATCH', id, { done: true });
        await compares();
        should(await ours('Fix all brakes')).match([{ state: 'closed' }]);
        await nothingMore();
        should(await told(/./)).be.empty();
        flows.noErrors();
    });

    it('keeps the later of two names, and tells the team once', async () => {
        for (const later of ['Missive', 'the task tool']) {
            await makes(`Call Tom, ${later}`);
            const id = theirs(`Call Tom, ${later}`)[0]?.id ?? '';
            const acts = [
                () => change(`Call Tom, ${later}`, { title: `Ours, ${later}` }),
                async () => tool.ask('PATCH', id, { title: `Theirs \`**x**\`, ${later}` }),
            ];
            const [first, second] = later === 'Missive' ? acts.reverse() : acts;
            await first?.();
            await pause(1_100);
            await second?.();
            await compares();
            const kept = later === 'Missive' ? `Ours, ${later}` : `Theirs \`**x**\`, ${later}`;
            should((await ours(kept)).length).equal(1);
            should(theirs(kept).length).equal(1);
            should((await told(new RegExp(`Ours.*Theirs {2}\\*\\*x\\*\\*.*that of ${later}\\.`))).length).equal(1);
        }
        await nothingMore();
        should((await told(/./)).length).equal(2);
        flows.noErrors();
    });

    it('leaves in Missive what is deleted in the tool, and neither makes it again; done and closed ones are not brought', async () => {
        await makes('Sell the tandem');
        tool.ask('DELETE', theirs('Sell the tandem')[0]?.id ?? '', undefined);
        tool.ask('POST', '', { title: 'Long done', done: true });
        tool.ask('POST', '', { title: 'Not in Missive any more', other: 'gone', agreed: 'open|Another name' });
        await nothingMore();
        should(await ours('Sell the tandem')).match([{ state: 'todo' }]);
        should(await ours('Long done')).be.empty();
        should(await ours('Not in Missive any more')).be.empty();
        tool.tasks.splice(0);
        await compares();
        should(theirs('Sell the tandem')).be.empty();
        flows.noErrors();
    });

    it('makes nothing twice where a run is cut off, or two are started at once', async () => {
        tool.ask('POST', '', { title: 'Paint the sign' });
        fails = ['PATCH'];
        await compares();
        should((await ours('Paint the sign')).length).equal(1);
        should(theirs('Paint the sign')).match([{ other: '' }]);
        await change('Paint the sign', { state: 'closed' });
        fails = [];
        await compares();
        should(theirs('Paint the sign')).match([{ done: true, agreed: 'done|Paint the sign' }]);
        lies = ['POST'];
        await press('a task in Missive');
        await flows.inbox.until(({ tasks }) => tasks.some(({ title }) => title === 'True the wheel of order 2291'));
        await compares();
        lies = [];
        await compares();
        should(theirs('True the wheel of order 2291').length).equal(1);
        tool.ask('POST', '', { title: 'Sweep the shop' });
        const before = ended();
        await Promise.all([1, 2, 3].map(() => press('every 5 minutes')));
        await flows.inbox.until(({ tasks }) => tasks.some(({ title }) => title === 'Sweep the shop'));
        while (ended() === before) await pause(20);
        await nothingMore();
        should((await ours('Sweep the shop')).length).equal(1);
        should((await ours('Paint the sign')).length).equal(1);
    });

    it('tells the team once that the tool is down, loses nothing, and goes on with the others after one that fails', async () => {
        await makes('Count the tyres');
        fails = ['GET'];
        await change('Count the tyres', { state: 'closed' });
        for (const _ of [1, 2]) await compares();
        await toldOf(1);
        should((await told(/answered 503.*Nothing is lost/)).length).equal(1);
        should(theirs('Count the tyres')).match([{ done: false }]);
        fails = [];
        tool.ask('POST', '', { title: 'x'.repeat(1001) });
        tool.ask('POST', '', { title: 'Air the tyres' });
        await compares();
        should(theirs('Count the tyres')).match([{ done: true }]);
        should((await ours('Air the tyres')).length).equal(1);
        tool.ask('PATCH', tool.tasks.find(({ title }) => title.startsWith('xxx'))?.id ?? '', { title: 'Short' });
        await compares();
        should((await ours('Short')).length).equal(1);
        should((await told(/Nothing is lost/)).length).equal(1);
        fails = ['GET'];
        await compares();
        await toldOf(2);
        should((await told(/answered 503/)).length).equal(2);
    });
});
