import should from 'should';
import report from '../../nodes/missive-report';
import { idOf } from '../../src/sandbox/data/known';
import { NodeTest } from '../support/node-test';

const time = { start: 1_767_225_600, end: 1_767_830_400 };

describe('missive-report', () => {
    const test = new NodeTest(report, ({ method }) => (method === 'POST' ? [201, { reports: { id: 'r1' } }] : [404]));

    it('starts it with every field that Missive knows, waits, and gives it', async () => {
        test.missive.answers.push([201, { reports: { id: 'r1' } }], [200, { reports: { start: 1, end: 2 } }]);
        await test.load({
            timeout: '20',
            timeoutType: 'num',
            report_users: JSON.stringify([idOf('u1')]),
            report_usersType: 'json',
        });
        const payload = {
            ...{ ...time, organization: idOf('o1'), time_zone: 'Europe/Lisbon', users: ['no'], teams: [idOf('t1')] },
            ...{ accounts: ['a1'], shared_labels: [idOf('l1')], account_types: ['email', 'sms'] },
        };
        const began = Date.now();
        const { msg } = await test.send(payload);
        (Date.now() - began).should.be.aboveOrEqual(4_900);
        test.sent().should.eql([
            ['POST /analytics/reports', { reports: { ...payload, users: [idOf('u1')] } }],
            ['GET /analytics/reports/r1', undefined],
        ]);
        should(msg?.payload).eql({ start: 1, end: 2 });
        should(msg?.missive).match({ method: 'GET', path: '/analytics/reports/r1', status: 200 });
    });

    it('stops at once when the node is stopped', async () => {
        await test.load({}, { organization: idOf('o1') });
        test.flow.put({ payload: time });
        while (test.missive.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        await new Promise((resolve) => setTimeout(resolve, 50));
        await test.flow.unload();
        test.missive.seen.should.have.length(1);
        should(test.sent()[0]?.[1]).eql({ reports: { ...time, organization: idOf('o1') } });
    });

    const rules: [string, unknown, RegExp][] = [
        ['without a beginning', { end: time.end, organization: idOf('o1') }, /From \(msg\.payload\.start\) is missing/],
        ['without an end', { start: time.start, organization: idOf('o1') }, /To \(msg\.payload\.end\) is missing/],
        ['without an organization', time, /Organization \(organization\) is missing/],
        [
            'that ends before it begins',
            { start: time.end, end: time.start, organization: idOf('o1') },
            /later than From/,
        ],
        ['of accounts that are none', { ...time, account_types: 'fax' }, /Account types .* a list of custom, email/],
        ['in no time', { ...time, organization: idOf('o1'), timeout: 1 }, /5 seconds or more/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a report ${name}`, async () => {
            await test.load();
            (await test.refused(payload)).should.match(reason);
        });
});
