import should from 'should';
import save from '../../nodes/missive-save';
import { idOf } from '../../src/sandbox/data/known';
import { NodeTest } from '../support/node-test';

describe('missive-save', () => {
    const test = new NodeTest(save, ({ method, body }) => [method === 'POST' ? 201 : 200, body]);

    const label = {
        name: 'Parts',
        organization: idOf('o1'),
        color: '#b4552d',
        parent: idOf('l0'),
        share_with_organization: false,
        share_with_team: idOf('t1'),
        share_with_users: [idOf('u1')],
        visibility: 'delegates',
    };
    const team = {
        name: 'Workshop',
        organization: idOf('o1'),
        emoji: ':wrench:',
        color: '#1f7a5c',
        active_members: [idOf('u1')],
        observers: [],
        business_hours: { tz: 'Europe/Lisbon', t: [{ d: 1, s: [32_400, 61_200] }] },
        inactivity_period: 3600,
        team_mention_behavior: 'only_active_members',
        user_reply_behavior: 'assign_user',
        received_reply_behavior: 'show_in_team_inbox',
        team_sidebar_behavior: 'show_team_space',
        team_inbox_enabled: true,
        chat_room_enabled: false,
    };
    const response = {
        title: 'Fork back in stock',
        body: '<div><img data-missive-attachment-id="one"></div>',
        subject: 'Good news',
        organization: idOf('o1'),
        share_with_team: idOf('t1'),
        shared_labels: [idOf('l1')],
        to_fields: [{ address: 'a@x.example' }],
        cc_fields: [],
        bcc_fields: [],
        external_id: 'tpl-9',
        external_source: 'shop',
        attachments: [{ filename: 'a.txt', base64_data: 'YQ==', id: 'one' }],
    };
    const kinds = { shared_label: label, team, response };
    const envelopes = { shared_label: 'shared_labels', team: 'teams', response: 'responses' };

    for (const resource of ['shared_label', 'team', 'response'] as const) {
        const [thing, envelope] = [kinds[resource], envelopes[resource]];

        it(`creates a ${resource} of every field that Missive knows`, async () => {
            await test.load({ resource });
            const { msg } = await test.send(thing);
            test.sent().should.eql([[`POST /${envelope}`, { [envelope]: [thing] }]]);
            should(msg?.payload).eql(thing);
        });

        it(`creates a ${resource} where the id is null`, async () => {
            await test.load({ resource });
            await test.send({ ...thing, id: null });
            test.sent().should.eql([[`POST /${envelope}`, { [envelope]: [thing] }]]);
        });

        it(`changes a ${resource} that has an id, and never creates one then`, async () => {
            await test.load({ resource }, { organization: idOf('o9') });
            const { organization: _, ...changes } = thing;
            const { msg } = await test.send({ ...changes, id: 'a' });
            test.sent().should.eql([[`PATCH /${envelope}/a`, { [envelope]: [{ id: 'a', ...changes }] }]]);
            should(msg?.payload).eql({ id: 'a', ...changes });
            test.missive.answers.push([404, {}]);
            should((await test.send({ ...changes, id: 'b' })).error?.cause.code).equal('ERR_MISSIVE_NOT_FOUND');
            test.missive.seen.should.have.length(2);
        });

        it(`changes several of ${envelope} in one call`, async () => {
            await test.load({ resource });
            const change = resource === 'response' ? { subject: 'x' } : { color: '#111' };
            const { msg } = await test.send({ id: 'a,b', ...change });
            const both = [
                { id: 'a', ...change },
                { id: 'b', ...change },
            ];
            test.sent().should.eql([[`PATCH /${envelope}/a,b`, { [envelope]: both }]]);
            should(msg?.payload).eql(both);
        });

        it(`refuses to change a ${resource} in nothing, and none of them`, async () => {
            await test.load({ resource }, { organization: idOf('o9') });
            (await test.refused({ id: 'a' })).should.match(/nothing to change/);
            (await test.refused({ ...thing, id: [] })).should.match(/list of ids \(id\) is empty/);
        });
    }

    it('sends no organization in a change of a label, not even one that is given', async () => {
        await test.load({ resource: 'shared_label' }, { organization: idOf('o9') });
        await test.send({ id: 'a', color: '#111', organization: idOf('o1') });
        test.sent().should.eql([['PATCH /shared_labels/a', { shared_labels: [{ id: 'a', color: '#111' }] }]]);
        (await test.send({ id: 'a', organization: idOf('o1') })).should.match({
            error: { message: /nothing to change/ },
        });
    });

    it('fills in the default organization of what is created, unless it is a user’s own', async () => {
        await test.load({ resource: 'response' }, { organization: idOf('o9') });
        await test.send({ title: 'x' });
        await test.send({ title: 'x', user: idOf('u1') });
        await test.send({ title: 'x', id: 'a' });
        test.sent()
            .map(([, body]) => (body as { responses: unknown[] }).responses[0])
            .should.eql([
                { title: 'x', organization: idOf('o9') },
                { title: 'x', user: idOf('u1') },
                { id: 'a', title: 'x' },
            ]);
    });

    it('stores the name of each kind under a property of its own', async () => {
        const names = { shared_label_name: 'L', shared_label_nameType: 'str', team_name: 'T', team_nameType: 'str' };
        await test.load({ resource: 'team', ...names });
        await test.send({ name: 'no', organization: idOf('o1') });
        test.sent().should.eql([['POST /teams', { teams: [{ name: 'T', organization: idOf('o1') }] }]]);
    });

    const rules: [keyof typeof kinds, string, unknown, RegExp][] = [
        ['shared_label', 'without a name', { organization: idOf('o1') }, /Label name \(name\) is missing/],
        ['shared_label', 'with a name of null', { name: null, organization: idOf('o1') }, /Label name/],
        ['shared_label', 'without an organization', { name: 'x' }, /Organization \(organization\) is missing/],
        [
            'shared_label',
            'in no hex colour',
            { name: 'x', organization: idOf('o1'), color: 'good' },
            /Colour .* hex colour/,
        ],
        ['shared_label', 'seen by nobody', { name: 'x', visibility: 'none' }, /one of organization, delegates/],
        ['team', 'without a name', { organization: idOf('o1') }, /Team name \(name\) is missing/],
        ['team', 'without an organization', { name: 'x' }, /Organization \(organization\) is missing/],
        ['team', 'with hours that are none', { name: 'x', business_hours: 'always' }, /Business hours .* an object/],
        ['response', 'of nobody', { title: 'x' }, /exactly one of them/],
        [
            'response',
            'of two owners',
            { title: 'x', organization: idOf('o1'), user: idOf('u1') },
            /exactly one of them/,
        ],
        [
            'response',
            'moved to two owners',
            { id: 'a', organization: idOf('o1'), user: idOf('u1') },
            /only one of them/,
        ],
        ['response', 'with nothing in it', { organization: idOf('o1') }, /nothing in the response/],
        ['response', 'of 501 characters', { organization: idOf('o1'), title: 'x'.repeat(501) }, /Title .* 500 at most/],
        [
            'response',
            'with a long subject',
            { organization: idOf('o1'), subject: 'x'.repeat(501) },
            /Subject .* 500 at most/,
        ],
        ['response', 'with half an external id', { user: idOf('u1'), title: 'x', external_id: '9' }, /need each other/],
        [
            'response',
            'with half an external source',
            { user: idOf('u1'), title: 'x', external_source: '9' },
            /need each other/,
        ],
        [
            'response',
            'of a user for a team',
            { user: idOf('u1'), title: 'x', share_with_team: 't' },
            /needs an Organization/,
        ],
        [
            'response',
            'of a user with labels',
            { user: idOf('u1'), title: 'x', shared_labels: 'l' },
            /needs an Organization/,
        ],
    ];
    for (const [resource, name, payload, reason] of rules)
        it(`refuses a ${resource} ${name}`, async () => {
            await test.load({ resource });
            (await test.refused(payload)).should.match(reason);
        });
});
