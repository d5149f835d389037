import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { deliver as deliverTo, mail, secret, workbenchFlow } from '../support/workbench-flow';

/** Loose JSON: what an answer holds is what the tests are about. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is probed key by key, and a wrong key fails the test
type Json = any;

describe('the workbench of a real Node-RED', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    const ask = async (at: string, body?: object, headers = {}): Promise<Json> => {
        const answer = await fetch(`${nodeRed.adminUrl}/missive/activity${at}`, {
            ...(body && { method: 'POST', body: JSON.stringify(body) }),
            headers: { 'content-type': 'application/json', ...headers },
        });
        const text = await answer.text();
        return { status: answer.status, ...(text.startsWith('{') ? JSON.parse(text) : { text }) };
    };
    const deliver = (payload: object, key?: string) => deliverTo(nodeRed, payload, key);
    const events = async (fits: (list: Json[]) => boolean): Promise<Json[]> => {
        for (let tries = 0; tries < 100; tries++) {
            const { hooks } = await ask('/whole');
            if (fits(hooks[0].events)) return hooks[0].events;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(JSON.stringify((await ask('/whole')).hooks));
    };

    before(async () => {
        nodeRed = await startNodeRed({ flows: workbenchFlow, credentials: { in: { secret } } });
    });
    after(() => nodeRed?.stop());

    it('shows what became of each event: done, failed, filtered, repeated, not signed', async () => {
        should(await deliver(mail(1))).equal(200);
        should(await deliver(mail(1))).equal(200);
        should(await deliver(mail(2), 'wrong')).equal(401);
        should(await deliver({ ...mail(3), rule: { id: 'r', type: 'new_comment' } })).equal(200);
        should(await deliver(mail(4, { bad: true }))).equal(200);
        const list = await events((all) => all.length === 5 && all.every(({ fate }) => fate !== 'flow'));
        list.map(({ fate }) => fate)
            .reverse()
            .should.eql(['done', 'repetition', 'unsigned', 'filtered', 'failed']);
        should(list.at(-1)).match({ who: 'Tom', subject: 'Order 1', conversation: 'c1' });
        const unsigned = list.find(({ fate }) => fate === 'unsigned');
        should(unsigned.why).match(/secret/);
        should(unsigned.event).equal('incoming_email');
    });

    it('runs an event again as if it had come in, and pins one', async () => {
        const [first] = (await events(() => true)).slice(-1);
        should((await ask('/run', { node: 'in', number: first.number })).status).equal(200);
        await nodeRed.logged(/had 1 true/);
        await events((all) => all[0].fate === 'done' && all[0].replayed === true);
        const pinned = await ask('/pin', { node: 'in', number: first.number, name: 'an order' });
        should(pinned).match({ name: 'an order', node: 'in' });
        should((await ask(`/pinned/${pinned.id}`)).payload).match(mail(1));
        const payload = mail(77);
        await ask('/pin', { node: 'in', id: pinned.id, name: 'a changed order', payload });
        should((await ask('/run', { node: 'in', pinned: pinned.id })).status).equal(200);
        await nodeRed.logged(/had 77 true/);
        should((await ask('/whole')).hooks[0].pinned).match([{ id: pinned.id, name: 'a changed order' }]);
        await ask('/unpin', { id: pinned.id });
        should((await ask('/whole')).hooks[0].pinned).eql([]);
        should((await ask('/run', { node: 'gone', payload })).status).equal(404);
    });

    it('shows nothing of customers to those who may only read', async () => {
        const state = await ask('');
        should(state.may).equal('read');
        JSON.stringify(state).should.not.match(/tom@|Order 1|subject/);
        JSON.stringify(await ask('/whole')).should.not.match(/workbench-secret|practice-/);
    });

    it('takes no form of another site', async () => {
        const answer = await ask('/run', { node: 'in', payload: mail(9) }, { 'content-type': 'text/plain' });
        should(answer.status).equal(415);
    });
});
