import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import should from 'should';
import { conversationOf, ExampleFlows, lettersOf, postsOf } from '../support/example-flows';

describe('the examples that a button or the clock sets off, their flow files unchanged', function () {
    this.timeout(180_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'missive-back-fill-'));
    const flows = new ExampleFlows(() => ({ BACKFILL_FOLDER: path.join(folder, 'all') }));
    after(() => rmSync(folder, { recursive: true, force: true }));
    afterEach(() => flows.noErrors());

    it('weekly-digest posts numbers and open tasks, each week in the same conversation', async () => {
        await flows.deploy('weekly-digest');
        await flows.press('weekly-digest');
        const digests = (state: Parameters<typeof conversationOf>[0]) =>
            postsOf(conversationOf(state, 'Weekly digest'));
        await flows.inbox.until((state) => digests(state).length === 1);
        await flows.press('weekly-digest');
        const state = await flows.inbox.until((each) => digests(each).length === 2);
        should(digests(state)[0]).match({
            username: 'Digest',
            markdown: /[1-9]\d* messages came in, [1-9]\d* went out/,
        });
        should(digests(state)[0]).match({ markdown: /\* Add two tubes to order 2291/ });
        should(conversationOf(state, 'Weekly digest')).match({ team: { name: 'Workshop' } });
    });

    it('sms-to-a-list sends one SMS to each number, one a second', async () => {
        await flows.deploy('sms-to-a-list');
        await flows.press('sms-to-a-list');
        const sent = (state: Awaited<ReturnType<typeof flows.inbox.state>>) =>
            state.conversations.flatMap((each) =>
                lettersOf(each, 'message').filter(({ text }) => /ready\. You/.test(text)),
            );
        const seen: number[] = [];
        const state = await flows.inbox.until((each) => {
            const count = sent(each).length;
            while (seen.length < count) seen.push(Date.now());
            return count === 3;
        });
        const to = sent(state).map(({ would_have_gone_to, text }) => [would_have_gone_to?.[0], text.split(',')[0]]);
        should(to.sort()).eql([
            ['+351910000001', 'Hello Marta'],
            ['+351910000044', 'Hello Leonor'],
            ['+351910000077', 'Hello Elsa'],
        ]);
        should((seen[2] ?? 0) - (seen[0] ?? 0)).be.above(1_500);
    });

    it('conversations-to-files writes every conversation with all its messages', async () => {
        await flows.deploy('conversations-to-files');
        const { conversations } = await flows.inbox.state();
        await flows.press('conversations-to-files');
        const files = () => {
            try {
                return readdirSync(path.join(folder, 'all')).filter((name) => name.endsWith('.json'));
            } catch {
                return [];
            }
        };
        const end = Date.now() + 15_000;
        while (files().length < conversations.length && Date.now() < end) await pause(50);
        // The token sees one more, as a guest, which the page does not show.
        should(files()).containDeep(conversations.map(({ id }) => `${id}.json`));
        const fork = conversations.find(({ latest_message_subject: subject }) => /gravel fork/.test(subject ?? ''));
        const written = JSON.parse(readFileSync(path.join(folder, 'all', `${fork?.id}.json`), 'utf8'));
        should(written.messages.map(({ body }: { body: string }) => typeof body)).eql(['string', 'string', 'string']);
        should(JSON.stringify(written)).containEql('Mine has a crack near the crown');
    });
});
