import should from 'should';
import createTask from '../../nodes/missive-create-task';
import { scriptedFlow } from '../support/scripted-flow';

const org = '7c1e0f52-886f-4e3d-af67-614f41edf1df';
const other = '0e0a5c3e-b3c3-4696-a022-3f99b58b0d61';
const team = '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61';
const rui = '88aa224f-97b3-4a85-ae96-971759dd6ff9';
const ines = '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6';

describe('missive-create-task', () => {
    const { missive, flow, account } = scriptedFlow(({ body }) => [
        201,
        { tasks: { id: 't1', ...(body as { tasks: object }).tasks } },
    ]);

    const load = (fields: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
        flow.load([createTask], { type: 'missive-create-task', ...fields }, { ...account, ...more });
    const refused = async (payload: unknown) => {
        const { error, msg } = await flow.send({ payload });
        should(msg).be.undefined();
        missive.seen.should.be.empty();
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        return String(error?.message);
    };

    it('takes the JSON of the API as its payload when it is untouched', async () => {
        await load();
        const payload = { title: 'Order forks', organization: org, assignees: [ines], due_at: 1_768_000_000 };
        const { msg } = await flow.send({ payload, topic: 'kept', mine: { a: 1 } });
        missive.seen.should.have.length(1);
        missive.seen[0]?.should.match({ method: 'POST', url: '/v1/tasks', headers: { authorization: 'Bearer tok' } });
        should(missive.seen[0]?.body).eql({ tasks: payload });
        should(msg).match({ topic: 'kept', mine: { a: 1 }, payload: { id: 't1', title: 'Order forks' } });
        should(msg?.missive).match({ method: 'POST', path: '/tasks', status: 201, attempts: 1 });
        should(msg?.missive.waited).be.a.Number();
    });

    it('sends only what the node sets where its fields are its own rows', async () => {
        const set = { title: 'Call back', titleType: 'str', assignees: ines, assigneesType: 'pick', organization: org };
        await load({ fields: 'rows', ...set, team: '', teamType: 'pick' });
        await flow.send({ payload: { title: 'no', description: 'no', team, due_at: 1_768_000_000 } });
        should(missive.seen[0]?.body).eql({ tasks: { title: 'Call back', assignees: [ines], organization: org } });
    });

    it('asks for what it needs where its fields are its own rows, whatever the payload has', async () => {
        await load({ fields: 'rows' });
        should(await refused({ title: 'no' })).match(/Title \(title\) is missing/);
    });

    it('reads each field from where the node says', async () => {
        await load({
            title: 'Call back',
            titleType: 'str',
            description: 'note.text',
            descriptionType: 'msg',
            due_at: '$string(when)',
            due_atType: 'jsonata',
            assignees: `${ines}, ${rui}`,
            assigneesType: 'str',
            team,
            teamType: 'pick',
            state: 'state',
            stateType: 'none',
            organization: 'MISSIVE_TEST_ORG',
            organizationType: 'env',
            subtask: 'true',
            subtaskType: 'bool',
            references: '["<a@x>"]',
            referencesType: 'json',
        });
        process.env.MISSIVE_TEST_ORG = org;
        await flow.send({
            when: '2026-12-01T09:00:00Z',
            note: { text: 'soon' },
            payload: { state: 'closed', title: 'not this', junk: 1 },
        });
        delete process.env.MISSIVE_TEST_ORG;
        should(missive.seen[0]?.body).eql({
            tasks: {
                title: 'Call back',
                description: 'soon',
                due_at: 1_796_115_600,
                assignees: [ines, rui],
                team,
                organization: org,
                subtask: true,
                references: ['<a@x>'],
            },
        });
    });

    it('gives the time of now as whole Unix seconds for the type date', async () => {
        await load({ due_at: '', due_atType: 'date' });
        await flow.send({ payload: { title: 'x', team, organization: org } });
        const due_at = Number((missive.seen[0]?.body as { tasks?: { due_at?: number } })?.tasks?.due_at);
        Number.isInteger(due_at).should.be.true();
        Math.abs(due_at - Date.now() / 1000).should.be.below(60);
    });

    it('leaves out what is blank and sends null, false, 0 and an empty list', async () => {
        await load({
            title: 'x',
            titleType: 'str',
            description: 'no.such.thing',
            descriptionType: 'msg',
            state: '',
            stateType: 'str',
        });
        await flow.send({
            payload: {
                team,
                organization: org,
                due_at: 0,
                assignees: [],
                subtask: false,
                conversation: null,
                references: '',
            },
        });
        should(missive.seen[0]?.body).eql({
            tasks: {
                title: 'x',
                team,
                organization: org,
                due_at: 0,
                assignees: [],
                subtask: false,
                conversation: null,
            },
        });
    });

    it('fills in the default organization of the account where none was given', async () => {
        await load({}, { organization: org });
        await flow.send({ payload: { title: 'x', team } });
        await flow.send({ payload: { title: 'x', team, organization: other } });
        missive.seen
            .map(({ body }) => (body as { tasks: { organization: string } }).tasks.organization)
            .should.eql([org, other]);
    });

    it('takes the things of a webhook for their ids', async () => {
        await load({ title: 'x', titleType: 'str', subtask: 'true', subtaskType: 'bool' });
        await flow.send({
            payload: { conversation: { id: 'c1', subject: null }, organization: { id: org, name: 'Harbor Bikes' } },
        });
        should(missive.seen[0]?.body).match({ tasks: { conversation: 'c1', organization: org } });
    });

    const rules: [string, unknown, RegExp][] = [
        ['without a title', { team, organization: org }, /Title \(msg\.payload\.title\) is missing/],
        ['with a blank title', { title: '  ', team, organization: org }, /Title .* is missing/],
        ['with a title of null', { title: null, team, organization: org }, /Title .* is missing/],
        [
            'with a title of 1,001 characters',
            { title: 'x'.repeat(1001), team },
            /Title .* is 1001 characters long.* 1000 at most/,
        ],
        [
            'with a description of 10,001 characters',
            { title: 'x', description: 'x'.repeat(10_001) },
            /Description .* 10000 at most/,
        ],
        ['with neither team nor assignees', { title: 'x', organization: org }, /Team \(team\) or Assignees/],
        ['with a team but no organization', { title: 'x', team }, /Organization \(organization\) is missing/],
        [
            'with assignees but no organization',
            { title: 'x', assignees: [ines] },
            /Organization \(organization\) is missing/,
        ],
        ['that is a subtask without a parent', { title: 'x', subtask: true }, /subtask needs its Conversation/],
        [
            'that adds users without being a subtask',
            { title: 'x', team, organization: org, add_users: [ines] },
            /only with a subtask/,
        ],
        [
            'that moves to the Inbox without being a subtask',
            { title: 'x', team, organization: org, add_to_inbox: true },
            /only with a subtask/,
        ],
        [
            'in a state that is none',
            { title: 'x', team, organization: org, state: 'done' },
            /State .* one of todo, in_progress, closed/,
        ],
        [
            'with a date that is none',
            { title: 'x', team, organization: org, due_at: 'tomorrow' },
            /Due \(msg\.payload\.due_at\) should be a date/,
        ],
        [
            'with null everywhere',
            { title: null, description: null, team: null, assignees: null, organization: null, due_at: null },
            /Title/,
        ],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a task ${name}`, async () => {
            await load();
            (await refused(payload)).should.match(reason);
        });

    for (const payload of [undefined, null, 'text', 7, true, [], Buffer.from('x')])
        it(`takes a payload of ${payload === null ? 'null' : Array.isArray(payload) ? 'a list' : typeof payload} for one without fields`, async () => {
            await load();
            (await refused(payload)).should.match(/Title/);
        });

    it('says which field could not be read, and why', async () => {
        await load({ title: '$nosuch(', titleType: 'jsonata' });
        (await refused({})).should.match(/Title \(title\) cannot be read/);
    });

    it('gives {} where Missive answers without a body', async () => {
        missive.answers.push([201]);
        await load();
        const { msg } = await flow.send({ payload: { title: 'x', team, organization: org } });
        should(msg?.payload).eql({});
    });

    it('shows that it works, what it did and when, then what went wrong', async () => {
        await load();
        await flow.send({ payload: { title: 'x', team, organization: org } });
        await flow.send({ payload: {} });
        const texts = flow.statuses.filter(({ id }) => id === 'n1').map(({ text }) => text);
        should(texts[1]).match(/^task created · \d\d:\d\d$/);
        texts.should.eql(['sending', texts[1], 'sending', 'Title is missing']);
    });
});
