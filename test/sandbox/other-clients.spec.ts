import { mock } from 'node:test';
import should from 'should';
import { closeAll, type Json, practice, seeded } from './asking';

/** What other programs send that are not our client. */
describe('sandbox: asked by other clients', () => {
    afterEach(() => {
        mock.restoreAll();
        return closeAll();
    });

    it('takes two ids for one thing where one is asked for, and does half of nothing', async () => {
        const { ask } = await practice();
        const [one, two] = (await ask('GET /tasks?type=task')).json.tasks;
        const both = `${one.id},${two.id}`;
        should((await ask(`PATCH /tasks/${both}`, { tasks: { title: 'both' } })).status).equal(404);
        should((await ask(`GET /tasks/${one.id}`)).json.tasks.title).equal(one.title);
        const draft = { from_field: { address: 'shop@harborbikes.example' }, conversation: seeded.fork };
        const { id } = (await ask('POST /drafts', { drafts: draft })).json.drafts;
        should((await ask(`DELETE /drafts/${id},${seeded.message}`)).status).equal(404);
        should((await ask(`DELETE /drafts/${id}`)).status).equal(200);
        for (const path of [
            `/tasks/${both}`,
            `/conversations/${seeded.fork},${seeded.order}`,
            `/conversations/${seeded.fork},${seeded.order}/messages`,
            `/contacts/${seeded.marta},x`,
        ])
            should((await ask(`GET ${path}`)).status).equal(404, path);
        const merge = { target: seeded.order };
        should((await ask(`POST /conversations/${seeded.fork},x/merge`, merge)).status).equal(404);
    });

    it('refuses a kind of info that there is not, whatever it is called', async () => {
        const { ask } = await practice();
        for (const kind of ['fax', 'constructor', 'toString', '__proto__', 7, null]) {
            const infos = [{ kind, label: 'other', value: 'x' }];
            const { status, json } = await ask('POST /contacts', { contacts: [{ contact_book: seeded.book, infos }] });
            should([status, json.error.message.slice(0, 37)]).eql([400, "Validation failed: 'kind' must be one"]);
        }
        const files = [{ filename: 'x.constructor', base64_data: 'QQ==' }];
        const draft = { from_field: { address: 'shop@harborbikes.example' }, attachments: files };
        const { id } = (await ask('POST /drafts', { drafts: draft })).json.drafts;
        const [file] = (await ask(`GET /messages/${id}`)).json.messages.attachments;
        should([file.media_type, file.sub_type]).eql(['application', 'constructor']);
    });

    it('finds contacts by what they hold, and not by the names of fields', async () => {
        const { ask } = await practice();
        const infos = [{ kind: 'custom', label: 'other', custom_label: 'CRM', value: 'A"1\\2' }];
        const contacts = [{ contact_book: seeded.book, first_name: 'Pat', nickname: 'O"Hara', infos }];
        const [{ id }] = (await ask('POST /contacts', { contacts })).json.contacts;
        const found = async (search: string) =>
            (await ask(`GET /contacts?contact_book=${seeded.book}&search=${encodeURIComponent(search)}`)).json.contacts;
        for (const search of ['o"hara', 'A"1\\2', 'pat crm'])
            should((await found(search)).map((each: Json) => each.id)).eql([id], search);
        for (const search of ['phone_number', 'modified_at', 'false']) should(await found(search)).eql([], search);
    });

    it('makes no group for a contact that is refused', async () => {
        const { ask } = await practice();
        const groups = async () =>
            (await ask(`GET /contact_groups?contact_book=${seeded.book}&kind=group`)).json.contact_groups.length;
        const before = await groups();
        const memberships = [{ group: { kind: 'group', name: 'Never' } }];
        const rows = [{ contact_book: seeded.book, memberships }, { first_name: 'without a book' }];
        should((await ask('POST /contacts', { contacts: rows })).status).equal(400);
        const change = { id: seeded.marta, memberships, infos: [{ kind: 'email', label: 'mobile', value: 'x' }] };
        should((await ask(`PATCH /contacts/${seeded.marta}`, { contacts: [change] })).status).equal(400);
        should(await groups()).equal(before);
    });

    it('takes a response back as it was read, also a personal one', async () => {
        const { ask } = await practice();
        const responses = [{ title: 'Mine', body: 'x', user: seeded.ines }];
        const [made] = (await ask('POST /responses', { responses })).json.responses;
        const { status } = await ask(`PATCH /responses/${made.id}`, { responses: [made] });
        should(status).equal(200);
        const labelled = [{ id: made.id, shared_labels: [seeded.parts] }];
        should((await ask(`PATCH /responses/${made.id}`, { responses: labelled })).status).equal(400);
    });

    it('takes no name away', async () => {
        const { ask } = await practice();
        for (const [key, id] of [
            ['shared_labels', seeded.parts],
            ['teams', seeded.workshop],
        ])
            for (const name of ['', null])
                should((await ask(`PATCH /${key}/${id}`, { [String(key)]: [{ id, name }] })).status).equal(400);
    });

    it('cuts no sign of a preview in two', async () => {
        const { ask } = await practice();
        const body = `${'a'.repeat(139)}${'🚲'.repeat(100)}`;
        const draft = { from_field: { address: 'shop@harborbikes.example' }, conversation: seeded.fork, body };
        const { id } = (await ask('POST /drafts', { drafts: draft })).json.drafts;
        should((await ask(`GET /messages/${id}`)).json.messages.preview).equal(`${'a'.repeat(139)}🚲`);
    });

    it('knows the tasks of a conversation that was merged away by its old id', async () => {
        const { ask } = await practice();
        const task = { title: 'x', subtask: true, conversation: seeded.fork };
        const { id } = (await ask('POST /tasks', { tasks: task })).json.tasks;
        await ask(`POST /conversations/${seeded.fork}/merge`, { target: seeded.order });
        const rows = (await ask(`GET /tasks?type=task&conversation=${seeded.fork}`)).json.tasks;
        should(rows.map((each: Json) => each.id)).containEql(id);
    });

    it('counts its windows on a clock that nobody sets', async () => {
        const { ask } = await practice({ limits: { concurrent: 5, perMinute: 2, perQuarter: 900 }, reportDelay: 0 });
        const real = Date.now();
        const reports = { organization: seeded.organization, start: 1, end: 2 };
        const { id } = (await ask('POST /analytics/reports', { reports })).json.reports;
        // Put ahead by an hour: nothing is free earlier, and a report is not gone earlier.
        const clock = mock.method(Date, 'now', () => real + 3_600_000);
        should((await ask(`GET /analytics/reports/${id}`)).status).equal(200);
        should((await ask('GET /users')).status).equal(429);
        // Put back by a day: nobody waits for a day.
        clock.mock.mockImplementation(() => real - 86_400_000);
        const { status, headers } = await ask('GET /users');
        should(status).equal(429);
        should(Number(headers.get('retry-after'))).be.within(1, 60);
    });
});
