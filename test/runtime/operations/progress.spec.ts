import should from 'should';
import createTask from '../../../nodes/missive-create-task';
import { timeOf } from '../../../src/runtime/operations/progress';
import { idOf } from '../../../src/sandbox/data/known';
import { scriptedFlow } from '../../support/scripted-flow';

/** What the status says in the end. */
const created = /^task created · \d\d:\d\d$/;

const payload = { title: 'x', team: idOf('t'), organization: idOf('o') };

describe('The status of a node whose messages wait', function () {
    this.timeout(20_000);
    const { missive, flow, account } = scriptedFlow(() => [201, { tasks: { id: 't' } }]);

    const load = (token: string) => flow.load([createTask], { type: 'missive-create-task' }, { ...account, token });
    const texts = () => flow.statuses.filter(({ id }) => id === 'n1').map(({ text }) => text);

    it('says for how long and how many go before, changes once a second, and gives way to sending', async () => {
        missive.answers.push([429, { error: { message: 'Too Many Requests' } }, { 'retry-after': '3' }]);
        await load('progress');
        flow.put({ payload });
        while (missive.seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
        await new Promise((resolve) => setTimeout(resolve, 50));
        for (let at = 0; at < 4; at++) flow.put({ payload });
        await flow.until(5);
        const seen = texts();
        const waiting = seen.filter((text) => text?.startsWith('waiting'));
        // On a busy machine the first one is said before the others have come.
        should(waiting.shift()).match(/^waiting 3 s( · 4 before it)?$/);
        waiting.should.eql(['waiting 2 s · 4 before it', 'waiting 1 s · 4 before it']);
        seen.slice(seen.lastIndexOf(waiting.at(-1)) + 1, -1).should.eql(['sending']);
        should(seen.at(-1)).match(created);
    });

    it('says no number where none goes before', async () => {
        missive.answers.push([429, { error: { message: 'Too Many Requests' } }, { 'retry-after': '1' }]);
        await load('progress-alone');
        await flow.send({ payload });
        texts().slice(0, -1).should.eql(['sending', 'waiting 1 s', 'sending']);
        should(texts().at(-1)).match(created);
    });

    it('stays quiet where all is quick', async () => {
        await load('progress-quick');
        await flow.send({ payload });
        texts().slice(0, -1).should.eql(['sending']);
        should(texts().at(-1)).match(created);
    });

    it('names seconds, then minutes, then hours', () => {
        [0, 12_000, 98_900, 100_000, 5_900_000, 7_200_000]
            .map(timeOf)
            .should.eql(['1 s', '12 s', '99 s', '2 min', '98 min', '2 h']);
        should(timeOf(-5)).equal('1 s');
    });
});
