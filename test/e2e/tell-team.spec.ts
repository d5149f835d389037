import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';
import { deliver, mail, secret } from '../support/workbench-flow';

const place = { z: 'tab', x: 100, y: 100 };

describe('an account that tells the team in Missive', function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    let nodeRed: NodeRed;

    before(async () => {
        const url = await missive.start();
        const conversation = 'https://mail.missiveapp.com/#inbox/conversations/9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55';
        const flows = [
            { id: 'tab', type: 'tab', label: 'Mails' },
            { id: 'acc', type: 'missive-config', name: 'Shop', url, tell: 'post', tell_conversation: conversation },
            {
                ...place,
                id: 'in',
                type: 'missive-webhook-in',
                name: 'Mails',
                path: 'mails',
                account: 'acc',
                wires: [[]],
            },
            { id: 'sales', type: 'missive-config', name: 'Sales', url, tell: 'task', tell_team: 'Workshop' },
            {
                ...{ ...place, id: 'orders', type: 'missive-webhook-in', name: 'Orders', path: 'orders' },
                ...{ account: 'sales', wires: [[]] },
            },
        ];
        const tokens = { acc: { token: 'tok' }, sales: { token: 'other' } };
        nodeRed = await startNodeRed({ flows, credentials: { ...tokens, in: { secret }, orders: { secret } } });
    });
    after(async () => {
        await nodeRed?.stop();
        await missive.stop();
    });

    it('says once that webhooks fail, by a post in the conversation, without a word of theirs', async () => {
        const posted = new Promise<void>((resolve) => {
            missive.otherwise = ({ method }) => {
                if (method === 'POST') resolve();
                return [201, { posts: { id: 'p' } }];
            };
        });
        for (let number = 0; number < 45; number++) should(await deliver(nodeRed, mail(number), 'wrong')).equal(401);
        await posted;
        for (let number = 0; number < 10; number++) should(await deliver(nodeRed, mail(number), 'wrong')).equal(401);
        missive.seen.map(({ method, url }) => `${method} ${url}`).should.eql(['POST /v1/posts']);
        const { posts } = Object(missive.seen[0]?.body) as { posts: Record<string, unknown> };
        should(posts).match({
            conversation: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
            text: /Mails: \d+ webhooks in a row failed\. After more than 50/,
            notification: { title: /Node-RED \(Shop\): something needs your attention/ },
        });
        JSON.stringify(posts).should.not.match(/Order|tom@/);
    });

    it('says it by a task of a team, of the team’s own organization, and no second time within the hour', async () => {
        const before = missive.seen.length;
        const made = new Promise<void>((resolve) => {
            missive.otherwise = ({ method, url }) => {
                if (method === 'POST') resolve();
                if (url.includes('/teams'))
                    return [200, { teams: [{ id: 'team-w', name: 'Workshop', organization: 'org-h' }] }];
                return method === 'POST' ? [201, { tasks: { id: 't' } }] : [200, { organizations: [] }];
            };
        });
        const fail = async (count: number) => {
            for (let number = 0; number < count; number++)
                should(await deliver(nodeRed, mail(number), 'wrong', 'orders')).equal(401);
        };
        await fail(45);
        await made;
        await fail(10);
        const written = missive.seen.slice(before).filter(({ method }) => method !== 'GET');
        written.map(({ method, url }) => `${method} ${url}`).should.eql(['POST /v1/tasks']);
        const { tasks } = Object(written[0]?.body) as { tasks: Record<string, unknown> };
        should(tasks).match({
            ...{ team: 'team-w', organization: 'org-h' },
            title: 'Node-RED (Sales): something needs your attention',
            description: /Orders: \d+ webhooks in a row failed/,
        });
        JSON.stringify(tasks).should.not.match(/Order \d|tom@/);
    });
});
