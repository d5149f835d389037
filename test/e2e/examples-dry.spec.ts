import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import type { Snapshot } from '../../src/sandbox/practice/snapshot';
import { exampleFiles, flowIn, type Node } from '../support/example-files';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox } from '../support/practice-inbox';
import { SidebarPage } from '../support/sidebar-page';

/** What each example would have written, had its account not been dry. */
const written: Readonly<Record<string, readonly string[]>> = {
    'customer-email-to-draft': ['POST /contacts', 'POST /tasks', 'POST /drafts'],
    'keep-until-done': ['POST /contacts'],
    'ai-draft-reply': ['POST /drafts'],
    'bot-hands-over': ['POST /drafts', 'PATCH /conversations', 'POST /posts'],
    'pdf-to-draft': ['POST /drafts'],
    'reply-with-markdown-and-file': ['POST /drafts'],
    'sms-to-a-list': ['POST /drafts'],
    'sms-with-opt-out': ['POST /drafts', 'PATCH /contacts'],
    'wait-then-draft': ['POST /drafts'],
    'assign-to-owner': ['PATCH /conversations'],
    'classify-and-label': ['PATCH /conversations'],
    'closed-to-summary': ['POST /posts'],
    'comment-or-label-to-task': ['POST /tasks'],
    'events-to-posts': ['POST /posts'],
    'merge-duplicates': ['POST /posts', 'POST /conversations'],
    'attachment-to-labels': ['PATCH /conversations'],
    'chat-bridge': ['POST /messages'],
    // Those of files, a page and another system: each has its own spec.
    archive: [],
    'client-portal': [],
    'contacts-and-crm': [],
    'tasks-both-ways': ['POST /tasks'],
    'team-numbers': ['POST /analytics'],
    'web-form-to-conversation': ['POST /messages'],
    'weekly-digest': ['POST /analytics'],
    'conversations-to-files': [],
    'mail-to-sheet': [],
    'new-contacts-to-tasks': ['POST /tasks'],
    'order-look-up': ['POST /posts'],
    'shop-customer-to-contact': ['POST /contacts'],
    'any-request': [],
    'delete-draft': ['POST /drafts', 'DELETE /drafts'],
    'look-at-quota': [],
    'merge-conversations': ['POST /conversations'],
    'post-with-task': ['POST /posts'],
    'read-conversation': [],
    'read-timeline': [],
    'report-for-a-chart': ['POST /analytics'],
    'save-attachments': [],
    'save-shared-label': ['POST /shared_labels'],
    'sidebar-ai-summary': [],
    'sidebar-contact-card': ['POST /contacts'],
    'sidebar-my-flows': [],
    'sidebar-phone-number': [],
    'sidebar-quote-form': [],
    'sidebar-shop-order': [],
};

const jules = { name: 'Jules Perrin', address: 'jules@ateliervelo.example' };
const letter = {
    subject: 'Invoice for order 2291',
    body: 'Hello, please send the invoice of order 2291, the fork and the wheels.',
};
const again = { subject: `Re: ${letter.subject}`, body: 'Hello?' };
const number = '+351910000044';
/** What is pressed in a sidebar, by its path. */
const presses: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'sidebar/summary': { do: 'action', action: 'summary' },
    'sidebar/contact': { do: 'form', action: 'note', values: { note: 'Rides a Brompton.' } },
    'sidebar/quote': { do: 'form', action: 'quote', values: { item: 'Saddle S-5', pieces: 2, price: 30 } },
    'sidebar/flows': { do: 'action', action: 'stock' },
};

const english = exampleFiles.filter(({ french }) => !french);
/** Their accounts dry, and what is new at the first look told at once: nobody waits for the second one. */
const dried = (node: Node): Node => {
    if (node.type === 'missive-config') return { ...node, dry: true };
    // What a Catch node hears stands in the log, too.
    if (node.complete === 'error') return { ...node, console: true };
    return node.type === 'missive-watch' ? { ...node, first: 'emit' } : node;
};
const flows = english.map(({ name, file }) => ({ name, nodes: flowIn(file).map(dried) }));
const all = [...new Map(flows.flatMap(({ nodes }) => nodes).map((node) => [node.id, node])).values()];

interface Call {
    readonly node: string;
    readonly method: string;
    readonly path: string;
    readonly dry?: true;
    readonly status?: number;
}

