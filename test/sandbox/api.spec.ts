import { request } from 'node:http';
import should from 'should';
import { closeAll, practice, seeded } from './asking';

describe('sandbox: the API in general', () => {
    afterEach(closeAll);

    it('answers a missing and a wrong token with the same sentence', async () => {
        const { ask } = await practice();
        const error = { error: { message: 'Authentication token is invalid or has been revoked' } };
        for (const authorization of ['', 'Bearer nonsense']) {
            const { status, json } = await ask('GET /organizations', undefined, { authorization });
            should({ status, json }).eql({ status: 401, json: error });
        }
    });

    it('nests every list under its plural, and knows no other path', async () => {
        const { ask } = await practice();
        for (const key of ['organizations', 'users', 'teams', 'contact_books', 'responses', 'shared_labels', 'tasks']) {
            should((await ask(`GET /${key}`)).json[key])
                .be.an.Array()
                .and.not.empty();
        }
        should((await ask('GET /webhooks')).status).equal(404);
        should((await ask('GET /contacts/%E0%A4%A')).status).equal(404);
    });

    it('gives one conversation, contact and response as a list, one message and one task as an object', async () => {
        const { ask } = await practice();
        const response = (await ask('GET /responses')).json.responses[0].id;
        const task = (await ask('GET /tasks?type=task')).json.tasks[0].id;
        should((await ask(`GET /conversations/${seeded.fork}`)).json.conversations[0].id).equal(seeded.fork);
        should((await ask(`GET /contacts/${seeded.marta}`)).json.contacts[0].last_name).equal('Okafor');
        should((await ask(`GET /responses/${response}`)).json.responses[0].id).equal(response);
        should((await ask(`GET /messages/${seeded.message}`)).json.messages.body).containEql('F-220');
        should((await ask(`GET /tasks/${task}`)).json.tasks.id).equal(task);
    });

    it('gives several messages as a list', async () => {
        const { ask } = await practice();
        const rows = (await ask(`GET /conversations/${seeded.fork}/messages`)).json.messages;
        should(rows[0]).not.have.property('body');
        const ids = rows.map(({ id }: { id: string }) => id);
        should((await ask(`GET /messages/${ids.join(',')}`)).json.messages.map(({ id }: { id: string }) => id)).eql(
            ids,
        );
    });

    it('refuses bad JSON, a missing content type and more than 10 MB', async () => {
        const { ask } = await practice();
        should((await ask('POST /tasks', '{"tasks":')).status).equal(400);
        should((await ask('POST /tasks', {}, { 'content-type': 'text/plain' })).status).equal(400);
        should((await ask('POST /tasks', { tasks: { title: 'x'.repeat(10_500_000) } })).status).equal(413);
    });

    it('answers 429 with four headers past a ceiling, and with none of them before', async () => {
        const { ask } = await practice({ limits: { concurrent: 5, perMinute: 3, perQuarter: 900 } });
        for (let round = 0; round < 3; round += 1) {
            const { status, headers } = await ask('GET /users');
            should(status).equal(200);
            should(headers.has('x-ratelimit-limit')).be.false();
        }
        const { status, headers, json } = await ask('GET /users');
        should(status).equal(429);
        should(json).eql({ error: { message: 'Too Many Requests' } });
        should(Number(headers.get('retry-after'))).be.within(50, 60);
        should(headers.get('x-ratelimit-limit')).equal('3');
        should(headers.get('x-ratelimit-remaining')).equal('0');
        should(Number(headers.get('x-ratelimit-reset'))).be.above(Date.now() / 1000);
    });

    it('lets no more than the allowed number in at once', async () => {
        const { sandbox, ask } = await practice({ limits: { concurrent: 1, perMinute: 300, perQuarter: 900 } });
        const options = {
            method: 'POST',
            headers: { authorization: `Bearer ${sandbox.token}`, 'content-length': '2' },
        };
        const slow = request(`${await sandbox.address()}/tasks`, options);
        const answered = new Promise((resolve) => slow.on('response', (response) => resolve(response.statusCode)));
        slow.flushHeaders();
        let { status } = await ask('GET /users');
        while (status !== 429) ({ status } = await ask('GET /users'));
        slow.end('{}');
        should(await answered).equal(400);
        should((await ask('GET /users')).status).equal(200);
    });

    it('can answer creations without a body, and deletions with 204', async () => {
        const { ask } = await practice({ emptyCreated: true, deleteStatus: 204 });
        const made = await ask('POST /contacts', { contacts: [{ contact_book: seeded.book, first_name: 'Ada' }] });
        should([made.status, made.text]).eql([201, '']);
        const post = { conversation: seeded.fork, text: 'x', notification: { title: 'a', body: 'b' } };
        should((await ask('POST /posts', { posts: post })).text).equal('');
        const posts = (await ask(`GET /conversations/${seeded.fork}/posts`)).json.posts;
        should((await ask(`DELETE /posts/${posts[0].id}`)).status).equal(204);
    });

    it('serves attachments without a token', async () => {
        const { ask } = await practice();
        const { attachments } = (await ask(`GET /messages/${seeded.message}`)).json.messages;
        should(await (await fetch(attachments[0].url)).text()).equal('A photograph would be here.');
    });
});
