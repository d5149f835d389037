import { createHmac } from 'node:crypto';
import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';

/** Loose JSON: what an answer holds is what the tests are about. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is probed key by key, and a wrong key fails the test
type Json = any;

describe('the workbench of a real Node-RED', function () {
    this.timeout(60_000);
    let nodeRed: NodeRed;
    const secret = 'workbench-secret';
    const place = { z: 'tab', x: 100, y: 100 };
    const flows = [
        { id: 'tab', type: 'tab' },
        { id: 'acc', type: 'missive-config', name: 'Practice', connection: 'sandbox' },
        {
            ...place,
            id: 'in',
            type: 'missive-webhook-in',
            name: 'Mails',
            path: 'mails',
            events: ['incoming_email'],
            account: 'acc',
            keep: true,
            wires: [['what']],
        },
        {
            ...place,
            id: 'what',
            type: 'function',
            func: "if (msg.payload.bad) { node.error('broken', msg); return null; } node.warn('had ' + msg.payload.number + ' ' + msg.missive.replayed); return msg;",
            outputs: 1,
            wires: [['done']],
        },
        { ...place, id: 'done', type: 'missive-webhook-done', account: 'acc', wires: [[]] },
        { ...place, id: 'catch', type: 'catch', scope: ['what'], wires: [['failed']] },
        {
            ...place,
            id: 'failed',
            type: 'missive-webhook-done',
            account: 'acc',
            outcome: 'failed',
            outcomeType: 'str',
            wires: [[]],
        },
    ];
    const ask = async (at: string, body?: object, headers = {}): Promise<Json> => {
        const answer = await fetch(`${nodeRed.adminUrl}/missive/activity${at}`, {
            ...(body && { method: 'POST', body: JSON.stringify(body) }),
            headers: { 'content-type': 'application/json', ...headers },
        });
        const text = await answer.text();
        return { status: answer.status, ...(text.startsWith('{') ? JSON.parse(text) : { text }) };
    };
    const deliver = async (payload: object, key = secret) => {
        const body = JSON.stringify(payload);
        const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
        return (
            await fetch(`${nodeRed.url}/mails`, { method: 'POST', body, headers: { 'x-hook-signature': signature } })
        ).status;
    };
    const mail = (number: number, more: object = {}) => ({
        rule: { id: 'r', type: 'incoming_email' },
        conversation: { id: `c${number}` },
        message: {
            id: `m${number}`,
            subject: `Order ${number}`,
            from_field: { name: 'Tom', address: 'tom@x.example' },
        },
        ...{ number, ...more },
    });
    const events = async (fits: (list: Json[]) => boolean): Promise<Json[]> => {
        for (let tries = 0; tries < 100; tries++) {
            const { hooks } = await ask('/whole');
            if (fits(hooks[0].events)) return hooks[0].events;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(JSON.stringify((await ask('/whole')).hooks));
    };

    before(async () => {
        nodeRed = await startNodeRed({ flows, credentials: { in: { secret } } });
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
        should(list.find(({ fate }) => fate === 'unsigned').why).match(/secret/);
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
