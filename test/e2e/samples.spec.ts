import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import should from 'should';
import webhookIn from '../../nodes/forms/missive-webhook-in';
import { sampleOf } from '../../src/sandbox/practice/samples';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox } from '../support/practice-inbox';

/** All kinds of events that webhook in names, and one that somebody has typed. */
const kinds = [...(webhookIn.lists?.events ?? []), 'outgoing_whatsapp_message', 'sla_breached'];

const custom = 'custom_channel_message';

/** What *Reply to this message* sets, from its own file. */
const file = path.resolve(__dirname, '../../src/editor/browser/own/draft-form.js');
const rows: Record<string, { type: string; value: string }> = vm.runInNewContext(
    `const specials = {};\n${readFileSync(file, 'utf8')}\nanswerRows`,
);
const reply = Object.fromEntries(
    Object.entries(rows).flatMap(([property, { type, value }]) => [
        [property, value],
        [`${property}Type`, type],
    ]),
);

const place = { z: 'tab', x: 100, y: 100 };
const own = { account: 'acc', fields: 'rows' };
const flows = [
    { id: 'tab', type: 'tab', label: 'Samples' },
    { id: 'acc', type: 'missive-config', connection: 'sandbox', from: 'Harbor Bikes <shop@harborbikes.example>' },
    { ...place, id: 'in', type: 'missive-webhook-in', path: 'in', account: 'acc', wires: [['draft', 'post', 'seen']] },
    {
        ...{ ...place, ...own, id: 'draft', type: 'missive-create-draft', wires: [[]] },
        ...{ ...reply, body: '"Answer to " & missive.event', bodyType: 'jsonata' },
    },
    {
        ...{ ...place, ...own, id: 'post', type: 'missive-create-post', wires: [[]] },
        ...{ conversation: 'missive.conversation', conversationType: 'msg' },
        ...{ markdown: '"Note on " & missive.event', markdownType: 'jsonata' },
        ...{ notification_title: 'Note', notification_titleType: 'str' },
        ...{ notification_body: 'missive.event', notification_bodyType: 'msg', username: 'Bot', usernameType: 'str' },
    },
    {
        ...{ ...place, id: 'seen', type: 'function', outputs: 1, wires: [[]] },
        func: "node.warn('seen ' + msg.missive.event + ' ' + msg.missive.replayed);",
    },
];

describe('a sample of each kind of event', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let inbox: PracticeInbox;

    before(async () => {
        nodeRed = await startNodeRed({ flows });
        inbox = new PracticeInbox(nodeRed.adminUrl);
    });
    after(() => nodeRed?.stop());

    const run = async (kind: string) => {
        const { status } = await fetch(`${nodeRed.adminUrl}/missive/activity/run`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ node: 'in', payload: sampleOf(kind) }),
        });
        should(status).equal(200);
    };

    it('goes through webhook in, is answered to the customer and noted in its conversation', async () => {
        for (const kind of kinds) {
            await run(kind);
            await nodeRed.logged(new RegExp(`seen ${kind} true`));
        }
        type Entry = { readonly kind: string; readonly text?: string; readonly to_fields?: readonly object[] };
        const all = (state: Awaited<ReturnType<typeof inbox.state>>) =>
            state.conversations.flatMap(({ entries }) => entries as unknown as Entry[]);
        const ofKind = (entries: readonly Entry[], kind: string, name: string) =>
            entries.filter((each) => each.kind === kind && JSON.stringify(each).includes(`${name}`));
        const state = await inbox
            .until((each) =>
                kinds.every(
                    (kind) =>
                        (kind === custom || ofKind(all(each), 'draft', `Answer to ${kind}`).length > 0) &&
                        ofKind(all(each), 'post', `Note on ${kind}`).length > 0,
                ),
            )
            .catch((error: Error) => {
                throw new Error(`${error.message}\n${nodeRed.log()}`);
            });
        for (const kind of kinds) {
            const [draft] = ofKind(all(state), 'draft', `Answer to ${kind}`);
            // Never to ourselves.
            JSON.stringify(draft?.to_fields ?? []).should.not.match(/shop@harborbikes|351210000009|"shop"/);
        }
        // A colleague's own reply in a channel: whoever answers that has to say in which channel.
        const errors = nodeRed.log().match(/\[error\].*/g) ?? [];
        errors.should.have.length(1);
        errors[0]?.should.match(/create-draft:draft.*in another channel set Channel account/);
    });

    it('is about the channel that its kind names, and went the way that it says', () => {
        for (const kind of kinds) {
            const { message, latest_message, conversation } = sampleOf(kind) as Record<string, Record<string, unknown>>;
            should(conversation?.id).be.a.String();
            const shown = message ?? latest_message;
            const goesOut = /^(outgoing|custom)/.test(kind);
            if (message) should(Boolean(message.author)).equal(goesOut);
            if (/email/.test(kind)) should(shown?.type).equal('email');
            if (/whatsapp/.test(kind)) should(shown?.type).equal('whatsapp');
            if (kind === custom) should(shown).match({ type: 'custom_text', body: /\w/ });
        }
    });
});