describe('all examples at once, their account dry', function () {
    this.timeout(180_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'missive-dry-'));
    const requests = path.join(folder, 'requests');
    let nodeRed: NodeRed;
    let inbox: PracticeInbox;

    before(async () => {
        nodeRed = await startNodeRed({
            flows: all,
            env: { REQUESTS: requests, QUIET_SECONDS: '0.3', BACKFILL_FOLDER: path.join(folder, 'all') },
            node: ['--require', path.resolve(__dirname, '../support/requests.cjs')],
        });
        inbox = new PracticeInbox(nodeRed.adminUrl);
    });
    after(async () => {
        await nodeRed?.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    const calls = async (): Promise<Call[]> =>
        ((await (await fetch(`${nodeRed.adminUrl}/missive/activity/whole`)).json()) as { calls: Call[] }).calls;
    /** What an example has not told yet that it would have written. */
    const missing = (found: readonly Call[]): string[] =>
        flows.flatMap(({ name, nodes }) => {
            const ids = new Set(nodes.map(({ id }) => id));
            const told = found
                .filter(({ node, dry }) => dry && ids.has(node))
                .map(({ method, path }) => `${method} /${path.split('/')[1]}`);
            return (written[name] ?? []).filter((each) => !told.includes(each)).map((each) => `${name}: ${each}`);
        });
    /** What flows write. */
    const madeIn = ({ conversations, contacts, tasks, labels }: Snapshot) => ({
        ...{ contacts, tasks, labels },
        entries: conversations.flatMap(({ entries }) => entries).filter(({ kind }) => /^(draft|post)$/.test(kind)),
        assigned: conversations.flatMap(({ assignee_names, color }) => [assignee_names, color]).filter(Boolean),
    });

    it('are known to this test', () => {
        Object.keys(written)
            .sort()
            .should.eql(english.map(({ name }) => name).sort());
    });

    it('tell what they would have written, and Missive gets nothing but GET', async () => {
        const before = await inbox.state();
        await everybodyActs();
        await told((found) => !missing(found).includes('merge-duplicates: POST /posts'));
        const second = (await inbox.state()).conversations.find(
            ({ latest_message_subject }) => latest_message_subject === again.subject,
        );
        await inbox.colleagueComments({ conversation: second?.id ?? '', body: '#merge please' });
        await told((found) => missing(found).length === 0);
        for (const { method, dry, status } of await calls()) should(method === 'GET' ? dry : status).be.undefined();
        const got = readFileSync(requests, 'utf8').trim().split('\n');
        got.length.should.be.above(10);
        got.filter((line) => !line.startsWith('GET ')).should.be.empty();
        should(madeIn(await inbox.state())).eql(madeIn(before));
        nodeRed.log().should.not.match(/\[error\]|MissiveError/);
    });

    async function told(enough: (found: readonly Call[]) => boolean): Promise<void> {
        const end = Date.now() + 30_000;
        for (let found = await calls(); !enough(found); found = await calls()) {
            if (Date.now() > end) throw new Error(`not told: ${missing(found).join(', ')}\n${nodeRed.log()}`);
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    async function everybodyActs(): Promise<void> {
        const { conversations, labels } = await inbox.state();
        const [conversation = ''] = conversations.map(({ id }) => id);
        const label = labels.find(({ name }) => name === 'Shop/Service')?.id ?? '';
        await inbox.customerWrites({ ...jules, ...letter });
        await inbox.customerWrites({ ...jules, ...again });
        const file = { filename: 'order.txt', base64_data: Buffer.from('Order 2291').toString('base64') };
        await inbox.customerWrites({ ...jules, subject: 'A file', body: 'Here it is.', attachments: [file] });
        for (const body of ['When are you open?', 'I want to talk to a HUMAN', 'Stop, please'])
            await inbox.customerWrites({ address: number, body });
        await inbox.colleagueComments({ conversation, body: '#task Order a fork' });
        await inbox.changeLabels({ conversation, add: [label] });
        await inbox.colleagueChanges({ conversation, close: true });
        for (const { id } of all.filter(({ type }) => type === 'inject'))
            should((await fetch(`${nodeRed.adminUrl}/inject/${id}`, { method: 'POST' })).ok).be.true();
        const form = { name: jules.name, email: jules.address, question: 'Do you rent tandems?' };
        const filled = { method: 'POST', body: new URLSearchParams(form) };
        should((await fetch(`${nodeRed.url}/web/contact`, filled)).status).equal(200);
        await inTheSidebar();
    }

    /** Each sidebar is opened; what is pressed in it is what its flow answers. */
    async function inTheSidebar(): Promise<void> {
        const answer = await (await fetch(`${nodeRed.adminUrl}/missive/sidebars`)).json();
        const { sidebars } = answer as { sidebars: readonly { address: string }[] };
        sidebars.should.have.length(flows.filter(({ name }) => name.startsWith('sidebar-')).length);
        const about = { conversations: ['c1'], conversation: { id: 'c1' }, contact: jules, contacts: [jules] };
        for (const { address } of sidebars) {
            const page = await SidebarPage.load(new URL(address, nodeRed.url).href);
            const pressed = Object.entries(presses).find(([path]) => address.includes(`/${path}?`))?.[1];
            for (const event of [{ do: 'open' }, ...(pressed ? [pressed] : [])])
                should((await page.tell({ ...about, ...event })).body).have.property('card');
        }
    }
});
