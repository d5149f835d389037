import should from 'should';
import { closeAll, practice, seeded } from '../asking';

const { organization, ines, workshop } = seeded;

describe('sandbox: tasks, labels, teams, responses and reports', () => {
    afterEach(closeAll);

    it('shows ids in a list of tasks, objects in a single one', async () => {
        const { ask } = await practice();
        const task = { title: 'Order forks', organization, assignees: [ines], team: workshop };
        const made = (await ask('POST /tasks', { tasks: task })).json.tasks;
        should(made).have.properties({ assignees: [ines], team: workshop, state: 'todo', conversation: null });
        const row = (await ask(`GET /tasks?assignee=${ines}&type=task`)).json.tasks[0];
        should(row).have.properties({ id: made.id, assignees: [ines], team: workshop });
        const single = (await ask(`GET /tasks/${made.id}`)).json.tasks;
        should(single.assignees[0]).have.properties({ id: ines, name: 'Ines Duarte' });
        should(single.team.name).equal('Workshop');
        should(single).not.have.property('last_activity_at');
    });

    it('changes one task, whose assignees are replaced', async () => {
        const { ask } = await practice();
        const { id } = (await ask('POST /tasks', { tasks: { title: 'x', organization, assignees: [ines] } })).json
            .tasks;
        const { json } = await ask(`PATCH /tasks/${id}`, { tasks: { state: 'closed', assignees: [seeded.rui] } });
        should(json.tasks.assignees).eql([seeded.rui]);
        should(json.tasks.closed_at).be.a.Number();
        should((await ask(`PATCH /tasks/${id}`, { tasks: { state: 'done' } })).status).equal(400);
    });

    it('refuses a task that nobody has, and one that lacks title, organization or parent', async () => {
        const { ask } = await practice();
        const refused = async (tasks: object) => (await ask('POST /tasks', { tasks })).json.error.message;
        should(await refused({ organization, assignees: [ines] })).equal("Validation failed: 'title' is required");
        should(await refused({ title: 'x' })).equal("Validation failed: 'team' or 'assignees' is required");
        should(await refused({ title: 'x', team: workshop })).equal(
            "'organization' is required when 'team' is defined",
        );
        should(await refused({ title: 'x', subtask: true })).containEql("'conversation' or 'references' is required");
        should(await refused({ title: 'x'.repeat(1001), organization, team: workshop })).containEql('at most 1000');
    });

    it('refuses the organization in a change of labels, the one unknown field that is not ignored', async () => {
        const { ask } = await practice();
        const change = (more: object) =>
            ask(`PATCH /shared_labels/${seeded.parts}`, {
                shared_labels: [{ id: seeded.parts, name: 'Spares', ...more }],
            });
        should((await change({ organization })).json.error.message).equal('Unpermitted parameters: organization');
        should((await change({ nonsense: 1 })).json.shared_labels[0].name_with_parent_names).equal('Shop/Spares');
    });

    it('lets administrators alone change teams and delete posts of a shared conversation', async () => {
        const { ask } = await practice({ admin: false });
        const posts = (await ask(`GET /conversations/${seeded.fork}/posts`)).json.posts;
        should((await ask('POST /teams', { teams: [{ name: 'Night', organization }] })).status).equal(403);
        should((await ask(`DELETE /posts/${posts[0].id}`)).status).equal(403);
    });

    it('wants exactly one owner of a response, and each external id once', async () => {
        const { ask } = await practice();
        const status = async (more: object) =>
            (await ask('POST /responses', { responses: [{ title: 'A', ...more }] })).status;
        should(await status({})).equal(400);
        should(await status({ organization, user: ines })).equal(400);
        should(await status({ organization, external_id: '1' })).equal(400);
        should(await status({ organization, external_id: '1', external_source: 's' })).equal(201);
        should(await status({ organization, external_id: '1', external_source: 's' })).equal(400);
    });

    it('answers an empty 404 until a report is ready, then the report', async () => {
        const report = { organization, start: 1, end: Math.floor(Date.now() / 1000) };
        const slow = await practice({ reportDelay: 60_000 });
        const { id } = (await slow.ask('POST /analytics/reports', { reports: report })).json.reports;
        const early = await slow.ask(`GET /analytics/reports/${id}`);
        should([early.status, early.text]).eql([404, '']);
        const quick = await practice({ reportDelay: 0 });
        const ready = (await quick.ask('POST /analytics/reports', { reports: report })).json.reports.id;
        const { reports } = (await quick.ask(`GET /analytics/reports/${ready}`)).json;
        should(reports.selected_period.global.totals.metrics.inbound_count.v).be.above(5);
    });
});
