import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import type { Snapshot } from '../../src/sandbox/practice/snapshot';
import { exampleFiles, flowIn } from '../support/example-files';
import { ExampleFlows, lettersOf, postsOf } from '../support/example-flows';

type Conversation = Snapshot['conversations'][number];

const jules = { name: 'Jules Perrin', address: 'jules@ateliervelo.example' };
const letter = {
    subject: 'Invoice for order 2291',
    body: 'Hello, please send the invoice of order 2291, the fork and the wheels.',
};

/** What each example did for one round: how much of it there is, in a state and over all conversations. */
const counts: Readonly<Record<string, (state: Snapshot, own: readonly Conversation[]) => number>> = {
    'customer-email-to-draft': (_, own) => drafts(own),
    'keep-until-done': ({ deliveries, contacts }) =>
        contacts.some(isJules) ? deliveries.filter(({ state }) => state === 'delivered').length : 0,
    'ai-draft-reply': (_, own) => drafts(own),
    'wait-then-draft': (_, own) => drafts(own),
    'bot-hands-over': ({ conversations }) =>
        conversations.flatMap((one) => lettersOf(one, 'message')).filter(({ text }) => /We are open/.test(text)).length,
    'pdf-to-draft': (_, own) => files(own),
    'reply-with-markdown-and-file': (_, own) => files(own),
    'sms-to-a-list': ({ conversations }) =>
        conversations.flatMap((one) => lettersOf(one, 'message')).filter(({ text }) => /is ready\. You/.test(text))
            .length / 3,
    'assign-to-owner': (_, own) => own.filter((one) => one.assignee_names || one.team?.name === 'Sales').length,
    'classify-and-label': (_, own) => own.filter((one) => one.shared_label_names).length,
    'comment-or-label-to-task': ({ tasks }) => tasks.filter(({ title }) => title === 'Order a fork').length,
    'events-to-posts': ({ conversations }) => posts(conversations, 'GitHub'),
    'web-form-to-conversation': ({ conversations }) =>
        conversations.filter(({ subject }) => subject === 'Web form: Jules Perrin').flatMap((one) => one.entries)
            .length,
    'weekly-digest': ({ conversations }) => posts(conversations, 'Digest'),
    'order-look-up': (_, own) => posts(own, 'Shop'),
    'mail-to-sheet': ({ sheet }) => sheet.length,
};

const drafts = (own: readonly Conversation[]): number => own.flatMap((one) => lettersOf(one, 'draft')).length;
const files = (own: readonly Conversation[]): number =>
    own.flatMap((one) => lettersOf(one, 'draft')).flatMap(({ attachments }) => attachments).length;
const posts = (all: readonly Conversation[], by: string): number =>
    all.flatMap(postsOf).filter((one) => 'username' in one && one.username === by).length;
const isJules = ({ infos, first_name, last_name }: Snapshot['contacts'][number] & Record<string, unknown>): boolean =>
    (infos ?? []).some(({ value }) => value === jules.address) && first_name === 'Jules' && last_name === 'Perrin';

const folder = mkdtempSync(path.join(tmpdir(), 'missive-examples-'));

describe('every example, imported as it is, with nothing filled in', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(() => ({ QUIET_SECONDS: '0.5', BACKFILL_FOLDER: folder }));
    after(() => rmSync(folder, { recursive: true, force: true }));
    afterEach(() => flows.noErrors());

    /** What a person does to try it. */
    async function act(nodes: ReturnType<typeof flowIn>): Promise<void> {
        const events = nodes.find(({ type }) => type === 'missive-webhook-in')?.events as string[] | undefined;
        const form = nodes.find(
            ({ type, method, url }) => type === 'http in' && method === 'post' && /^\/web/.test(String(url)),
        );
        if (nodes.some(({ type }) => type === 'inject')) return flows.pressIn(nodes);
        if (form) {
            const filled = { name: jules.name, email: jules.address, question: 'Do you rent tandems?' };
            should((await flows.post(String(form.url), new URLSearchParams(filled))).status).equal(200);
        } else if (events?.includes('incoming_sms_message')) {
            await flows.inbox.customerWrites({ ...jules, address: '+351910000088', body: 'When are you open?' });
        } else if (events?.includes('new_comment')) {
            const { conversations } = await flows.inbox.state();
            const conversation = conversations[0]?.id ?? '';
            await flows.inbox.colleagueComments({ conversation, body: '#task Order a fork' });
        } else await flows.inbox.customerWrites({ ...jules, ...letter });
    }

    const own = ({ conversations }: Snapshot): Conversation[] =>
        conversations.filter(({ authors }) => authors.some((one) => 'address' in one && one.address === jules.address));

    for (const { file, name, french } of exampleFiles)
        it(`${file} runs twice for the same person`, async () => {
            const nodes = flowIn(file);
            await flows.deployFlow(nodes);
            const key = french ? englishOf(file) : name;
            const count = counts[key];
            const count2 = count && ((state: Snapshot) => count(state, own(state)));
            for (const round of [1, 2]) {
                await act(nodes);
                if (count2) await flows.inbox.until((state) => count2(state) >= round);
                else await flows.logged();
            }
            if (count2) should(count2(await flows.inbox.state())).equal(2);
            const known = (await flows.inbox.state()).contacts.filter(({ infos }) =>
                infos?.some(({ value }) => value === jules.address),
            );
            should(known.length).be.belowOrEqual(1);
            for (const one of known) should(one).match({ first_name: 'Jules', last_name: 'Perrin' });
            if (key === 'conversations-to-files') readdirSync(folder).length.should.be.above(5);
        });
});

/** The English example that one in French is made of: its place in the list of its folder says which. */
function englishOf(file: string): string {
    const { files: names } = require('../../scripts/examples/french.json') as { files: Record<string, string> };
    return Object.entries(names).find(([, french]) => file.endsWith(`/${french}.json`))?.[0] ?? '';
}
