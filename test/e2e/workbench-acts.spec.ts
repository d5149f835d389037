import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';
import { deliver, mail, secret } from '../support/workbench-flow';

/** Loose JSON: what an answer holds is what the tests are about. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is probed key by key, and a wrong key fails the test
type Json = any;

const adminAuth = {
    type: 'credentials',
    users: async (username: string) => ({ username, permissions: { all: '*', reader: 'read' }[username] }),
    authenticate: async (username: string) => ({ username, permissions: { all: '*', reader: 'read' }[username] }),
};
const place = { z: 'tab', x: 100, y: 100 };
const flows = (url: string, ...accounts: object[]) => [
    { id: 'tab', type: 'tab', label: 'Mails' },
    { id: 'acc', type: 'missive-config', name: 'Shop', url },
    ...accounts,
    {
        ...{ ...place, id: 'in', type: 'missive-webhook-in', name: 'Mails', path: 'mails', account: 'acc' },
        ...{ events: ['incoming_email'], wires: [['get']] },
    },
    {
        ...{ ...place, y: 160, id: 'get', type: 'missive-get', name: 'Look', account: 'acc', wires: [['had']] },
        ...{ resource: 'conversation', conversation_id: 'payload.conversation.id', conversation_idType: 'msg' },
    },
    {
        ...{ ...place, y: 220, id: 'had', type: 'function', outputs: 1, wires: [['done']] },
        func: "node.warn('had ' + msg.payload.id); return msg;",
    },
    { ...place, y: 260, id: 'done', type: 'missive-webhook-done', account: 'acc', wires: [[]] },
    { ...place, y: 300, id: 'catch', type: 'catch', scope: ['get'], wires: [['caught']] },
    {
        ...{ ...place, y: 360, id: 'caught', type: 'function', outputs: 1, wires: [[]] },
        func: "node.warn('caught ' + msg.error.message);",
    },
];

describe('the workbench of a real Node-RED with users', function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    const userDir = mkdtempSync(path.join(tmpdir(), 'missive-acts-'));
    const tokens = new Map<string, string>();
    let url = '';
    let nodeRed: NodeRed;

    const start = async (): Promise<void> => {
        const credentials = { acc: { token: 'tok' }, in: { secret } };
        nodeRed = await startNodeRed({ flows: flows(url), credentials, settings: { adminAuth }, userDir });
        tokens.clear();
    };
    const tokenOf = async (username: string): Promise<string> => {
        const body = { client_id: 'node-red-admin', grant_type: 'password', scope: '', username, password: 'x' };
        const answer = await fetch(`${nodeRed.adminUrl}/auth/token`, {
            ...{ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        });
        const { access_token } = (await answer.json()) as { access_token: string };
        tokens.set(username, access_token);
        return access_token;
    };
    const ask = async (user: string | undefined, at: string, body?: object): Promise<Json> => {
        const token = user && (tokens.get(user) ?? (await tokenOf(user)));
        const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
        const answer = await fetch(`${nodeRed.adminUrl}/missive/activity${at}`, {
            ...(body && { method: 'POST', body: JSON.stringify(body) }),
            headers,
        });
        const text = await answer.text();
        return { status: answer.status, ...(text.startsWith('{') ? JSON.parse(text) : { text }) };
    };
    /** The whole state as soon as it fits. */
    const until = async (fits: (state: Json) => boolean): Promise<Json> => {
        const end = Date.now() + 20_000;
        for (;;) {
            const state = await ask('all', '/whole');
            if (fits(state)) return state;
            if (Date.now() > end) throw new Error(JSON.stringify(state));
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    };
    const answers = (status: number) => {
        missive.otherwise = ({ url: at }) =>
            status === 200
                ? [200, { conversations: { id: at.split('/').at(-1) } }]
                : [status, { error: { message: 'No' } }];
    };

    before(async () => {
        url = await missive.start();
        await start();
    });
    after(async () => {
        await nodeRed?.stop();
        await missive.stop();
        rmSync(userDir, { recursive: true, force: true });
    });
    beforeEach(() => answers(200));

    it('shows a reader no bodies, and lets him press nothing', async () => {
        should(await deliver(nodeRed, mail(1))).equal(200);
        const state = await until(({ hooks }) => hooks[0].events[0]?.fate === 'done');
        const { number } = state.hooks[0].events[0];
        for (const user of [undefined, 'reader']) {
            for (const at of ['/whole', `/event/in/${number}`, '/pinned/x'])
                should((await ask(user, at)).status).equal(401);
            for (const act of ['run', 'pin', 'unpin', 'rerun', 'repeat', 'pause', 'go-on', 'drop', 'drop-event'])
                should((await ask(user, `/${act}`, { node: 'in', account: 'acc', number })).status).equal(401);
        }
        should((await ask(undefined, '')).status).equal(401);
        const seen = await ask('reader', '');
        should(seen).match({ status: 200, may: 'read' });
        should(seen.hooks[0].events[0]).match({ fate: 'done', event: 'incoming_email' });
        JSON.stringify(seen).should.not.match(/tom@|Order 1|"payload"/);
    });

    it('lets a reader in at no other door of the editor’s side, and shows him no customer there', async () => {
        const conversation = { id: 'c1', subject: 'Order 1', authors: [{ name: 'Tom', address: 'tom@x.example' }] };
        missive.otherwise = ({ url: at }) => {
            const [list = ''] = /\w+(?=\?|$)/.exec(at) ?? [];
            return [200, list === 'conversations' ? { conversations: [conversation] } : { [list]: [] }];
        };
        const at = (path: string) => `/..${path}`;
        const closed: readonly (readonly [string, object?])[] = [
            ...['conversation', 'contact', 'sender'].map((list) => [at(`/choices/${list}?account=acc`)] as const),
            ...[at('/choices/team'), at('/test'), at('/fields/whole'), at('/preview')].map(
                (path) => [path, { account: 'acc', node: 'get', type: 'missive-get' }] as const,
            ),
            ...['write', 'comment', 'label', 'agent', 'change', 'send', 'mute', 'reset'].map(
                (act) => [at(`/sandbox/${act}`), {}] as const,
            ),
            [at('/sidebars')],
        ];
        for (const [path, body] of closed)
            for (const user of [undefined, 'reader'])
                should({ path, status: (await ask(user, path, body)).status }).eql({ path, status: 401 });
        should(JSON.stringify(await ask('all', at('/choices/conversation?account=acc')))).containEql('Order 1');
        const sources = [{ id: 'in', type: 'missive-webhook-in', config: { events: ['incoming_email'] } }];
        const open: readonly (readonly [string, object?])[] = [
            [at('/choices/team?account=acc')],
            [at('/limiter/acc')],
            [at('/fields'), { node: 'get', sources }],
            ['/address'],
            [''],
        ];
        for (const [path, body] of open) {
            should({ path, status: (await ask(undefined, path, body)).status }).eql({ path, status: 401 });
            const seen = await ask('reader', path, body);
            should({ path, status: seen.status }).eql({ path, status: 200 });
            JSON.stringify(seen).should.not.match(/tom@x|Order 1/);
        }
    });

    it('says which node failed with an event and why, and runs all that failed again, one after another', async () => {
        answers(404);
        for (const number of [10, 11]) should(await deliver(nodeRed, mail(number))).equal(200);
        const { hooks } = await until(
            (state) => state.hooks[0].events.filter(({ fate }: Json) => fate === 'failed').length === 2,
        );
        should(hooks[0].events[0].failed).match({ node: 'get', error: /No/ });
        const reader = await ask('reader', '');
        should(reader.hooks[0].events[0].failed).eql({ node: 'get' });
        answers(200);
        should((await ask('all', '/rerun', { node: 'in', since: Date.now() + 1 })).count).equal(0);
        should((await ask('all', '/rerun', { node: 'in', since: 0 })).count).equal(2);
        const after = await until(
            ({ hooks: [hook] }) =>
                hook.events.filter(({ fate, replayed }: Json) => fate === 'done' && replayed).length === 2,
        );
        after.hooks[0].events
            .slice(0, 2)
            .map(({ subject }: Json) => subject)
            .should.eql(['Order 11', 'Order 10']);
    });

    it('asks once more what was read, and nothing that writes', async () => {
        const { calls } = await until((state) => state.calls.length > 0);
        const { number } = calls.find(({ status }: Json) => status === 200);
        const before = missive.seen.length;
        should((await ask('all', '/repeat', { number })).payload.conversations.id).be.a.String();
        missive.seen.length.should.equal(before + 1);
        should((await ask('all', '/repeat', { number: 99_999 })).status).equal(404);
    });

    it('pauses an account over a deploy and a restart; what waits goes on, or is dropped with an error', async () => {
        should((await ask('all', '/pause', { account: 'gone' })).status).equal(404);
        should((await ask('all', '/pause', { account: 'acc' })).paused).be.true();
        let asked = missive.seen.length;
        for (const number of [20, 21]) should(await deliver(nodeRed, mail(number))).equal(200);
        const state = await until(({ accounts: [account] }) => account.limiter.waiting === 2);
        should(state.accounts[0]).match({ paused: true, backlogs: [{ node: 'get', waiting: 2 }] });
        missive.seen.length.should.equal(asked);
        should((await ask('all', '/drop', { node: 'get' })).count).equal(2);
        await nodeRed.logged(/caught .*Somebody dropped/);
        await nodeRed.stop();
        await start();
        should((await ask('all', '/whole')).accounts[0].paused).be.true();
        asked = missive.seen.length;
        should(await deliver(nodeRed, mail(22))).equal(200);
        await until(({ accounts: [account] }) => account.limiter.waiting === 1);
        missive.seen.length.should.equal(asked);
        should((await ask('all', '/go-on', { account: 'acc' })).paused).be.false();
        await nodeRed.logged(/had c22/);
        missive.seen.length.should.equal(asked + 1);
    });

    it('says first that the token is refused, until it is taken again', async () => {
        answers(401);
        await deliver(nodeRed, mail(30));
        should((await until(({ troubles }) => troubles.length > 0)).troubles).match([
            { what: 'token', account: 'acc' },
        ]);
        answers(200);
        await deliver(nodeRed, mail(31));
        await until(({ troubles }) => troubles.length === 0);
    });
});
