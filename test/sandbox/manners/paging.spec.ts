import should from 'should';
import { byOffset, byTime, thread } from '../../../src/sandbox/manners/paging';
import { closeAll, type Json, practice, seeded } from '../asking';

const query = (given: Record<string, string>) => new URLSearchParams(given);

describe('sandbox: paging', () => {
    afterEach(closeAll);

    it('pages by offset, 50 rows unless told, at most 200', () => {
        const rows = Array.from({ length: 230 }, (_, index) => index);
        should(byOffset(rows, query({}))).have.length(50);
        should(byOffset(rows, query({ limit: '200', offset: '200' }))).have.length(30);
        should(() => byOffset(rows, query({ limit: '201' }))).throw("max 'limit' value is 200");
        should(() => byOffset(rows, query({ limit: '0' }))).throw("min 'limit' value is 1");
        should(() => byOffset(rows, query({ offset: 'x' }))).throw("'offset' must be an integer");
    });

    it('keeps rows with one timestamp together, even where they exceed the limit', () => {
        const rows = [1, 2, 2, 2, 2, 3].map((at, id) => ({ at, id }));
        const page = (given: Record<string, string>) =>
            byTime(rows, ({ at }) => at, query(given), thread).map(({ at }) => at);
        should(page({ limit: '2' })).eql([3, 2, 2, 2, 2]);
        should(page({ limit: '2', until: '2' })).eql([2, 2, 2, 2]);
        should(page({ limit: '10', until: '2' })).eql([2, 2, 2, 2, 1]);
    });

    it('includes the row that a page before ended with', async () => {
        const { ask } = await practice();
        const first: Json[] = (await ask('GET /conversations?all=true&limit=3')).json.conversations;
        const until = first.at(-1).last_activity_at;
        const second: Json[] = (await ask(`GET /conversations?all=true&limit=3&until=${until}`)).json.conversations;
        should(second[0].id).equal(first[2].id);
        should(second.every(({ last_activity_at }) => last_activity_at <= until)).be.true();
    });

    it('refuses conversations and tasks by one, and conversations without a mailbox', async () => {
        const { ask } = await practice();
        const message = async (line: string) => (await ask(line)).json.error.message;
        should(await message('GET /conversations?inbox=true&limit=1')).equal("min 'limit' value is 2");
        should(await message('GET /conversations?inbox=true&limit=51')).equal("max 'limit' value is 50");
        should(await message('GET /tasks?limit=1')).equal("min 'limit' value is 2");
        should(await message(`GET /conversations/${seeded.fork}/messages?limit=11`)).equal("max 'limit' value is 10");
        should(await message('GET /conversations')).equal('You need to paginate at least one mailbox');
        should(await message('GET /conversations?email=a@b.example&inbox=true&domain=x')).containEql(
            'exclude each other',
        );
    });

    it('shows only id and last activity of a conversation where the owner of the token is a guest', async () => {
        const { ask } = await practice();
        const rows: Json[] = (await ask('GET /conversations?all=true&limit=50')).json.conversations;
        should(rows.filter(({ subject }) => subject === undefined).map((row) => Object.keys(row))).eql([
            ['id', 'last_activity_at'],
        ]);
    });

    it('finds conversations by mailbox, label, team and address', async () => {
        const { ask } = await practice();
        const count = async (filter: string) => (await ask(`GET /conversations?${filter}`)).json.conversations.length;
        should(await count(`shared_label=${seeded.parts}`)).equal(1);
        should(await count('closed=true')).equal(2);
        should(await count('assigned=true')).equal(1);
        should(await count('flagged=true')).equal(1);
        should(await count('drafts=true')).equal(2);
        should(await count(`team_inbox=${seeded.workshop}`)).equal(2);
        should(await count(`team_closed=${seeded.workshop}`)).equal(1);
        should(await count('all=true&email=TOM@trailclub.example')).equal(1);
        should(await count('all=true&domain=post.example')).equal(2);
    });
});
